/** What a person did once is done once, however often it is delivered, and not at all where that cannot be written. */
import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { signed } from '../support/signed.ts';
import { inTrouble, pause, rowOf } from '../support/trouble.ts';
import { BEN, eventually, GENERAL, HOME, OLIVIA, startWorld, type World } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const LINK = 'Sign in to your lock account';

let world: World;
const { unlockPosts, outcomes, openList } = inTrouble(() => world);
afterEach(() => world.close());

/** A world with Olivia's list on the screen. */
async function begin(options: Parameters<typeof startWorld>[0] = {}) {
  world = await startWorld({ webhooks: false, ...options });
  await world.connect(OLIVIA, 'olivia@example.com');
  return openList(OLIVIA);
}

async function restart(): Promise<void> {
  await world.house.bot.close();
  await world.house.restart();
}

const links = async () => (await world.seamCalls('/connect_webviews/create')).length;
/** How often the log says that something was not done again. */
const twice = () =>
  world.logged.filter((line) => line.includes('"msg":"something came twice and was not done again"')).length;

/** All that Olivia has seen, once the row of her unlock counts as told. */
async function afterwards() {
  await eventually('it was told', () => world.rows('move')[0]?.told_at !== null && outcomes()[0]);
  return world.messages(OLIVIA);
}

describe('delivered again', () => {
  it('the same signed request: three times at once, and after a restart', async () => {
    const list = await begin({ mode: 'http' });
    const { action_id, value } = world.button(list, 'Unlock', 'Front Door');
    const { delivered } = await world.type(OLIVIA, '/locks help');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('What you can type'));
    const { response_url } = delivered.body;
    const payload = JSON.stringify({
      type: 'block_actions',
      user: { id: OLIVIA, team_id: HOME },
      trigger_id: 'one.click',
      response_url,
      channel: { id: GENERAL },
      container: { type: 'message', message_ts: `${Math.floor(world.time.now() / 1000)}.000100` },
      actions: [{ action_id, value }],
    });
    const click = signed(world, { payload });
    const command = signed(world, { ...delivered.body, text: 'connect', trigger_id: 'one.command' });
    const had = await links();
    for (const send of [click, command]) {
      const { port } = world.house.bot;
      expect(await Promise.all([send(port), send(port), send(port)])).toEqual([200, 200, 200]);
    }
    await afterwards();
    await eventually('a link', async () =>
      (await world.messages(OLIVIA)).some((one) => one.buttons.includes(LINK)),
    );
    // It is drawn once more with what came while it was on its way.
    await eventually('the card stands', async () =>
      (await world.messages(OLIVIA)).some(
        ({ text, raw }) => text === 'Front Door is unlocked.' && raw.edited,
      ),
    );
    const before = await world.messages(OLIVIA);
    await restart();
    for (const send of [click, command]) expect(await send(world.house.bot.port)).toBe(200);
    await eventually('both were known', () => twice() === 2);
    expect(await world.messages(OLIVIA)).toEqual(before);
    expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
    expect(await unlockPosts()).toHaveLength(1);
    expect(await links()).toBe(had + 1);
  });

  it('the same envelope, the same interaction in others, and both after a restart', async () => {
    await begin();
    const had = await links();
    await world.slack.faults([{ at: 'delivery', do: 'duplicate', copies: 3 }]);
    const click = await world.click(OLIVIA, 'Unlock', 'Front Door');
    const command = await world.type(OLIVIA, '/locks connect');
    await world.slack.faults([]);
    await afterwards();
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes(LINK));
    expect(twice()).toBe(0);
    const before = await world.messages(OLIVIA);
    const both = [click, command].map(({ delivered }) => delivered);
    await Promise.all([...both, ...both, ...both].map(world.slack.deliver));
    await eventually('all were known', () => twice() === 6);
    await restart();
    await Promise.all(both.map(world.slack.deliver));
    await eventually('these too', () => twice() === 8);
    expect(await world.messages(OLIVIA)).toEqual(before);
    expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
    expect(await unlockPosts()).toHaveLength(1);
    expect(await links()).toBe(had + 1);
  });

  it('a day later: it is forgotten, and the journal still stops the unlock', async () => {
    await begin();
    const { delivered } = await world.click(OLIVIA, 'Unlock', 'Front Door');
    await afterwards();
    const interaction = String(world.rows('move')[0]?.interaction);
    const isKnown = () => world.rows('delivery').some((row) => row.interaction === interaction);
    const refresh = async (hours: number) => {
      const before = Number(world.rows('listing')[0]?.shown_at);
      world.time.advance(hours * HOUR_MS);
      await world.click(OLIVIA, 'Refresh');
      await eventually(
        'it is new',
        () => Number(world.rows('listing')[0]?.shown_at) >= before + hours * HOUR_MS,
      );
    };
    // The list stays young, so that its age is not what stops the click.
    await refresh(11);
    await refresh(11);
    expect(isKnown()).toBe(true);
    await world.slack.deliver(delivered);
    await eventually('it is known', () => twice() === 1);

    await refresh(3);
    await eventually('it is forgotten', () => !isKnown());
    const shown = await world.messages(OLIVIA);
    const rows = world.rows('move');
    await world.slack.deliver(delivered);
    await eventually('it is taken for new', isKnown);
    await pause(500);
    expect(twice()).toBe(1);
    expect(world.rows('move')).toEqual(rows);
    expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
    expect(await world.messages(OLIVIA)).toEqual(shown);
    expect(await unlockPosts()).toHaveLength(1);
  });
});

