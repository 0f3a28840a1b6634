import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault as SeamFault } from '../../src/sandbox/seam/drive.ts';
import type { Fault as SlackFault } from '../../src/sandbox/slack/drive.ts';
import { still } from '../support/words.ts';
import { eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld({ webhooks: false });
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.click(OLIVIA, 'Show my doors');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
});
afterEach(() => world.close());

const unlockPosts = () => world.seamCalls('/locks/unlock_door');
const outcome = () => {
  const text = world.rows('move')[0]?.outcome;
  return typeof text === 'string' ? (JSON.parse(text) as unknown) : null;
};
const frontDoor = async () => {
  const { lines } = await world.newest(OLIVIA);
  return still(lines[lines.indexOf('Front Door') + 1] ?? '');
};
const html = { body: '<html><h1>Bad Gateway</h1></html>', contentType: 'text/html' };

describe('Seam fails when ownership is asked: nothing is sent', () => {
  it.each<[string, SeamFault, string, string]>([
    [
      '500 with HTML',
      { at: '/devices/list', do: 'status', status: 500, ...html },
      'seam_fault',
      'Seam, the service that speaks to the locks, has a fault right now. Try again in a minute.',
    ],
    [
      '401',
      { at: '/devices/list', do: 'status', status: 401 },
      'seam_key',
      'Seam, the service that speaks to the locks, does not let Latchbolt in. Tell the person who set up Latchbolt.',
    ],
    [
      '429',
      { at: '/devices/list', do: 'status', status: 429, retryAfter: 7 },
      'seam_busy',
      'Seam, the service that speaks to the locks, gets too many requests right now. Try again in 7 seconds.',
    ],
    [
      'a reset',
      { at: '/devices/list', do: 'reset' },
      'seam_unreachable',
      'Seam, the service that speaks to the locks, cannot be reached. Try again in a minute.',
    ],
    [
      'half an answer',
      { at: '/devices/list', do: 'truncate' },
      'seam_unreachable',
      'Seam, the service that speaks to the locks, cannot be reached. Try again in a minute.',
    ],
    [
      'no answer',
      { at: '/devices/list', do: 'hang' },
      'seam_slow',
      'Seam, the service that speaks to the locks, takes too long to answer. Try again in a minute.',
    ],
  ])('%s', async (_, fault, reason, words) => {
    await world.seam.faults([fault]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('the row', async () => (await frontDoor()).includes('Not unlocked'), 8_000);
    expect(await frontDoor()).toBe(`:warning: <moment> Not unlocked. ${words}`);
    expect(outcome()).toMatchObject({ kind: 'failed', reason });
    expect(await unlockPosts()).toEqual([]);
  });
});

describe('Seam fails at the unlock itself: one POST, and the truth about it', () => {
  const lost =
    ':warning: <moment> Nobody can say whether it unlocked: the answer got lost on its way back. Check the door.';
  const late =
    ':warning: <moment> Nobody can say yet whether it unlocked: the lock has not answered. Check the door.';
  it.each<[string, SeamFault, unknown, string]>([
    [
      '502 with HTML',
      { at: '/locks/unlock_door', do: 'status', status: 502, ...html },
      { kind: 'unknown', why: 'lost' },
      lost,
    ],
    [
      '500 after it was done',
      { at: '/locks/unlock_door', do: 'status', status: 500, body: '', after: true },
      { kind: 'unknown', why: 'lost' },
      lost,
    ],
    ['a reset', { at: '/locks/unlock_door', do: 'reset' }, { kind: 'unknown', why: 'lost' }, lost],
    [
      'a reset after it was done',
      { at: '/locks/unlock_door', do: 'reset', after: true },
      { kind: 'unknown', why: 'lost' },
      lost,
    ],
    ['half an answer', { at: '/locks/unlock_door', do: 'truncate' }, { kind: 'unknown', why: 'lost' }, lost],
    ['no answer', { at: '/locks/unlock_door', do: 'hang' }, { kind: 'unknown', why: 'timeout' }, late],
    [
      '429',
      { at: '/locks/unlock_door', do: 'status', status: 429, retryAfter: 30 },
      { kind: 'failed', reason: 'seam_busy', said: null, waitMs: 30_000 },
      ':warning: <moment> Not unlocked. Seam, the service that speaks to the locks, gets too many requests right now. Try again in 30 seconds.',
    ],
    [
      '401',
      { at: '/locks/unlock_door', do: 'status', status: 401 },
      { kind: 'failed', reason: 'seam_key', said: null, waitMs: null },
      ':warning: <moment> Not unlocked. Seam, the service that speaks to the locks, does not let Latchbolt in. Tell the person who set up Latchbolt.',
    ],
  ])('%s', async (_, fault, expected, row) => {
    await world.seam.faults([fault]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('an outcome', outcome, 8_000);
    expect(outcome()).toEqual(expected);
    await eventually('the row', async () => (await frontDoor()) === row);
    // Long enough for any retry that there might be.
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await unlockPosts()).toHaveLength(1);
    const log = world.logged.join('');
    expect(log).not.toContain(world.house.seam.apiKey);
  });

  it.each<[string, SeamFault]>([
    ['500', { at: '/action_attempts/get', do: 'status', status: 500, ...html, times: 3 }],
    ['resets', { at: '/action_attempts/get', do: 'reset', times: 3 }],
    ['429', { at: '/action_attempts/get', do: 'status', status: 429, retryAfter: 1, times: 1 }],
  ])('goes on looking at the attempt through %s', async (_, fault) => {
    await world.seam.faults([fault]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('the row', async () => (await frontDoor()).includes('Unlocked.'));
    expect(await unlockPosts()).toHaveLength(1);
  });

  it('never waits longer than 15 s, whatever Retry-After says', async () => {
    await world.seam.faults([{ at: '/action_attempts/get', do: 'status', status: 429, retryAfter: 3_600 }]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('a look', async () => (await world.seamCalls('/action_attempts/get')).length === 1);
    world.time.advance(15_000);
    await eventually('the row', async () => (await frontDoor()).includes('Nobody can say yet'));
    expect(await world.seamCalls('/action_attempts/get')).toHaveLength(1);
  });
});

describe('Slack fails', () => {
  it.each<[string, SlackFault]>([
    ['answers 500', { at: 'response_url', do: 'status', status: 500, times: 2 }],
    ['resets', { at: 'response_url', do: 'reset', times: 2 }],
    ['asks to wait', { at: 'response_url', do: 'status', status: 429, retryAfter: 1, times: 1 }],
  ])('and %s for a while: the same message says it in the end', async (_, fault) => {
    await world.slack.faults([fault]);
    const before = await world.newest(OLIVIA);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('the row', async () => (await frontDoor()).includes('Unlocked.'), 10_000);
    expect((await world.newest(OLIVIA)).id).toBe(before.id);
    expect(await unlockPosts()).toHaveLength(1);
  });

  it('and the response_url is gone: a direct message tells', async () => {
    await world.slack.faults([{ at: 'response_url', do: 'status', status: 404, body: 'expired_url' }]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(OLIVIA, ({ text }) => text === 'Front Door: Unlocked. The lock has confirmed it.');
    expect((await world.newest(OLIVIA)).channelId).toMatch(/^D/);
    await eventually('told', () => world.rows('move')[0]?.told_at !== null);
  });

  it('and nothing reaches the person: the row stays untold, and is told once Slack is back', async () => {
    await world.slack.faults([
      { at: 'response_url', do: 'status', status: 404 },
      { at: 'chat.postMessage', do: 'error', error: 'internal_error' },
    ]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('an outcome', outcome);
    const failures = () => world.logged.filter((line) => line.includes('a person could not be told')).length;
    await eventually('it was tried', () => failures() === 1, 10_000);
    expect(world.rows('move')[0]?.told_at).toBeNull();
    await world.slack.faults([]);
    world.time.advance(121_000);
    await eventually('told', () => world.rows('move')[0]?.told_at !== null);
    expect(await frontDoor()).toBe(':unlock: <moment> Unlocked. The lock has confirmed it.');
    expect(await unlockPosts()).toHaveLength(1);
  });

  it('and /locks is answered by direct message when its response_url fails', async () => {
    await world.slack.faults([{ at: 'response_url', do: 'status', status: 404 }]);
    await world.type(OLIVIA, '/locks');
    const list = await world.sees(OLIVIA, ({ channelId }) => channelId.startsWith('D'));
    expect(list.lines).toContain('Front Door');
  });
});

describe('the database', () => {
  /** Holds it as another process would. */
  function holdDatabase(): () => void {
    const other = new Sqlite(world.house.config.database.file);
    other.exec('begin exclusive');
    return () => {
      other.exec('rollback');
      other.close();
    };
  }

  it('is held for a moment: the unlock waits, then opens once', async () => {
    const letGo = holdDatabase();
    const { ms } = await world.click(OLIVIA, 'Unlock', 'Front Door');
    expect(ms).toBeLessThan(500);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await unlockPosts()).toEqual([]);
    letGo();
    await eventually('the row', async () => (await frontDoor()).includes('Unlocked.'));
    expect(await unlockPosts()).toHaveLength(1);
  });

  it('is held for long: nothing is opened, the person is told, and it recovers by itself', async () => {
    const letGo = holdDatabase();
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(
      OLIVIA,
      ({ text }) =>
        text ===
        'Not unlocked. Latchbolt could not write this unlock down, and opens no door without that. Try again in a minute.',
      15_000,
    );
    expect(await unlockPosts()).toEqual([]);
    letGo();
    await world.type(OLIVIA, '/locks');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('the row', async () => (await frontDoor()).includes('Unlocked.'));
    expect(await unlockPosts()).toHaveLength(1);
  });
});
