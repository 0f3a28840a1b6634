/** A PIN opens the door as an unlock does: while unlocks are stopped, none is made and none is shown. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Context } from '../../src/context.ts';
import { deviceId, interactionId } from '../../src/domain/ids.ts';
import { makeCode } from '../../src/features/codes/make.ts';
import { pinIn, seen, withCodes } from '../support/codes.ts';
import { aRun, oliviaOf } from '../support/run.ts';
import { eventually, OLIVIA, type Shown, startWorld, type World } from '../support/world.ts';

const BY_YOU =
  'You have paused opening doors from Slack, so no PIN is made or shown. Type /locks resume to end that.';
const BY_OPERATOR =
  'The person who set up Latchbolt has paused opening doors for everybody, so no PIN is made or shown.';
const HOUR_MS = 60 * 60_000;

let world: World;
const { enter, makePin, goBy, standings, creations, deletions, failedCode } = withCodes(() => world);
beforeEach(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'codes@example.com');
});
afterEach(() => world.close());

const starts = (words: string) => world.sees(OLIVIA, ({ text }) => text.startsWith(words));
const refused = (why: string) => ({ kind: 'refused', why, waitMs: null });
/** A message that is these words and nothing else. */
const only = (words: string, ephemeral = true) => ({ text: words, lines: [words], buttons: [], ephemeral });

async function pauses() {
  await world.type(OLIVIA, '/locks pause');
  await starts('Opening doors from Slack is paused for you, on every device.');
}

async function list(): Promise<Shown> {
  await world.type(OLIVIA, '/locks codes');
  return starts('Your codes.');
}

/** The operator sets UNLOCKS_PAUSED, or takes it away, and starts Latchbolt again. */
async function restart(unlocksPaused: boolean) {
  await world.house.bot.close();
  Object.assign(world.house.config, { unlocksPaused });
  await world.house.restart();
}

/** Sends the form for Porch, for the next hour. */
async function sendForm() {
  await world.type(OLIVIA, '/locks code');
  const { viewId } = await eventually('the form', async () => (await world.slack.view(OLIVIA)).modals.at(-1));
  const { deviceId } = await world.door('Porch');
  const at = { as: OLIVIA, in: { modal: viewId }, block_id: 'door', action_id: 'codes:door' };
  await world.slack.suggest({ ...at, query: '' });
  const end = String(Math.floor((world.time.now() + HOUR_MS) / 1000));
  const values = { door: { 'codes:door': deviceId }, end: { at: end } };
  await world.slack.submit({ as: OLIVIA, viewId, values });
}

const STOPS = [
  { by: 'their person', stop: pauses, why: 'paused_by_you', line: BY_YOU },
  { by: 'the operator', stop: () => restart(true), why: 'paused', line: BY_OPERATOR },
] as const;

describe.each(STOPS)('while unlocks are stopped by $by', ({ stop, why, line }) => {
  it('makes no code, by name or by form, and Seam is asked for none', async () => {
    await stop();
    await world.type(OLIVIA, '/locks code porch for 2h for Anna');
    expect(seen(await starts('No code was made.'))).toEqual(only(`No code was made. ${line}`));
    await sendForm();
    await eventually('the form is answered', () => world.rows('code')[1]?.told_at);
    expect(seen(await world.newest(OLIVIA))).toEqual(only(`No code was made. ${line}`, false));
    expect(standings()).toEqual([refused(why), refused(why)]);
    expect(world.rows('code').map(({ sent_at, over }) => [sent_at, over])).toEqual([
      [null, 1],
      [null, 1],
    ]);
    expect(await creations()).toEqual([]);
  });

  it('shows no PIN, lists codes all the same, and revokes them', async () => {
    const pin = await makePin('porch for 2h for Anna');
    await stop();
    expect((await list()).buttons).toEqual(['Show PIN', 'Revoke', 'Refresh', 'Make a code']);
    await world.click(OLIVIA, 'Show PIN');
    expect(seen(await starts('Porch, for Anna:'))).toEqual(
      only(`Porch, for Anna: its PIN was not shown. ${line}`),
    );
    expect(await enter('Porch', pin)).toBe(true);
    await list();
    await world.click(OLIVIA, 'Revoke');
    await eventually('it is gone', () => world.rows('code')[0]?.over === 1);
    expect(await enter('Porch', pin)).toBe(false);
  });

  it('makes no new PIN, and leaves the old code as it is', async () => {
    await failedCode();
    await stop();
    await world.click(OLIVIA, 'New PIN');
    expect(seen(await starts('Porch, for Anna: no new PIN'))).toEqual(
      only(`Porch, for Anna: no new PIN was made. ${line}`),
    );
    expect(standings()).toEqual([{ kind: 'failed', why: 'duplicate' }]);
    expect(await creations()).toHaveLength(1);
    expect(await deletions()).toEqual([]);
  });
});

it('does not show the PIN of a code that the lock learns after the pause', async () => {
  const { deviceId } = await world.door('Porch');
  await world.seam.door({ deviceId, online: false });
  await world.type(OLIVIA, '/locks code porch for 2h for Anna');
  await starts('Porch, for Anna: The lock is offline.');
  await pauses();
  await goBy(60_000);
  await world.seam.door({ deviceId, online: true });
  const ready = await starts('Porch, for Anna: The PIN works.');
  expect(pinIn(ready)).toBeNull();
  expect(seen(ready)).toEqual({
    text: 'Porch, for Anna: The PIN works. Until <moment>.',
    lines: ['Porch, for Anna', 'Until <moment> The PIN works.'],
    buttons: ['Show PIN', 'Revoke'],
    ephemeral: true,
  });
});

it('holds for a code whose door was asked for already: a pause by another process is seen before the request', async () => {
  await world.house.bot.close();
  const context = await aRun(world);
  const { store, seam, time } = context;
  const person = await oliviaOf(context);
  const slow: Context = {
    ...context,
    seam: {
      ...seam,
      async door(key, id) {
        const found = await seam.door(key, id);
        await store.pauses.begin(person, 'pause-1', time.now());
        return found;
      },
    },
  };
  await makeCode(slow, {
    ...{ userId: person.userId, responseUrl: null, person, guest: null, at: time.now() },
    deviceId: deviceId((await world.door('Porch')).deviceId),
    interaction: interactionId('wish-1'),
    window: { startsAt: null, endsAt: time.now() + HOUR_MS },
  });
  expect(await creations()).toEqual([]);
  expect(standings()).toEqual([refused('paused_by_you')]);
  expect(world.rows('code')).toMatchObject([{ sent_at: null, over: 1 }]);
  expect((await world.newest(OLIVIA)).text).toBe(`No code was made. ${BY_YOU}`);
});
