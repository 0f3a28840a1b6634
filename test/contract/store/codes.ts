import { describe, expect, test } from 'vitest';
import {
  accessCodeId,
  codeId,
  connectedAccountId,
  deviceId,
  interactionId,
} from '../../../src/domain/ids.ts';
import type { CodeRequest, StoredCode } from '../../../src/store/code-row.ts';
import type { Store } from '../../../src/store/store.ts';
import { aCode, START, someone } from '../../support/sights.ts';
import type { OpenScene } from './scene.ts';

const ACCOUNT = connectedAccountId('account-1');
const SET = { kind: 'set' } as const;
const FACTS = {
  startsAt: null,
  endsAt: START + 7_200_000,
  offline: false,
  doorName: 'Front Door',
  accountId: ACCOUNT,
  lockName: 'Anna code1',
};

function wish(n: number, facts: Partial<CodeRequest> = {}): CodeRequest {
  return {
    id: codeId(`code-${n}`),
    interaction: interactionId(`interaction-${n}`),
    who: someone(),
    deviceId: deviceId('door-1'),
    guest: 'Anna',
    startsAt: null,
    endsAt: START + 7_200_000,
    responseUrl: null,
    requestedAt: START + n,
    ...facts,
  };
}

/** A code as it is before anything was asked of Seam. */
const begun = (n: number, facts: Partial<StoredCode> = {}): StoredCode =>
  aCode({
    ...{
      id: codeId(`code-${n}`),
      requestedAt: START + n,
      changedAt: START + n,
      standing: { kind: 'asking' },
    },
    ...{ doorName: null, accountId: null, accessCodeId: null, lockName: null, sentAt: null },
    ...facts,
  });

/** Somebody who connected the account. */
async function connected(store: Store, userId?: string): Promise<void> {
  const person = await store.people.ensure(someone(userId), () => `key ${userId}`, START);
  await store.accounts.add(person.key, ACCOUNT, START);
}