describe('while another program holds the database', () => {
  /** Takes the lock that every write needs; the returned function gives it back. */
  function hold(): () => void {
    const sqlite = new Sqlite(world.house.config.database.file);
    sqlite.exec('begin immediate');
    return () => {
      sqlite.exec('rollback');
      sqlite.close();
    };
  }

  it('for a moment: the door opens, once', async () => {
    await begin();
    const release = hold();
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await pause(700);
    expect(await unlockPosts()).toEqual([]);
    release();
    await world.sees(OLIVIA, (message) => rowOf(message, 'Front Door').includes('Unlocked.'));
    expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
    expect(await unlockPosts()).toHaveLength(1);
  });

  it.each<[string, (who: string) => Promise<unknown>, string]>([
    [
      'an unlock',
      (who) => world.click(who, 'Unlock', 'Front Door'),
      'Not unlocked. Latchbolt could not write this unlock down, and opens no door without that. Try again in a minute.',
    ],
    [
      'a link',
      (who) => world.type(who, '/locks connect'),
      'That did not work. Latchbolt’s own records are busy right now. Try again in a minute.',
    ],
  ])('for longer: %s is not made, and the person is told', async (_, act, words) => {
    await begin();
    const rows = { unlock: world.rows('move'), connect: world.rows('connect') };
    const had = await links();
    const lines = world.logged.length;
    const release = hold();
    try {
      await act(OLIVIA);
      const shown = await world.sees(OLIVIA, ({ lines: [line] }) => line === words, 15_000);
      expect(shown).toMatchObject({ text: words, buttons: [], ephemeral: true });
    } finally {
      release();
    }
    expect(world.log(lines).filter(({ msg }) => msg === 'a delivery was not written down')).toEqual([
      { user: OLIVIA, err: expect.objectContaining({ name: 'StoreError' }), msg: expect.any(String) },
    ]);
    expect({ unlock: world.rows('move'), connect: world.rows('connect') }).toEqual(rows);
    expect(await unlockPosts()).toEqual([]);
    expect(await links()).toBe(had);
  });

  it('from the moment that an unlock has begun: it is not sent, the person is told, and the journal hears of it', async () => {
    await begin();
    await world.seam.faults([{ at: '/devices/list', do: 'delay', ms: 1_500, times: 1 }]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('it has begun', () => world.rows('move').length === 1);
    const release = hold();
    const words =
      'Front Door: Not unlocked. Latchbolt could not write this unlock down, and opens no door without that. Try again in a minute.';
    try {
      await world.sees(OLIVIA, ({ text }) => text === words, 15_000);
    } finally {
      release();
    }
    await eventually('the outcome is written', () => outcomes()[0], 10_000);
    expect(outcomes()).toEqual([{ kind: 'failed', reason: 'not_recorded', said: null, waitMs: null }]);
    expect(world.rows('move')).toMatchObject([{ sent_at: null, action_attempt_id: null, state: 'ended' }]);
    expect(await unlockPosts()).toEqual([]);
  }, 40_000);

  it('what changes nothing is answered all the same', async () => {
    await begin();
    await world.type(BEN, '/locks help');
    const first = await world.sees(BEN, () => true);
    const release = hold();
    try {
      await world.type(BEN, '/locks help');
      await world.sees(BEN, ({ id, text }) => id !== first.id && text === first.text, 15_000);
    } finally {
      release();
    }
  });
});
