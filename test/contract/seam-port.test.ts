import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { actionAttemptId, connectedAccountId, connectWebviewId, deviceId } from '../../src/domain/ids.ts';
import { SeamError } from '../../src/seam/errors.ts';
import { eventTypes } from '../../src/seam/events.ts';
import { outcomeOfAttempt } from '../../src/seam/outcomes.ts';
import type { Attempt } from '../../src/seam/port.ts';
import { START } from '../support/sights.ts';
import { DAY_MS, EXPIRES, keyOf, NOTHING, openSeamHouse, type SeamHouse } from './seam-house.ts';

/** A house of the test's own. */
async function house(...options: Parameters<typeof openSeamHouse>): Promise<SeamHouse> {
  const opened = await openSeamHouse(...options);
  onTestFinished(() => opened.close());
  return opened;
}

const [olivia, ben] = [keyOf('olivia-key'), keyOf('ben-key')];

describe('the workspace', () => {
  test.each([true, false])('says whether it is a sandbox: %s', async (sandbox) => {
    const { port, drive } = await house({}, { sandbox });
    const { name } = (await drive.view()).workspace;
    expect(await port.workspace()).toEqual({ name, sandbox });
  });
});

describe('a client session', () => {
  test('is opened until a moment, and the same one is prolonged', async () => {
    const { port, sdk } = await house();
    await port.openClientSession(olivia, EXPIRES);
    const [first] = await sdk.clientSessions.list();
    await port.openClientSession(olivia, EXPIRES + DAY_MS);
    expect(await sdk.clientSessions.list()).toEqual([
      { ...first, expires_at: new Date(EXPIRES + DAY_MS).toISOString() },
    ]);
    expect(first).toMatchObject({
      user_identifier_key: olivia,
      expires_at: new Date(EXPIRES).toISOString(),
      connected_account_ids: [],
    });
  });

  test('that ended gives nothing, and one that is opened anew gives what is granted to it', async () => {
    const { port, drive, connect, doorId } = await house();
    const account = await connect(ben, 'ben@example.com');
    const shed = await doorId('Bike Shed');
    await drive.clock({ advanceMs: 179 * DAY_MS });
    expect((await port.doors(ben, null, 10)).doors).toHaveLength(1);
    await drive.clock({ advanceMs: DAY_MS });
    expect(await port.doors(ben, null, 10)).toEqual({ doors: [], next: null });
    expect(await port.accounts(ben)).toEqual([]);
    expect(await port.door(ben, shed)).toBeNull();

    await port.openClientSession(ben, EXPIRES + 180 * DAY_MS);
    expect(await port.doors(ben, null, 10)).toEqual({ doors: [], next: null });
    await port.grantAccounts(ben, [account]);
    expect((await port.door(ben, shed))?.name).toBe('Bike Shed');
    expect(await port.accounts(ben)).toHaveLength(1);
  });

  test('is granted the accounts that are there, and says which are gone', async () => {
    const { port, connect } = await house();
    const [one, two] = [
      await connect(ben, 'ben@example.com'),
      await connect(ben, 'gwen@example.com', 'yale'),
    ];
    const gone = connectedAccountId(NOTHING);
    await port.openClientSession(olivia, EXPIRES);
    expect(await port.grantAccounts(olivia, [one, gone, two])).toEqual([gone]);
    expect((await port.accounts(olivia)).map(({ id }) => id)).toEqual([one, two]);
    expect(await port.grantAccounts(olivia, [])).toEqual([]);
  });

  test('of nobody cannot be granted anything', async () => {
    const { port, connect } = await house();
    const account = await connect(ben, 'ben@example.com');
    await expect(port.grantAccounts(olivia, [account])).rejects.toMatchObject({
      kind: 'rejected',
      status: 404,
      code: 'client_session_not_found',
    });
  });
});

