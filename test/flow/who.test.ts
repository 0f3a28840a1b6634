/** Who may do what, and from which message: everyone else is refused, written down, and told of no door. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTrouble, rowOf } from '../support/trouble.ts';
import {
  BEN,
  CLEO,
  DAN,
  ELSEWHERE,
  eventually,
  GENERAL,
  GWEN,
  HOME,
  OLIVIA,
  ROBO,
  SAM,
  type Shown,
  startWorld,
  type World,
} from '../support/world.ts';

const HOUR_MS = 3_600_000;
const STRANGER = 'U0STRANGER';
const ACTS = ['/locks', '/locks connect', 'Unlock', 'Disconnect', 'Refresh'] as const;
type Act = (typeof ACTS)[number];
const BUTTONS = ['Unlock', 'Disconnect', 'Refresh'] as const;

const WORDS = {
  other_workspace: 'These doors belong to people of another workspace, so nothing was opened or changed.',
  guest:
    'Guests cannot use Latchbolt here, so nothing was opened or changed. The person who set up Latchbolt can allow it.',
  deactivated: 'Your account in this workspace is deactivated, so nothing was opened or changed.',
  bot: 'Only people can use Latchbolt, so nothing was opened or changed.',
  copy: 'This is a copy of a message, so nothing was opened or changed. Type /locks to see your doors.',
  old: 'This was shown more than 12 hours ago, so nothing was opened. Type /locks to see your doors as they are now.',
  not_yours: 'This door is not one of yours, so nothing was opened. Type /locks to see your doors.',
} as const;
const OLD_LIST = 'This list is too old. Type /locks for a new one.';
const OLD_ACCOUNTS =
  'This message is more than 12 hours old, so nothing was changed. Type /locks disconnect for a new one.';
const NOT_YOUR_ACCOUNT =
  'This account is not one of yours, so nothing was disconnected. Type /locks disconnect to see your accounts.';

let world: World;
const { unlockPosts, inDatabase } = inTrouble(() => world);

/** Olivia has a list and her accounts on the screen; Ben lends those a voice who cannot type. */
beforeAll(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.type(BEN, '/locks help');
  await world.sees(BEN, ({ text }) => text.startsWith('What you can type'));
});
afterAll(() => world.close());
beforeEach(async () => {
  // So that nobody is told to slow down.
  world.time.advance(20_000);
});

const isDoors = ({ text }: Shown) => text.startsWith('Your doors');
const isAccounts = ({ text }: Shown) => text.startsWith('Your lock accounts');
const isHelp = ({ text }: Shown) => text.startsWith('What you can type');

/** Olivia's message with that button, new. */
async function freshMessage(button: (typeof BUTTONS)[number]): Promise<Shown> {
  const before = (await world.newest(OLIVIA)).id;
  await world.type(OLIVIA, button === 'Disconnect' ? '/locks disconnect' : '/locks');
  const check = button === 'Disconnect' ? isAccounts : isDoors;
  return world.sees(OLIVIA, (message) => check(message) && message.id !== before);
}

const buttonIn = (message: Shown, text: string) =>
  world.button(message, text, text === 'Unlock' ? 'Front Door' : undefined);

/** What this person does, whether or not Slack would let them; what comes of it is told to Ben. */
async function does({ id, team_id }: { id: string; team_id: string }, act: Act): Promise<void> {
  if (act === 'Unlock' || act === 'Disconnect' || act === 'Refresh') {
    const { action_id, value } = buttonIn(await freshMessage(act), act);
    await world.forge(BEN, { action_id, value }, { user: { id, team_id, username: 'x', name: 'x' } });
    return;
  }
  const { delivered } = await world.type(BEN, '/locks help');
  const text = act.replace('/locks', '').trim();
  const trigger_id = `${delivered.body.trigger_id}.forged`;
  await world.slack.deliver({
    kind: 'slash_commands',
    body: { ...delivered.body, user_id: id, team_id, text, trigger_id },
  });
}

