/** A door that is to lock again by itself, and is called off while that is on its way. */
import { afterEach, describe, expect, it } from 'vitest';
import { behindLiar, type LyingSeam } from '../support/lying-seam.ts';
import { inTrouble, pause, rowOf } from '../support/trouble.ts';
import { still } from '../support/words.ts';
import { eventually, OLIVIA, type Shown, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const UNLOCKED = ':unlock: <moment> Unlocked. The lock has confirmed it.';
const JAMMED = { kind: 'fails', type: 'jammed', message: 'The bolt is jammed.' } as const;
const STUCK =
  'Front Door was to lock by itself. Not locked. The bolt is jammed. Pull or push the door a little, then try again.';

let world: World;
let liar: LyingSeam | null = null;
const { openList, fateOf, inDatabase } = inTrouble(() => world);
afterEach(async () => {
  await world.close();
  liar?.close();
  liar = null;
});

const lockPosts = () => world.seamCalls('/locks/lock_door');
const moves = () =>
  world.rows('move').map(({ verb, via, outcome }) => [verb, via, JSON.parse(String(outcome))]);
const unlock = ['unlock', 'message', { kind: 'unlocked' }];
/** What the bot wrote to Olivia directly, each its lines. */
const told = async () =>
  (await world.messages(OLIVIA)).filter(({ ephemeral }) => !ephemeral).map(({ lines }) => lines.map(still));
const row = (words: string) =>
  eventually(`a row that says ${words}`, async () =>
    (await world.messages(OLIVIA)).find((message) => rowOf(message, 'Front Door') === words),
  );

/** Olivia's front door locks five minutes after she unlocked it, which she has just done in her list. */
async function begin(): Promise<Shown> {
  await world.connect(OLIVIA, 'olivia@example.com');
  const { deviceId } = await world.door('Front Door');
  inDatabase(
    `insert into door_setting values ('T0ACME', '${OLIVIA}', '${deviceId}', null, ${5 * MINUTE_MS})`,
  );
  await openList(OLIVIA);
  await world.click(OLIVIA, 'Unlock', 'Front Door');
  await eventually('the door is followed', () => world.rows('follow').length === 1);
  return row(`${UNLOCKED} Locks again <moment>`);
}

/** Holds back the `n`-th answer of how the door is, from now on; `asked` is when Seam was asked for it. */
function holdBack(n: number) {
  let [goOn, isAsked] = [() => {}, () => {}];
  const gone = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  let count = 0;
  if (liar === null) throw new Error('nobody stands between the bot and Seam');
  liar.lie = {
    async answer({ path }, body) {
      if (path !== '/devices/list') return body;
      count += 1;
      if (count !== n) return body;
      isAsked();
      await gone;
      return body;
    },
  };
  return { asked, letGo: () => goOn() };
}

describe('Keep unlocked', () => {
  it.each([
    ['how the door is', 1],
    ['whose the door is', 2],
  ])('counts though Seam is being asked %s at that moment', async (_, n) => {
    world = await startWorld({ webhooks: true });
    liar = await behindLiar(world);
    const list = await begin();
    const held = holdBack(n);
    world.time.advance(5 * MINUTE_MS);
    await held.asked;
    await world.click(OLIVIA, 'Keep unlocked');
    await eventually('it is kept', () => world.rows('follow')[0]?.locks_at === null);
    held.letGo();
    await eventually('the timer is done', () =>
      world.rows('timer').every(({ kind }) => kind !== 'follow:relock'),
    );
    const kept = await row(UNLOCKED);
    expect(kept.id).toBe(list.id);
    expect(kept.buttons).not.toContain('Keep unlocked');
    world.time.advance(10 * MINUTE_MS);
    await pause(1_500);
    expect(await lockPosts()).toEqual([]);
    expect(moves()).toEqual([unlock]);
    expect(await told()).toEqual([]);
  });

  it('counts though the lock is being tried at that moment, in vain', async () => {
    world = await startWorld({ webhooks: true });
    await begin();
    await fateOf('Front Door', { ...JAMMED, ms: 2_000 });
    world.time.advance(5 * MINUTE_MS);
    await eventually('it is tried', async () => (await lockPosts()).length === 1);
    await world.click(OLIVIA, 'Keep unlocked');
    await eventually('it is kept', () => world.rows('follow')[0]?.locks_at === null);
    await eventually('it failed', () => moves().at(-1)?.[2]?.kind === 'failed');
    await row(
      ':warning: <moment> Not locked. The bolt is jammed. Pull or push the door a little, then try again. By itself, as you set it',
    );
    world.time.advance(10 * MINUTE_MS);
    await pause(1_500);
    expect(await lockPosts()).toHaveLength(1);
    expect(world.rows('follow')).toMatchObject([{ locks_at: null, lock_tries: 0 }]);
    expect(await told()).toEqual([]);
  });

  it('on a card says that it is too late while the lock is being tried, and ends the second try', async () => {
    world = await startWorld({ webhooks: true });
    await begin();
    const { deviceId } = await world.door('Front Door');
    await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} nowhere ${deviceId}` });
    const card = await eventually('a card', async () =>
      (await world.messages(OLIVIA)).find(
        ({ ephemeral, buttons }) => !ephemeral && buttons.includes('Keep unlocked'),
      ),
    );
    await fateOf('Front Door', { ...JAMMED, ms: 2_000 });
    world.time.advance(5 * MINUTE_MS);
    await eventually('it is tried', async () => (await lockPosts()).length === 1);
    await world.forge(OLIVIA, world.button(card, 'Keep unlocked'));
    await world.sees(
      OLIVIA,
      ({ text }) =>
        text ===
        'Front Door: the lock has been asked to lock already, and that cannot be called back. It is not tried a second time.',
    );
    await eventually('it failed', () => moves().at(-1)?.[2]?.kind === 'failed');
    world.time.advance(10 * MINUTE_MS);
    await pause(1_500);
    expect(await lockPosts()).toHaveLength(1);
  });
});

it('a newer unlock begins the time anew, also while Seam is asked about the door', async () => {
  world = await startWorld({ webhooks: true });
  liar = await behindLiar(world);
  await begin();
  const held = holdBack(1);
  world.time.advance(5 * MINUTE_MS);
  await held.asked;
  const { deviceId } = await world.door('Front Door');
  await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} nowhere ${deviceId}` });
  await eventually('the second unlock is followed', () => world.rows('follow')[0]?.place === 'card');
  held.letGo();
  world.time.advance(4 * MINUTE_MS);
  await pause(1_500);
  expect(await lockPosts()).toEqual([]);
  expect(moves()).toEqual([unlock, unlock]);
  world.time.advance(MINUTE_MS);
  await eventually('it locks', () => moves().at(-1)?.[2]?.kind === 'locked');
  expect(await lockPosts()).toHaveLength(1);
});

