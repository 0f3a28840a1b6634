/** A door that locks again by itself: once, over restarts, and honest when it does not. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../../src/bot.ts';
import { createLog } from '../../src/log.ts';
import { thisProcess } from '../../src/runs.ts';
import { inTrouble, pause, rowOf } from '../support/trouble.ts';
import { still } from '../support/words.ts';
import { BEN, eventually, OLIVIA, type Shown, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;

let world: World;
const others: Bot[] = [];
const { openList, fateOf, inDatabase } = inTrouble(() => world);
afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
  await world.close();
});

const lockPosts = () => world.seamCalls('/locks/lock_door');
const moves = () =>
  world.rows('move').map(({ verb, via, outcome }) => [verb, via, JSON.parse(String(outcome))]);
const LOCKED = { kind: 'locked' };
/** What the bot wrote to somebody directly. */
const told = async (who = OLIVIA) => (await world.messages(who)).filter(({ ephemeral }) => !ephemeral);
const lines = (message: Shown | undefined) => message?.lines.map(still);

/** Olivia chooses what the front door shall do. */
async function set(choices: { lock?: string; nudge?: string }, name = 'front door') {
  await world.type(OLIVIA, `/locks autolock ${name}`);
  const modal = await eventually('a modal', async () => (await world.slack.view(OLIVIA)).modals.at(-1));
  const values = Object.fromEntries(
    Object.entries(choices).map(([field, value]) => [field, { [`autolock:${field}`]: value }]),
  );
  await world.slack.submit({ as: OLIVIA, viewId: modal.viewId, values });
  await eventually('it is set', () => world.rows('door_setting').length === 1);
  return eventually('it says so', async () =>
    (await told()).find(({ text }) => text.includes('from the next time on')),
  );
}

const OUTCOME = ':unlock: <moment> Unlocked. The lock has confirmed it. Locks again <moment>';

/** Olivia has set it, and unlocks the front door in her list. */
async function begin(options: Parameters<typeof startWorld>[0] = {}, lock = '5') {
  world = await startWorld(options);
  await world.connect(OLIVIA, 'olivia@example.com');
  await set({ lock });
  await openList(OLIVIA);
  await world.click(OLIVIA, 'Unlock', 'Front Door');
  await eventually('the door is followed', () => world.rows('follow').length === 1);
  return eventually('its list says when', async () =>
    (await world.messages(OLIVIA)).find((message) => rowOf(message, 'Front Door') === OUTCOME),
  );
}

/** The list, once its row says this. */
const listRow = (words: string) =>
  eventually(`a row that says ${words}`, async () =>
    (await world.messages(OLIVIA)).find((message) => rowOf(message, 'Front Door') === words),
  );
/** The newest direct message, once it says this. */
const note = (line: string) =>
  eventually(`a message that says ${line}`, async () =>
    (await told()).find((message) => lines(message)?.[0] === line),
  );

async function atTheDoor(act: Omit<Parameters<World['seam']['door']>[0], 'deviceId'>) {
  const { deviceId } = await world.door('Front Door');
  await world.seam.door({ deviceId, ...act });
}

describe.each([true, false])('a door that locks again by itself (webhooks: %s)', (webhooks) => {
  it('does so when it is time, once, and its list says so', async () => {
    const list = await begin({ webhooks });
    expect(list.buttons).toContain('Keep unlocked');
    expect(list.text).toContain('Front Door: Unlocked. The lock has confirmed it. It locks again by itself.');
    world.time.advance(4 * MINUTE_MS);
    await pause(1_500);
    expect(await lockPosts()).toEqual([]);
    world.time.advance(MINUTE_MS);
    const shown = await listRow(
      ':lock: <moment> Locked. The lock has confirmed it. By itself, as you set it',
    );
    expect(shown.id).toBe(list.id);
    expect(shown.buttons).not.toContain('Keep unlocked');
    world.time.advance(10 * MINUTE_MS);
    await pause(1_500);
    expect(await lockPosts()).toHaveLength(1);
    expect(moves()).toEqual([
      ['unlock', 'message', { kind: 'unlocked' }],
      ['lock', 'timer', LOCKED],
    ]);
    expect(await told()).toHaveLength(1);
    expect((await world.door('Front Door')).locked).toBe(true);
  });

  it('does so after a restart', async () => {
    await begin({ webhooks });
    await world.house.bot.close();
    world.time.advance(6 * MINUTE_MS);
    expect(await lockPosts()).toEqual([]);
    await world.house.restart();
    await listRow(':lock: <moment> Locked. The lock has confirmed it. By itself, as you set it');
    expect(await lockPosts()).toHaveLength(1);
  });

  it('asks nothing of a door that was locked meanwhile', async () => {
    await begin({ webhooks });
    await atTheDoor({ locked: true });
    world.time.advance(5 * MINUTE_MS);
    await pause(2_500);
    await eventually('it is off', () => world.rows('follow')[0]?.locks_at === null);
    expect(await lockPosts()).toEqual([]);
    expect(await told()).toHaveLength(1);
  });
});

