/** What Slack says of a person: asked seldom, told at once, and what stands while Slack cannot be asked. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/sandbox/slack/drive.ts';
import { BEN, eventually, HOME, OLIVIA, SAM, type Shown, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const GUEST =
  'Guests cannot use Latchbolt here, so nothing was opened or changed. The person who set up Latchbolt can allow it.';
const GONE = 'Your account in this workspace is deactivated, so nothing was opened or changed.';
const ASK_AGAIN = 'Slack cannot say right now whether you belong to this workspace.';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** Types `/locks help`, and waits for the answer. */
async function asks(who: string): Promise<Shown> {
  const before = (await world.messages(who)).length;
  await world.type(who, '/locks help');
  return eventually('an answer', async () => (await world.messages(who))[before]);
}
const said = async (who: string) => (await asks(who)).lines[0];
const HELP = expect.stringContaining('What you can type');

const asked = async () =>
  (await world.slack.calls()).filter(({ method }) => method === 'users.info').map(({ body }) => body.user);
const standings = () =>
  world.rows('person').map(({ slack_user_id, standing }) => [slack_user_id, standing] as const);

/** Lets the person's standing in our database be of so long ago. */
const later = (ms: number) => world.time.advance(ms);

/** An event as Slack sent it, delivered once more as if it were of another moment. */
const again = (body: Record<string, unknown>, secondsLater: number) =>
  world.slack.deliver({
    kind: 'events_api',
    body: { ...body, event_time: Number(body.event_time) + secondsLater },
  });

describe('a change that Slack tells of', () => {
  it('holds at once: a guest, a member again, deactivated; nobody is asked about', async () => {
    expect(await said(BEN)).toEqual(HELP);
    later(1_000);
    for (const [change, words, standing] of [
      [{ is_restricted: true }, GUEST, 'guest'],
      [{ is_restricted: false }, HELP, 'member'],
      [{ is_ultra_restricted: true }, GUEST, 'guest'],
      [{ is_restricted: false }, HELP, 'member'],
      [{ deleted: true }, GONE, 'deactivated'],
    ] as const) {
      const lines = world.logged.length;
      expect(await world.slack.person({ id: BEN, ...change })).toMatchObject({ ok: true });
      await eventually('it is kept', () => standings()[0]?.[1] === standing);
      expect(world.log(lines)).toEqual([{ user: BEN, standing, msg: 'Slack tells of a change of a person' }]);
      expect(await said(BEN)).toEqual(words);
    }
    expect(await asked()).toEqual([BEN]);
    expect(world.rows('person')).toHaveLength(1);
  });

  it('holds also within the second in which Slack was asked', async () => {
    // Slack writes the moment of an event in whole seconds.
    const toNext = 1_000 - (world.time.now() % 1_000);
    later(toNext + 300);
    expect(await said(BEN)).toEqual(HELP);
    await world.slack.person({ id: BEN, deleted: true });
    await eventually('it was heard', () =>
      world.logged.some((line) => line.includes('Slack tells of a change')),
    );
    expect(await said(BEN)).toBe(GONE);
  });

  it('changes nothing when something newer is known', async () => {
    expect(await said(BEN)).toEqual(HELP);
    later(1_000);
    const guest = await world.slack.person({ id: BEN, is_restricted: true });
    later(2_000);
    const member = await world.slack.person({ id: BEN, is_restricted: false });
    await eventually('it is kept', () => standings()[0]?.[1] === 'member');
    const before = world.rows('person');
    const lines = world.logged.length;
    await again(guest.delivered.body, 0);
    await eventually('it was heard', () => world.log(lines).length === 1);
    expect(world.rows('person')).toEqual(before);
    expect(await said(BEN)).toEqual(HELP);
    // The other way around: what is newer counts, also when it comes twice.
    later(10_000);
    await again(guest.delivered.body, 5);
    await again(guest.delivered.body, 5);
    await again(member.delivered.body, 1);
    await eventually('all were heard', () => world.log(lines).length >= 4);
    expect(await said(BEN)).toBe(GUEST);
  });

  it('of a moment that is yet to come does not outlive the next one', async () => {
    expect(await said(BEN)).toEqual(HELP);
    later(1_000);
    const guest = await world.slack.person({ id: BEN, is_restricted: true });
    await again(guest.delivered.body, 3_600);
    later(2_000);
    await world.slack.person({ id: BEN, is_restricted: false });
    await eventually('it is kept', () => standings()[0]?.[1] === 'member');
    expect(await said(BEN)).toEqual(HELP);
  });

  it('makes nobody known: neither a colleague whom we never saw nor someone of another workspace', async () => {
    const lines = world.logged.length;
    expect(await world.slack.person({ id: BEN, is_restricted: true })).toMatchObject({ ok: true });
    expect(await world.slack.person({ id: SAM, deleted: true })).toMatchObject({ ok: true });
    await eventually('both were heard', () => world.log(lines).length === 2);
    expect(world.log(lines)).toEqual([
      { user: BEN, standing: 'guest', msg: 'Slack tells of a change of a person' },
      { user: SAM, standing: 'stranger', msg: 'Slack tells of a change of a person' },
    ]);
    expect(world.rows('person')).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['of another installation', { team_id: 'T0OTHER' }],
    ['of no moment', { event_time: 'today' }],
    ['of nobody', { event: { type: 'user_change' } }],
    [
      'that does not say whether they are a guest',
      { event: { type: 'user_change', user: { id: BEN, team_id: HOME, deleted: false } } },
    ],
  ])('%s changes nothing', async (_, change) => {
    expect(await said(BEN)).toEqual(HELP);
    later(1_000);
    const { delivered } = await world.slack.person({ id: OLIVIA, deleted: true });
    const before = world.rows('person');
    const lines = world.logged.length;
    const user = { id: BEN, team_id: HOME, deleted: true };
    const event = { type: 'user_change', user };
    await world.slack.deliver({ kind: 'events_api', body: { ...delivered.body, event, ...change } });
    await eventually('it was heard', () => world.log(lines).length === 1);
    expect(world.log(lines)).toEqual([{ msg: 'Slack sent something that is neither a command nor a click' }]);
    expect(world.rows('person')).toEqual(before);
  });
});

