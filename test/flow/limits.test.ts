/** How much is too much: of one door, by one person, of anything, and of links. Whoever waits as told goes on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Outcome, outcomeSchema } from '../../src/domain/outcome.ts';
import { inTrouble, rowOf } from '../support/trouble.ts';
import { BEN, eventually, OLIVIA, type Shown, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const PER_DOOR = 10;
const PER_PERSON = 20;

let world: World;
const { unlockPosts, outcomes, openList, fateOf } = inTrouble(() => world);

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** What is looked at of a row of the journal. */
const unlockRow = z.object({
  requested_at: z.number(),
  sent_at: z.number().nullable(),
  action_attempt_id: z.string().nullable(),
  ended_at: z.number(),
  outcome: z.string().transform((text) => outcomeSchema.parse(JSON.parse(text))),
});

const ended = () => world.rows('move').filter(({ told_at }) => told_at !== null).length;

/** Clicks, and waits until the person was told how it ended; the row. */
async function unlocks(who: string, door: string) {
  const before = ended();
  await world.click(who, 'Unlock', door);
  await eventually('it was told', () => ended() === before + 1);
  return unlockRow.parse(world.rows('move').at(-1));
}

/** The doors open at once, since a click on one that is under way joins it. */
async function atOnce(...doors: string[]) {
  for (const door of doors) await fateOf(door, { kind: 'works', ms: 0 });
}

const inWords = (waitMs: number) => `Try again in ${Math.ceil(waitMs / 1000)} seconds.`;

/** How long an outcome says to wait, ms. */
const waitOf = (outcome: Outcome) => ('waitMs' in outcome ? (outcome.waitMs ?? 0) : 0);

/** Checks that a click was refused for too many, until `MINUTE_MS` after `first`; how long to wait, ms. */
function expectLimited(row: Awaited<ReturnType<typeof unlocks>>, reason: string, first: unknown): number {
  expect(row.outcome).toEqual({ kind: 'failed', reason, said: null, waitMs: expect.any(Number) });
  expect({ sent_at: row.sent_at, attempt: row.action_attempt_id }).toEqual({ sent_at: null, attempt: null });
  const asked = Number(first) + MINUTE_MS - waitOf(row.outcome);
  expect(asked).toBeGreaterThanOrEqual(Number(row.requested_at));
  expect(asked).toBeLessThanOrEqual(Number(row.ended_at));
  return waitOf(row.outcome);
}

describe('unlocks within a minute', () => {
  it('of one door: ten, then none until the first is a minute ago, then one; refused ones do not count', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
    await atOnce('Front Door');
    for (let click = 0; click < PER_DOOR; click += 1) {
      expect((await unlocks(OLIVIA, 'Front Door')).outcome).toEqual({ kind: 'unlocked' });
    }
    const [first] = world.rows('move');
    for (let click = 0; click < 3; click += 1) {
      const row = await unlocks(OLIVIA, 'Front Door');
      const waitMs = expectLimited(row, 'door_limit', first?.sent_at);
      expect(rowOf(await world.newest(OLIVIA), 'Front Door')).toBe(
        `:warning: <moment> Not unlocked. This door has been unlocked many times within a minute. ${inWords(waitMs)}`,
      );
    }
    expect(await unlockPosts()).toHaveLength(PER_DOOR);
    // Another door is not affected.
    expect((await unlocks(OLIVIA, 'Garage')).outcome).toEqual({ kind: 'unlocked' });

    world.time.advance(Number(first?.sent_at) + MINUTE_MS - world.time.now());
    expect((await unlocks(OLIVIA, 'Front Door')).outcome).toEqual({ kind: 'unlocked' });
    world.time.advance(MINUTE_MS);
    expect((await unlocks(OLIVIA, 'Front Door')).outcome).toEqual({ kind: 'unlocked' });
    expect(await unlockPosts()).toHaveLength(PER_DOOR + 3);
  });

  it('of one door that two people share: ten of both together', async () => {
    for (const who of [OLIVIA, BEN]) {
      await world.connect(who, 'olivia@example.com');
      await openList(who);
    }
    await atOnce('Front Door');
    for (let click = 0; click < PER_DOOR; click += 1) {
      expect((await unlocks([OLIVIA, BEN][click % 2] ?? BEN, 'Front Door')).outcome).toEqual({
        kind: 'unlocked',
      });
    }
    const [first] = world.rows('move');
    for (const who of [OLIVIA, BEN]) {
      expectLimited(await unlocks(who, 'Front Door'), 'door_limit', first?.sent_at);
    }
    expect(await unlockPosts()).toHaveLength(PER_DOOR);
    world.time.advance(MINUTE_MS);
    for (const who of [OLIVIA, BEN]) {
      expect((await unlocks(who, 'Front Door')).outcome).toEqual({ kind: 'unlocked' });
    }
  });

  it('by one person: twenty of all doors together; someone else is not affected', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
    await world.connect(BEN, 'ben@example.com');
    await openList(BEN);
    await atOnce('Front Door', 'Garage', 'Cellar', 'Bike Shed');
    for (let click = 0; click < PER_PERSON; click += 1) {
      const row = await unlocks(OLIVIA, click % 2 === 0 ? 'Front Door' : 'Garage');
      expect(row.outcome).toEqual({ kind: 'unlocked' });
    }
    const [first] = world.rows('move');
    const row = await unlocks(OLIVIA, 'Cellar');
    const waitMs = expectLimited(row, 'person_limit', first?.sent_at);
    expect(rowOf(await world.newest(OLIVIA), 'Cellar')).toBe(
      `:warning: <moment> Not unlocked. You have unlocked many doors within a minute. ${inWords(waitMs)}`,
    );
    expect((await unlocks(BEN, 'Bike Shed')).outcome).toEqual({ kind: 'unlocked' });
    expect(await unlockPosts()).toHaveLength(PER_PERSON + 1);
    world.time.advance(MINUTE_MS);
    expect((await unlocks(OLIVIA, 'Cellar')).outcome).toEqual({ kind: 'unlocked' });
  }, 30_000);

  it('at once, of many doors and by many clicks: no more than are allowed, however they come', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    const list = await openList(OLIVIA);
    await atOnce('Front Door');
    for (let click = 0; click < PER_DOOR - 1; click += 1) await unlocks(OLIVIA, 'Front Door');
    // One place is left, and two people ask for it at the same time.
    await world.connect(BEN, 'olivia@example.com');
    await openList(BEN);
    const before = ended();
    await Promise.all([OLIVIA, BEN].map((who) => world.click(who, 'Unlock', 'Front Door')));
    await eventually('both were told', () => ended() === before + 2);
    const two = outcomes().slice(-2);
    expect(two.toSorted((left, right) => left.kind.localeCompare(right.kind))).toEqual([
      { kind: 'failed', reason: 'door_limit', said: null, waitMs: expect.any(Number) },
      { kind: 'unlocked' },
    ]);
    expect(await unlockPosts()).toHaveLength(PER_DOOR);
    expect(list.buttons).toContain('Unlock');
  });

  it('as Seam counts them: its own wait is shown, and nothing is sent again by itself', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
    const { deviceId } = await world.door('Front Door');
    // Another app of the house is at it too.
    const { endpoint, apiKey } = world.house.config.seam;
    for (let unlock = 0; unlock < 15; unlock += 1) {
      const answer = await fetch(new URL('/locks/unlock_door', endpoint), {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ device_id: deviceId }),
      });
      expect(answer.status).toBe(200);
    }
    const row = await unlocks(OLIVIA, 'Front Door');
    expect(row.outcome).toEqual({
      kind: 'failed',
      reason: 'seam_busy',
      said: null,
      waitMs: expect.any(Number),
    });
    expect(waitOf(row.outcome)).toBeGreaterThan(MINUTE_MS / 2);
    expect(waitOf(row.outcome)).toBeLessThanOrEqual(MINUTE_MS);
    expect(rowOf(await world.newest(OLIVIA), 'Front Door')).toBe(
      `:warning: <moment> Not unlocked. Seam, the service that speaks to the locks, gets too many requests right now. ${inWords(waitOf(row.outcome))}`,
    );
    expect(await unlockPosts()).toHaveLength(16);
    world.time.advance(waitOf(row.outcome));
    expect((await unlocks(OLIVIA, 'Front Door')).outcome).toEqual({ kind: 'unlocked' });
  });
});