describe('a link', () => {
  test('asks Seam for just what is needed, and each is another', async () => {
    const { port, asked } = await house();
    const body = {
      accepted_capabilities: ['lock'],
      automatically_manage_new_devices: true,
      wait_for_device_creation: true,
    };
    const { calls } = await asked(() => port.createConnectWebview());
    expect(calls).toEqual([{ path: '/connect_webviews/create', body }]);
    const [one, two] = [await port.createConnectWebview(), await port.createConnectWebview()];
    expect(one.id).not.toBe(two.id);
    expect(new URL(one.url).searchParams.get('connect_webview_id')).toBe(one.id);
  });

  test('offers the brands of the operator, where there are any', async () => {
    const { port, asked } = await house({ acceptedProviders: ['yale', 'thirty_three_lock'] });
    const { calls } = await asked(() => port.createConnectWebview());
    expect(calls).toMatchObject([{ body: { accepted_providers: ['yale', 'thirty_three_lock'] } }]);
  });

  test('waits, and then names the account; what is connected is of the one it was granted to', async () => {
    const { port, drive } = await house();
    await port.openClientSession(olivia, EXPIRES);
    await port.openClientSession(ben, EXPIRES);
    const { id } = await port.createConnectWebview();
    await port.grantConnectWebview(ben, id);
    expect(await port.connectWebview(id)).toEqual({ kind: 'pending' });
    const login = { connectWebviewId: id, provider: 'yale', email: 'ben@example.com' };
    await drive.login({ ...login, password: 'wrong' });
    expect(await port.connectWebview(id)).toEqual({ kind: 'pending' });
    const { connectedAccountId: account } = await drive.login({ ...login, password: '1234' });
    expect(await port.connectWebview(id)).toEqual({ kind: 'authorized', accountId: account });
    expect(await port.accounts(ben)).toEqual([{ id: account, name: 'Yale, ben@example.com', healthy: true }]);
    // The link waited for the doors to be there.
    expect((await port.doors(ben, null, 10)).doors.map(({ name }) => name)).toEqual(['Bike Shed']);
    expect(await port.accounts(olivia)).toEqual([]);
  });

  test('fails for good', async () => {
    const { port, drive } = await house();
    const { id } = await port.createConnectWebview();
    await drive.login({
      connectWebviewId: id,
      provider: 'yale',
      email: 'locked@example.com',
      password: '1234',
    });
    expect(await port.connectWebview(id)).toEqual({ kind: 'failed' });
  });

  test('is gone once withdrawn, as one that never was; withdrawing it twice is fine', async () => {
    const { port, drive } = await house();
    const { id } = await port.createConnectWebview();
    for (let i = 0; i < 2; i += 1) await port.deleteConnectWebview(id);
    expect(await port.connectWebview(id)).toEqual({ kind: 'gone' });
    expect(await port.connectWebview(connectWebviewId(NOTHING))).toEqual({ kind: 'gone' });
    const login = { connectWebviewId: id, provider: 'yale', email: 'ben@example.com', password: '1234' };
    expect(await drive.login(login)).toMatchObject({ result: 'closed' });
  });
});

describe('accounts', () => {
  test('tell whether their owner has to sign in again', async () => {
    const { port, drive, connect } = await house();
    const id = await connect(ben, 'ben@example.com', 'nuki');
    const healthy = async () => (await port.accounts(ben)).map((account) => account.healthy);
    expect(await port.accounts(ben)).toEqual([{ id, name: 'Nuki, ben@example.com', healthy: true }]);
    await drive.account({ email: 'ben@example.com', signedIn: false });
    expect(await healthy()).toEqual([false]);
    await drive.account({ email: 'ben@example.com', signedIn: true });
    expect(await healthy()).toEqual([true]);
    await drive.account({ email: 'ben@example.com', signedIn: true, reauthorize: true });
    expect(await healthy()).toEqual([false]);
  });

  test('are deleted for everybody who has them; deleting twice is fine', async () => {
    const { port, connect } = await house();
    const account = await connect(ben, 'ben@example.com');
    expect(await connect(olivia, 'ben@example.com')).toBe(account);
    for (let i = 0; i < 2; i += 1) await port.deleteAccount(account);
    for (const key of [ben, olivia]) {
      expect(await port.accounts(key)).toEqual([]);
      expect(await port.doors(key, null, 10)).toEqual({ doors: [], next: null });
    }
    await port.deleteAccount(connectedAccountId(NOTHING));
  });

  test('are left by replacing every session of one person, and of nobody else', async () => {
    const { port, sdk, connect } = await house();
    const shared = await connect(ben, 'ben@example.com');
    const kept = await connect(ben, 'gwen@example.com', 'yale');
    await connect(olivia, 'ben@example.com');
    await sdk.clientSessions.create({ user_identifier_key: ben, connected_account_ids: [shared] });
    const names = async (key: typeof ben) => (await port.doors(key, null, 10)).doors.map(({ name }) => name);
    expect(await names(ben)).toEqual(['Bike Shed', 'Guest House']);

    await port.replaceClientSessions(ben, [kept], EXPIRES + DAY_MS);
    expect(await names(ben)).toEqual(['Guest House']);
    expect(await names(olivia)).toEqual(['Bike Shed']);
    expect((await port.accounts(ben)).map(({ id }) => id)).toEqual([kept]);
    expect(await sdk.clientSessions.list({ user_identifier_key: ben })).toMatchObject([
      { connected_account_ids: [kept], expires_at: new Date(EXPIRES + DAY_MS).toISOString() },
    ]);

    for (let i = 0; i < 2; i += 1) await port.replaceClientSessions(ben, [], EXPIRES);
    expect(await names(ben)).toEqual([]);
    expect(await sdk.clientSessions.list({ user_identifier_key: ben })).toEqual([]);
    expect(await names(olivia)).toEqual(['Bike Shed']);
  });
});

