/** Several Latchbolts on one database: each thing is done once, and what a dead one left is taken over, once. */
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { type Bot, startBot } from '../../src/bot.ts';
import { createLog } from '../../src/log.ts';
import { type Place, thisProcess } from '../../src/runs.ts';
import { type BotProcess, startBotProcess } from '../support/process.ts';
import { signed } from '../support/signed.ts';
import { inTrouble, pause, rowOf } from '../support/trouble.ts';
import { BEN, eventually, GENERAL, HOME, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
let bot: BotProcess | null = null;
const others: Bot[] = [];
const { unlockPosts, outcomes, openList, fateOf } = inTrouble(() => world);

afterEach(async () => {
  if (bot?.child.exitCode === null && bot.child.signalCode === null) await bot.kill('SIGKILL');
  bot = null;
  for (const other of others.splice(0)) await other.close();
  await world.close();
});

/** A world with Olivia's list on the screen. */
async function begin(options: Parameters<typeof startWorld>[0] = {}) {
  world = await startWorld({ webhooks: false, ...options });
  await world.connect(OLIVIA, 'olivia@example.com');
  return openList(OLIVIA);
}

/** Another Latchbolt with the same settings, as if it ran at this place; what it logs. */
async function another(place: Place): Promise<{ bot: Bot; logged: string[] }> {
  const logged: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const log = createLog({ level: 'info', destination });
  const started = await startBot(world.house.config, { time: world.time, newId: randomUUID, log, place });
  others.push(started);
  await started.ready;
  return { bot: started, logged };
}

/** A place from which the first Latchbolt looks dead, though it is not: as if it had been asleep for long. */
const WHERE_ALL_OTHERS_ARE_DEAD: Place = {
  host: 'sandbox',
  pid: process.pid + 1,
  began: 0,
  lives: () => false,
};

const has = (logged: readonly string[], msg: string) =>
  logged.some((line) => line.includes(`"msg":"${msg}"`));
const TAKEN = 'taking over from runs that have ended';
const TWICE = 'something came twice and was not done again';

/** What was sent to people since call `n` whose text has these words in it. */
const toldSince = async (n: number, words: string) =>
  (await world.slack.calls(n)).filter(
    ({ method, body }) =>
      (method === 'response_url' || method === 'chat.postMessage') && String(body.text).includes(words),
  );
const lastCall = async () => (await world.slack.calls()).at(-1)?.n ?? 0;

describe('the same thing, delivered to two that live', () => {
  const toBoth = (ports: readonly number[], form: Record<string, unknown>) =>
    Promise.all(ports.map(signed(world, form)));

  it('is one unlock, one row and one answer; a command is one link', async () => {
    const list = await begin({ mode: 'http' });
    const second = await another(thisProcess);
    const ports = [world.house.bot.port, second.bot.port];
    const { action_id, value } = world.button(list, 'Unlock', 'Front Door');
    const { delivered } = await world.type(OLIVIA, '/locks help');
    const { response_url } = delivered.body;
    const payload = {
      type: 'block_actions',
      user: { id: OLIVIA, team_id: HOME },
      trigger_id: 'one.click',
      response_url,
      channel: { id: GENERAL },
      container: { type: 'message', message_ts: `${Math.floor(world.time.now() / 1000)}.000100` },
      actions: [{ action_id, value }],
    };
    const before = await lastCall();
    expect(await toBoth(ports, { payload: JSON.stringify(payload) })).toEqual([200, 200]);
    await eventually('it was told', () => world.rows('move')[0]?.told_at !== null && outcomes()[0]);
    await eventually('the other said no', () => has(world.logged, TWICE) !== has(second.logged, TWICE));
    // Once more to each, later.
    expect(await toBoth(ports, { payload: JSON.stringify({ ...payload, later: true }) })).toEqual([200, 200]);
    await eventually('both said no', () => has(world.logged, TWICE) && has(second.logged, TWICE));
    expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
    expect(await unlockPosts()).toHaveLength(1);
    expect(await toldSince(before, 'Unlocked.')).toHaveLength(1);

    const links = async () => (await world.seamCalls('/connect_webviews/create')).length;
    const had = await links();
    const command = { ...delivered.body, text: 'connect', trigger_id: 'one.command' };
    expect(await toBoth(ports, command)).toEqual([200, 200]);
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    expect(await links()).toBe(had + 1);
  });

  it('two clicks at once on one door, one to each, are one unlock, which both hear of', async () => {
    const list = await begin({ mode: 'http' });
    await fateOf('Front Door', { kind: 'works', ms: 1_000 });
    const second = await another(thisProcess);
    const unlock = world.button(list, 'Unlock', 'Front Door');
    const container = { type: 'message', message_ts: `${Math.floor(world.time.now() / 1000)}.000100` };
    await world.forge(OLIVIA, unlock, { container });
    world.house.slack.setDeliveryUrl(`http://127.0.0.1:${second.bot.port}/slack/events`);
    await world.forge(OLIVIA, unlock, { container });
    await eventually(
      'both were told',
      async () =>
        (await world.messages(OLIVIA)).filter(({ text }) => text.startsWith('Front Door: Unlocked.'))
          .length === 2,
    );
    expect(world.rows('move').map(({ state }) => state)).toEqual(['ended', 'joined']);
    expect(outcomes()).toEqual([{ kind: 'unlocked' }, { kind: 'unlocked' }]);
    expect(await unlockPosts()).toHaveLength(1);
  });
});

describe('one that starts', () => {
  it('leaves alone what a living one has under way, and goes without a trace', async () => {
    await begin();
    await fateOf('Cellar', { kind: 'works', ms: 60_000 });
    await world.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
    const before = world.rows('move');
    const [first] = world.rows('run');
    const second = await another(thisProcess);
    expect(world.rows('run')).toHaveLength(2);
    await second.bot.close();
    expect(has(second.logged, TAKEN)).toBe(false);
    expect(world.rows('move')).toEqual(before);
    expect(before).toMatchObject([{ run_id: first?.id, outcome: null }]);
    // What has left is forgotten by those who stay.
    world.time.advance(2_000);
    await eventually('the one that left is forgotten', () => world.rows('run').length === 1);
    expect(world.rows('run')).toMatchObject([{ id: first?.id }]);
    await world.seam.clock({ advanceMs: 60_000 });
    await world.sees(OLIVIA, (message) => rowOf(message, 'Cellar').includes('Unlocked.'));
    expect(await unlockPosts()).toHaveLength(1);
  });
});

describe('one that is killed', () => {
  /** The first Latchbolt is a process, and the only one that Slack reaches. */
  async function inProcess() {
    const list = await begin();
    await world.house.bot.close();
    bot = await startBotProcess(world.house.config);
    return { list, process: bot };
  }

  it.each<[string, () => Promise<void>, () => unknown, object, string, number]>([
    [
      'with an action attempt: it is settled from Seam',
      () => fateOf('Cellar', { kind: 'works', ms: 60_000 }),
      () => world.rows('move')[0]?.action_attempt_id,
      { kind: 'unlocked' },
      ':unlock: <moment> Unlocked. The lock has confirmed it.',
      1,
    ],
    [
      'after it asked Seam and before Seam answered: unknown',
      () => world.seam.faults([{ at: '/locks/unlock_door', do: 'hang', after: true }]),
      async () => (await unlockPosts()).length === 1,
      { kind: 'unknown', why: 'interrupted' },
      ':warning: <moment> Nobody can say whether it unlocked: Latchbolt was restarted in the middle. Check the door.',
      1,
    ],
    [
      'before it asked Seam: not unlocked, for certain',
      () => world.seam.faults([{ at: '/devices/list', do: 'hang' }]),
      () => world.rows('move').length === 1,
      { kind: 'failed', reason: 'not_sent', said: null, waitMs: null },
      ':warning: <moment> Not unlocked. Latchbolt was restarted before it could ask the lock. Try again.',
      0,
    ],
  ])('%s, by one that lives, and told once', async (_, arrange, reached, outcome, words, posts) => {
    const { list, process: first } = await inProcess();
    await arrange();
    await world.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('it came that far', async () => reached());
    const second = await another(thisProcess);
    const [before] = world.rows('move');
    expect(has(second.logged, TAKEN)).toBe(false);
    expect(before?.outcome).toBeNull();

    const call = await lastCall();
    await first.kill('SIGKILL');
    await world.seam.faults([]);
    await eventually('it was taken over', () => has(second.logged, TAKEN));
    await world.seam.clock({ advanceMs: 60_000 });
    const shown = await world.sees(OLIVIA, (message) => rowOf(message, 'Cellar') === words);
    expect(shown.id).toBe(list.id);
    await eventually('it counts as told', () => world.rows('move')[0]?.told_at !== null);
    expect(outcomes()).toEqual([outcome]);
    expect(world.rows('move')).toMatchObject([
      { requested_at: before?.requested_at, sent_at: before?.sent_at, run_id: null, state: 'ended' },
    ]);
    expect(await unlockPosts()).toHaveLength(posts);
    expect(await toldSince(call, words.slice(-20))).toHaveLength(1);
    expect(world.rows('run')).toHaveLength(1);

    // A new click is a new unlock.
    await fateOf('Cellar', { kind: 'works', ms: 0 });
    await world.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('a second unlock', async () => (await unlockPosts()).length === posts + 1);
  });

  it('while a link waits: the login is seen, and the person told', async () => {
    const { process: first } = await inProcess();
    await world.type(BEN, '/locks connect');
    const link = await world.sees(BEN, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    const { connect_webview_id, run_id } = world.rows('connect').at(-1) ?? {};
    const second = await another(thisProcess);
    expect(world.rows('connect').at(-1)?.run_id).toBe(run_id);
    await first.kill('SIGKILL');
    await eventually('it was taken over', () => has(second.logged, TAKEN));
    await world.seam.login({
      connectWebviewId: String(connect_webview_id),
      provider: 'august',
      email: 'ben@example.com',
      password: '1234',
    });
    const shown = await world.sees(BEN, ({ text }) => text.startsWith('Connected'), 10_000);
    expect(shown.channelId).toBe(link.channelId);
    await eventually('it counts as told', () => world.rows('connect').at(-1)?.told_at !== null);
    expect(world.rows('connect').at(-1)).toMatchObject({ status: 'connected', run_id: null });
    expect((await world.messages(BEN)).filter(({ text }) => text.startsWith('Connected'))).toHaveLength(1);
  });
});

describe('one that slept past its time, and wakes', () => {
  const NOT_SENT = 'Not unlocked. Latchbolt was restarted before it could ask the lock. Try again.';

  it('does not send what another has taken over', async () => {
    await begin();
    await world.seam.faults([{ at: '/devices/list', do: 'delay', ms: 3_000, times: 1 }]);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('it asks whose it is', () => world.rows('move').length === 1);
    const call = await lastCall();
    const second = await another(WHERE_ALL_OTHERS_ARE_DEAD);
    expect(has(second.logged, TAKEN)).toBe(true);
    await world.sees(OLIVIA, (message) => rowOf(message, 'Front Door').includes(NOT_SENT));
    await eventually('the first finds out', () => has(world.logged, 'unlock is looked after by another run'));
    expect(outcomes()).toEqual([{ kind: 'failed', reason: 'not_sent', said: null, waitMs: null }]);
    expect(world.rows('move')).toMatchObject([{ sent_at: null, state: 'ended', run_id: null }]);
    expect(await unlockPosts()).toEqual([]);
    expect(await toldSince(call, NOT_SENT)).toHaveLength(1);
  });

  it('says nothing else of what another has ended', async () => {
    const list = await begin();
    await world.seam.faults([{ at: '/devices/list', do: 'hang', times: 1 }]);
    // Away from the list, so that the answer is the outcome and not a drawing of the journal.
    const container = { type: 'message', message_ts: `${Math.floor(world.time.now() / 1000)}.000100` };
    await world.forge(OLIVIA, world.button(list, 'Unlock', 'Front Door'), { container });
    await eventually('it asks whose it is', () => world.rows('move').length === 1);
    const call = await lastCall();
    await another(WHERE_ALL_OTHERS_ARE_DEAD);
    await world.sees(OLIVIA, ({ text }) => text === NOT_SENT);
    // The question of the first runs into its time limit.
    await eventually('it gave up', () => has(world.logged, 'ownership could not be asked'), 8_000);
    await pause(500);
    expect(outcomes()).toEqual([{ kind: 'failed', reason: 'not_sent', said: null, waitMs: null }]);
    expect((await toldSince(call, 'Not unlocked.')).map(({ body }) => body.text)).toEqual([NOT_SENT]);
  });

  it('does not tell again what another has told', async () => {
    const list = await begin();
    await fateOf('Front Door', { kind: 'works', ms: 60_000 });
    const container = { type: 'message', message_ts: `${Math.floor(world.time.now() / 1000)}.000100` };
    await world.forge(OLIVIA, world.button(list, 'Unlock', 'Front Door'), { container });
    await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
    const call = await lastCall();
    await another(WHERE_ALL_OTHERS_ARE_DEAD);
    await world.seam.clock({ advanceMs: 60_000 });
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Front Door: Unlocked.'));
    await pause(1_000);
    expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
    expect(await unlockPosts()).toHaveLength(1);
    expect(await toldSince(call, 'Front Door: Unlocked.')).toHaveLength(1);
  });
});