/** What is new since a moment: what `who` was told, the journal, and the log about everyone but Ben and Olivia. */
async function since(who: string) {
  const shown = new Set((await world.messages(who)).map(({ id }) => id));
  const rows = world.rows('move').length;
  const lines = world.logged.length;
  return {
    told: async () =>
      (await world.messages(who)).filter((message) => !shown.has(message.id) && !isHelp(message)),
    rows: () => world.rows('move').slice(rows),
    log: (user: string) => world.log(lines).filter((line) => line.user === user),
  };
}

const refusedRow = (who: { id: string; team_id: string }, device_id: string, why: string) => ({
  id: expect.any(String),
  interaction: expect.stringMatching(new RegExp(`^.+:${who.team_id}:${who.id}$`)),
  scope: who.team_id,
  slack_user_id: who.id,
  device_id,
  verb: 'unlock',
  via: 'message',
  execution_id: null,
  door_name: null,
  listing_id: null,
  state: 'ended',
  joined_id: null,
  action_attempt_id: null,
  outcome: JSON.stringify({ kind: 'refused', why }),
  requested_at: expect.any(Number),
  sent_at: null,
  ended_at: expect.any(Number),
  told_at: expect.any(Number),
  response_url: null,
  response_url_expires_at: expect.any(Number),
  run_id: null,
});

describe.each([
  ['someone of another workspace', { id: SAM, team_id: ELSEWHERE }, 'other_workspace'],
  ['the same user id of another workspace', { id: OLIVIA, team_id: ELSEWHERE }, 'other_workspace'],
  ['someone whom Slack knows in another workspace', { id: SAM, team_id: HOME }, 'other_workspace'],
  ['a stranger, as Slack says', { id: STRANGER, team_id: HOME }, 'other_workspace'],
  ['a guest of one channel', { id: CLEO, team_id: HOME }, 'guest'],
  ['a guest of several channels', { id: GWEN, team_id: HOME }, 'guest'],
  ['someone deactivated', { id: DAN, team_id: HOME }, 'deactivated'],
  ['a bot', { id: ROBO, team_id: HOME }, 'bot'],
] as const)('%s', (_, person, why) => {
  beforeAll(async () => {
    if (person.id !== STRANGER) return;
    const user = { id: STRANGER, team_id: HOME, deleted: false, is_bot: false, is_stranger: true };
    const answer = { ok: true, user: { ...user, is_restricted: false, is_ultra_restricted: false } };
    await world.slack.faults([{ at: 'users.info', do: 'status', status: 200, body: JSON.stringify(answer) }]);
  });
  afterAll(() => world.slack.faults([]));

  it.each(ACTS)('is turned away from %s, and it is written down', async (act) => {
    const { deviceId } = await world.door('Front Door');
    // Olivia's own message, made first, is not part of what is looked at.
    const seen = await since(BEN);
    const before = (await world.seamCalls('/connect_webviews/create', '/locks/unlock_door')).length;
    await does(person, act);
    const told = await eventually('an answer', async () => {
      const messages = await seen.told();
      return messages.length > 0 && messages;
    });
    expect(told.map(({ text, lines, buttons, ephemeral }) => ({ text, lines, buttons, ephemeral }))).toEqual([
      { text: WORDS[why], lines: [WORDS[why]], buttons: [], ephemeral: true },
    ]);
    const turned = { user: person.id, scope: person.team_id, why };
    const refused = { ...turned, device: deviceId, msg: 'unlock refused' };
    expect(seen.log(person.id).filter(({ scope }) => scope === person.team_id)).toEqual([
      { ...turned, msg: 'somebody was turned away' },
      ...(act === 'Unlock' ? [refused] : []),
    ]);
    expect(seen.rows()).toEqual(act === 'Unlock' ? [refusedRow(person, deviceId, why)] : []);
    expect(await world.seamCalls('/connect_webviews/create', '/locks/unlock_door')).toHaveLength(before);
    expect(world.rows('account')).toHaveLength(1);
    expect(world.rows('person').filter(({ scope }) => scope !== HOME)).toEqual([]);
  });
});

