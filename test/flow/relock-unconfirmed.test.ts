/** After an unlock that the lock has not confirmed, what Seam last knew of the door calls nothing off. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { behindLiar, type LyingSeam } from '../support/lying-seam.ts';
import { inTrouble, pause, rowOf } from '../support/trouble.ts';
import { still } from '../support/words.ts';
import { eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const SENT = ':unlock: <moment> Sent, but the lock has not confirmed it. Try the door. Locks again <moment>';
const UNKNOWN =
  ':warning: <moment> Nobody can say yet whether it unlocked: the lock has not answered. Check the door. Locks again <moment>';
const UNLOCKED = ':unlock: <moment> Unlocked. The lock has confirmed it. Locks again <moment>';

let world: World;
let liar: LyingSeam;
const { openList, fateOf, inDatabase } = inTrouble(() => world);
beforeEach(async () => {
  world = await startWorld({ webhooks: false });
  liar = await behindLiar(world);
  await world.connect(OLIVIA, 'olivia@example.com');
});
afterEach(async () => {
  await world.close();
  liar.close();
});

const lockPosts = () => world.seamCalls('/locks/lock_door');
const outcomes = () => world.rows('move').map(({ outcome }) => JSON.parse(String(outcome)));
const told = async () =>
  (await world.messages(OLIVIA)).filter(({ ephemeral }) => !ephemeral).map(({ lines }) => lines.map(still));
const row = (words: string) =>
  eventually(`a row that says ${words}`, async () =>
    (await world.messages(OLIVIA)).find((message) => rowOf(message, 'Front Door') === words),
  );

/** Olivia unlocks her front door in her list. She is reminded after these minutes, and it locks after those. */
async function unlock({ nudge, lock }: { nudge: number | null; lock: number | null }) {
  const { deviceId } = await world.door('Front Door');
  const ms = (minutes: number | null) => (minutes === null ? null : minutes * MINUTE_MS);
  inDatabase(
    `insert into door_setting values ('T0ACME', '${OLIVIA}', '${deviceId}', ${ms(nudge)}, ${ms(lock)})`,
  );
  await openList(OLIVIA);
  await world.click(OLIVIA, 'Unlock', 'Front Door');
}

/** Seam goes on saying of each door that it is locked; answers how often it was asked. */
function saysLocked() {
  let asked = 0;
  liar.lie = {
    answer({ path }, body) {
      if (path !== '/devices/list') return body;
      asked += 1;
      return JSON.parse(JSON.stringify(body).replaceAll('"locked":false', '"locked":true'));
    },
  };
  return () => asked;
}

describe('a door that was asked to unlock, which the lock has not confirmed,', () => {
  beforeEach(() => fateOf('Front Door', { kind: 'unconfirmed' }));

  /** Asked how the door is, Seam says what it knew before. */
  async function looksLocked() {
    await eventually('the door is followed', () => world.rows('follow').length === 1);
    const asked = saysLocked();
    world.time.advance(16_000);
    await eventually('Seam is asked', () => asked() > 0);
    await eventually('the next look is set', () =>
      world.rows('timer').some(({ id }) => String(id).endsWith(':look:1')),
    );
  }

  it('locks by itself though Seam goes on saying that it is locked', async () => {
    await unlock({ nudge: null, lock: 5 });
    await row(SENT);
    await looksLocked();
    await row(SENT);
    await fateOf('Front Door', { kind: 'works' });
    world.time.advance(5 * MINUTE_MS);
    await eventually('it locks', () => outcomes().at(-1)?.kind === 'locked');
    expect(await lockPosts()).toHaveLength(1);
    expect((await world.door('Front Door')).locked).toBe(true);
    expect(await told()).toEqual([]);
  });

  it('is told of, for nobody knows', async () => {
    await unlock({ nudge: 5, lock: null });
    await looksLocked();
    world.time.advance(5 * MINUTE_MS);
    await eventually('a reminder', async () => (await told()).length > 0);
    expect(await told()).toEqual([
      ['Nobody can say whether Front Door is still unlocked. Check the door.', 'Unlocked by you <moment>.'],
    ]);
    world.time.advance(10 * MINUTE_MS);
    await pause(1_500);
    expect(await told()).toHaveLength(1);
  });
});

it('a door whose lock answers late locks by itself, though it was locked when Seam was asked before that', async () => {
  await fateOf('Front Door', { kind: 'works', ms: 8_000 });
  await unlock({ nudge: null, lock: 5 });
  await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
  await pause(300);
  world.time.advance(16_000);
  await row(UNKNOWN);
  world.time.advance(16_000);
  await eventually('Seam is asked', () =>
    world.rows('timer').some(({ id }) => String(id).endsWith(':look:1')),
  );
  expect((await world.door('Front Door')).locked).toBe(true);
  await eventually('it is open', async () => (await world.door('Front Door')).locked === false);
  world.time.advance(5_000);
  await row(UNLOCKED);
  await fateOf('Front Door', { kind: 'works' });
  world.time.advance(5 * MINUTE_MS);
  await eventually('it locks', () => outcomes().at(-1)?.kind === 'locked');
  expect(outcomes()).toEqual([{ kind: 'unlocked' }, { kind: 'locked' }]);
  expect((await world.door('Front Door')).locked).toBe(true);
});
