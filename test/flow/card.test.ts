/** After an unlock its message keeps telling the truth, for as long as it can be changed. */
import { afterEach, describe, expect, it } from 'vitest';
import { inTrouble, pause, rowOf } from '../support/trouble.ts';
import { still } from '../support/words.ts';
import { BEN, eventually, OLIVIA, type Shown, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const OUTCOME = ':unlock: <moment> Unlocked. The lock has confirmed it.';

let world: World;
const { openList } = inTrouble(() => world);
afterEach(() => world.close());

async function begin(options: Parameters<typeof startWorld>[0] = {}) {
  world = await startWorld(options);
  await world.connect(OLIVIA, 'olivia@example.com');
  return openList(OLIVIA);
}

/** Olivia unlocks the front door in her list. */
async function unlock() {
  await world.click(OLIVIA, 'Unlock', 'Front Door');
  const shown = await world.sees(OLIVIA, (message) => rowOf(message, 'Front Door') === OUTCOME);
  await eventually('the door is followed', () => world.rows('follow').length === 1);
  return shown;
}

async function atTheDoor(act: Omit<Parameters<World['seam']['door']>[0], 'deviceId'>, name = 'Front Door') {
  const { deviceId } = await world.door(name);
  await world.seam.door({ deviceId, ...act });
}

async function typePin() {
  const { deviceId } = await world.door('Front Door');
  await world.seam.code({ deviceId, code: '2468' });
  expect(await world.seam.keypad({ deviceId, code: '2468' })).toEqual({ opened: true });
}

/** What was heard of bolts that moved. */
const heard = () => world.rows('happening').filter(({ kind }) => kind === 'locked' || kind === 'unlocked');

/** The list, whatever else she was sent since. */
const list = async () => (await world.messages(OLIVIA)).findLast(({ text }) => text.startsWith('Your doors'));
/** The list, once it says this of the front door. */
const row = (words: string) =>
  eventually(`a row that says ${words}`, async () => {
    const found = await list();
    return found !== undefined && rowOf(found, 'Front Door') === words ? found : null;
  });
/** The posts that were made to the addresses which came with clicks, since call `n`. */
const posts = async (n = 0) => (await world.slack.calls(n)).filter(({ method }) => method === 'response_url');
const lastCall = async () => (await world.slack.calls()).at(-1)?.n ?? 0;
/** What Olivia has from the bot in her direct messages, but for what she can turn off. */
const cards = async () =>
  (await world.messages(OLIVIA)).filter(
    ({ ephemeral, buttons }) => !(ephemeral || buttons.includes('Turn these off')),
  );
const lines = (message: Shown | undefined) => message?.lines.map(still);
/** The card, once it says this. */
const card = (...words: string[]) =>
  eventually(`a card that says ${words.join(' / ')}`, async () => {
    const found = (await cards()).at(-1);
    return JSON.stringify(lines(found)) === JSON.stringify(words) ? found : null;
  });

describe('the row of a door that was unlocked', () => {
  it('says how it was locked again and by whom it was opened since', async () => {
    await begin();
    const shown = await unlock();
    await atTheDoor({ locked: true });
    const locked = await row(':lock: *Locked again by hand* <moment> · Unlocked by you <moment>');
    expect(locked.id).toBe(shown.id);
    expect(locked.text).toContain('Front Door: locked again by hand.');
    expect(locked.buttons).toEqual(shown.buttons.filter((text) => text !== 'Lock'));
    await typePin();
    const open = await row(':unlock: *Unlocked with the keypad* <moment> · Unlocked by you <moment>');
    expect(open.buttons).toEqual(shown.buttons);
    expect((await world.messages(OLIVIA)).map(({ ephemeral }) => ephemeral)).toEqual([true, true]);
  });

  it('says that the lock has locked itself', async () => {
    await begin();
    await atTheDoor({ autoLockMs: 300 });
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await row(':lock: *Locked again by itself* <moment> · Unlocked by you <moment>');
  });

  it('takes no event of its own attempt for news', async () => {
    await begin();
    await unlock();
    await eventually('the event was heard', () => heard().length === 1);
    const n = await lastCall();
    await world.click(OLIVIA, 'Lock');
    await row(':lock: <moment> Locked. The lock has confirmed it.');
    await eventually('that was heard too', () => heard().length === 2);
    await pause(300);
    // It is under way, and it is locked: nothing of the follow.
    expect(await posts(n)).toHaveLength(2);
    expect(await cards()).toEqual([]);
  });

  it('keeps its last post for the end, and then says as of when it was true', async () => {
    await begin();
    const n = await lastCall();
    await unlock();
    await atTheDoor({ locked: true });
    await row(':lock: *Locked again by hand* <moment> · Unlocked by you <moment>');
    await typePin();
    await row(':unlock: *Unlocked with the keypad* <moment> · Unlocked by you <moment>');
    await atTheDoor({ locked: true, by: 'automatic' });
    await eventually('all was heard', () => heard().length === 4);
    await pause(300);
    expect(await posts(n)).toHaveLength(4);
    world.time.advance(29 * MINUTE_MS);
    const last = await row(':lock: *Locked again by itself* <moment> · Unlocked by you <moment>');
    expect(lines(last)?.at(-1)).toBe(
      'As of <moment>. Slack lets nobody change this message any more: Refresh shows how your doors are now.',
    );
    await atTheDoor({ locked: false });
    world.time.advance(20 * MINUTE_MS);
    await pause(500);
    expect(await posts(n)).toHaveLength(5);
    expect((await posts(n)).every(({ ok }) => ok)).toBe(true);
    expect(lines(await list())).toEqual(lines(last));
    expect(await cards()).toEqual([]);
  });

  it('is told after a restart, and by the one of two that hears of it', async () => {
    await begin();
    await unlock();
    await world.house.bot.close();
    await world.house.restart();
    await atTheDoor({ locked: true });
    await row(':lock: *Locked again by hand* <moment> · Unlocked by you <moment>');
  });

  it('is told though the list was made anew since', async () => {
    await begin();
    await unlock();
    await world.click(OLIVIA, 'Refresh');
    await row(':unlock: *Unlocked* since <moment> · Online');
    await atTheDoor({ locked: true });
    await row(':lock: *Locked* since <moment> · Online');
  });

  it('goes on on a card when Slack does not let the list be changed', async () => {
    await begin();
    await unlock();
    await world.slack.faults([{ at: 'response_url', do: 'status', status: 404 }]);
    await atTheDoor({ locked: true });
    await card(
      'Front Door: Locked again by hand.',
      ':lock: *Locked again by hand* <moment> · Unlocked by you <moment>',
    );
  });

  it('says nothing in a message that something else has taken the place of', async () => {
    await begin();
    await unlock();
    await world.click(OLIVIA, 'Connect another account');
    const link = await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    await atTheDoor({ locked: true });
    await eventually('it was heard', () => heard().length === 2);
    await pause(300);
    expect((await world.newest(OLIVIA)).text).toBe(link.text);
  });
});

describe('without webhooks, of a lock of which Seam lists no events', () => {
  const noEvents = () => world.seam.faults([{ at: '/events/list', do: 'status', status: 503 }]);

  it('Seam is asked, ever more seldom, until the door is locked', async () => {
    await begin({ webhooks: false });
    await noEvents();
    await unlock();
    const asked = async () => (await world.seamCalls('/devices/list')).length;
    const before = await asked();
    world.time.advance(15_000);
    await eventually('the first look', async () => (await asked()) === before + 1);
    await world.house.bot.close();
    await world.house.restart();
    await atTheDoor({ locked: true });
    world.time.advance(30_000);
    await row(':lock: *Seen locked again* <moment> · Unlocked by you <moment>');
    const looks = await asked();
    world.time.advance(10 * MINUTE_MS);
    await pause(1_500);
    expect(await asked()).toBe(looks);
  });

  it('that ends with the half hour in which the list can be changed', async () => {
    await begin({ webhooks: false });
    await noEvents();
    await unlock();
    const before = (await world.seamCalls('/devices/list')).length;
    for (let minute = 0; minute < 40; minute += 1) {
      world.time.advance(MINUTE_MS);
      await pause(60);
    }
    const shown = await eventually('its last drawing', async () => {
      const last = await list();
      return last?.text.includes('any more') === true ? last : null;
    });
    expect(rowOf(shown, 'Front Door')).toBe(OUTCOME);
    expect((await world.seamCalls('/devices/list')).length - before).toBeLessThanOrEqual(8);
  });
});

/** Olivia unlocks a door with a button whose list is nowhere: a move without a list. */
async function unlockAway() {
  const { deviceId } = await world.door('Front Door');
  await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} nowhere ${deviceId}` });
  return eventually('a card', async () => (await cards()).at(-1));
}

describe('a move that has no list', () => {
  it('gets a card, which changes until it is locked with Lock now', async () => {
    await begin();
    const shown = await unlockAway();
    expect(shown).toMatchObject({
      text: 'Front Door is unlocked.',
      buttons: ['Lock now', 'Settings'],
    });
    expect(lines(shown)).toEqual(['Front Door is unlocked.', 'Unlocked by you <moment>']);
    await atTheDoor({ locked: true });
    await card(
      'Front Door: Locked again by hand.',
      ':lock: *Locked again by hand* <moment> · Unlocked by you <moment>',
    );
    await atTheDoor({ locked: false, by: 'card' });
    await card(
      'Front Door: Unlocked with a card or a phone.',
      ':unlock: *Unlocked with a card or a phone* <moment> · Unlocked by you <moment>',
    );
    world.time.advance(11 * HOUR_MS);
    await world.click(OLIVIA, 'Lock now');
    const locked = await card('Front Door is locked.', 'Locked by you <moment>');
    expect(locked).toMatchObject({ id: shown.id, buttons: ['Settings'] });
    expect(await world.seamCalls('/locks/lock_door')).toHaveLength(1);
    expect(world.rows('move').at(-1)).toMatchObject({ verb: 'lock', via: 'message', listing_id: null });
    world.time.advance(2 * HOUR_MS);
    const over = await card(
      'Front Door is locked.',
      'Locked by you <moment> · As of <moment>',
      'Type /locks to see how it is now.',
    );
    expect(over.buttons).toEqual([]);
    await eventually('it is not followed any more', () => world.rows('follow').length === 0);
  });

  it('has a new card for a newer unlock; the old one does nothing any more', async () => {
    await begin();
    const first = await unlockAway();
    await unlockAway();
    await eventually('two cards', async () => (await cards()).length === 2);
    const [old, fresh] = await cards();
    expect(old?.id).toBe(first.id);
    await eventually('the old one is closed', async () => (await cards())[0]?.buttons.length === 0);
    expect(lines((await cards())[0])).toEqual([
      'Front Door',
      'Unlocked by you <moment>.',
      'Unlocked again by you since.',
    ]);
    expect(fresh?.buttons).toEqual(['Lock now', 'Settings']);
    expect(world.rows('follow')).toHaveLength(1);
  });

  it('Lock now of somebody else locks nothing', async () => {
    await begin();
    const shown = await unlockAway();
    await world.connect(BEN, 'ben@example.com');
    await world.forge(BEN, world.button(shown, 'Lock now'));
    await world.sees(
      BEN,
      ({ text }) =>
        text === 'This door is not one of yours, so nothing was locked. Type /locks to see your doors.',
    );
    expect(await world.seamCalls('/locks/lock_door')).toEqual([]);
  });

  it('Lock now works while opening doors is paused', async () => {
    await begin();
    await unlockAway();
    await world.house.bot.close();
    Object.assign(world.house.config, { unlocksPaused: true });
    await world.house.restart();
    await world.click(OLIVIA, 'Lock now');
    await card('Front Door is locked.', 'Locked by you <moment>');
  });
});
