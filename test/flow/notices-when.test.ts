/** When people are told: at once, gathered, after quiet hours, after trouble; and when they are not. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot } from '../../src/bot.ts';
import { wallAt } from '../../src/domain/zone.ts';
import { createLog } from '../../src/log.ts';
import { thisProcess } from '../../src/runs.ts';
import { ALL, END, read, withNotices } from '../support/notices.ts';
import { pause } from '../support/trouble.ts';
import { webhook } from '../support/webhook.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const BERLIN = 'Europe/Berlin';

let world: World;
const { told, hears, noted, settle, act, choose } = withNotices(() => world);
afterEach(() => world.close());

/** Olivia with one door, told of everything. */
async function begin(
  options: Parameters<typeof startWorld>[0] = {},
  quiet: [string, string] | null = null,
): Promise<void> {
  world = await startWorld(options);
  await world.connect(OLIVIA, 'ben@example.com');
  await choose(OLIVIA, ALL, quiet);
}

/** Somebody turns the handle so many times. */
async function byHand(times = 1): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    await act('Bike Shed', { locked: false });
    await act('Bike Shed', { locked: true });
  }
}
const notices = () => world.rows('notice').map(({ about, state }) => [JSON.parse(String(about)).kind, state]);
const firstLines = async (who: string) => (await told(who)).map(({ lines }) => lines[0]);

describe('quiet hours over midnight', () => {
  /** Lets time go by until the clock in Berlin shows this. */
  async function until(hour: number, minute: number): Promise<void> {
    const now = wallAt(world.time.now(), BERLIN);
    const minutes = (hour - now.hour) * 60 + minute - now.minute;
    world.time.advance(((minutes + 24 * 60) % (24 * 60)) * MINUTE_MS);
    await pause(100);
  }

  it('hold all back until they end, in one message, but for tampering', async () => {
    await begin({}, ['22:00', '07:00']);
    await until(23, 30);
    await act('Bike Shed', { battery: 0.1 });
    await byHand(2);
    await noted(3);
    await act('Bike Shed', { tampered: true });
    expect((await hears(OLIVIA)).lines[0]).toMatch(/^Bike Shed: somebody may be tampering/);
    await until(6, 55);
    await settle();
    expect(await told(OLIVIA)).toHaveLength(1);
    await until(7, 0);
    const shown = await hears(OLIVIA, 2);
    const lines = [
      'Bike Shed: the battery is low (10%). Change it soon: with an empty one the lock does not open from Slack.',
      'Bike Shed: unlocked by hand or with a key, 2 times.',
    ];
    const said = read(shown);
    expect(said.buttons).toEqual(['Show my doors', 'Settings']);
    expect(said.lines).toEqual([
      '*2 things about your locks*',
      lines[0],
      '<moment>',
      lines[1],
      '<moment> to <moment>',
      END.print,
    ]);
    expect(said.text).toBe(
      `2 things about your locks. ${lines[0]} <moment>. ${lines[1]} <moment> to <moment>. ${END.spoken}`,
    );
    await settle();
    expect(await told(OLIVIA)).toHaveLength(2);
  });

  it('hold back what Slack did not take before they began', async () => {
    await begin({}, ['22:00', '07:00']);
    await until(21, 30);
    await world.slack.faults([{ at: 'chat.postMessage', do: 'error', error: 'internal_error' }]);
    await byHand();
    await noted(1);
    // A minute of the clock may pass while a busy machine has done nothing yet, but not half an hour.
    await eventually('it failed', () => {
      world.time.advance(1_000);
      return world.logged.some((line) => line.includes('a person could not be told'));
    });
    await until(22, 30);
    await world.slack.faults([]);
    await settle();
    expect(await told(OLIVIA)).toEqual([]);
    await until(7, 0);
    expect((await hears(OLIVIA)).lines[0]).toBe('Bike Shed: unlocked by hand or with a key.');
  });
});

describe('much at once', () => {
  beforeEach(() => begin());

  it('is one message', async () => {
    await act('Bike Shed', { battery: 0.1 });
    await byHand(3);
    await noted(4);
    expect((await hears(OLIVIA)).lines[0]).toBe('*2 things about your locks*');
    await settle();
    expect(await told(OLIVIA)).toHaveLength(1);
  });

  it('after three messages is gathered until ten minutes are over', async () => {
    for (let n = 1; n <= 3; n += 1) {
      await byHand();
      await hears(OLIVIA, n);
    }
    await byHand(2);
    await noted(5);
    await settle();
    await byHand();
    await noted(6);
    await settle();
    expect(await told(OLIVIA)).toHaveLength(3);
    // Tampering does not wait.
    await act('Bike Shed', { tampered: true });
    expect((await hears(OLIVIA, 4)).lines[0]).toMatch(/tampering/);
    world.time.advance(10 * MINUTE_MS);
    expect((await hears(OLIVIA, 5)).lines[0]).toBe('Bike Shed: unlocked by hand or with a key, 3 times.');
    await settle();
    expect(await told(OLIVIA)).toHaveLength(5);
  });
});

