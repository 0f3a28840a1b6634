import { describe, expect, test } from 'vitest';
import { connectedAccountId, connectId, connectWebviewId, runId } from '../../../src/domain/ids.ts';
import type { Connect } from '../../../src/store/connects.ts';
import { START, someone } from '../../support/sights.ts';
import { damages, expectLogged, SECRET } from './damage.ts';
import { byId, type OpenScene, RUN, runsOf } from './scene.ts';

/** The links that were handed out. */
export function connectsContract(open: OpenScene): void {
  describe('links to connect', () => {
    const aConnect = (n: number, facts: Partial<Connect> = {}): Connect => ({
      id: connectId(`connect-${n}`),
      who: someone(),
      webviewId: connectWebviewId(`webview-${n}`),
      createdAt: START,
      expiresAt: START + 1_770_000,
      responseUrl: { url: SECRET, expiresAt: START + 1_800_000 },
      end: null,
      endedAt: null,
      told: false,
      ...facts,
    });
    const connected = { status: 'connected', accountId: connectedAccountId('august') } as const;

    test('are found by their webview, and wait until they end', async () => {
      const { another, store } = await open();
      const [first, second] = [aConnect(1), aConnect(2, { responseUrl: null })];
      await store.connects.add(first);
      await store.connects.add(second);
      expect(await store.connects.find(first.webviewId)).toEqual(first);
      expect(await store.connects.find(second.webviewId)).toEqual(second);
      expect(await store.connects.find(connectWebviewId('webview-3'))).toBeNull();
      expect(byId(await (await another('run-2')).connects.adopt([RUN]))).toEqual([first, second]);
    });

    test('of one webview are written once', async () => {
      const { db, store } = await open();
      await store.connects.add(aConnect(1));
      const again = { ...aConnect(2), webviewId: aConnect(1).webviewId };
      await expect(store.connects.add(again)).rejects.toMatchObject({ name: 'StoreError', kind: 'broken' });
      expect(await store.connects.find(aConnect(1).webviewId)).toEqual(aConnect(1));
      expect(await runsOf(db, 'connect')).toEqual({ 'connect-1': RUN });
    });

    test.each([
      connected,
      { status: 'failed', accountId: null } as const,
      { status: 'withdrawn', accountId: null } as const,
    ])('end once, as $status, and then wait to be told', async (end) => {
      const { another, store } = await open();
      const connect = aConnect(1);
      await store.connects.add(connect);
      await store.connects.add(aConnect(2));
      expect(await store.connects.end(connect.id, end, START + 60)).toBe(true);
      const other = { status: 'failed', accountId: null } as const;
      expect(await store.connects.end(connect.id, other, START + 61)).toBe(false);
      const over = { ...connect, end, endedAt: START + 60 };
      expect(await store.connects.find(connect.webviewId)).toEqual(over);
      expect(byId(await (await another('run-2')).connects.adopt([RUN]))).toEqual([over, aConnect(2)]);
    });

    test('end once however many look at the same time', async () => {
      const { store } = await open();
      await store.connects.add(aConnect(1));
      const ends = await Promise.all(
        Array.from({ length: 10 }, () => store.connects.end(aConnect(1).id, connected, START)),
      );
      expect(ends.filter(Boolean)).toHaveLength(1);
    });

    test('that nobody knows do not end', async () => {
      const { store } = await open();
      expect(await store.connects.end(connectId('nothing'), connected, START)).toBe(false);
    });

    test('are told once, and then forget where', async () => {
      const { another, db, store } = await open();
      await store.connects.add(aConnect(1));
      await store.connects.end(aConnect(1).id, connected, START);
      await store.connects.told(aConnect(1).id, START + 1);
      expect(await runsOf(db, 'connect')).toEqual({ 'connect-1': null });
      expect(await (await another('run-2')).connects.adopt([RUN])).toEqual([]);
      expect(await store.connects.find(aConnect(1).webviewId)).toEqual({
        ...aConnect(1),
        responseUrl: null,
        end: connected,
        endedAt: START,
        told: true,
      });
      const { response_url } = await db
        .selectFrom('connect')
        .select('response_url')
        .executeTakeFirstOrThrow();
      expect(response_url).toBeNull();
    });

    test.each(damages)('go on without a response_url that %s', async (_, damage) => {
      const { another, db, lines, store } = await open();
      await store.connects.add(aConnect(1));
      await store.connects.add(aConnect(2));
      const [one, two] = await db.selectFrom('connect').select(['response_url']).orderBy('id').execute();
      const response_url = damage(one?.response_url ?? '', two?.response_url ?? '');
      await db.updateTable('connect').set({ response_url }).where('id', '=', aConnect(1).id).execute();
      const damaged = { ...aConnect(1), responseUrl: null };
      expect(await store.connects.find(aConnect(1).webviewId)).toEqual(damaged);
      expect(byId(await (await another('run-2')).connects.adopt([RUN]))).toEqual([damaged, aConnect(2)]);
      expect(lines).toEqual([]);
    });

    test('of which one cannot be read are there without it', async () => {
      const { another, db, lines, store } = await open();
      const end = { status: 'withdrawn', accountId: null } as const;
      for (const n of [1, 2]) {
        await store.connects.add(aConnect(n));
        await store.connects.end(aConnect(n).id, end, START + n);
      }
      await db.updateTable('connect').set({ status: 'connected' }).where('id', '=', aConnect(1).id).execute();
      const whole = { ...aConnect(2), end, endedAt: START + 2 };
      expect(await (await another('run-2')).connects.adopt([RUN])).toEqual([whole]);
      expectLogged(lines, aConnect(1).id);
      expect(await store.connects.find(aConnect(1).webviewId)).toBeNull();
      expect(await store.connects.find(aConnect(2).webviewId)).toEqual(whole);
    });

    test('that wait, of which one cannot be read, are there without it', async () => {
      const { another, db, lines, store } = await open();
      for (const n of [1, 2]) await store.connects.add(aConnect(n));
      await db.updateTable('connect').set({ slack_user_id: '' }).where('id', '=', aConnect(1).id).execute();
      expect(await (await another('run-2')).connects.adopt([RUN])).toEqual([aConnect(2)]);
      expectLogged(lines, aConnect(1).id);
    });

    test('change their message by the newest click of their own person, while they wait', async () => {
      const { store } = await open();
      await store.connects.add(aConnect(1));
      const newest = { url: `${SECRET}/newest`, expiresAt: START + 9 };
      for (const other of [someone('U0BEN'), someone('U0OLIVIA', 'T0AWAY')]) {
        await store.connects.clicked(aConnect(1).id, other, newest);
        expect(await store.connects.find(aConnect(1).webviewId)).toEqual(aConnect(1));
      }
      await store.connects.clicked(aConnect(1).id, someone(), newest);
      const clicked = aConnect(1, { responseUrl: newest });
      expect(await store.connects.find(aConnect(1).webviewId)).toEqual(clicked);
      await store.connects.end(aConnect(1).id, connected, START + 9);
      await store.connects.clicked(aConnect(1).id, someone(), { ...newest, url: SECRET });
      const over = { ...clicked, end: connected, endedAt: START + 9 };
      expect(await store.connects.find(aConnect(1).webviewId)).toEqual(over);
    });

    test('are taken over from the runs that are named, and from no other', async () => {
      const { another, db, store } = await open();
      const others = [await another('run-2'), await another('run-3')] as const;
      await store.connects.add(aConnect(1));
      await others[0].connects.add(aConnect(2));
      await others[1].connects.add(aConnect(3));
      const last = await another('run-4');
      expect(await last.connects.adopt([])).toEqual([]);
      expect(await last.connects.adopt([runId('nobody')])).toEqual([]);
      expect(byId(await last.connects.adopt([RUN, runId('run-3')]))).toEqual([aConnect(1), aConnect(3)]);
      expect(await runsOf(db, 'connect')).toEqual({
        'connect-1': 'run-4',
        'connect-2': 'run-2',
        'connect-3': 'run-4',
      });
    });

    test('are taken over by one of many that want to', async () => {
      const { another, db, store } = await open();
      const all = Array.from({ length: 20 }, (_, n) => aConnect(n));
      for (const connect of all) await store.connects.add(connect);
      const heirs = await Promise.all(['run-2', 'run-3', 'run-4'].map((run) => another(run)));
      const taken = await Promise.all(heirs.map((heir) => heir.connects.adopt([RUN])));
      expect(byId(taken.flat())).toEqual(byId(all));
      const owners = taken.flatMap((rows, heir) => rows.map(({ id }) => [id, `run-${heir + 2}`]));
      expect(await runsOf(db, 'connect')).toEqual(Object.fromEntries(owners));
    });
  });
}
