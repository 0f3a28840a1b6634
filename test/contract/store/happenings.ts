import { describe, expect, test } from 'vitest';
import type { Happening } from '../../../src/domain/happening.ts';
import { accessCodeId, actionAttemptId, connectedAccountId, deviceId } from '../../../src/domain/ids.ts';
import { START } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

const front = deviceId('front');

/** Somebody types a PIN at the front door. */
const typed = (n: number, facts: Partial<Happening> = {}): Happening => ({
  id: `event-${n}`,
  deviceId: front,
  accountId: connectedAccountId('august'),
  kind: 'unlocked',
  how: 'keypad',
  codeId: accessCodeId('code-1'),
  attemptId: null,
  at: START + n,
  ...facts,
});

/** What happened to doors. */
export function happeningsContract(open: OpenScene): void {
  describe('happenings', () => {
    test('are kept whole, once, however often they are told', async () => {
      const { another, store } = await open();
      const bare = typed(2, {
        accountId: null,
        kind: 'tampered',
        how: null,
        codeId: null,
        attemptId: actionAttemptId('attempt-1'),
      });
      expect(await store.happenings.add(typed(1))).toBe(true);
      expect(await (await another('run-2')).happenings.add(typed(1, { how: 'by_hand' }))).toBe(false);
      expect(await store.happenings.add(bare)).toBe(true);
      expect(await store.happenings.of([front], START + 99, 10)).toEqual([bare, typed(1)]);
    });

    test('are listed newest first, of these doors alone, before a moment, and no more than are asked for', async () => {
      const { store } = await open();
      for (const n of [3, 1, 2, 5, 4]) await store.happenings.add(typed(n));
      await store.happenings.add(typed(9, { deviceId: deviceId('back') }));
      const numbers = async (before: number, limit: number) =>
        (await store.happenings.of([front], START + before, limit)).map(({ at }) => at - START);
      expect(await numbers(99, 10)).toEqual([5, 4, 3, 2, 1]);
      expect(await numbers(99, 2)).toEqual([5, 4]);
      expect(await numbers(4, 2)).toEqual([3, 2]);
      expect(await store.happenings.of([], START + 99, 10)).toEqual([]);
    });
  });
}
