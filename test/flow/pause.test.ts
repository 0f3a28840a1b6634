/** `/locks pause` and `/locks resume`: a person's own stop, for a lost phone. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Context, createContext } from '../../src/context.ts';
import type { HouseEvent } from '../../src/domain/house-event.ts';
import { deviceId, installationScope, interactionId, slackUserId } from '../../src/domain/ids.ts';
import type { Feature } from '../../src/feature.ts';
import { pause } from '../../src/features/pause/index.ts';
import { createLog } from '../../src/log.ts';
import { askToMove, type MoveAsked } from '../../src/moving/ask.ts';
import { thisProcess } from '../../src/runs.ts';
import type { SeamEvent } from '../../src/seam/port.ts';
import { inTrouble, rowOf } from '../support/trouble.ts';
import { still } from '../support/words.ts';
import { BEN, eventually, HOME, OLIVIA, startWorld, type World } from '../support/world.ts';

const PAUSED =
  'Opening doors from Slack is paused for you, on every device. No door is unlocked for you until you type ' +
  '/locks resume. You can still lock doors. PINs that your guests have go on working: type /locks codes to revoke them.';
const LISTED = 'You have paused opening doors from Slack. Type /locks resume to end that.';
const REFUSED = `Not unlocked. ${LISTED}`;
const OFFERED =
  'You have paused opening doors from Slack, since <moment>. ' +
  'If a device of yours is lost, sign it out of Slack before you resume.';
const RESUMED = 'You can open your doors from Slack again.';
const NOT_PAUSED =
  'Opening doors from Slack is not paused for you, so there is nothing to resume. Type /locks pause to pause it.';
const OLD_BUTTON =
  'This button is too old, so opening doors stays paused for you. Type /locks resume for a new one.';
const RESUME = 'Resume opening doors';

let world: World;
const { unlockPosts, outcomes, openList } = inTrouble(() => world);
afterEach(() => world.close());

const pausedAt = () => world.rows('person').find(({ slack_user_id }) => slack_user_id === OLIVIA)?.paused_at;
const written = () => world.rows('pause').map(({ what, at, slack_user_id }) => ({ what, at, slack_user_id }));

async function pauses() {
  await world.type(OLIVIA, '/locks pause');
  return world.sees(OLIVIA, ({ text }) => text === PAUSED);
}
async function isOffered() {
  await world.type(OLIVIA, '/locks resume');
  return world.sees(OLIVIA, ({ text }) => still(text) === OFFERED);
}

describe('with a bot', () => {
  beforeEach(async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
  });

  it('pauses at once, refuses in a list of before, and locks all the same', async () => {
    const list = await openList(OLIVIA);
    const calls = (await world.seamCalls()).length;
    const answer = await pauses();
    expect([answer.ephemeral, answer.lines, answer.buttons]).toEqual([true, [PAUSED], []]);
    expect(written()).toEqual([{ what: 'paused', at: pausedAt(), slack_user_id: OLIVIA }]);
    expect(await world.seamCalls()).toHaveLength(calls);

    await world.click(OLIVIA, 'Unlock', 'Front Door');
    const shown = await eventually('the list says so', async () =>
      (await world.messages(OLIVIA)).find(
        (message) => message.id === list.id && rowOf(message, 'Front Door').includes(REFUSED),
      ),
    );
    expect(shown.lines.slice(0, 3)).toEqual(['*Your doors*', LISTED, 'Front Door']);
    expect(shown.text).toContain(`Your doors. ${LISTED} Front Door: ${REFUSED}`);
    expect(await world.seamCalls()).toHaveLength(calls);
    expect(outcomes()).toEqual([{ kind: 'refused', why: 'paused_by_you' }]);

    const { value } = world.button(shown, 'Unlock', 'Front Door');
    await world.forge(OLIVIA, { action_id: 'door:lock', value });
    await eventually('it is locked', () => outcomes().some((outcome) => outcome?.kind === 'locked'));
    expect(await unlockPosts()).toEqual([]);
  });

  it('is the person’s own: others open their doors', async () => {
    await pauses();
    await world.connect(BEN, 'ben@example.com');
    const list = await openList(BEN);
    expect(list.text).not.toContain('paused');
    await world.click(BEN, 'Unlock');
    await eventually('it is open', () => outcomes().some((outcome) => outcome?.kind === 'unlocked'));
  });

  it('says so when it is paused already, and keeps the moment', async () => {
    await pauses();
    const since = pausedAt();
    world.time.advance(60_000);
    await world.type(OLIVIA, '/locks pause');
    const answer = await world.sees(OLIVIA, ({ text }) => text.includes('already'));
    expect(answer.lines.map(still)).toEqual([
      'Opening doors from Slack is paused for you already, since <moment>. Type /locks resume to end that.',
    ]);
    expect(answer.text).toBe(answer.lines[0]);
    expect(pausedAt()).toBe(since);
    expect(written()).toHaveLength(1);
  });

  it('resumes by a click that Slack confirms, over a restart, and is written down', async () => {
    await pauses();
    await world.house.bot.close();
    await world.house.restart();
    const offer = await isOffered();
    expect(offer.lines.map(still)).toEqual([OFFERED]);
    expect(offer.raw.blocks.at(-1)).toMatchObject({
      elements: [
        {
          text: { text: RESUME },
          confirm: {
            title: { text: 'Resume opening doors?' },
            text: { text: 'Doors can then be opened from every device on which you are signed in to Slack.' },
            confirm: { text: 'Resume' },
            deny: { text: 'Stay paused' },
          },
        },
      ],
    });
    const since = pausedAt();
    expect(since).toEqual(expect.any(Number));
    await world.click(OLIVIA, RESUME);
    const done = await world.sees(OLIVIA, ({ text }) => text === RESUMED);
    expect([done.id, done.buttons]).toEqual([offer.id, ['Show my doors']]);
    expect(pausedAt()).toBeNull();
    expect(written()).toEqual([
      { what: 'paused', at: since, slack_user_id: OLIVIA },
      { what: 'resumed', at: expect.any(Number), slack_user_id: OLIVIA },
    ]);
    await openList(OLIVIA);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('it is open', () => outcomes().some((outcome) => outcome?.kind === 'unlocked'));
  });

  it('resumes nothing where nothing is paused', async () => {
    await world.type(OLIVIA, '/locks resume');
    const answer = await world.sees(OLIVIA, ({ text }) => text === NOT_PAUSED);
    expect(answer.buttons).toEqual([]);
    expect(written()).toEqual([]);
  });

  it('a button of another pause, or of long ago, or of somebody else resumes nothing', async () => {
    await pauses();
    const button = world.button(await isOffered(), RESUME);
    // Twice by its own person: the second finds nothing to end.
    await world.forge(OLIVIA, button);
    await world.sees(OLIVIA, ({ text }) => text === RESUMED);
    await world.forge(OLIVIA, button);
    await world.sees(OLIVIA, ({ text }) => text === NOT_PAUSED);
    world.time.advance(1_000);
    await pauses();
    const again = pausedAt();
    await world.forge(OLIVIA, button);
    await world.sees(OLIVIA, ({ text }) => text === OLD_BUTTON);
    const fresh = world.button(await isOffered(), RESUME);
    await world.forge(BEN, fresh);
    await world.sees(BEN, ({ text }) => text === NOT_PAUSED);
    const posted = { message_ts: `${Math.floor(world.time.now() / 1000) - 12 * 3600 - 60}.000100` };
    await world.forge(OLIVIA, fresh, {
      container: { type: 'message', channel_id: 'C0GENERAL', is_ephemeral: true, ...posted },
    });
    await world.sees(OLIVIA, ({ text }) => text === OLD_BUTTON);
    expect(pausedAt()).toBe(again);
    expect(written().map(({ what }) => what)).toEqual(['paused', 'resumed', 'paused']);
  });

  it('a click that is delivered three times resumes once', async () => {
    await pauses();
    await isOffered();
    await world.slack.faults([{ at: 'delivery', do: 'duplicate', copies: 3, times: 1 }]);
    await world.click(OLIVIA, RESUME);
    await world.sees(OLIVIA, ({ text }) => text === RESUMED);
    expect(written().map(({ what }) => what)).toEqual(['paused', 'resumed']);
  });
});

describe('between an unlock’s row and its request', () => {
  beforeEach(async () => {
    world = await startWorld({ webhooks: false });
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.house.bot.close();
  });

  /** The parts of a Latchbolt on the house's database. */
  async function aRun(features: readonly Feature[] = []): Promise<Context> {
    const log = createLog({ level: 'silent' });
    const surroundings = { time: world.time, newId: randomUUID, log, place: thisProcess };
    const { context, close } = await createContext(world.house.config, surroundings, features);
    onTestFinished(async () => {
      await context.tasks.stop(0);
      await close();
    });
    return context;
  }

  async function clicks({ store, time, newId }: Context): Promise<MoveAsked> {
    const userId = slackUserId(OLIVIA);
    const { deviceId: door } = await world.door('Front Door');
    return {
      userId,
      responseUrl: null,
      person: await store.people.ensure({ scope: installationScope(HOME), userId }, newId, time.now()),
      interaction: interactionId(newId()),
      at: time.now(),
      verb: 'unlock',
      via: 'message',
      deviceId: deviceId(door),
      listingId: null,
      madeAt: time.now(),
    };
  }

  it('a pause by another process holds: nothing is sent, and the row says why', async () => {
    const [first, second] = [await aRun(), await aRun()];
    const asked = await clicks(first);
    const { seam } = first;
    const slow: Context = {
      ...first,
      seam: {
        ...seam,
        async door(key, id) {
          const found = await seam.door(key, id);
          await second.store.pauses.begin(asked.person, 'pause-1', world.time.now());
          return found;
        },
      },
    };
    await askToMove(slow, asked);
    expect(await unlockPosts()).toEqual([]);
    expect(outcomes()).toEqual([{ kind: 'refused', why: 'paused_by_you' }]);
    expect(world.rows('move')).toEqual([expect.objectContaining({ state: 'ended', sent_at: null })]);
    expect((await world.newest(OLIVIA)).text).toBe(REFUSED);
    // A lock is let through all the same.
    await askToMove(slow, { ...asked, verb: 'lock', interaction: interactionId('lock-1') });
    expect(outcomes().at(-1)).toEqual({ kind: 'locked' });
  });

  it('two processes pause once and resume once', async () => {
    const [first, second] = [await aRun(), await aRun()];
    const { person } = await clicks(first);
    const at = world.time.now();
    const began = await Promise.all([
      first.store.pauses.begin(person, 'pause-1', at),
      second.store.pauses.begin(person, 'pause-2', at + 1),
    ]);
    expect(new Set(began).size).toBe(1);
    const [since = 0] = began;
    const ended = await Promise.all([
      first.store.pauses.end(person, since, 'resume-1', at + 2),
      second.store.pauses.end(person, since, 'resume-2', at + 2),
    ]);
    expect(ended.toSorted()).toEqual([false, true]);
    expect(written().map(({ what }) => what)).toEqual(['paused', 'resumed']);
  });

  it('whoever draws the person’s doors is told of a change', async () => {
    const told: (SeamEvent | HouseEvent)[] = [];
    const listener: Feature = {
      name: 'listener',
      subcommands: [],
      actions: {},
      onEvent: async (_, event) => void told.push(event),
    };
    const run = await aRun([listener]);
    const { person, interaction, at } = await clicks(run);
    const asked = {
      person,
      interaction,
      at,
      userId: person.userId,
      responseUrl: null,
      place: 'command' as const,
      triggerId: null,
      args: [],
      rest: '',
      view: null,
      inOwnMessage: false,
      postedAt: at,
    };
    await pause.subcommands[0]?.run(run, asked);
    await pause.actions.resume?.(run, { ...asked, args: [String(pausedAt())] });
    const changed = { kind: 'settings_changed', who: expect.objectContaining({ userId: OLIVIA }) };
    expect(told).toEqual([changed, changed]);
  });
});