describe('anything else', () => {
  /** Types, and waits for the answer. */
  const types = async (who: string, text: string): Promise<Shown> => {
    const before = (await world.messages(who)).length;
    await world.type(who, text);
    return eventually('an answer', async () => (await world.messages(who))[before]);
  };

  it('forty within a minute by one person, then the time until the next', async () => {
    for (let times = 0; times < 40; times += 1) {
      expect((await types(BEN, '/locks help')).text).toContain('What you can type');
    }
    const lines = world.logged.length;
    const calls = (await world.seamCalls()).length;
    const shown = await types(BEN, '/locks connect');
    const [line] = world.log(lines);
    expect(world.log(lines)).toEqual([
      { user: BEN, waitMs: expect.any(Number), msg: 'somebody asks for too much' },
    ]);
    expect(line?.waitMs).toBeLessThanOrEqual(MINUTE_MS);
    expect(shown.lines).toEqual([
      `That is more than Latchbolt can answer at once. ${inWords(Number(line?.waitMs))}`,
    ]);
    expect(await world.seamCalls()).toHaveLength(calls);
    expect((await types(OLIVIA, '/locks help')).text).toContain('What you can type');
    world.time.advance(Number(line?.waitMs));
    expect((await types(BEN, '/locks help')).text).toContain('What you can type');
  });

  it('five links within ten minutes, then the time until the next', async () => {
    const links = async () => (await world.seamCalls('/connect_webviews/create')).length;
    for (let times = 0; times < 5; times += 1) {
      expect((await types(BEN, '/locks connect')).buttons).toEqual(['Sign in to your lock account']);
      // So that the times can be told apart.
      world.time.advance(MINUTE_MS);
    }
    expect(await links()).toBe(5);
    const shown = await types(BEN, '/locks connect');
    expect(shown).toMatchObject({
      lines: ['You have asked for many links. Use the newest one. Try again in 5 minutes.'],
      buttons: [],
    });
    expect(await links()).toBe(5);
    expect(world.rows('connect')).toHaveLength(5);
    expect((await types(OLIVIA, '/locks connect')).buttons).toEqual(['Sign in to your lock account']);
    world.time.advance(5 * MINUTE_MS);
    expect((await types(BEN, '/locks connect')).buttons).toEqual(['Sign in to your lock account']);
    expect((await types(BEN, '/locks connect')).buttons).toEqual([]);
    expect(await links()).toBe(7);
  });
});
