/** A door that stays unlocked: its owner is reminded once, and the reminder says what became of it. */
import { afterEach, describe, expect, it } from 'vitest';
import { inTrouble, pause } from '../support/trouble.ts';
import { still } from '../support/words.ts';
import { BEN, eventually, OLIVIA, type Shown, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;

let world: World;
const { openList, fateOf, inDatabase } = inTrouble(() => world);
afterEach(() => world.close());

/** What the bot wrote to somebody directly. */
const told = async (who = OLIVIA) => (await world.messages(who)).filter(({ ephemeral }) => !ephemeral);
const lines = ({ lines: all }: Shown) => all.map(still);

/** Olivia wants to be reminded after ten minutes, and unlocks the front door. */
async function begin(options: Parameters<typeof startWorld>[0] = {}) {
  world = await startWorld(options);
  await world.connect(OLIVIA, 'olivia@example.com');
  const { deviceId } = await world.door('Front Door');
  inDatabase(
    `insert into door_setting values ('T0ACME', '${OLIVIA}', '${deviceId}', ${10 * MINUTE_MS}, null)`,
  );
  await openList(OLIVIA);
  await world.click(OLIVIA, 'Unlock', 'Front Door');
  await eventually('the door is followed', () => world.rows('follow').length === 1);
}

const reminder = () => eventually('a reminder', async () => (await told())[0]);

async function atTheDoor(act: Omit<Parameters<World['seam']['door']>[0], 'deviceId'>) {
  const { deviceId } = await world.door('Front Door');
  await world.seam.door({ deviceId, ...act });
}

/** The only message, once it says this. */
const becomes = (...words: string[]) =>
  eventually(`it says ${words.join(' / ')}`, async () => {
    const [note, ...more] = await told();
    return more.length === 0 && note !== undefined && JSON.stringify(lines(note)) === JSON.stringify(words)
      ? note
      : null;
  });

describe.each([true, false])('a door that stays unlocked (webhooks: %s)', (webhooks) => {
  it('is told of once, after the time that was set, over a restart', async () => {
    await begin({ webhooks });
    world.time.advance(9 * MINUTE_MS);
    await pause(1_500);
    expect(await told()).toEqual([]);
    await world.house.bot.close();
    world.time.advance(MINUTE_MS);
    await world.house.restart();
    const note = await reminder();
    expect(note).toMatchObject({ text: 'Front Door is still unlocked.', buttons: ['Lock now', 'Settings'] });
    expect(lines(note)).toEqual(['Front Door is still unlocked.', 'Unlocked by you <moment>.']);
    world.time.advance(3 * 60 * MINUTE_MS);
    await pause(1_500);
    expect(await told()).toHaveLength(1);
  });

  it('and is locked with Lock now: the reminder says so', async () => {
    await begin({ webhooks });
    world.time.advance(10 * MINUTE_MS);
    const note = await reminder();
    await world.click(OLIVIA, 'Lock now');
    const after = await becomes('Front Door: Locked again by you.', ':lock: *Locked again by you* <moment>');
    expect(after.id).toBe(note.id);
    expect(after.buttons).toEqual([]);
    expect(world.rows('move').at(-1)).toMatchObject({ verb: 'lock', via: 'message' });
  });

  it('is not told of when it was locked meanwhile', async () => {
    await begin({ webhooks });
    await atTheDoor({ locked: true });
    world.time.advance(10 * MINUTE_MS);
    await pause(2_500);
    expect(await told()).toEqual([]);
  });
});

describe('a reminder', () => {
  it('says how the door was locked after it', async () => {
    await begin();
    world.time.advance(10 * MINUTE_MS);
    await reminder();
    await atTheDoor({ locked: true });
    await becomes('Front Door: Locked again by hand.', ':lock: *Locked again by hand* <moment>');
  });

  it.each([
    ['is offline', () => atTheDoor({ online: false })],
    ['does not say how it is', () => atTheDoor({ locked: null })],
    ['cannot be asked about', () => world.seam.faults([{ at: '/devices/list', do: 'status', status: 500 }])],
  ])('of a lock that %s says that nobody knows', async (_, trouble) => {
    await begin();
    await trouble();
    world.time.advance(10 * MINUTE_MS);
    const note = await reminder();
    expect(lines(note)).toEqual([
      'Nobody can say whether Front Door is still unlocked. Check the door.',
      'Unlocked by you <moment>.',
    ]);
  });

  it('is not sent of a door whose account was disconnected', async () => {
    await begin();
    inDatabase('delete from account');
    world.time.advance(10 * MINUTE_MS);
    await eventually('its time is over', () =>
      world.rows('timer').every(({ kind }) => kind !== 'follow:nudge'),
    );
    expect(await told()).toEqual([]);
  });

  it('gives way to what is said of a lock that failed after it, which says how the door was locked', async () => {
    await begin();
    const relock = `insert into timer (id, kind, subject, due_at)
      select move_id || ':relock', 'follow:relock', move_id, unlocked_at + ${12 * MINUTE_MS} from follow`;
    inDatabase(`update follow set locks_at = unlocked_at + ${12 * MINUTE_MS}; ${relock}`);
    await fateOf('Front Door', { kind: 'fails', type: 'jammed', message: 'The bolt is jammed.' });
    world.time.advance(10 * MINUTE_MS);
    const note = await reminder();
    world.time.advance(2 * MINUTE_MS);
    const over = await eventually('it is over', async () =>
      (await told()).find(({ id, buttons }) => id === note.id && buttons.length === 0),
    );
    expect(over.text).toBe('Front Door: There is a newer message about this door.');
    expect(lines(over)).toEqual([
      'Front Door',
      'Unlocked by you <moment>.',
      'There is a newer message about this door.',
    ]);
    const [, newer] = await told();
    expect(newer === undefined ? null : lines(newer)).toEqual([
      'Front Door was to lock by itself. Not locked. The bolt is jammed. Pull or push the door a little, then try again.',
      'Unlocked by you <moment> · Latchbolt tries once more <moment>',
    ]);
    await atTheDoor({ locked: true });
    const settled = await eventually('the newer one says how', async () =>
      (await told()).find(({ id, buttons }) => id === newer?.id && buttons.length === 0),
    );
    expect(lines(settled)).toEqual([
      'Front Door: Locked again by hand.',
      ':lock: *Locked again by hand* <moment>',
    ]);
  });

  it('that is on its way when the door is unlocked anew does not stay', async () => {
    await begin();
    await world.slack.faults([{ at: 'chat.postMessage', do: 'delay', ms: 3_000, times: 1 }]);
    world.time.advance(10 * MINUTE_MS);
    await eventually('it is on its way', () =>
      world.rows('timer').some(({ kind, run_id }) => kind === 'follow:nudge' && run_id !== null),
    );
    await pause(700);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    const over = await eventually('it is over', async () =>
      (await told()).find(({ buttons }) => buttons.length === 0),
    );
    expect(lines(over)).toEqual([
      'Front Door',
      'Unlocked by you <moment>.',
      'Type /locks to see how it is now.',
    ]);
  });

  it('that Slack does not take is sent again', async () => {
    await begin();
    await world.slack.faults([{ at: 'chat.postMessage', do: 'error', error: 'fatal_error', times: 1 }]);
    world.time.advance(10 * MINUTE_MS);
    await pause(2_000);
    expect(await told()).toEqual([]);
    world.time.advance(MINUTE_MS);
    await reminder();
  });

  it('has a Lock now that somebody else cannot use', async () => {
    await begin();
    world.time.advance(10 * MINUTE_MS);
    const note = await reminder();
    await world.connect(BEN, 'ben@example.com');
    await world.forge(BEN, world.button(note, 'Lock now'));
    await world.sees(BEN, ({ text }) =>
      text.startsWith('This door is not one of yours, so nothing was locked.'),
    );
    expect(await world.seamCalls('/locks/lock_door')).toEqual([]);
  });
});
