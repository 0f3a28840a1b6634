import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { behindLiar, type Lie, type LyingSeam } from '../support/lying-seam.ts';
import { BEN, eventually, GWEN, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
let liar: LyingSeam | null = null;

beforeEach(async () => {
  world = await startWorld({ webhooks: false, allowGuests: true });
  await world.connect(OLIVIA, 'olivia@example.com');
});
afterEach(async () => {
  liar?.close();
  liar = null;
  await world.close();
});

const unlockPosts = () => world.seamCalls('/locks/unlock_door');
const outcomes = () => world.rows('move').map(({ outcome }) => JSON.parse(String(outcome)) as unknown);
const ended = () =>
  eventually(
    'every row ended',
    () => {
      const rows = world.rows('move');
      return rows.length > 0 && rows.every((row) => row.outcome !== null);
    },
    8_000,
  );
const openList = async (who: string) => {
  await world.type(who, '/locks');
  return world.sees(who, ({ text }) => text.startsWith('Your doors'));
};

/** Seam drops a part of what it is asked. */
const forgets = (part: string, at: string): Lie => ({
  ask({ path, asked }) {
    if (path === at) delete asked[part];
  },
});
/** Seam says something else of an attempt. */
const attempt = (change: object, ...paths: string[]): Lie => ({
  answer: ({ path }, body) =>
    paths.includes(path) ? { ...body, action_attempt: { ...Object(body.action_attempt), ...change } } : body,
});

describe('Seam forgets whose doors were asked for (seam.md, measured 1)', () => {
  beforeEach(async () => {
    await world.connect(BEN, 'ben@example.com');
  });

  it('a door of somebody else stays closed', async () => {
    liar = await behindLiar(world, forgets('user_identifier_key', '/devices/list'));
    const { deviceId } = await world.door('Front Door');
    await world.forge(BEN, { action_id: 'door:unlock', value: `${BEN} x ${deviceId}` });
    await ended();
    expect(await unlockPosts()).toEqual([]);
    expect(outcomes()).toEqual([{ kind: 'refused', why: 'not_yours' }]);
  });

  it('a door of somebody else is not in the list', async () => {
    liar = await behindLiar(world, forgets('user_identifier_key', '/devices/list'));
    const shown = await openList(BEN);
    expect(shown.lines).not.toContain('Front Door');
  });

  it('no account of somebody else is shown by /locks disconnect', async () => {
    liar = await behindLiar(world, forgets('user_identifier_key', '/connected_accounts/list'));
    await world.type(BEN, '/locks disconnect');
    const shown = await world.sees(BEN, ({ text }) => text.startsWith('Your lock accounts'));
    expect(shown.text).not.toContain('olivia@example.com');
  });

  it('leaving a shared account gives nobody else’s accounts away', async () => {
    await world.connect(BEN, 'gwen@example.com');
    await world.connect(GWEN, 'gwen@example.com');
    liar = await behindLiar(world, forgets('user_identifier_key', '/connected_accounts/list'));
    await world.type(BEN, '/locks disconnect');
    await world.sees(BEN, ({ text }) => text.startsWith('Your lock accounts'));
    await world.click(BEN, 'Disconnect', 'gwen@example.com');
    await world.sees(BEN, ({ text }) => text.includes('gwen@example.com') && !text.startsWith('Your lock'));
    const olivias = world.rows('account')[0]?.connected_account_id;
    expect(olivias).toEqual(expect.any(String));
    const created = await world.seamCalls('/client_sessions/create');
    expect(JSON.stringify(created.map(({ body }) => body))).not.toContain(String(olivias));
  });
});

describe('Seam answers about something else', () => {
  it('a list of more devices than was asked for is a refusal, even with the right one first', async () => {
    liar = await behindLiar(world, forgets('device_ids', '/devices/list'));
    await openList(OLIVIA);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await ended();
    expect(await unlockPosts()).toEqual([]);
  });

  it.each([
    ['of another door', { action_attempt_id: '11111111-1111-4111-8111-111111111111' }],
    ['to lock it', { action_type: 'LOCK_DOOR' }],
  ])('the attempt %s is not taken for the unlock of this one', async (_, change) => {
    const success = { status: 'success', result: { was_confirmed_by_device: true } };
    liar = await behindLiar(world, attempt({ ...success, ...change }, '/action_attempts/get'));
    await openList(OLIVIA);
    await world.click(OLIVIA, 'Unlock', 'Loft');
    const looks = async () => (await world.seamCalls('/action_attempts/get')).length;
    await eventually('two looks', async () => (await looks()) > 1);
    world.time.advance(16_000);
    await ended();
    expect(outcomes()).toEqual([{ kind: 'unknown', why: 'timeout' }]);
  });
});

describe('Seam says of an unlock what nobody can read', () => {
  it.each([
    ['a success without a result', { status: 'success', result: null }],
    ['an error that says nothing', { status: 'error', error: null }],
    ['an error in odd words', { status: 'error', error: { type: 7, message: 7 } }],
    ['no status', { status: undefined }],
    ['no id', { action_attempt_id: undefined }],
  ])('%s: it is called neither unlocked nor "not unlocked"', async (_, change) => {
    liar = await behindLiar(world, attempt(change, '/locks/unlock_door', '/action_attempts/get'));
    await openList(OLIVIA);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await ended();
    expect(outcomes()).toEqual([{ kind: 'unknown', why: 'lost' }]);
    expect(await unlockPosts()).toHaveLength(1);
    await world.sees(OLIVIA, ({ text }) => text.includes('Front Door: Nobody can say'));
  });

  it('leaves no row under way after a restart', async () => {
    await openList(OLIVIA);
    const { deviceId } = await world.door('Cellar');
    await world.seam.door({ deviceId, fate: { kind: 'hangs' } });
    await world.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
    world.time.advance(16_000);
    await ended();
    // As a row that was cut off by a crash.
    const sqlite = new Sqlite(world.house.config.database.file);
    sqlite.exec(`update move set state = 'under_way', outcome = null, ended_at = null, told_at = null`);
    sqlite.close();
    const before = (await world.seamCalls('/action_attempts/get')).length;
    liar = await behindLiar(world, attempt({ status: 'error', error: {} }, '/action_attempts/get'));
    const looks = async () => (await world.seamCalls('/action_attempts/get')).length - before;
    await eventually('a look', async () => (await looks()) > 0);
    world.time.advance(16_000);
    await ended();
    expect(outcomes()).toMatchObject([{ kind: 'unknown' }]);
  }, 40_000);
});