/** The codes that people had made. */
export function codesContract(open: OpenScene): void {
  describe('codes', () => {
    test('begin once for each interaction, in whatever run, and are read whole', async () => {
      const { store, another } = await open();
      const responseUrl = { url: 'https://hooks.slack.com/commands/1/2/3', expiresAt: START + 5 };
      const code = begun(1, { responseUrl });
      expect(await store.codes.begin(wish(1, { responseUrl }))).toEqual({ kind: 'begun', code });
      const again = wish(2, { interaction: wish(1).interaction });
      expect(await (await another('run-2')).codes.begin(again)).toEqual({ kind: 'there', code });
      expect(await store.codes.find(codeId('code-1'))).toEqual(code);
      expect(await store.codes.find(codeId('code-2'))).toBeNull();
    });

    test('begin once more for an interaction of which nothing came, and once only', async () => {
      const { store } = await open();
      const { interaction } = wish(1);
      await store.codes.begin(wish(1));
      const refused = { kind: 'refused', why: 'door_limit', waitMs: 1 } as const;
      const first = await store.codes.stand(codeId('code-1'), refused, START + 1);
      expect(await store.codes.begin(wish(2, { interaction }))).toEqual({ kind: 'begun', code: begun(2) });
      expect(await store.codes.find(codeId('code-1'))).toEqual(first);
      await store.codes.stand(codeId('code-2'), { kind: 'ended', why: 'revoked' }, START + 2);
      expect(await store.codes.begin(wish(3, { interaction }))).toMatchObject({
        kind: 'there',
        code: { id: 'code-2' },
      });
    });

    test('are cleared once, with what was asked of the door, for who has its account', async () => {
      const { store } = await open();
      await store.codes.begin(wish(1));
      expect(await store.codes.clear(begun(1), FACTS, START + 9)).toEqual({ kind: 'not_yours' });
      await connected(store);
      const window = { startsAt: START, endsAt: START + 3_600_000, offline: true };
      const code = begun(1, { ...FACTS, ...window, sentAt: START + 9 });
      expect(await store.codes.clear(begun(1), { ...FACTS, ...window }, START + 9)).toEqual({
        kind: 'cleared',
        code,
      });
      expect(await store.codes.find(code.id)).toEqual(code);
      expect(await store.codes.clear(code, FACTS, START + 10)).toEqual({ kind: 'lost' });
      await store.codes.begin(wish(2));
      await store.codes.stand(
        codeId('code-2'),
        { kind: 'refused', why: 'not_sent', waitMs: null },
        START + 9,
      );
      expect(await store.codes.clear(begun(2), FACTS, START + 10)).toEqual({ kind: 'lost' });
      await store.codes.begin(wish(4));
      await store.codes.revoking(codeId('code-4'), null, START + 9);
      expect(await store.codes.clear(begun(4), FACTS, START + 10)).toEqual({ kind: 'lost' });
      const { key } = await store.people.ensure(someone(), () => 'other', START);
      await store.accounts.leave(key, ACCOUNT);
      await store.codes.begin(wish(3));
      expect(await store.codes.clear(begun(3), FACTS, START + 10)).toEqual({ kind: 'not_yours' });
    });

    test('are not cleared for somebody who has stopped their own unlocks, until they end that', async () => {
      const { store, another } = await open();
      for (const userId of [undefined, 'U0BEN']) await connected(store, userId);
      await store.codes.begin(wish(1));
      await store.codes.begin(wish(2, { who: someone('U0BEN') }));
      await (await another('run-2')).pauses.begin(someone(), 'pause-1', START + 3);
      expect(await store.codes.clear(begun(1), FACTS, START + 9)).toEqual({ kind: 'paused' });
      expect(await store.codes.find(codeId('code-1'))).toEqual(begun(1));
      const ben = begun(2, { who: someone('U0BEN') });
      expect(await store.codes.clear(ben, FACTS, START + 9)).toMatchObject({ kind: 'cleared' });
      await store.pauses.end(someone(), START + 3, 'pause-2', START + 10);
      expect(await store.codes.clear(begun(1), FACTS, START + 11)).toMatchObject({ kind: 'cleared' });
    });

    test('are limited for a lock, whoever asks, and for a person', async () => {
      const { store } = await open();
      for (const userId of [undefined, 'U0BEN']) await connected(store, userId);
      const ask = async (n: number, facts: Partial<CodeRequest>, at = START + n) => {
        await store.codes.begin(wish(n, facts));
        const { who, deviceId: door } = wish(n, facts);
        return store.codes.clear(begun(n, { who, deviceId: door }), FACTS, at);
      };
      for (let n = 0; n < 5; n += 1) expect(await ask(n, {})).toMatchObject({ kind: 'cleared' });
      const ben = someone('U0BEN');
      expect(await ask(5, { who: ben })).toEqual({ kind: 'limited', by: 'door', until: START + 60_000 });
      const other = deviceId('door-2');
      for (let n = 6; n < 11; n += 1)
        expect(await ask(n, { deviceId: other })).toMatchObject({ kind: 'cleared' });
      const third = deviceId('door-3');
      expect(await ask(11, { deviceId: third })).toEqual({
        kind: 'limited',
        by: 'person',
        until: START + 60_000,
      });
      expect(await ask(12, { deviceId: third, who: ben })).toMatchObject({ kind: 'cleared' });
      expect(await ask(13, { deviceId: third }, START + 60_001)).toMatchObject({ kind: 'cleared' });
    });

    test('stand as was last written, with the moment of the change, until they are over', async () => {
      const { store } = await open();
      await store.codes.begin(wish(1));
      const id = codeId('code-1');
      const accessCode = accessCodeId('access-1');
      const set = begun(1, { standing: SET, changedAt: START + 5, accessCodeId: accessCode });
      expect(await store.codes.stand(id, SET, START + 5, accessCode)).toEqual(set);
      expect(await store.codes.stand(id, SET, START + 6)).toEqual(set);
      expect(await store.codes.byAccessCode(accessCode)).toEqual(set);
      expect(await store.codes.byAccessCode(accessCodeId('access-2'))).toBeNull();
      const over = { ...set, standing: { kind: 'ended', why: 'revoked' } as const, changedAt: START + 7 };
      expect(await store.codes.stand(id, over.standing, START + 7)).toEqual(over);
      expect(await store.codes.stand(id, SET, START + 8)).toEqual(over);
      expect(await store.codes.stand(codeId('nothing'), SET, START)).toBeNull();
    });

    test('are out of reach until their time is over, whatever a look of before says', async () => {
      const { store } = await open();
      await store.codes.begin(wish(1));
      const id = codeId('code-1');
      const away = begun(1, { standing: { kind: 'out_of_reach' }, changedAt: START + 5 });
      expect(await store.codes.stand(id, away.standing, START + 5)).toEqual(away);
      for (const late of [SET, { kind: 'ended', why: 'revoked' } as const]) {
        expect(await store.codes.stand(id, late, START + 6)).toEqual(away);
      }
      const expired = { kind: 'ended', why: 'expired' } as const;
      const over = { ...away, standing: expired, changedAt: START + 7 };
      expect(await store.codes.stand(id, expired, START + 7)).toEqual(over);
    });

    test('are open while more may come of them, the newest first, each person’s own', async () => {
      const { store } = await open();
      for (const n of [1, 2, 3]) await store.codes.begin(wish(n));
      await store.codes.begin(wish(4, { who: someone('U0BEN') }));
      await store.codes.begin(wish(5, { who: someone('U0OLIVIA', 'T0OTHER') }));
      await store.codes.stand(codeId('code-2'), { kind: 'ended', why: 'expired' }, START);
      await store.codes.stand(codeId('code-1'), { kind: 'out_of_reach' }, START);
      expect((await store.codes.open(someone())).map(({ id }) => id)).toEqual(['code-3', 'code-1']);
    });

    test('of people who have left are those that can be revoked, and that nobody wanted gone yet', async () => {
      const { store } = await open();
      const [olivia, ben] = [someone(), someone('U0BEN')];
      for (const userId of [undefined, 'U0BEN']) await connected(store, userId);
      for (const n of [1, 2, 3, 4, 5]) await store.codes.begin(wish(n));
      await store.codes.begin(wish(6, { who: ben }));
      await store.codes.begin(wish(7, { who: someone('U0OLIVIA', 'T0OTHER') }));
      await store.codes.clear(begun(2), { ...FACTS, offline: true }, START + 9);
      await store.codes.stand(codeId('code-3'), { kind: 'ended', why: 'expired' }, START);
      await store.codes.revoking(codeId('code-4'), null, START + 9);
      await store.codes.stand(codeId('code-5'), { kind: 'out_of_reach' }, START);
      expect(await store.codes.ofGone()).toEqual([]);
      await store.people.setStanding(ben, { is: 'member', tz: null }, START, START);
      await store.people.setStanding(olivia, { is: 'deactivated', tz: null }, START, START);
      expect(await store.codes.ofGone()).toEqual(['code-1']);
    });

    test('name their guests by what Seam calls them, whoever made them', async () => {
      const { store } = await open();
      await store.codes.begin(wish(1));
      await store.codes.begin(wish(2, { who: someone('U0BEN'), guest: 'Ben’s guest' }));
      await store.codes.begin(wish(3, { guest: null }));
      const ids = [1, 2, 3].map((n) => accessCodeId(`seam-${n}`));
      for (const [n, id] of ids.entries()) await store.codes.stand(codeId(`code-${n + 1}`), SET, START, id);
      const named = await store.codes.guests([...ids, accessCodeId('seam-4')]);
      expect([...named].toSorted()).toEqual([
        ['seam-1', 'Anna'],
        ['seam-2', 'Ben’s guest'],
      ]);
      expect([...(await store.codes.guests([]))]).toEqual([]);
    });

    test('keep what was told of them, and where, and that somebody wants them gone', async () => {
      const { store } = await open();
      await store.codes.begin(wish(1));
      const id = codeId('code-1');
      const card = { channelId: 'D0OLIVIA', ts: '1.2' };
      await store.codes.told(id, SET, card, START + 3);
      await store.codes.told(id, { kind: 'scheduled' }, null, START + 4);
      const told = { standing: { kind: 'scheduled' } as const, at: START + 4 };
      expect(await store.codes.find(id)).toEqual(begun(1, { told, card }));
      const responseUrl = { url: 'https://hooks.slack.com/actions/1/2/3', expiresAt: START + 9 };
      await store.codes.revoking(id, responseUrl, START + 5);
      await store.codes.revoking(id, null, START + 6);
      expect(await store.codes.find(id)).toEqual(begun(1, { told, card, responseUrl, revokedAt: START + 6 }));
    });

    test('are forgotten when they have been over for long', async () => {
      const { store } = await open();
      for (const n of [1, 2, 3]) await store.codes.begin(wish(n, { endsAt: START + n }));
      for (const n of [1, 3]) {
        await store.codes.stand(codeId(`code-${n}`), { kind: 'ended', why: 'expired' }, START);
      }
      await store.codes.forget(START + 3);
      const left = await Promise.all([1, 2, 3].map((n) => store.codes.find(codeId(`code-${n}`))));
      expect(left.map((code) => code?.id ?? null)).toEqual([null, 'code-2', 'code-3']);
    });

    test('that are damaged are left out, and said so', async () => {
      const { store, db, lines } = await open();
      for (const n of [1, 2]) await store.codes.begin(wish(n));
      await db.updateTable('code').set({ standing: '{"kind":"odd"}' }).where('id', '=', 'code-1').execute();
      expect((await store.codes.open(someone())).map(({ id }) => id)).toEqual(['code-2']);
      expect(lines.join()).toContain('a row of the database cannot be read');
    });
  });
}