describe('doors', () => {
  let big: SeamHouse;
  beforeAll(async () => {
    big = await openSeamHouse();
    await big.connect(olivia, 'olivia@example.com');
    await big.connect(ben, 'many@example.com', 'yale');
  });
  afterAll(() => big.close());

  test.each([
    [500, 2],
    [300, 4],
  ])('come in pages of %i, a thousand in %i, each once and all of the person', async (limit, pages) => {
    const { port, asked } = big;
    const names: string[] = [];
    const { calls } = await asked(async () => {
      let cursor: string | null = null;
      do {
        const page = await port.doors(ben, cursor, limit);
        expect(page.doors.length).toBeLessThanOrEqual(limit);
        names.push(...page.doors.map(({ name }) => name));
        cursor = page.next;
      } while (cursor !== null && names.length < 5_000);
    });
    expect(names).toEqual(Array.from({ length: 1_000 }, (_, i) => `Room ${String(i + 1).padStart(4, '0')}`));
    expect(calls.map(({ path }) => path)).toEqual(Array.from({ length: pages }, () => '/devices/list'));
    for (const { body } of calls) expect(body).toMatchObject({ user_identifier_key: ben });
  });

  test('are whole, in Seam’s order, without what is no door', async () => {
    const { port, sdk } = big;
    const [account] = await sdk.connectedAccounts.list({ user_identifier_key: olivia });
    const { doors, next } = await port.doors(olivia, null, 10);
    const common = {
      accountId: account?.connected_account_id,
      state: 'locked',
      online: true,
      canUnlock: true,
      canLock: true,
      codes: { online: true, offline: false, lengths: [4, 5, 6, 7, 8], longestName: null },
    };
    const battery = (level: number, status: string) => ({ level, status });
    expect(next).toBeNull();
    expect(doors).toEqual(
      [
        { name: 'Front Door', battery: battery(0.92, 'full') },
        {
          name: 'Back Gate',
          battery: battery(0.55, 'good'),
          online: false,
          problems: [{ kind: 'error', code: 'device_offline', message: 'The device is offline.' }],
        },
        { name: 'Garage', battery: battery(0.12, 'low') },
        { name: 'Server Room', battery: null },
        { name: 'Studio', battery: battery(0.66, 'good') },
        { name: 'Cellar', battery: battery(0.71, 'good') },
        { name: 'Loft', battery: battery(0.48, 'good') },
        {
          name: 'Keypad Only',
          battery: battery(0.83, 'full'),
          canUnlock: false,
          canLock: false,
          problems: [
            {
              kind: 'warning',
              code: 'hub_required_for_additional_capabilities',
              message: 'Connect a hub to unlock this door from afar.',
            },
          ],
        },
      ].map((door) => ({ id: expect.any(String), problems: [], ...common, ...door })),
    );
  });

  test('of a page may be fewer than asked for, with more to come', async () => {
    const { port } = big;
    const first = await port.doors(olivia, null, 8);
    expect([first.doors.length, first.next === null]).toEqual([8, false]);
    // The thermostat is alone on the second page.
    expect(await port.doors(olivia, first.next, 8)).toEqual({ doors: [], next: null });
  });

  test('are found one by one by their owner only', async () => {
    const { port, sdk, doorId } = big;
    const { device_id: thermostat } = await sdk.devices.get({ name: 'Hall Thermostat' });
    const [front, room] = [await doorId('Front Door'), await doorId('Room 0777')];
    expect((await port.door(olivia, front))?.name).toBe('Front Door');
    expect((await port.door(ben, room))?.name).toBe('Room 0777');
    expect(await port.door(ben, front)).toBeNull();
    expect(await port.door(olivia, room)).toBeNull();
    expect(await port.door(olivia, deviceId(thermostat))).toBeNull();
    expect(await port.door(olivia, deviceId(NOTHING))).toBeNull();
    const asked = [room, deviceId(NOTHING), deviceId(thermostat), front, front];
    expect((await port.doorsById(olivia, asked)).map(({ name }) => name)).toEqual(['Front Door']);
    expect(await port.doorsById(olivia, [])).toEqual([]);
  });

  test('of somebody without a session are none', async () => {
    const { port, doorId } = big;
    const stranger = keyOf('stranger');
    expect(await port.doors(stranger, null, 10)).toEqual({ doors: [], next: null });
    expect(await port.door(stranger, await doorId('Front Door'))).toBeNull();
    expect(await port.accounts(stranger)).toEqual([]);
  });

  test('of one account are of that account and that person', async () => {
    const { port, sdk } = big;
    const [one] = await sdk.connectedAccounts.list({ user_identifier_key: olivia });
    const [many] = await sdk.connectedAccounts.list({ user_identifier_key: ben });
    const ids = [one, many].map((account) => connectedAccountId(account?.connected_account_id ?? ''));
    const [own, other] = [ids[0] ?? connectedAccountId(NOTHING), ids[1] ?? connectedAccountId(NOTHING)];
    expect((await port.doorsOfAccount(olivia, own)).doors).toHaveLength(8);
    expect(await port.doorsOfAccount(olivia, other)).toEqual({ doors: [], next: null });
    const first = await port.doorsOfAccount(ben, other);
    expect([first.doors.length, first.next === null]).toEqual([20, false]);
    expect(await port.doorsOfAccount(ben, connectedAccountId(NOTHING))).toEqual({ doors: [], next: null });
  });

  test('asked for with a cursor of another list are refused', async () => {
    const { port } = big;
    const { next } = await port.doors(ben, null, 10);
    await expect(port.doors(olivia, next, 10)).rejects.toMatchObject({
      kind: 'rejected',
      code: 'invalid_input',
    });
  });

  test('with odd names keep them as they are', async () => {
    const { port, connect } = await house();
    await connect(olivia, 'odd@example.com');
    expect((await port.doors(olivia, null, 10)).doors.map(({ name }) => name)).toEqual([
      'Kitchen <!channel> & *bold*',
      '🚪 Tür & Tor',
      '<script>alert("hi")</script>',
      '_Attic_ ~old~ `code`',
      `Long ${'corridor '.repeat(12).trim()}`,
      '‮desrever',
    ]);
  });
});

