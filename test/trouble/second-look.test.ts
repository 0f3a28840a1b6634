import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot } from '../../src/bot.ts';
import { createLog } from '../../src/log.ts';
import { thisProcess } from '../../src/runs.ts';
import { inTrouble, pause, rowOf } from '../support/trouble.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ webhooks: false });
});
afterEach(() => world.close());

const { unlockPosts, outcomes, openList, inDatabase, fateOf } = inTrouble(() => world);

describe('what a second review found', () => {
  it('a second copy that cannot have the port leaves what the first has under way alone', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
    await world.seam.faults([{ at: '/devices/list', do: 'delay', ms: 1_500, times: 1 }]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('the row is there', () => world.rows('move').length === 1);
    const { config, bot } = world.house;
    const log = createLog({ level: 'silent' });
    const surroundings = { time: world.time, newId: randomUUID, log, place: thisProcess };
    await expect(startBot({ ...config, port: bot.port }, surroundings)).rejects.toThrow(
      `The port ${bot.port} cannot be listened on (EADDRINUSE). Set PORT to a free one.`,
    );
    expect(outcomes()).toEqual([null]);
    await world.sees(OLIVIA, (shown) => rowOf(shown, 'Front Door').includes('Unlocked.'));
    expect(await unlockPosts()).toHaveLength(1);
  });

  it('a login, and an unused link, are seen to after more than a day without the bot', async () => {
    for (const who of [OLIVIA, BEN]) {
      await world.type(who, '/locks connect');
      await world.sees(who, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    }
    const [olivias, bens] = world.rows('connect').map((row) => String(row.connect_webview_id));
    await world.house.bot.close();
    await world.seam.login({
      connectWebviewId: olivias ?? '',
      provider: 'august',
      email: 'olivia@example.com',
      password: '1234',
    });
    world.time.advance(25 * 60 * 60 * 1000);
    await world.house.restart();
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected: August, olivia@example.com'));
    await world.sees(BEN, ({ text }) => text.startsWith('Your link was not used in time'));
    expect(await world.seamCalls('/connect_webviews/delete')).toMatchObject([
      { body: { connect_webview_id: bens } },
    ]);
  });

  it('a slow refresh does not take away the private link that took the place of its list', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
    await world.seam.faults([{ at: '/devices/list', do: 'delay', ms: 1_000, times: 1 }]);
    await world.click(OLIVIA, 'Refresh');
    await world.click(OLIVIA, 'Connect another account');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    await pause(1_500);
    expect((await world.newest(OLIVIA)).buttons).toContain('Sign in to your lock account');
  });

  it('a refresh after the last account was disconnected says that there is none', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    const list = await openList(OLIVIA);
    await world.type(OLIVIA, '/locks disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your lock accounts'));
    await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Disconnected'));
    await world.click(OLIVIA, 'Refresh');
    await eventually('the old list', async () =>
      (await world.messages(OLIVIA)).some(
        ({ id, text }) => id === list.id && text.startsWith('You have no doors here yet'),
      ),
    );
  });

  it('somebody who was told is not told again because that could not be written down', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
    inDatabase(`create trigger no_room before update of told_at on move
      when new.told_at is not null begin select raise(abort, 'no'); end`);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(OLIVIA, (shown) => rowOf(shown, 'Front Door').includes('Unlocked.'));
    const before = (await world.messages(OLIVIA)).length;
    for (let round = 0; round < 6; round += 1) {
      world.time.advance(121_000);
      await pause(150);
    }
    // Once more at most: by the first round after its own click.
    expect((await world.messages(OLIVIA)).length - before).toBeLessThanOrEqual(1);
  });

  it('the words of a lock’s maker, which may name somebody, stay out of the log', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
    await fateOf('Front Door', { kind: 'fails', type: 'odd', message: 'Olivia Smith is locked out', ms: 50 });
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(OLIVIA, (shown) => rowOf(shown, 'Front Door').includes('Olivia Smith'));
    const lines = world.logged.filter((line) => line.includes('unlock ended'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"outcome":"failed","reason":"lock_refused"');
    expect(world.logged.join('')).not.toContain('Olivia Smith');
  });

  it('an outcome whose list cannot be read any more is told by itself after a restart', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
    await world.slack.faults([
      { at: 'response_url', do: 'status', status: 404 },
      { at: 'chat.postMessage', do: 'error', error: 'internal_error' },
    ]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('it ended', () => outcomes()[0]);
    await world.house.bot.close();
    inDatabase("update listing set doors = '[{}]'");
    await world.slack.faults([]);
    await world.house.restart();
    await world.sees(OLIVIA, ({ text }) => text === 'Front Door: Unlocked. The lock has confirmed it.');
    await eventually('told', () => world.rows('move')[0]?.told_at !== null);
  });

  it('a failed sign-in that cannot be told does not make a link with every try', async () => {
    await world.type(OLIVIA, '/locks connect');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    const id = String(world.rows('connect')[0]?.connect_webview_id);
    await world.slack.faults([
      { at: 'response_url', do: 'status', status: 404 },
      { at: 'chat.postMessage', do: 'error', error: 'internal_error' },
    ]);
    await world.seam.login({
      connectWebviewId: id,
      provider: 'august',
      email: 'locked@example.com',
      password: '1234',
    });
    const failures = () => world.logged.filter((line) => line.includes('could not be told')).length;
    await eventually(
      'it was tried four times',
      () => {
        world.time.advance(21_000);
        return failures() >= 4;
      },
      15_000,
    );
    expect(await world.seamCalls('/connect_webviews/create')).toHaveLength(2);
    await world.slack.faults([]);
    await eventually('the word', async () => {
      world.time.advance(21_000);
      const { text, buttons } = await world.newest(OLIVIA);
      return text.startsWith('Your account was not connected') && buttons.includes('Get a new link');
    });
  });

  it('an account that is connected while another is left keeps its doors', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.connect(BEN, 'olivia@example.com');
    await world.type(OLIVIA, '/locks connect');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    const id = String(world.rows('connect').at(-1)?.connect_webview_id);
    await world.type(OLIVIA, '/locks disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your lock accounts'));
    await world.seam.faults([{ at: '/client_sessions/list', do: 'delay', ms: 3_000, times: 1 }]);
    await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
    await world.seam.login({
      connectWebviewId: id,
      provider: 'august',
      email: 'gwen@example.com',
      password: '1234',
    });
    await eventually(
      'both are done',
      async () => {
        const texts = (await world.messages(OLIVIA)).map(({ text }) => text);
        return ['Connected: August, gwen', 'Disconnected: August, olivia'].every((start) =>
          texts.some((text) => text.startsWith(start)),
        );
      },
      12_000,
    );
    const list = await openList(OLIVIA);
    expect(list.lines.filter((_, index) => index % 2 === 1)).toEqual(['Guest House']);
  });

  it('the end of a link is told once, also when that cannot be written down', async () => {
    await world.type(OLIVIA, '/locks connect');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    inDatabase(`create trigger no_room before update of told_at on connect
      when new.told_at is not null begin select raise(abort, 'no'); end`);
    await world.seam.login({
      connectWebviewId: String(world.rows('connect')[0]?.connect_webview_id),
      provider: 'august',
      email: 'gwen@example.com',
      password: '1234',
    });
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected'));
    for (let round = 0; round < 5; round += 1) {
      world.time.advance(61_000);
      await pause(150);
    }
    const connected = (await world.messages(OLIVIA)).filter(({ text }) => text.startsWith('Connected'));
    expect(connected).toHaveLength(1);
  });
});
