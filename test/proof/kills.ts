import { pause } from '../support/trouble.ts';
import { eventually } from '../support/world.ts';
import { atMost, exactly, type Figure, type Proof, told } from './proof.ts';
import type { Bot } from './support/bot.ts';
import { clicked, type Deed, deliver, signed } from './support/deeds.ts';
import { match, outcomesTold, type Row, readJournal, rowOf, untold } from './support/journal.ts';
import { quantile } from './support/load.ts';
import { type Owner, settleIn } from './support/people.ts';
import { type Site, startSite } from './support/site.ts';

/** People, each with a door: enough that nobody clicks twice within a few kills. */
const PEOPLE = 80;
/** Clicks in flight at each kill; all but one go to the process that dies. */
const CLICKS = 4;
/** How long after the first click the process dies at most, ms, and how long a door takes. */
const [KILL_WITHIN_MS, DOOR_MS] = [400, 150];
/** How far away Seam is, ms: so that every step of an unlock takes long enough to be struck. */
const SEAM_MS = 40;
/** How far apart the clicks of one kill are at most, ms. */
const SPREAD_MS = 150;
/** Every fifth time both processes die, so that no living one is there to take over. */
const BOTH_EVERY = 5;
/** What is promised: ms from the restart until every row is settled and told. */
const SETTLED_MS = 60_000;

/** A click, and what happened to the processes around it. */
interface Shot {
  readonly deed: Deed;
  readonly acknowledged: boolean;
  readonly toVictim: boolean;
  readonly killedAt: number;
  restartedAt: number;
}

/**
 * Two processes on one database; one of them is killed at any moment of a click, again and again.
 *
 * Seen to fail: with a recovery that sends again, POSTs beyond the first of a row; with one that settles nothing, 13
 * rows not settled and their people not told.
 */
export const proof: Proof = {
  name: 'kills',
  promise:
    'Whenever a process is killed, no unlock is lost or sent again, and everyone hears how theirs ended.',
  size: { ci: 12, full: 1_000, of: 'kills' },
  async run(size) {
    const site = await startSite();
    try {
      return await killOften(site, size);
    } finally {
      await site.close();
    }
  },
};

async function killOften(site: Site, size: number): Promise<Figure[]> {
  const pair = { victim: await site.startBot(), other: await site.startBot() };
  const owners = await settleIn(site, pair.victim, PEOPLE, DOOR_MS);
  await site.seam.faults([{ at: '*', do: 'delay', ms: SEAM_MS }]);
  const shots: Shot[] = [];
  for (let n = 0; n < size; n += 1) {
    const who = Array.from({ length: CLICKS }, (_, i) => owners[(n * CLICKS + i) % owners.length]);
    const fired = await killOnce(
      site,
      pair,
      who.filter((owner) => owner !== undefined),
      n % BOTH_EVERY === BOTH_EVERY - 1,
    );
    shots.push(...fired);
    // The one that lived is next.
    [pair.victim, pair.other] = [pair.other, pair.victim];
  }
  return figures(site, shots);
}

async function killOnce(
  site: Site,
  pair: { victim: Bot; other: Bot },
  owners: readonly Owner[],
  both: boolean,
): Promise<Shot[]> {
  const { victim, other } = pair;
  const clicks = owners.map(async ({ userId, unlock }, n) => {
    await pause(n === 0 ? 0 : Math.random() * SPREAD_MS);
    const deed = clicked(site.slack, userId, unlock);
    const toVictim = both || n < CLICKS - 1;
    const { status } = await deliver((n < CLICKS - 1 ? victim : other).port, signed(site.slack, deed));
    return { deed, toVictim, acknowledged: status === 200 };
  });
  await pause(Math.random() * KILL_WITHIN_MS);
  const killedAt = Date.now();
  await Promise.all((both ? [victim, other] : [victim]).map((bot) => bot.kill('SIGKILL')));
  const shots = (await Promise.all(clicks)).map((click) => ({ ...click, killedAt, restartedAt: 0 }));
  [pair.victim, pair.other] = await Promise.all([site.startBot(), both ? site.startBot() : other]);
  const restartedAt = Date.now();
  for (const shot of shots) shot.restartedAt = restartedAt;
  return shots;
}

async function figures(site: Site, shots: readonly Shot[]): Promise<Figure[]> {
  const { slack, posts, file } = site;
  const recorded = () => {
    const rows = readJournal(file);
    return shots.filter(({ deed }) => rowOf(rows, deed) !== undefined).map(({ deed }) => deed);
  };
  const settled = () =>
    readJournal(file).every(({ outcome }) => outcome !== null) && untold(slack, recorded()).length === 0;
  // What is not settled by then is counted below.
  await eventually('all settled and told', settled, SETTLED_MS).catch(() => false);
  const rows = readJournal(file);
  const { withoutRow, repeated, denied, sent } = match(rows, await posts.all());
  const late = shots.flatMap(({ deed, restartedAt }) => {
    const [first] = outcomesTold(slack, deed);
    const ended = rowOf(rows, deed)?.ended_at ?? null;
    return [first?.at, ended]
      .filter((at) => typeof at === 'number')
      .map((at) => Math.max(0, at - restartedAt));
  });
  const twice = shots.filter(({ deed }) => outcomesTold(slack, deed).length > 1);
  return [
    told('clicks', shots.length),
    ...distribution(shots, rows, sent),
    exactly('POSTs that no row answers for', withoutRow, 0),
    exactly('POSTs beyond the first of a row', repeated, 0),
    exactly('rows that deny a POST that was sent', denied, 0),
    exactly('rows not settled', rows.filter(({ outcome }) => outcome === null).length, 0),
    exactly('people of a row who were not told', untold(slack, recorded()).length, 0),
    atMost('longest from the restart until settled and told, ms', Math.max(0, ...late), SETTLED_MS),
    told('the same, 90 of 100 within, ms', Math.round(quantile(late, 0.9))),
    told('people told twice', twice.length),
  ];
}

/** Where the kills struck, of the clicks that the killed processes acknowledged. */
function distribution(shots: readonly Shot[], rows: readonly Row[], sent: ReadonlySet<Row>): Figure[] {
  const struck = shots
    .filter(({ acknowledged, toVictim }) => acknowledged && toVictim)
    .map(({ deed, killedAt }) => {
      const row = rowOf(rows, deed);
      if (row === undefined) return 'before the row';
      if (row.ended_at !== null && row.ended_at <= killedAt) return 'after the outcome';
      return sent.has(row) ? 'before the outcome' : 'before the POST';
    });
  const moments = ['before the row', 'before the POST', 'before the outcome', 'after the outcome'] as const;
  return [
    told('not acknowledged', shots.filter(({ acknowledged }) => !acknowledged).length),
    ...moments.map((moment) => told(`killed ${moment}`, struck.filter((one) => one === moment).length)),
  ];
}
