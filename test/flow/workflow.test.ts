/** The step "Unlock a door" of Workflow Builder: its own person's doors only, and one end for each execution. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Context, createContext } from '../../src/context.ts';
import {
  deviceId,
  executionId,
  installationScope,
  interactionId,
  moveId,
  slackUserId,
} from '../../src/domain/ids.ts';
import { workflow } from '../../src/features/workflow/index.ts';
import { createLog } from '../../src/log.ts';
import { thisProcess } from '../../src/runs.ts';
import { clear } from '../support/clear.ts';
import { inTrouble } from '../support/trouble.ts';
import { BEN, ELSEWHERE, eventually, GWEN, HOME, OLIVIA, startWorld, type World } from '../support/world.ts';

const UNLOCKED = 'Front Door: Unlocked. The lock has confirmed it.';
/** What the message that told it goes on as. */
const CARD = 'Front Door is unlocked.';
const LEFT = 'Nothing was unlocked: Latchbolt could not finish this step. Start the workflow again.';

let world: World;
let told: number;
const { unlockPosts, outcomes, said, fateOf } = inTrouble(() => world);

beforeEach(async () => {
  world = await startWorld({ workflow: true });
  await world.connect(OLIVIA, 'olivia@example.com');
  told = (await said()).length;
});
afterEach(() => world.close());

/** What Olivia was told since the test began. */
const heard = async () => (await said()).slice(told);
/** All that she was told, once it says so. */
async function hears(...texts: string[]) {
  const all = JSON.stringify(texts);
  await eventually(`she was told ${all}`, async () => JSON.stringify(await heard()) === all, 8_000);
}
const start = (as: string, door: string) =>
  world.slack.workflow({ as, callback_id: 'unlock_door', inputs: { door } });
const endOf = async (as: string) => (await world.slack.view(as)).executions.at(-1)?.ended ?? null;
const ended = (as: string) => eventually('the step has ended', () => endOf(as), 20_000);
const completions = async () =>
  (await world.slack.calls())
    .filter(({ method }) => method.startsWith('functions.'))
    .map(({ method, ok }) => ({ method, ok }));

/** Steps that are still to be ended. */
const owed = () => world.rows('timer').filter(({ kind }) => String(kind).startsWith('workflow:'));

describe('for a door of its person', () => {
  it('unlocks, ends with what came of it, and tells them', async () => {
    const { deviceId: door } = await world.door('Front Door');
    await start(OLIVIA, ' front DOOR ');
    expect(await ended(OLIVIA)).toEqual({
      ok: true,
      outputs: {
        door: 'Front Door',
        outcome: 'unlocked',
        sentence: UNLOCKED,
      },
    });
    await hears(CARD);
    expect((await world.messages(OLIVIA)).at(-1)?.buttons).toEqual(['Lock now', 'Settings']);
    expect(await unlockPosts()).toHaveLength(1);
    await eventually('that is written', () => world.rows('move')[0]?.told_at !== null);
    const execution = (await world.slack.view(OLIVIA)).executions[0]?.id;
    expect(world.rows('move')).toEqual([
      expect.objectContaining({
        slack_user_id: OLIVIA,
        device_id: door,
        verb: 'unlock',
        via: 'workflow',
        state: 'ended',
        listing_id: null,
        response_url: null,
        execution_id: execution,
        interaction: `${execution}:${HOME}:${OLIVIA}`,
        outcome: JSON.stringify({ kind: 'unlocked' }),
        run_id: null,
      }),
    ]);
    expect(await completions()).toEqual([{ method: 'functions.completeSuccess', ok: true }]);
  });

  it('goes on where the lock does not confirm it, and stops where it fails, in the same words', async () => {
    await start(OLIVIA, 'Server Room');
    const sent = 'Server Room: Sent, but the lock has not confirmed it. Try the door.';
    expect(await ended(OLIVIA)).toEqual({
      ok: true,
      outputs: { door: 'Server Room', outcome: 'sent', sentence: sent },
    });
    await start(OLIVIA, 'Studio');
    const jammed =
      'Studio: Not unlocked. The bolt is jammed. Pull or push the door a little, then try again.';
    expect(await ended(OLIVIA)).toEqual({ ok: false, error: jammed });
    await hears('Server Room was asked to unlock, and the lock has not confirmed it. Try the door.', jammed);
  });

  it('ends as unknown, as an error, where the lock does not answer', async () => {
    await start(OLIVIA, 'Loft');
    await eventually('it is asked', async () => (await unlockPosts()).length === 1);
    world.time.advance(15_000);
    const unknown =
      'Loft: Nobody can say yet whether it unlocked: the lock has not answered. Check the door.';
    expect(await ended(OLIVIA)).toEqual({ ok: false, error: unknown });
    await hears('Nobody can say whether Loft is unlocked. Check the door.');
  });

  it('that is delivered three times unlocks once and ends once, also long after', async () => {
    await world.slack.faults([{ at: 'delivery', do: 'duplicate', copies: 3, times: 1 }]);
    const { delivered } = await start(OLIVIA, 'Front Door');
    await ended(OLIVIA);
    await hears(CARD);
    world.time.advance(30 * 60_000);
    await world.slack.deliver({ ...delivered, body: { ...delivered.body, event_id: 'Ev0AGAIN' } });
    await world.slack.deliver(delivered);
    expect(await unlockPosts()).toHaveLength(1);
    expect(await completions()).toEqual([{ method: 'functions.completeSuccess', ok: true }]);
    expect(await heard()).toEqual([CARD]);
  });

  it('leaves what it told as it was while Slack does not let that be changed', async () => {
    await world.slack.faults([{ at: 'chat.update', do: 'status', status: 503, times: 3 }]);
    await start(OLIVIA, 'Front Door');
    await ended(OLIVIA);
    const refused = async () => (await world.slack.calls()).filter(({ method }) => method === 'chat.update');
    await eventually('it was tried', async () => (await refused()).length === 3, 8_000);
    expect(await heard()).toEqual([UNLOCKED]);
    await eventually('it is tried again', () =>
      world.rows('timer').some(({ kind }) => kind === 'follow:card'),
    );
    world.time.advance(31_000);
    await hears(CARD);
  });
});

