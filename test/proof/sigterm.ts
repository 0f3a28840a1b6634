import { pause } from '../support/trouble.ts';
import { eventually } from '../support/world.ts';
import { atMost, exactly, type Figure, type Proof, told } from './proof.ts';
import { clicked, type Deed, deliver, signed } from './support/deeds.ts';
import { match, readJournal, rowOf, untold } from './support/journal.ts';
import { type Owner, settleIn } from './support/people.ts';
import { type Site, startSite } from './support/site.ts';

/** 50 clicks a second, ms between them. */
const EVERY_MS = 20;
/** How long there is load before the stop, and how long it goes on, ms. */
const [BEFORE_MS, ON_MS] = [1_500, 500];
/** People of one stop: each clicks once. */
const PEOPLE = (BEFORE_MS + ON_MS) / EVERY_MS;
/** A door that takes a while is under way when the stop comes, ms. */
const DOOR_MS = 1_200;
/** What is promised, ms. */
const [ENDED_MS, TOLD_MS] = [15_000, 60_000];

/** How one stop went. */
interface Stop {
  readonly code: number | string;
  readonly ms: number;
  readonly taken: readonly Deed[];
}

/**
 * A stop under load, as every deployment does it.
 *
 * Seen to fail with a SIGTERM that exits at once: 3 acknowledged clicks without a row, and nobody told.
 */
export const proof: Proof = {
  name: 'sigterm',
  promise:
    'A stop loses nothing that was acknowledged: it is written down, and its person hears how it ended.',
  size: { ci: 1, full: 20, of: 'stops' },
  async run(size) {
    const site = await startSite();
    try {
      const host = await site.startBot();
      const owners = await settleIn(site, host, PEOPLE, DOOR_MS);
      await host.kill('SIGTERM');
      const stops: Stop[] = [];
      for (let n = 0; n < size; n += 1) stops.push(await stopUnderLoad(site, owners));
      return await figures(site, stops);
    } finally {
      await site.close();
    }
  },
};

async function stopUnderLoad(site: Site, owners: readonly Owner[]): Promise<Stop> {
  const bot = await site.startBot();
  const began = performance.now();
  const load = owners.map(async ({ userId, unlock }, n) => {
    await pause(Math.max(0, n * EVERY_MS - (performance.now() - began)));
    const deed = clicked(site.slack, userId, unlock);
    const { status } = await deliver(bot.port, signed(site.slack, deed));
    return status === 200 ? [deed] : [];
  });
  await pause(BEFORE_MS);
  const stopped = performance.now();
  const code = await bot.kill('SIGTERM');
  const ms = performance.now() - stopped;
  return { code, ms, taken: (await Promise.all(load)).flat() };
}

async function figures(site: Site, stops: readonly Stop[]): Promise<Figure[]> {
  const next = await site.startBot();
  const deeds = stops.flatMap(({ taken }) => taken);
  const began = performance.now();
  // Who is not told by then is counted below.
  await eventually('all are told', () => untold(site.slack, deeds).length === 0, TOLD_MS).catch(() => false);
  const toldMs = performance.now() - began;
  const rows = readJournal(site.file);
  const { withoutRow, repeated } = match(rows, await site.posts.all());
  return [
    told('clicks acknowledged', deeds.length),
    exactly('stops that did not end with 0', stops.filter(({ code }) => code !== 0).length, 0),
    atMost('longest stop, ms', Math.round(Math.max(...stops.map(({ ms }) => ms))), ENDED_MS),
    exactly(
      'acknowledged clicks without a row',
      deeds.filter((deed) => rowOf(rows, deed) === undefined).length,
      0,
    ),
    exactly('people not told', untold(site.slack, deeds).length, 0),
    told('after the next start the last was told within, ms', Math.round(toldMs)),
    exactly('POSTs without a row of their own', withoutRow + repeated, 0),
    exactly('processes that died', next.alive() ? 0 : 1, 0),
  ];
}