describe('the first timer, rung once more after the second try was set,', () => {
  /** The lock has failed once; its timer is there again, as it is when a run died before it could say that it was done. */
  async function rungAgain() {
    world = await startWorld({ webhooks: true });
    await begin();
    await fateOf('Front Door', JAMMED);
    world.time.advance(5 * MINUTE_MS);
    await eventually('the second try is set', () => world.rows('follow')[0]?.lock_tries === 1);
  }
  const ring = async () => {
    const id = String(world.rows('follow')[0]?.move_id);
    const isGone = () => world.rows('timer').every((timer) => timer.id !== `${id}:relock`);
    await eventually('the first is done', isGone);
    inDatabase(
      `insert into timer (id, kind, subject, due_at) values ('${id}:relock', 'follow:relock', '${id}', ${world.time.now()})`,
    );
    await eventually('it rang', isGone);
  };
  const first = [STUCK, 'Unlocked by you <moment> · Latchbolt tries once more <moment>'];

  it('leaves that alone: the lock is tried twice', async () => {
    await rungAgain();
    await ring();
    expect(await told()).toEqual([first]);
    await fateOf('Front Door', { kind: 'works' });
    world.time.advance(3 * MINUTE_MS);
    await eventually('it locks', () => moves().at(-1)?.[2]?.kind === 'locked');
    expect(await lockPosts()).toHaveLength(2);
  });

  it('tells of it, where Slack had not taken that', async () => {
    world = await startWorld({ webhooks: true });
    await begin();
    await fateOf('Front Door', JAMMED);
    await world.slack.faults([{ at: 'chat.postMessage', do: 'error', error: 'fatal_error', times: 1 }]);
    world.time.advance(5 * MINUTE_MS);
    await eventually('the second try is set', () => world.rows('follow')[0]?.lock_tries === 1);
    await pause(500);
    expect(await told()).toEqual([]);
    world.time.advance(MINUTE_MS);
    await eventually('it is told', async () => (await told()).length === 1);
    expect(await told()).toEqual([first]);
    expect(await lockPosts()).toHaveLength(1);
  });
});