describe('over trouble', () => {
  it('a restart in between loses nothing and repeats nothing', async () => {
    await begin();
    await act('Bike Shed', { battery: 0.1 });
    await noted(1);
    await world.house.bot.close();
    await world.house.restart();
    await hears(OLIVIA);
    await world.house.bot.close();
    await world.house.restart();
    await settle();
    expect(await firstLines(OLIVIA)).toEqual([expect.stringMatching(/^Bike Shed: the battery is low/)]);
    expect(notices()).toEqual([['battery', 'told']]);
  });

  it('a lock that goes offline, and a bot that is down when it is for long', async () => {
    await begin();
    await act('Bike Shed', { online: false });
    await eventually('its timer is set', () => world.rows('timer').length === 1);
    await world.house.bot.close();
    world.time.advance(HOUR_MS);
    await world.house.restart();
    expect((await hears(OLIVIA)).lines[0]).toMatch(/^Bike Shed: the lock is offline/);
  });

  it('Slack that is down is tried again, and the person told once', async () => {
    await begin();
    await world.slack.faults([{ at: 'chat.postMessage', do: 'error', error: 'internal_error', times: 2 }]);
    await byHand();
    await noted(1);
    await eventually('it failed twice', async () => {
      world.time.advance(10_000);
      const tries = (await world.slack.calls()).filter(
        ({ method, ok }) => method === 'chat.postMessage' && !ok,
      );
      return tries.length === 2;
    });
    await hears(OLIVIA);
    await settle();
    expect(await firstLines(OLIVIA)).toEqual(['Bike Shed: unlocked by hand or with a key.']);
  });

  it('Seam that is down is tried again, since nobody is told of a door that may not be theirs', async () => {
    await begin();
    await world.seam.faults([{ at: '/devices/list', do: 'status', status: 503 }]);
    await byHand();
    await noted(1);
    await settle();
    expect(await told(OLIVIA)).toEqual([]);
    await world.seam.faults([]);
    world.time.advance(MINUTE_MS);
    expect((await hears(OLIVIA)).lines[0]).toBe('Bike Shed: unlocked by hand or with a key.');
  });

  it('after a day of trying it is dropped, and the log says so', async () => {
    await begin();
    await world.slack.faults([{ at: 'chat.postMessage', do: 'error', error: 'internal_error' }]);
    await byHand();
    await noted(1);
    await eventually('it failed', () => {
      world.time.advance(1_000);
      return world.logged.some((line) => line.includes('a person could not be told'));
    });
    const since = world.logged.length;
    world.time.advance(25 * HOUR_MS);
    await eventually('it is dropped', () => notices()[0]?.[1] === 'dropped');
    expect(world.log(since)).toContainEqual({
      user: OLIVIA,
      kinds: ['by_hand'],
      msg: 'what a person was to be told reached nobody for a day',
    });
    await world.slack.faults([]);
    await settle();
    expect(await told(OLIVIA)).toEqual([]);
    expect(world.rows('timer')).toEqual([]);
  });

  it('two bots on one database tell once what both hear', async () => {
    await begin();
    const log = createLog({ level: 'silent' });
    const other = await startBot(world.house.config, {
      time: world.time,
      newId: randomUUID,
      log,
      place: thisProcess,
    });
    try {
      await other.ready;
      const { deviceId } = await world.door('Bike Shed');
      for (let n = 0; n < 3; n += 1) {
        const event = {
          event_id: `event ${n}`,
          event_type: 'lock.unlocked',
          occurred_at: new Date(world.time.now()).toISOString(),
          device_id: deviceId,
          connected_account_id: world.rows('account')[0]?.connected_account_id,
          method: 'manual',
        };
        expect(
          await Promise.all([world.house.bot.port, other.port].map((port) => webhook(world, event, port))),
        ).toEqual([200, 200]);
        await hears(OLIVIA, n + 1);
      }
      await settle();
      expect(await told(OLIVIA)).toHaveLength(3);
      expect(world.rows('notice')).toHaveLength(3);
    } finally {
      await other.close();
    }
  });
});