describe('a copy of a message', () => {
  it.each(BUTTONS.flatMap((text) => [[text, OLIVIA] as const, [text, BEN] as const]))(
    'does not take %s of %s',
    async (text, who) => {
      const message = await freshMessage(text);
      const { block_id, action_id } = buttonIn(message, text);
      const copy = await world.slack.share({ as: OLIVIA, message: message.id, channel: GENERAL });
      const seen = await since(who);
      const calls = (await world.seamCalls()).length;
      await world.slack.click({ as: who, in: copy, block_id, action_id });
      const told = await eventually('an answer', async () => {
        const messages = await seen.told();
        return messages.length > 0 && messages;
      });
      expect(told.map((one) => one.lines)).toEqual([[WORDS.copy]]);
      const { deviceId } = await world.door('Front Door');
      const turned = { user: who, scope: HOME, why: 'copy' };
      expect(seen.log(who)).toEqual([
        { ...turned, msg: 'somebody was turned away' },
        ...(text === 'Unlock' ? [{ ...turned, device: deviceId, msg: 'unlock refused' }] : []),
      ]);
      expect(seen.rows()).toEqual(
        text === 'Unlock' ? [refusedRow({ id: who, team_id: HOME }, deviceId, 'copy')] : [],
      );
      expect(await world.seamCalls()).toHaveLength(calls);
    },
  );
});

describe('a message of more than 12 hours ago', () => {
  const old = { kind: 'refused', why: 'old' };
  const click = (message: Shown, text: string, postedMsAgo?: number) => {
    const { block_id, action_id } = buttonIn(message, text);
    const age = postedMsAgo === undefined ? {} : { postedMsAgo };
    return world.slack.click({ as: OLIVIA, in: { message: message.id }, block_id, action_id, ...age });
  };
  const newRow = async (rows: () => Record<string, unknown>[]) => {
    const row = await eventually('a row that was told', () => rows().find(({ told_at }) => told_at !== null));
    expect(rows()).toHaveLength(1);
    return { listing: row.listing_id, sent: row.sent_at, outcome: JSON.parse(String(row.outcome)) };
  };

  it('whose list is known does not unlock, says so in place, and does again once it is refreshed', async () => {
    const message = await freshMessage('Unlock');
    const [, listing = ''] = buttonIn(message, 'Refresh').value.split(' ');
    inDatabase(`update listing set shown_at = shown_at - ${12 * HOUR_MS} where id = '${listing}'`);
    const seen = await since(OLIVIA);
    await click(message, 'Unlock');
    expect(await newRow(seen.rows)).toEqual({ listing, sent: null, outcome: old });
    const shown = await world.sees(OLIVIA, (one) => rowOf(one, 'Front Door').includes('12 hours'));
    expect(shown.id).toBe(message.id);
    expect(rowOf(shown, 'Front Door')).toBe(`:warning: <moment> ${WORDS.old}`);
    expect(await unlockPosts()).toEqual([]);

    await click(shown, 'Refresh', 13 * HOUR_MS);
    const fresh = await world.sees(OLIVIA, (one) => !rowOf(one, 'Front Door').includes('12 hours'));
    expect(fresh.id).toBe(message.id);
    await click(fresh, 'Unlock', 13 * HOUR_MS);
    await world.sees(OLIVIA, (one) => rowOf(one, 'Front Door').includes('Unlocked.'));
    expect(await unlockPosts()).toHaveLength(1);
  });

  it.each([
    ['is 12 hours and a second old', 12 * HOUR_MS + 1_000],
    ['is a year old', 365 * 24 * HOUR_MS],
  ])('whose list is gone and that %s does not unlock nor refresh', async (_, age) => {
    const message = await freshMessage('Unlock');
    inDatabase('delete from listing');
    const posts = (await unlockPosts()).length;
    const seen = await since(OLIVIA);
    await click(message, 'Unlock', age);
    expect(await newRow(seen.rows)).toEqual({ listing: null, sent: null, outcome: old });
    await click(message, 'Refresh', age);
    await eventually('two answers', async () => (await seen.told()).length === 2);
    expect((await seen.told()).map(({ lines }) => lines)).toEqual([[WORDS.old], [OLD_LIST]]);
    expect(await unlockPosts()).toHaveLength(posts);
  });

  it('does not disconnect', async () => {
    const message = await freshMessage('Disconnect');
    const seen = await since(OLIVIA);
    await click(message, 'Disconnect', 12 * HOUR_MS + 1_000);
    await eventually('an answer', async () => (await seen.told()).length === 1);
    expect((await seen.told()).map(({ lines }) => lines)).toEqual([[OLD_ACCOUNTS]]);
    expect(world.rows('account')).toMatchObject([{ status: 'connected' }]);
    expect(await world.seamCalls('/connected_accounts/delete')).toEqual([]);
  });

  it.each([
    ['no container', undefined],
    ['no moment', { type: 'message', channel_id: GENERAL, is_ephemeral: true }],
    ['a moment that is none', { type: 'message', message_ts: 'now', is_ephemeral: true }],
  ])('counts as such when its age is not known (%s)', async (_, container) => {
    const unlock = buttonIn(await freshMessage('Unlock'), 'Unlock');
    const disconnect = buttonIn(await freshMessage('Disconnect'), 'Disconnect');
    inDatabase('delete from listing');
    const posts = (await unlockPosts()).length;
    const seen = await since(OLIVIA);
    await world.forge(OLIVIA, unlock, { container });
    expect(await newRow(seen.rows)).toEqual({ listing: null, sent: null, outcome: old });
    await world.forge(OLIVIA, disconnect, { container });
    await eventually('two answers', async () => (await seen.told()).length === 2);
    expect((await seen.told()).map(({ lines }) => lines)).toEqual([[WORDS.old], [OLD_ACCOUNTS]]);
    expect(await unlockPosts()).toHaveLength(posts);
    expect(world.rows('account')).toMatchObject([{ status: 'connected' }]);
  });
});