describe('moves nothing, and says why', () => {
  it.each([
    [
      'frnt door',
      'Nothing was unlocked: none of your doors is called “frnt door”. Did whoever built the workflow mean “Front Door”?',
    ],
    ['Bike Shed', 'Nothing was unlocked: none of your doors is called “Bike Shed”.'],
    ['   ', 'Nothing was unlocked: the workflow names no door. Ask whoever built it to set one.'],
  ])('for %j', async (door, sentence) => {
    // A colleague has a Bike Shed of his own.
    await world.connect(BEN, 'ben@example.com');
    await start(OLIVIA, door);
    expect(await ended(OLIVIA)).toEqual({ ok: false, error: sentence });
    await eventually('she was told', async () => (await heard()).length === 1);
    expect(await heard()).toEqual([sentence]);
    expect([await unlockPosts(), world.rows('move')]).toEqual([[], []]);
    // What was kept against a crash ends nothing a second time.
    await eventually('nothing is owed', () => owed().length === 0);
    world.time.advance(61_000);
    await eventually('nothing more is owed', () => owed().length === 0);
    expect(await heard()).toEqual([sentence]);
  });

  it('where two doors of theirs are called so', async () => {
    await world.connect(OLIVIA, 'zoe@example.com');
    const names = (await world.seam.view()).doors.map(({ name }) => name);
    expect(names).toContain("Zoe's Door");
    await world.connect(OLIVIA, 'zoé@example.com');
    await start(OLIVIA, 'Zoes door');
    const end = await ended(OLIVIA);
    expect(end).toEqual({
      ok: false,
      error:
        'Nothing was unlocked: more than one of your doors may be called “Zoes door”. Give the door a name of its own.',
    });
    expect(await unlockPosts()).toEqual([]);
  });

  it('for a guest, and for somebody who has paused', async () => {
    await start(GWEN, 'Front Door');
    expect(await ended(GWEN)).toEqual({
      ok: false,
      error:
        'Guests cannot use Latchbolt here, so nothing was opened or changed. The person who set up Latchbolt can allow it.',
    });
    await world.type(OLIVIA, '/locks pause');
    await eventually('it is paused', () => world.rows('pause').length === 1);
    await start(OLIVIA, 'Front Door');
    expect(await ended(OLIVIA)).toEqual({
      ok: false,
      error: 'Not unlocked. You have paused opening doors from Slack. Type /locks resume to end that.',
    });
    expect(outcomes()).toEqual([{ kind: 'refused', why: 'paused_by_you' }]);
    expect(await unlockPosts()).toEqual([]);
  });

  it('for an event of another workspace, or of no step that there is', async () => {
    await world.house.bot.close();
    const { delivered } = await start(OLIVIA, 'Front Door');
    await world.house.restart();
    await world.slack.deliver({ ...delivered, body: { ...delivered.body, team_id: ELSEWHERE } });
    await eventually('it was turned away', () =>
      world.log().some(({ msg }) => msg === 'somebody’s step was turned away'),
    );
    expect([world.rows('move'), await unlockPosts()]).toEqual([[], []]);
    const event = z.looseObject({}).parse(delivered.body.event);
    const odd = { ...event, function: { callback_id: 'open_everything' } };
    await world.slack.deliver({
      ...delivered,
      body: { ...delivered.body, event: { ...odd, function_execution_id: 'Fx0NOTHING' } },
    });
    await eventually('it was not ended', async () =>
      (await completions()).some(({ method, ok }) => method === 'functions.completeError' && !ok),
    );
    expect([world.rows('move'), await unlockPosts()]).toEqual([[], []]);
  });
});