describe('it is not done', () => {
  it('when its owner keeps the door unlocked, in the list', async () => {
    const list = await begin();
    await world.click(OLIVIA, 'Keep unlocked');
    const kept = await listRow(':unlock: <moment> Unlocked. The lock has confirmed it.');
    expect(kept.id).toBe(list.id);
    expect(kept.buttons).toEqual(list.buttons.filter((text) => text !== 'Keep unlocked'));
    world.time.advance(30 * MINUTE_MS);
    await pause(1_500);
    expect(await lockPosts()).toEqual([]);
  });

  it('when it is kept unlocked in another list, which stays the one that it is', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
    await set({ lock: '5' });
    await world.type(OLIVIA, '/locks status front door');
    const single = await world.sees(OLIVIA, ({ lines: [line] }) => line === 'Your door.');
    const list = await openList(OLIVIA);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('the door is followed', () => world.rows('follow').length === 1);
    const unlockedIn = async () => (await world.messages(OLIVIA)).find(({ id }) => id === list.id);
    await eventually('its list says that it locks', async () =>
      (await unlockedIn())?.buttons.includes('Keep unlocked'),
    );
    // Drawn anew, the message of the one door says that it locks again, too.
    await world.forge(OLIVIA, world.button(single, 'Add to favourites'));
    const drawn = await eventually('it is drawn', async () =>
      (await world.messages(OLIVIA)).find(
        ({ lines: [line], buttons }) => line === 'Your door.' && buttons.includes('Keep unlocked'),
      ),
    );
    await world.forge(OLIVIA, world.button(drawn, 'Keep unlocked'));
    const kept = await eventually('it is kept', async () =>
      (await world.messages(OLIVIA)).findLast(({ id }) => id !== drawn.id),
    );
    expect(world.rows('follow')[0]?.locks_at).toBeNull();
    expect(kept.lines[0]).toBe('Your door.');
    expect(kept.buttons).not.toContain('Keep unlocked');
    // Neither does the list that it was unlocked in say any more that it locks.
    const after = await eventually('the list says so', async () => {
      const now = await unlockedIn();
      return now?.buttons.includes('Keep unlocked') === false && now;
    });
    expect(after.text).toContain('Front Door: Unlocked. The lock has confirmed it.');
    expect(after.text).not.toMatch(/locks again/i);
  });

  it('when it is kept unlocked on a card, which stays a card', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'many@example.com');
    await set({ lock: '5' }, 'Room 0003');
    await openList(OLIVIA);
    await fateOf('Room 0003', { kind: 'works', ms: 1_500 });
    await world.click(OLIVIA, 'Unlock', 'Room 0003');
    // Its list is turned to another page meanwhile.
    await world.click(OLIVIA, 'Next');
    const card = await eventually('a card', async () =>
      (await told()).find(({ buttons }) => buttons.includes('Keep unlocked')),
    );
    await world.click(OLIVIA, 'Keep unlocked');
    await eventually('it is kept', () => world.rows('follow')[0]?.locks_at === null);
    await eventually('it is said', async () =>
      (await world.messages(OLIVIA)).find(
        ({ text }) => text === 'Room 0003 is not locked by itself this time.',
      ),
    );
    const kept = (await told()).find(({ id }) => id === card.id);
    expect(kept?.lines[0]).toBe(card.lines[0]);
    expect(kept?.buttons).toEqual(['Lock now', 'Settings']);
  });

  it('but *Keep unlocked* of somebody else keeps nothing', async () => {
    await begin();
    await world.connect(BEN, 'ben@example.com');
    const followed = String(world.rows('follow')[0]?.move_id);
    for (const id of [followed, 'nothing', '', '../x y']) {
      const n = (await world.messages(BEN)).length;
      await world.forge(BEN, { action_id: 'follow:keep', value: `${BEN} ${id}` });
      await eventually('an answer', async () => (await world.messages(BEN)).length > n + 1);
      expect((await world.newest(BEN)).text).toBe(
        'There is nothing to call off here any more. Type /locks to see your doors.',
      );
    }
    world.time.advance(5 * MINUTE_MS);
    await eventually('it locks', async () => (await lockPosts()).length === 1);
  });

  it('when the account was disconnected meanwhile', async () => {
    await begin();
    inDatabase('delete from account');
    world.time.advance(5 * MINUTE_MS);
    await eventually('it is off', () => world.rows('follow')[0]?.locks_at === null);
    expect(await lockPosts()).toEqual([]);
    expect(await told()).toHaveLength(1);
  });

  it('when the person has left', async () => {
    await begin();
    inDatabase(
      `update person set standing = 'deactivated', standing_at = ${world.time.now() + 5 * MINUTE_MS - 1_000}`,
    );
    world.time.advance(5 * MINUTE_MS);
    await eventually('it is off', () => world.rows('follow')[0]?.locks_at === null);
    expect(await lockPosts()).toEqual([]);
  });

  it('after an hour in which Latchbolt was down: the person is told instead', async () => {
    await begin();
    await world.house.bot.close();
    world.time.advance(65 * MINUTE_MS);
    await world.house.restart();
    const said = await note(
      'Front Door was not locked by itself: Latchbolt could not do it when it was due. Check the door, or lock it now.',
    );
    expect(said.buttons).toEqual(['Lock now', 'Settings']);
    expect(await lockPosts()).toEqual([]);
    await world.click(OLIVIA, 'Lock now');
    const settled = await note('Front Door: Locked again by you.');
    expect(settled.id).toBe(said.id);
    expect(lines(settled)?.[1]).toBe(':lock: *Locked again by you* <moment>');
    await pause(1_500);
    expect(await lockPosts()).toHaveLength(1);
  });

  it('after an hour, silently, when the door is locked anyway', async () => {
    await begin();
    await world.house.bot.close();
    await atTheDoor({ locked: true });
    world.time.advance(65 * MINUTE_MS);
    await world.house.restart();
    await eventually('it is off', () => world.rows('follow')[0]?.locks_at === null);
    expect(await told()).toHaveLength(1);
    expect(await lockPosts()).toEqual([]);
  });
});

