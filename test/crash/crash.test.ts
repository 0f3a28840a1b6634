import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotProcess, startBotProcess } from '../support/process.ts';
import { still } from '../support/words.ts';
import { eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
let bot: BotProcess | null = null;

/** A world whose bot is a process, with Olivia's list on the screen. */
beforeEach(async () => {
  world = await startWorld({ webhooks: false });
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.click(OLIVIA, 'Show my doors');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
  await world.house.bot.close();
  bot = await startBotProcess(world.house.config);
});
afterEach(async () => {
  if (bot?.child.exitCode === null) await bot.kill('SIGKILL');
  await world.close();
});

const unlockPosts = () => world.seamCalls('/locks/unlock_door');
const outcomes = () =>
  world
    .rows('move')
    .map(({ outcome }) => (outcome === null ? null : (JSON.parse(String(outcome)) as unknown)));
const cellar = async () =>
  still((await world.newest(OLIVIA)).lines.find((_, index, lines) => lines[index - 1] === 'Cellar') ?? '');

describe('kill -9', () => {
  it('with an action attempt: it is settled from Seam, and the message says so', async () => {
    await world.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
    await bot?.kill('SIGKILL');
    expect(outcomes()).toEqual([null]);
    bot = await startBotProcess(world.house.config);
    await eventually('the message', async () => (await cellar()).includes('Unlocked.'), 10_000);
    expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
    await eventually('told', () => world.rows('move')[0]?.told_at !== null);
    expect(await unlockPosts()).toHaveLength(1);
  });

  it('before Seam answered: unknown, never guessed, never sent again, and told', async () => {
    await world.seam.faults([{ at: '/locks/unlock_door', do: 'hang', after: true }]);
    await world.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('Seam was asked', async () => (await unlockPosts()).length === 1);
    await bot?.kill('SIGKILL');
    await world.seam.faults([]);
    bot = await startBotProcess(world.house.config);
    await eventually('the message', async () => (await cellar()).includes('restarted'), 10_000);
    expect(await cellar()).toBe(
      ':warning: <moment> Nobody can say whether it unlocked: Latchbolt was restarted in the middle. Check the door.',
    );
    expect(outcomes()).toEqual([{ kind: 'unknown', why: 'interrupted' }]);
    expect(await unlockPosts()).toHaveLength(1);
    expect((await world.messages(OLIVIA)).length).toBe(1);
  });

  it('while ownership was asked: not unlocked, for certain, and Seam is never asked to', async () => {
    await world.seam.faults([{ at: '/devices/list', do: 'hang' }]);
    await world.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('the row is there', () => world.rows('move').length === 1);
    await bot?.kill('SIGKILL');
    await world.seam.faults([]);
    bot = await startBotProcess(world.house.config);
    await eventually('it ended', () => outcomes()[0]);
    expect(outcomes()).toEqual([{ kind: 'failed', reason: 'not_sent', said: null, waitMs: null }]);
    expect(await unlockPosts()).toEqual([]);
  });

  it('then the same click delivered again does nothing; a new click is a new unlock', async () => {
    await world.seam.faults([{ at: '/locks/unlock_door', do: 'hang', after: true }]);
    const { delivered } = await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('Seam was asked', async () => (await unlockPosts()).length === 1);
    await bot?.kill('SIGKILL');
    await world.seam.faults([]);
    bot = await startBotProcess(world.house.config);
    await world.slack.deliver(delivered);
    await eventually('it ended', () => outcomes()[0]);
    await world.slack.deliver(delivered);
    expect(await unlockPosts()).toHaveLength(1);
    expect(world.rows('move')).toHaveLength(1);
    await eventually('the list is back', async () =>
      (await world.newest(OLIVIA)).text.includes('Front Door: Nobody can say'),
    );
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(OLIVIA, ({ text }) => text.includes('Front Door: Unlocked.'));
    expect(await unlockPosts()).toHaveLength(2);
  });

  it('and the message is gone when it comes back: a direct message tells', async () => {
    await world.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
    await bot?.kill('SIGKILL');
    // Slack's clock alone: the message can no longer be changed, and the bot finds out when it tries.
    await world.slack.clock({ advanceMs: 31 * 60_000 });
    bot = await startBotProcess(world.house.config);
    const told = await world.sees(OLIVIA, ({ channelId }) => channelId.startsWith('D'), 10_000);
    expect(told).toMatchObject({ ephemeral: false, text: 'Cellar: Unlocked. The lock has confirmed it.' });
    expect(await unlockPosts()).toHaveLength(1);
  });
});

describe('SIGTERM', () => {
  it('lets an unlock finish, takes nothing new, and exits with 0', async () => {
    const { deviceId } = await world.door('Cellar');
    await world.seam.door({ deviceId, fate: { kind: 'works', ms: 1_500 } });
    await world.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('it is under way', async () => (await cellar()).includes('Unlocking'));
    const ended = bot?.kill('SIGTERM');
    await eventually('the message', async () => (await cellar()).includes('Unlocked.'));
    expect(await ended).toBe(0);
    expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
    expect(bot?.output.join('')).toContain('Latchbolt has stopped');
    const late = await world.type(OLIVIA, '/locks');
    expect(late.ok).toBe(false);
  });

  it('with nothing under way ends at once, with 0', async () => {
    const began = Date.now();
    expect(await bot?.kill('SIGTERM')).toBe(0);
    expect(Date.now() - began).toBeLessThan(2_000);
  });

  it('leaves an unlock that takes longer than 10 s to the next run', async () => {
    await world.click(OLIVIA, 'Unlock', 'Loft');
    await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
    expect(await bot?.kill('SIGTERM')).toBe(0);
    expect(outcomes()).toEqual([null]);
    const { deviceId } = await world.door('Loft');
    await world.seam.door({ deviceId, fate: { kind: 'works' } });
    bot = await startBotProcess(world.house.config);
    await eventually('it ended', () => outcomes()[0], 18_000);
    expect(await unlockPosts()).toHaveLength(1);
  }, 40_000);
});
