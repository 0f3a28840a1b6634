import { describe, expect, test } from 'vitest';
import { accessCodeId, connectedAccountId, deviceId, noticeId, timerId } from '../../../src/domain/ids.ts';
import { NOTICE_KINDS, type Notice, USUAL_SETTINGS } from '../../../src/domain/notice.ts';
import type { Timer } from '../../../src/store/timers.ts';
import { START, someone } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

const accountId = connectedAccountId('august');
const front = deviceId('front');

const aNotice = (n: number, facts: Partial<Notice> = {}): Notice => ({
  id: noticeId(`notice-${n}`),
  who: someone(),
  about: { kind: 'battery', accountId, deviceId: front },
  at: START + n,
  ...facts,
});
const aTimer = (n: number, facts: Partial<Timer> = {}): Timer => ({
  id: timerId(`timer-${n}`),
  kind: 'notices:tell',
  subject: 'T0HOME U0OLIVIA',
  dueAt: START + 1_000,
  ...facts,
});

/** What people are to be told of, and what they want to be told of. */
export function noticesContract(open: OpenScene): void {
  describe('notices', () => {
    test('are kept whole, once, each with a timer that tells it', async () => {
      const { store } = await open();
      const about = { kind: 'code', accountId, deviceId: front, codeId: accessCodeId('code-1') } as const;
      const code = aNotice(1, { about });
      expect(await store.notices.add(code, aTimer(1), START)).toBe(true);
      expect(await store.notices.add(code, aTimer(2), START)).toBe(false);
      expect(await store.notices.waiting(aTimer(1).id)).toEqual([{ ...code, dueAt: START + 1_000 }]);
      expect(await store.notices.waiting(aTimer(2).id)).toEqual([]);
      expect(await store.timers.take(START + 1_000)).toEqual([aTimer(1)]);
    });

    test('of two runs at once are one', async () => {
      const { another, store } = await open();
      const other = await another('run-2');
      const added = await Promise.all([
        store.notices.add(aNotice(1), aTimer(1), START),
        other.notices.add(aNotice(1), aTimer(2), START),
      ]);
      expect(added.toSorted()).toEqual([false, true]);
      expect(await store.timers.take(START + 1_000)).toHaveLength(1);
    });

    test('join the message that waits for the same person, within their span, and no other', async () => {
      const { store } = await open();
      await store.notices.add(aNotice(1), aTimer(1), START);
      await store.notices.add(aNotice(2), aTimer(2, { dueAt: START + 5_000 }), START);
      expect((await store.notices.waiting(aTimer(1).id)).map(({ id }) => id)).toEqual([
        'notice-1',
        'notice-2',
      ]);
      // Too soon, too late, somebody else, and one that is being told.
      await store.notices.add(aNotice(3), aTimer(3, { dueAt: START + 999 }), START);
      await store.notices.add(aNotice(4), aTimer(4, { dueAt: START + 5_000 }), START + 1_001);
      const ben = { who: someone('U0BEN') };
      await store.notices.add(aNotice(5, ben), aTimer(5, { subject: 'T0HOME U0BEN' }), START);
      await store.timers.take(START + 1_000);
      await store.notices.add(aNotice(6), aTimer(6), START);
      for (const n of [3, 4, 5, 6]) {
        expect((await store.notices.waiting(aTimer(n).id)).map(({ id }) => id)).toEqual([`notice-${n}`]);
      }
    });

    test('that could not be told wait for another timer', async () => {
      const { store } = await open();
      for (const n of [1, 2]) await store.notices.add(aNotice(n), aTimer(1), START);
      await store.notices.end([aNotice(1).id], 'told', START + 5);
      await store.timers.take(START + 1_000);
      await store.notices.postpone(aTimer(1).id, aTimer(2, { dueAt: START + 9_000 }));
      expect(await store.notices.waiting(aTimer(1).id)).toEqual([]);
      // When it was to be told at first is kept.
      expect(await store.notices.waiting(aTimer(2).id)).toEqual([{ ...aNotice(2), dueAt: START + 1_000 }]);
      expect(await store.timers.take(START + 9_000)).toEqual([aTimer(2, { dueAt: START + 9_000 })]);
    });

    test('that ended do not wait, and say when their person was told: a moment for each message', async () => {
      const { store } = await open();
      for (const n of [1, 2, 3, 4]) await store.notices.add(aNotice(n), aTimer(n), START);
      await store.notices.add(aNotice(5, { who: someone('U0BEN') }), aTimer(5), START);
      await store.notices.end([aNotice(1).id, aNotice(2).id], 'told', START + 10);
      await store.notices.end([aNotice(3).id], 'dropped', START + 11);
      await store.notices.end([aNotice(4).id], 'told', START + 12);
      await store.notices.end([aNotice(5).id], 'told', START + 13);
      await store.notices.end([], 'told', START + 14);
      expect(await store.notices.waiting(aTimer(1).id)).toEqual([]);
      expect(await store.notices.tellings(someone(), START)).toEqual([START + 10, START + 12]);
      expect(await store.notices.tellings(someone(), START + 10)).toEqual([START + 12]);
      expect(await store.notices.add(aNotice(1), aTimer(9), START)).toBe(false);
      await store.notices.forget(START + 2);
      expect(await store.notices.add(aNotice(1), aTimer(9), START)).toBe(true);
      expect(await store.notices.add(aNotice(2), aTimer(9), START)).toBe(false);
    });

    test('that are damaged do not keep the others from their person', async () => {
      const { db, lines, store } = await open();
      for (const n of [1, 2]) await store.notices.add(aNotice(n), aTimer(1), START);
      await db.updateTable('notice').set({ about: '{}' }).where('id', '=', 'notice-1').execute();
      expect((await store.notices.waiting(aTimer(1).id)).map(({ id }) => id)).toEqual(['notice-2']);
      expect(lines.join('')).toContain('a row of the database cannot be read');
    });
  });

  describe('what somebody wants to be told of', () => {
    test('is what is usual, until they choose; each for themselves', async () => {
      const { store } = await open();
      expect(await store.noticeSettings.of(someone())).toEqual(USUAL_SETTINGS);
      const all = { kinds: [...NOTICE_KINDS], quiet: { fromMinute: 0, toMinute: 1_439 } };
      await store.noticeSettings.save(someone(), all);
      expect(await store.noticeSettings.of(someone())).toEqual(all);
      await store.noticeSettings.save(someone(), { kinds: [], quiet: null });
      expect(await store.noticeSettings.of(someone())).toEqual({ kinds: [], quiet: null });
      expect(await store.noticeSettings.of(someone('U0OLIVIA', 'T0AWAY'))).toEqual(USUAL_SETTINGS);
      expect(await store.noticeSettings.of(someone('U0BEN'))).toEqual(USUAL_SETTINGS);
    });

    test('leaves out what a later Latchbolt does not have any more', async () => {
      const { db, store } = await open();
      await store.noticeSettings.save(someone(), USUAL_SETTINGS);
      await db.updateTable('notice_settings').set({ kinds: '["sunset","battery"]' }).execute();
      expect((await store.noticeSettings.of(someone())).kinds).toEqual(['battery']);
    });
  });
}