describe('an unlock', () => {
  const asFailed = (type: string, message: string): Partial<Attempt> => ({ kind: 'error', type, message });
  let rig: SeamHouse;
  beforeAll(async () => {
    rig = await openSeamHouse();
    await rig.connect(olivia, 'olivia@example.com');
  });
  afterAll(() => rig.close());

  test.each([
    ['Front Door', { kind: 'success', confirmed: true }, { kind: 'unlocked' }],
    [
      'Back Gate',
      asFailed('device_offline', 'The device is offline.'),
      { kind: 'failed', reason: 'offline', said: 'The device is offline.', waitMs: null },
    ],
    ['Garage', { kind: 'success', confirmed: true }, { kind: 'unlocked' }],
    ['Server Room', { kind: 'success', confirmed: false }, { kind: 'sent' }],
    [
      'Studio',
      asFailed('lock_jammed', 'The bolt is jammed. Check the door and try again.'),
      {
        kind: 'failed',
        reason: 'jammed',
        said: 'The bolt is jammed. Check the door and try again.',
        waitMs: null,
      },
    ],
    ['Cellar', { kind: 'success', confirmed: true }, { kind: 'unlocked' }],
    ['Loft', { kind: 'pending' }, null],
  ] as const)('of %s ends as that door does', async (name, end, outcome) => {
    const { port, drive, doorId, asked } = rig;
    const id = await doorId(name);
    const { answer: attempt, calls } = await asked(() => port.move(id, 'unlock'));
    expect(calls).toEqual([{ path: '/locks/unlock_door', body: { device_id: id } }]);
    expect(attempt).toEqual({ kind: 'pending', verb: 'unlock', id: expect.any(String) });
    expect(await port.attempt(attempt.id, 'unlock')).toEqual(attempt);
    await drive.clock({ advanceMs: 4_000 });
    const settled = await port.attempt(attempt.id, 'unlock');
    expect(settled).toEqual({ ...end, verb: 'unlock', id: attempt.id });
    expect(outcomeOfAttempt(settled)).toEqual(outcome);
    const unlocked = (await drive.view()).doors.find((door) => door.name === name)?.locked === false;
    expect(unlocked).toBe(end.kind === 'success');
  });

  test('of a lock that only has a keypad is refused, and of one that is nobody’s', async () => {
    const { port, doorId } = rig;
    const refusal = (status: number, code: string) => ({ kind: 'rejected', status, code, waitMs: null });
    const keypad = await port.move(await doorId('Keypad Only'), 'unlock').catch((error: unknown) => error);
    expect(keypad).toBeInstanceOf(SeamError);
    expect(keypad).toMatchObject(refusal(400, 'device_not_supported'));
    await expect(port.move(deviceId(NOTHING), 'unlock')).rejects.toMatchObject(
      refusal(404, 'device_not_found'),
    );
    await expect(port.attempt(actionAttemptId(NOTHING), 'unlock')).rejects.toMatchObject(
      refusal(404, 'action_attempt_not_found'),
    );
  });

  test('asked for too often says how long to wait', async () => {
    const { port, connect, doorId } = await house();
    await connect(ben, 'ben@example.com');
    const shed = await doorId('Bike Shed');
    for (let i = 0; i < 15; i += 1) await port.move(shed, 'unlock');
    await expect(port.move(shed, 'unlock')).rejects.toMatchObject({
      kind: 'busy',
      status: 429,
      code: 'rate_limit_exceeded',
      requestId: expect.stringMatching(/./),
      waitMs: 60_000,
    });
  });
});