describe('nobody is told who', () => {
  it('turned the kind off, from the message or meanwhile', async () => {
    await begin();
    await act('Bike Shed', { battery: 0.1 });
    await hears(OLIVIA);
    await world.click(OLIVIA, 'Turn these off');
    const answer = await world.sees(OLIVIA, ({ text }) => text.startsWith('Turned off: '));
    expect(read(answer)).toEqual({
      text: 'Turned off: The battery of a lock is low. You will not get messages of this kind any more.',
      lines: ['Turned off: The battery of a lock is low. You will not get messages of this kind any more.'],
      buttons: ['Settings'],
    });
    await act('Bike Shed', { battery: 0.9 });
    await act('Bike Shed', { battery: 0.1 });
    await byHand();
    await noted(2);
    await choose(OLIVIA, []);
    await settle();
    expect(await told(OLIVIA)).toHaveLength(1);
    expect(notices()).toEqual([
      ['battery', 'told'],
      ['by_hand', 'dropped'],
    ]);
  });

  it('has left the workspace', async () => {
    await begin();
    await world.slack.person({ id: OLIVIA, deleted: true });
    await byHand();
    await noted(1);
    await eventually('it is dropped', () => {
      world.time.advance(1_000);
      return notices()[0]?.[1] === 'dropped';
    });
    expect(await told(OLIVIA)).toEqual([]);
    expect(world.log()).toContainEqual({
      user: OLIVIA,
      why: 'deactivated',
      msg: 'somebody is not told of their doors any more',
    });
  });

  it('has disconnected the account', async () => {
    await begin();
    await byHand();
    await noted(1);
    await world.type(OLIVIA, '/locks disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your lock accounts'));
    await world.click(OLIVIA, 'Disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Disconnected: '));
    await settle();
    expect(await told(OLIVIA)).toEqual([]);
    expect(notices()).toEqual([['by_hand', 'dropped']]);
  });

  it('did not choose anything and uses the handle: only what asks for something is on', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'ben@example.com');
    await byHand();
    await act('Bike Shed', { locked: false, by: 'card' });
    await act('Bike Shed', { battery: 0.1 });
    await hears(OLIVIA);
    expect(notices()).toEqual([['battery', 'told']]);
  });
});

describe('an account that two people have', () => {
  const PASSWORD =
    'If that is not right, change the password of the account in the app of its maker, and tell the person who set up Latchbolt.';

  it('is told of to both, once; and what happens at its doors, to both', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'ben@example.com');
    await world.connect(BEN, 'ben@example.com');
    await noted(2);
    const shared = async (who: string) =>
      (await world.messages(who)).filter(({ text }) => text.includes('You are told this once'));
    const both = await eventually('both are told', async () => {
      world.time.advance(1_000);
      const messages = [await shared(OLIVIA), await shared(BEN)];
      return messages.every(({ length }) => length === 1) && messages.flat().map(read);
    });
    const words = [
      `<@${BEN}> has connected one of your lock accounts too, and can now see and open its doors, as you can.`,
      `<@${OLIVIA}> has connected this lock account before you, and can see and open its doors, as you can.`,
    ];
    expect(both).toEqual(
      words.map((who) => ({
        text: `${who} August, ben@example.com. <moment>. ${PASSWORD} You are told this once for each colleague.`,
        lines: [
          who,
          'August, ben@example.com',
          `<moment> · ${PASSWORD}`,
          'You are told this once for each colleague.',
        ],
        buttons: ['Show my doors', 'Settings'],
      })),
    );
    // Ben signs in anew: nothing has changed.
    await world.connect(BEN, 'ben@example.com');
    await act('Bike Shed', { battery: 0.1 });
    for (const who of [OLIVIA, BEN]) {
      expect((await hears(who)).lines[0]).toMatch(/^Bike Shed: the battery is low/);
    }
    await settle();
    expect([await shared(OLIVIA), await shared(BEN)].map(({ length }) => length)).toEqual([1, 1]);
    // He leaves, and comes again.
    await world.type(BEN, '/locks disconnect');
    await world.sees(BEN, ({ text }) => text.startsWith('Your lock accounts'));
    await world.click(BEN, 'Disconnect');
    await world.sees(BEN, ({ text }) => text.startsWith('Disconnected: '));
    await world.connect(BEN, 'ben@example.com');
    await eventually('she is told again', async () => {
      world.time.advance(1_000);
      return (await shared(OLIVIA)).length === 2;
    });
  });
});
