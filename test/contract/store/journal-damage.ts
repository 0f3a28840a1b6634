import { describe, expect, test } from 'vitest';
import { actionAttemptId, connectId, connectWebviewId, deviceId } from '../../../src/domain/ids.ts';
import { START, someone } from '../../support/sights.ts';
import { click, ended, joinedRow, REFUSED, rowOf, UNKNOWN } from './clicks.ts';
import { damages, expectLogged, SECRET } from './damage.ts';
import { byId, type OpenScene, RUN } from './scene.ts';

/** The journal: rows and secrets that cannot be read. */
export function damageContract(open: OpenScene): void {
  describe('the journal', () => {
    test.each(damages)('goes on without a response_url that %s', async (_, damage) => {
      const { another, db, lines, store } = await open();
      await store.moves.begin(click(1));
      await store.moves.begin(click(2, { deviceId: deviceId('door-2') }));
      const [one, two] = await db.selectFrom('move').select('response_url').orderBy('id').execute();
      const response_url = damage(one?.response_url ?? '', two?.response_url ?? '');
      await db.updateTable('move').set({ response_url }).where('id', '=', click(1).id).execute();
      const damaged = rowOf(click(1), { responseUrl: null });
      const rest = rowOf(click(2, { deviceId: deviceId('door-2') }));
      expect(byId(await (await another('run-2')).moves.adopt([RUN]))).toEqual([damaged, rest]);
      expect(await store.moves.begin(click(3))).toEqual({ kind: 'joined', move: joinedRow(click(3)) });
      expect(lines).toEqual([]);
    });

    test('goes on without the response_urls when the key is another', async () => {
      const { another, store } = await open();
      await store.moves.begin(click(1));
      const other = await another('run-2', { key: Buffer.alloc(32, 8) });
      expect(await other.moves.adopt([RUN])).toEqual([rowOf(click(1), { responseUrl: null })]);
    });

    test.each([
      'nonsense',
      '{"kind":"opened"}',
      '{"kind":"failed","reason":"odd","said":null,"waitMs":null}',
    ])('goes on without a row whose outcome nobody wrote: %s', async (outcome) => {
      const { another, db, lines, store } = await open();
      const heir = await another('run-2');
      const whole = click(2, { deviceId: deviceId('door-2') });
      for (const one of [click(1), whole]) {
        await store.moves.begin(one);
        await store.moves.attempted(one.id, actionAttemptId('attempt'));
        await store.moves.end(one.id, UNKNOWN, START + 9);
      }
      await db.updateTable('move').set({ outcome }).where('id', '=', click(1).id).execute();
      const rest = [ended(whole, UNKNOWN, START + 9, { attemptId: actionAttemptId('attempt') })];
      for (const look of [
        () => store.moves.untold(0, START + 99),
        () => heir.moves.adopt([RUN]),
        async () => [...(await store.moves.latest(someone(), [click(1).deviceId, whole.deviceId])).values()],
      ]) {
        lines.length = 0;
        expect(await look()).toEqual(rest);
        expectLogged(lines, click(1).id);
      }
    });

    test('goes on without a row under way, or one that joined, that cannot be read', async () => {
      const { another, db, lines, store } = await open();
      const whole = click(2, { deviceId: deviceId('door-2') });
      await store.moves.begin(click(1));
      await store.moves.begin(whole);
      await db.updateTable('move').set({ interaction: '' }).where('id', '=', click(1).id).execute();
      expect(await (await another('run-2')).moves.adopt([RUN])).toEqual([rowOf(whole)]);
      expectLogged(lines, click(1).id);
      lines.length = 0;
      await store.moves.begin(click(3));
      await store.moves.begin(click(4));
      await db.updateTable('move').set({ outcome: 'nonsense' }).where('id', '=', click(3).id).execute();
      expect(await store.moves.joinedTo(click(1).id)).toEqual([joinedRow(click(4))]);
      expectLogged(lines, click(3).id);
    });

    test('keeps no response_url that could be read without the key', async () => {
      const { db, store } = await open();
      await store.moves.begin(click(1));
      await store.moves.refuse(click(2), REFUSED);
      await store.connects.add({
        id: connectId('connect-1'),
        who: someone(),
        webviewId: connectWebviewId('webview-1'),
        createdAt: START,
        expiresAt: START,
        responseUrl: { url: SECRET, expiresAt: START },
      });
      const rows = JSON.stringify([
        await db.selectFrom('move').selectAll().execute(),
        await db.selectFrom('connect').selectAll().execute(),
      ]);
      expect(rows).not.toContain('hooks.slack.com');
      expect(rows.match(/"response_url":"v1\./g)).toHaveLength(3);
    });
  });
}