describe('it is done', () => {
  it('while unlocking is paused', async () => {
    await begin();
    await world.house.bot.close();
    Object.assign(world.house.config, { unlocksPaused: true });
    await world.house.restart();
    world.time.advance(5 * MINUTE_MS);
    await eventually('it locks', () => moves().length === 2);
    await eventually('it locked', () => moves().at(-1)?.[2] !== null);
    expect(moves().at(-1)).toEqual(['lock', 'timer', LOCKED]);
  });

  it('after the newest unlock: that begins the time anew', async () => {
    await begin();
    world.time.advance(4 * MINUTE_MS);
    const { deviceId } = await world.door('Front Door');
    await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} nowhere ${deviceId}` });
    await eventually('a second unlock', () => world.rows('follow')[0]?.place === 'card');
    world.time.advance(4 * MINUTE_MS);
    await pause(1_500);
    expect(await lockPosts()).toEqual([]);
    world.time.advance(MINUTE_MS);
    await eventually('it locks', async () => (await lockPosts()).length === 1);
    await pause(1_500);
    expect(await lockPosts()).toHaveLength(1);
  });

  it('once, by two Latchbolts on one database', async () => {
    await begin();
    const log = createLog({ level: 'silent' });
    const other = await startBot(world.house.config, {
      time: world.time,
      newId: randomUUID,
      log,
      place: thisProcess,
    });
    others.push(other);
    await other.ready;
    world.time.advance(5 * MINUTE_MS);
    await eventually('it locks', async () => (await lockPosts()).length > 0);
    world.time.advance(MINUTE_MS);
    await pause(2_000);
    expect(await lockPosts()).toHaveLength(1);
  });

  it('though the run that unlocked died before it could remember', async () => {
    await begin();
    await world.house.bot.close();
    inDatabase('delete from follow; delete from timer');
    world.time.advance(6 * MINUTE_MS);
    await world.house.restart();
    await eventually('it locks', async () => (await lockPosts()).length === 1);
  });
});

describe('a lock that fails', () => {
  const failing = async (fate: Parameters<typeof fateOf>[1]) => {
    await begin();
    await fateOf('Front Door', fate);
    world.time.advance(5 * MINUTE_MS);
  };

  it('for certain is told at once, tried once more, and told again', async () => {
    await failing({ kind: 'fails', type: 'device_offline', message: 'The device is offline.' });
    const first = await note(
      'Front Door was to lock by itself. Not locked. The lock is offline. Check its Wi-Fi or its bridge, then try again.',
    );
    expect(lines(first)?.[1]).toBe('Unlocked by you <moment> · Latchbolt tries once more <moment>');
    world.time.advance(3 * MINUTE_MS);
    await eventually('a second message', async () => (await told()).length === 3);
    expect(lines((await told()).at(-1))).toEqual([
      'Front Door was to lock by itself. Not locked. The lock is offline. Check its Wi-Fi or its bridge, then try again.',
      'Unlocked by you <moment> · Latchbolt tried twice, and does not try again',
    ]);
    // The first does not go on saying that it is to be tried once more.
    const over = await note('Front Door');
    expect(over).toMatchObject({
      id: first.id,
      text: 'Front Door: There is a newer message about this door.',
      buttons: [],
    });
    expect(lines(over)).toEqual([
      'Front Door',
      'Unlocked by you <moment>.',
      'There is a newer message about this door.',
    ]);
    world.time.advance(60 * MINUTE_MS);
    await pause(1_500);
    expect(await lockPosts()).toHaveLength(2);
    expect(await told()).toHaveLength(3);
  });

  it('and works the second time says so in the same message', async () => {
    await failing({ kind: 'fails', type: 'jammed', message: 'The bolt is jammed.' });
    const first = await note(
      'Front Door was to lock by itself. Not locked. The bolt is jammed. Pull or push the door a little, then try again.',
    );
    await fateOf('Front Door', { kind: 'works' });
    world.time.advance(3 * MINUTE_MS);
    const settled = await note('Front Door: Locked again by itself, as you set it.');
    expect(settled.id).toBe(first.id);
    expect(lines(settled)).toEqual([
      'Front Door: Locked again by itself, as you set it.',
      ':lock: *Locked again by itself, as you set it* <moment>',
    ]);
    expect(settled.buttons).toEqual([]);
  });

  it('without a word is unknown, and never tried again', async () => {
    await failing({ kind: 'hangs' });
    await eventually('it is asked', async () => (await lockPosts()).length === 1);
    await pause(500);
    world.time.advance(20_000);
    await note(
      'Front Door was to lock by itself. Nobody can say yet whether it locked: the lock has not answered. Check the door.',
    );
    world.time.advance(60 * MINUTE_MS);
    await pause(1_500);
    expect(await lockPosts()).toHaveLength(1);
    expect(moves().at(-1)).toEqual(['lock', 'timer', { kind: 'unknown', why: 'timeout' }]);
  });

  it('is told after a crash in the middle, and asked once', async () => {
    await begin();
    await world.seam.faults([{ at: '/locks/lock_door', do: 'hang', after: true }]);
    world.time.advance(5 * MINUTE_MS);
    await eventually('it is asked', async () => (await lockPosts()).length === 1);
    await world.house.bot.close();
    await world.seam.faults([]);
    await world.house.restart();
    world.time.advance(MINUTE_MS);
    await eventually('a message', async () =>
      (await told()).some(({ text }) => text.includes('Nobody can say')),
    );
    expect(await lockPosts()).toHaveLength(1);
  });

  it('while Slack cannot be reached is told later', async () => {
    await begin();
    await fateOf('Front Door', { kind: 'fails', type: 'not_permitted', message: 'insufficient_permissions' });
    await world.slack.faults([{ at: 'chat.postMessage', do: 'error', error: 'fatal_error', times: 1 }]);
    world.time.advance(5 * MINUTE_MS);
    await eventually('it is asked', async () => (await lockPosts()).length === 1);
    await pause(1_500);
    expect(await told()).toHaveLength(1);
    world.time.advance(MINUTE_MS);
    await eventually('a message', async () => (await told()).length === 2);
    expect(await lockPosts()).toHaveLength(1);
  });
});

describe('the settings of a door', () => {
  it('are a modal, and what was set is said and kept', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
    const said = await set({ lock: '10', nudge: '30' });
    expect(said.text).toBe(
      'Front Door, from the next time on: If it is still unlocked 30 minutes after you unlock it, you are reminded. ' +
        'It is locked by itself 10 minutes after you unlock it.',
    );
    expect(world.rows('door_setting')).toMatchObject([
      { slack_user_id: OLIVIA, nudge_after_ms: 30 * MINUTE_MS, lock_after_ms: 10 * MINUTE_MS },
    ]);
    await world.type(OLIVIA, '/locks autolock “Front Door”');
    const modal = await eventually('a modal', async () => (await world.slack.view(OLIVIA)).modals.at(-1));
    expect(modal.title).toBe('Door settings');
    expect(modal.blocks).toMatchObject([
      { text: { text: 'Settings of Front Door' } },
      {},
      { block_id: 'nudge', element: { initial_option: { value: '30' } } },
      { block_id: 'lock', element: { initial_option: { value: '10' } } },
    ]);
  });

  it.each([
    ['its person’s own word for it', 'olivia@example.com', 'hq', 'Front Door'],
    ['its name, among a thousand', 'many@example.com', 'room 0900', 'Room 0900'],
  ])('open for a door that is called by %s', async (_, account, typed, name) => {
    world = await startWorld();
    await world.connect(OLIVIA, account);
    await world.type(OLIVIA, `/locks alias “${name}” hq`);
    await world.sees(OLIVIA, ({ text }) => text.includes('too from now on'));
    await world.type(OLIVIA, `/locks autolock ${typed}`);
    const modal = await eventually('a modal', async () => (await world.slack.view(OLIVIA)).modals.at(-1));
    expect(modal.blocks[0]).toMatchObject({ text: { text: `Settings of ${name}` } });
  });

  it('of a door that is not named are offered for each', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.type(OLIVIA, '/locks autolock');
    const all = await world.sees(OLIVIA, ({ lines: [line] }) => line === 'For which door?');
    expect(all.buttons).toEqual(Array(8).fill('Settings'));
    await world.type(OLIVIA, '/locks autolock frnt door');
    const near = await world.sees(OLIVIA, ({ lines: [line = ''] }) =>
      line.startsWith('None of your doors is called'),
    );
    expect(near.lines).toEqual([
      'None of your doors is called “frnt door”. Did you mean this one? Or type for example: /locks autolock Front Door.',
      'Front Door',
    ]);
    await world.type(OLIVIA, '/locks autolock zzz');
    await world.sees(OLIVIA, ({ text }) =>
      text.startsWith('None of your doors is called “zzz”. Type /locks to see your doors, then for example:'),
    );
    await world.click(OLIVIA, 'Settings', 'Keypad Only');
    const modal = await eventually('a modal', async () => (await world.slack.view(OLIVIA)).modals.at(-1));
    expect(JSON.stringify(modal.blocks)).toContain('This lock cannot be locked from afar');
  });

  it('are of the door that its person calls so, and the favourites are offered first', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.type(OLIVIA, '/locks alias loft up');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Loft is “up” too'));
    await world.type(OLIVIA, '/locks autolock up');
    const modal = await eventually('a modal', async () => (await world.slack.view(OLIVIA)).modals.at(-1));
    expect(modal.blocks[0]).toMatchObject({ text: { text: 'Settings of Loft' } });
    await world.type(OLIVIA, '/locks favourite garage');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('A favourite from now on'));
    await world.type(OLIVIA, '/locks autolock');
    const all = await world.sees(OLIVIA, ({ lines: [line] }) => line === 'For which door?');
    expect(all.lines.slice(1, 3)).toEqual(['Garage', 'Front Door']);
  });

  it('of somebody else’s door are not opened', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.connect(BEN, 'ben@example.com');
    const { deviceId } = await world.door('Front Door');
    await world.forge(BEN, { action_id: 'autolock:open', value: `${BEN} ${deviceId}` });
    await world.sees(
      BEN,
      ({ text }) =>
        text === 'This door is not one of yours, so nothing was changed. Type /locks to see your doors.',
    );
    expect((await world.slack.view(BEN)).modals).toEqual([]);
  });
});