describe('someone else’s button', () => {
  it.each([
    ['Unlock', WORDS.not_yours],
    ['Disconnect', NOT_YOUR_ACCOUNT],
    ['Refresh', OLD_LIST],
  ] as const)('%s is refused', async (text, words) => {
    const message = await freshMessage(text);
    const { deviceId } = await world.door('Front Door');
    const posts = (await unlockPosts()).length;
    const seen = await since(BEN);
    await world.forge(BEN, buttonIn(message, text));
    await eventually('an answer', async () => (await seen.told()).length === 1);
    expect((await seen.told()).map(({ lines, buttons }) => ({ lines, buttons }))).toEqual([
      { lines: [words], buttons: [] },
    ]);
    expect(await world.newest(OLIVIA)).toEqual(message);
    if (text === 'Unlock') await eventually('the row was told', () => seen.rows()[0]?.told_at !== null);
    expect(seen.rows().map(({ response_url: _, ...row }) => row)).toEqual(
      text === 'Unlock' ? [withoutUrl(refusedRow({ id: BEN, team_id: HOME }, deviceId, 'not_yours'))] : [],
    );
    expect(await unlockPosts()).toHaveLength(posts);
    expect(world.rows('account')).toMatchObject([{ status: 'connected' }]);
  });
});

function withoutUrl({ response_url: _, ...row }: ReturnType<typeof refusedRow>) {
  return row;
}

describe('with ALLOW_GUESTS', () => {
  let open: World;
  beforeAll(async () => {
    open = await startWorld({ allowGuests: true });
  });
  afterAll(() => open.close());

  it.each([
    [GWEN, 'gwen@example.com', 'Guest House'],
    [CLEO, 'ben@example.com', 'Bike Shed'],
  ])('%s opens a door of their own', async (guest, email, door) => {
    await open.connect(guest, email);
    await open.click(guest, 'Show my doors');
    await open.sees(guest, isDoors);
    await open.click(guest, 'Unlock', door);
    await open.sees(guest, (message) => rowOf(message, door).includes('Unlocked.'));
    expect(open.rows('move').at(-1)).toMatchObject({
      slack_user_id: guest,
      outcome: JSON.stringify({ kind: 'unlocked' }),
    });
  });

  it.each([
    [DAN, 'deactivated'],
    [ROBO, 'bot'],
  ] as const)('%s still does nothing', async (who, why) => {
    const lines = open.logged.length;
    await open.type(who, '/locks');
    expect((await open.sees(who, () => true)).lines).toEqual([WORDS[why]]);
    expect(open.log(lines).filter(({ user }) => user === who)).toEqual([
      { user: who, scope: HOME, why, msg: 'somebody was turned away' },
    ]);
  });
});