describe('whatever happens to Latchbolt or to Slack', () => {
  /** The parts of a Latchbolt that will have ended. */
  async function aRun(work: (context: Context) => Promise<void>) {
    const log = createLog({ level: 'silent' });
    const surroundings = { time: world.time, newId: randomUUID, log, place: thisProcess };
    const { context, close } = await createContext(world.house.config, surroundings, []);
    await work(context);
    await context.tasks.stop(0);
    await close();
  }

  /** Olivia starts the workflow while no Latchbolt runs: what came of it is left to be done. */
  async function startedAlone() {
    await world.house.bot.close();
    await start(OLIVIA, 'Front Door');
    const id = (await world.slack.view(OLIVIA)).executions.at(-1)?.id ?? '';
    const userId = slackUserId(OLIVIA);
    const interaction = interactionId(`${id}:${HOME}:${OLIVIA}`);
    return {
      executionId: executionId(id),
      userId,
      interaction,
      inputs: { door: 'Front Door' },
      startedAt: 0,
    };
  }

  it('a step that was left before any door was asked ends in a sentence, once', async () => {
    const begun = await startedAlone();
    await aRun(async (run) => workflow.steps?.unlock_door?.owe(run, begun));
    await world.house.restart();
    expect(await endOf(OLIVIA)).toBeNull();
    world.time.advance(61_000);
    expect(await ended(OLIVIA)).toEqual({ ok: false, error: LEFT });
    await eventually('she was told', async () => (await heard()).at(-1) === LEFT);
    await eventually('it is done', () => owed().length === 0);
    expect(await heard()).toEqual([LEFT]);
    expect(await unlockPosts()).toEqual([]);
  });

  it('an unlock that was under way is settled by the next run, which ends its step', async () => {
    const begun = await startedAlone();
    const { deviceId: door } = await world.door('Front Door');
    await aRun(async (run) => {
      await workflow.steps?.unlock_door?.owe(run, begun);
      const made = await run.store.moves.begin({
        id: moveId('move-1'),
        interaction: begun.interaction,
        who: { scope: installationScope(HOME), userId: begun.userId },
        deviceId: deviceId(door),
        verb: 'unlock',
        via: 'workflow',
        listingId: null,
        responseUrl: null,
        requestedAt: world.time.now(),
        executionId: begun.executionId,
      });
      if (made.kind !== 'begun') throw new Error(made.kind);
      await clear(run.store, made.move, 'Front Door', world.time.now());
    });
    await world.house.restart();
    world.time.advance(11_000);
    const interrupted =
      'Front Door: Nobody can say whether it unlocked: Latchbolt was restarted in the middle. Check the door.';
    expect(await ended(OLIVIA)).toEqual({ ok: false, error: interrupted });
    const card = 'Nobody can say whether Front Door is unlocked. Check the door.';
    await hears(card);
    world.time.advance(61_000);
    await eventually('it is done', () => owed().length === 0);
    expect(await heard()).toEqual([card]);
    expect(await unlockPosts()).toEqual([]);
  });

  it('an end that Slack does not take is told again', async () => {
    await world.slack.faults([{ at: 'functions.completeSuccess', do: 'status', status: 503, times: 3 }]);
    await start(OLIVIA, 'Front Door');
    await hears(CARD);
    expect(await endOf(OLIVIA)).toBeNull();
    world.time.advance(121_000);
    expect(await ended(OLIVIA)).toMatchObject({ ok: true, outputs: { outcome: 'unlocked' } });
    await eventually('it is done', () => owed().length === 0);
    expect([await heard(), (await unlockPosts()).length]).toEqual([[CARD], 1]);
  });

  it('a sentence that Slack does not take as an end is told at once, and to Slack again', async () => {
    await world.slack.faults([{ at: 'functions.completeError', do: 'status', status: 503, times: 3 }]);
    await start(OLIVIA, 'Shed');
    const sentence = 'Nothing was unlocked: none of your doors is called “Shed”.';
    await eventually('she was told', async () => (await heard()).length === 1, 20_000);
    expect([await heard(), await endOf(OLIVIA)]).toEqual([[sentence], null]);
    world.time.advance(61_000);
    expect(await ended(OLIVIA)).toEqual({ ok: false, error: sentence });
    await eventually('it is done', () => owed().length === 0);
    expect([await heard(), (await unlockPosts()).length]).toEqual([[sentence], 0]);
  });

  it('a step that was ended while this run stood still unlocks nothing any more', async () => {
    await fateOf('Front Door', { kind: 'works' });
    await world.seam.faults([{ at: '/devices/list', do: 'delay', ms: 1_500, times: 1 }]);
    await start(OLIVIA, 'Front Door');
    await eventually('it is owed', () => owed().length === 1);
    world.time.advance(61_000);
    expect(await ended(OLIVIA)).toEqual({ ok: false, error: LEFT });
    await eventually('it noticed', () =>
      world.log().some(({ msg }) => msg === 'a step was held up for too long, and nothing was unlocked'),
    );
    expect([await unlockPosts(), world.rows('move')]).toEqual([[], []]);
    expect(await heard()).toEqual([LEFT]);
  });
});
