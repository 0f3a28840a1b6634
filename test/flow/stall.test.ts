/** A run that stands still between the decision and the request: by then another may have done what it is about to do. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { type Context, createContext } from '../../src/context.ts';
import { deviceId, installationScope, interactionId, slackUserId } from '../../src/domain/ids.ts';
import { createLog } from '../../src/log.ts';
import { askToMove, type MoveAsked } from '../../src/moving/ask.ts';
import { takeOver } from '../../src/moving/recover.ts';
import { thisProcess } from '../../src/runs.ts';
import { inTrouble } from '../support/trouble.ts';
import { eventually, HOME, OLIVIA, startWorld, type World } from '../support/world.ts';

const NOT_SENT = 'Front Door: Not unlocked. Latchbolt was restarted before it could ask the lock. Try again.';
const UNLOCKED = 'Front Door: Unlocked. The lock has confirmed it.';

let world: World;
let told: number;
const { unlockPosts, outcomes, said } = inTrouble(() => world);

/** What Olivia was told since the test began, oldest first. */
const heard = async () => (await said()).slice(told);

beforeEach(async () => {
  world = await startWorld({ webhooks: false });
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.house.bot.close();
  told = (await said()).length;
});
afterEach(() => world.close());

/** The parts of a Latchbolt on the house's database. */
async function aRun(): Promise<Context> {
  const log = createLog({ level: 'silent' });
  const surroundings = { time: world.time, newId: randomUUID, log, place: thisProcess };
  const { context, close } = await createContext(world.house.config, surroundings, []);
  onTestFinished(async () => {
    await context.tasks.stop(0);
    await close();
  });
  return context;
}

/** The same, which stands still once it has the leave to send: `meanwhile` is what the others do. */
function standingStill(context: Context, ms: number, meanwhile: () => Promise<void>): Context {
  const { moves } = context.store;
  const clear: typeof moves.clear = async (...given) => {
    const cleared = await moves.clear(...given);
    world.time.advance(ms);
    await meanwhile();
    return cleared;
  };
  return { ...context, store: { ...context.store, moves: { ...moves, clear } } };
}

/** Olivia clicks *Unlock* at her front door, away from any list. */
async function clicks({ store, time, newId }: Context): Promise<MoveAsked> {
  const userId = slackUserId(OLIVIA);
  const who = { scope: installationScope(HOME), userId };
  const { deviceId: door } = await world.door('Front Door');
  return {
    userId,
    responseUrl: null,
    person: await store.people.ensure(who, newId, time.now()),
    interaction: interactionId(newId()),
    at: time.now(),
    verb: 'unlock',
    via: 'message',
    deviceId: deviceId(door),
    listingId: null,
    madeAt: time.now(),
  };
}

it('sends nothing, since its person has asked another for the same by then', async () => {
  const [first, second] = [await aRun(), await aRun()];
  const slow = standingStill(first, 15_000, async () => {
    await takeOver(second, [first.run]);
    await eventually('the second told what it took over', () => world.rows('move')[0]?.told_at !== null);
    await askToMove(second, await clicks(second));
  });
  await askToMove(slow, await clicks(slow));
  expect(await unlockPosts()).toHaveLength(1);
  // The second could not know; the first does, and says it as soon as it can.
  expect(await heard()).toEqual([
    'Front Door: Nobody can say whether it unlocked: Latchbolt was restarted in the middle. Check the door.',
    UNLOCKED,
    NOT_SENT,
  ]);
  expect(outcomes()).toEqual([
    { kind: 'failed', reason: 'not_sent', said: null, waitMs: null },
    { kind: 'unlocked' },
  ]);
});

it('sends nothing though nobody took over, and a new click opens once', async () => {
  const run = await aRun();
  const slow = standingStill(run, 5_001, async () => undefined);
  await askToMove(slow, await clicks(slow));
  expect(await unlockPosts()).toEqual([]);
  expect(await heard()).toEqual([NOT_SENT]);
  await askToMove(run, await clicks(run));
  expect(await unlockPosts()).toHaveLength(1);
  expect(await heard()).toEqual([NOT_SENT, UNLOCKED]);
  expect(outcomes()).toEqual([
    { kind: 'failed', reason: 'not_sent', said: null, waitMs: null },
    { kind: 'unlocked' },
  ]);
});

it('sends what was held up for a moment only', async () => {
  const slow = standingStill(await aRun(), 1_000, async () => undefined);
  await askToMove(slow, await clicks(slow));
  expect(await unlockPosts()).toHaveLength(1);
  expect(await heard()).toEqual([UNLOCKED]);
  expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
});

it('sends nothing once its person has left the account, though it was theirs when that was asked', async () => {
  const run = await aRun();
  const { accounts } = run.store;
  const of: typeof accounts.of = async (key) => {
    const mine = await accounts.of(key);
    for (const id of mine) await accounts.leave(key, id);
    return mine;
  };
  const slow = { ...run, store: { ...run.store, accounts: { ...accounts, of } } };
  await askToMove(slow, await clicks(slow));
  expect(await unlockPosts()).toEqual([]);
  expect(await heard()).toEqual([
    'This door is not one of yours, so nothing was opened. Type /locks to see your doors.',
  ]);
  expect(outcomes()).toEqual([{ kind: 'refused', why: 'not_yours' }]);
  expect(world.rows('move')).toMatchObject([{ state: 'ended', sent_at: null }]);
});