describe('what happened', () => {
  test('is listed from a moment on, oldest first, of the types that matter', async () => {
    const { port, drive, connect, doorId, asked } = await house();
    await connect(ben, 'ben@example.com');
    await drive.clock({ advanceMs: 60_000 });
    const shed = await doorId('Bike Shed');
    await drive.door({ deviceId: shed, battery: 0.1 });
    await drive.clock({ advanceMs: 60_000 });
    await drive.door({ deviceId: shed, locked: false });
    const { answer, calls } = await asked(() => port.events(START + 60_000, START + 3_600_000));
    expect(calls).toEqual([
      {
        path: '/events/list',
        body: {
          since: new Date(START + 60_000).toISOString(),
          event_types: eventTypes.filter((type) => !type.startsWith('connect_webview.')),
          limit: '500',
        },
      },
    ]);
    const at = expect.any(Number);
    const happening = { deviceId: shed, codeId: null, attemptId: null, accountId: expect.any(String), at };
    expect(answer.map(({ event }) => event)).toEqual([
      { kind: 'battery_changed', deviceId: shed, accountId: happening.accountId, isGood: false, at },
      {
        kind: 'happened',
        happening: { ...happening, id: expect.any(String), kind: 'battery_low', how: null },
      },
      {
        kind: 'happened',
        happening: { ...happening, id: expect.any(String), kind: 'unlocked', how: 'by_hand' },
      },
    ]);
    const moments = answer.map((event) => event.at - START);
    expect(moments.map((ms) => Math.round(ms / 10_000))).toEqual([6, 6, 12]);
    expect(new Set(answer.map(({ id }) => id)).size).toBe(3);
    // What is dated later than now happened now.
    expect((await port.events(START + 60_000, START + 90_000)).at(-1)?.at).toBe(START + 90_000);
    expect(await port.events(START + 3_600_000, START + 3_600_000)).toEqual([]);
  });

  test('is whole, in order and without doubles where it is more than one answer holds', async () => {
    const { port, drive, connect, doorId } = await house();
    await connect(ben, 'ben@example.com');
    await drive.clock({ advanceMs: 60_000 });
    const shed = await doorId('Bike Shed');
    for (let n = 0; n < 600; n += 1) {
      await drive.door({ deviceId: shed, locked: n % 2 === 1 });
      if (n % 10 === 9) await drive.clock({ advanceMs: 1_000 });
    }
    // In rounds, each of which begins where the one before ended.
    const heard = new Map<string, number>();
    let since = START + 60_000;
    for (let round = 0; round < 2; round += 1) {
      for (const { id, at } of await port.events(since, START + DAY_MS)) {
        heard.set(id, at);
        since = Math.max(since, at);
      }
    }
    expect(heard.size).toBe(600);
    expect([...heard.values()]).toEqual([...heard.values()].toSorted((one, other) => one - other));
  });
});