it('Slack is asked once in 15 minutes for each person, whatever they do', async () => {
  for (const who of [BEN, BEN, OLIVIA, BEN, OLIVIA]) expect(await said(who)).toEqual(HELP);
  expect(await asked()).toEqual([BEN, OLIVIA]);
  later(14 * MINUTE_MS);
  expect(await said(BEN)).toEqual(HELP);
  expect(await asked()).toEqual([BEN, OLIVIA]);
  later(MINUTE_MS);
  for (const who of [BEN, BEN]) expect(await said(who)).toEqual(HELP);
  expect(await asked()).toEqual([BEN, OLIVIA, BEN]);
});

it('what was written by a clock that ran ahead is asked again', async () => {
  later(60 * MINUTE_MS);
  expect(await said(BEN)).toEqual(HELP);
  later(-60 * MINUTE_MS);
  expect(await said(BEN)).toEqual(HELP);
  expect(await asked()).toEqual([BEN, BEN]);
});

describe('when Slack cannot be asked', () => {
  const answer = (user: Record<string, unknown>): Fault => ({
    at: 'users.info',
    do: 'status',
    status: 200,
    body: JSON.stringify({ ok: true, user: { team_id: HOME, deleted: false, is_bot: false, ...user } }),
  });
  const NOT_SAID = 'an answer that says nothing of them';
  const SOON = 'Try again in a minute.';

  it.each<[string, Fault, string, string]>([
    ['its error', { at: 'users.info', do: 'error', error: 'internal_error' }, 'internal_error', SOON],
    ['500', { at: 'users.info', do: 'status', status: 500 }, 'not reached', SOON],
    [
      '429',
      { at: 'users.info', do: 'status', status: 429, retryAfter: 30 },
      'rate_limited',
      'Try again in 30 seconds.',
    ],
    ['no answer', { at: 'users.info', do: 'hang' }, 'not reached', SOON],
    ['a reset', { at: 'users.info', do: 'reset' }, 'not reached', SOON],
    ['half an answer', { at: 'users.info', do: 'truncate' }, 'not reached', SOON],
    [
      'an answer about somebody else',
      answer({ id: SAM, is_restricted: false, is_ultra_restricted: false }),
      NOT_SAID,
      SOON,
    ],
    ['an answer that leaves out whether they are a guest', answer({ id: BEN }), NOT_SAID, SOON],
    [
      'an answer about nobody',
      { at: 'users.info', do: 'status', status: 200, body: '{"ok":true}' },
      NOT_SAID,
      SOON,
    ],
  ])(
    '%s: someone known goes on, someone unknown tries again, and nothing opens',
    async (_, fault, why, when) => {
      await world.connect(OLIVIA, 'olivia@example.com');
      await world.click(OLIVIA, 'Show my doors');
      const list = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
      const { action_id, value } = world.button(list, 'Unlock', 'Front Door');
      later(16 * MINUTE_MS);
      await world.slack.faults([fault]);
      const lines = world.logged.length;
      const message = `Slack does not say who somebody is: ${why}`;

      // Ben has never been seen: whatever he presses, nothing is asked of Seam.
      const calls = (await world.seamCalls()).length;
      const { delivered } = await world.type(BEN, '/locks');
      const shown = await world.sees(BEN, () => true);
      expect(shown.lines).toEqual([`${ASK_AGAIN} ${when}`]);
      await world.slack.deliver({
        kind: 'interactive',
        body: {
          type: 'block_actions',
          user: { id: BEN, team_id: HOME },
          trigger_id: 'of.ben',
          response_url: delivered.body.response_url,
          container: { type: 'message', message_ts: `${Math.floor(world.time.now() / 1000)}.000100` },
          actions: [{ action_id, value }],
        },
      });
      await world.sees(BEN, ({ id }) => id !== shown.id);
      expect((await world.messages(BEN)).map(({ text }) => text)).toEqual(
        Array(2).fill(`${ASK_AGAIN} ${when}`),
      );
      expect((await world.seamCalls()).length).toBe(calls);
      expect(world.rows('move')).toEqual([]);
      expect(world.log(lines).filter(({ user }) => user === BEN)).toEqual(
        ['command', 'click'].map((act) => ({
          user: BEN,
          act,
          err: expect.objectContaining({ name: 'MembersError', message }),
          msg: 'something was not done',
        })),
      );

      // Olivia was a member a while ago, and still opens her door.
      await world.click(OLIVIA, 'Unlock', 'Front Door');
      await world.sees(OLIVIA, ({ text }) => text.includes('Front Door: Unlocked.'));
      expect(world.log(lines).filter(({ user, msg }) => user === OLIVIA && msg !== 'unlock ended')).toEqual([
        {
          user: OLIVIA,
          err: expect.objectContaining({ name: 'MembersError', message }),
          msg: 'what Slack last said of a person still stands',
        },
      ]);
    },
  );

  it('a guest who is known as one stays one', async () => {
    await world.slack.person({ id: BEN, is_restricted: true });
    expect(await said(BEN)).toBe(GUEST);
    later(16 * MINUTE_MS);
    await world.slack.faults([{ at: 'users.info', do: 'reset' }]);
    expect(await said(BEN)).toBe(GUEST);
  });

  it('what is known stands for 12 hours, and no longer', async () => {
    expect(await said(BEN)).toEqual(HELP);
    await world.slack.faults([{ at: 'users.info', do: 'error', error: 'fatal_error' }]);
    later(12 * 60 * MINUTE_MS - MINUTE_MS);
    expect(await said(BEN)).toEqual(HELP);
    later(2 * MINUTE_MS);
    expect(await said(BEN)).toBe(`${ASK_AGAIN} Try again in a minute.`);
    await world.slack.faults([]);
    expect(await said(BEN)).toEqual(HELP);
  });
});
