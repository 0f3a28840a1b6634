import { pause } from '../support/trouble.ts';
import { eventually } from '../support/world.ts';
import { atMost, exactly, type Figure, type Proof, told } from './proof.ts';
import { type Ack, clicked, type Deed, deliver, type SignedDeed, signed, typed } from './support/deeds.ts';
import { type Holding, lookInto } from './support/inspector.ts';
import { match, readJournal, untold } from './support/journal.ts';
import { quantile } from './support/load.ts';
import { type Owner, settleIn } from './support/people.ts';
import { type Site, startSite } from './support/site.ts';

/** 50 interactions a second, ms between them. */
const EVERY_MS = 20;
/** Enough that nobody comes near a limit: 11 lists and 4 unlocks a minute each. */
const PEOPLE = 200;
/** How far away Seam is, and how long a door takes, ms. */
const [SEAM_MS, DOOR_MS] = [50, 300];
/** The part of the size that is spent before memory is first looked at. */
const WARM_UP = 0.2;
/** Memory is promised from this size on, s: before that, what V8 keeps at first is most of it. */
const STEADY_S = 600;
/** How long the last unlocks may take, ms. */
const LAST_MS = 60_000;
/** After this long the local Seam has closed the connections to it that are idle, ms. */
const IDLE_MS = 7_000;
/**
 * And after this long the bot, too, has none that it needs: it looks at all the doors 15 s after their unlocks, many at
 * once, and then not before another 30 s, ms.
 */
const CALM_MS = 38_000;

/** Connections that the bot's own questions may hold at the moment of a look; one that leaks holds thousands. */
const FEW = 5;

/** What came of the load. */
interface Load {
  readonly acks: Ack[];
  /** Odd requests, and what each was answered with. */
  readonly odd: number[];
  readonly unlocks: Deed[];
}

/** A day's work in half an hour, at a pace that no workspace has. */
export const proof: Proof = {
  name: 'soak',
  promise: 'Under 50 interactions a second every one is acknowledged in time, and nothing piles up.',
  size: { ci: 20, full: 1_800, of: 'seconds' },
  async run(size) {
    const site = await startSite();
    try {
      const bot = await site.startBot(['--inspect=127.0.0.1:0']);
      const owners = await settleIn(site, bot, PEOPLE, DOOR_MS);
      await site.seam.faults([{ at: '*', do: 'delay', ms: SEAM_MS }]);
      const warmUp: Load = { acks: [], odd: [], unlocks: [] };
      await keepUp(site, bot.port, owners, size * WARM_UP, warmUp);
      const idleMs = size >= STEADY_S ? CALM_MS : IDLE_MS;
      const before = await lookInto(bot, idleMs);
      const load: Load = { acks: [], odd: [], unlocks: [] };
      await keepUp(site, bot.port, owners, size, load);
      return await figures(
        site,
        load,
        [...warmUp.unlocks, ...load.unlocks],
        [before, await lookInto(bot, idleMs)],
        size,
      );
    } finally {
      await site.close();
    }
  },
};

/** Sends at a fixed pace, whatever comes back, and then waits until everything is done. */
async function keepUp(site: Site, port: number, owners: readonly Owner[], seconds: number, load: Load) {
  const began = performance.now();
  const sent: Promise<unknown>[] = [];
  for (let n = 0; n < (seconds * 1_000) / EVERY_MS; n += 1) {
    const due = began + n * EVERY_MS;
    const owner = owners[n % owners.length];
    if (owner === undefined) throw new Error('there is nobody');
    if (due > performance.now()) await pause(due - performance.now());
    sent.push(act(site, port, owner, n, load, due));
  }
  await Promise.all(sent);
  await eventually('all are told', () => untold(site.slack, load.unlocks).length === 0, LAST_MS).catch(
    () => false,
  );
}

/** 14 of 20 list, 5 unlock, 1 is odd. People take turns at all three, since 200 and 20 share a divisor. */
async function act(
  site: Site,
  port: number,
  owner: Owner,
  n: number,
  load: Load,
  due: number,
): Promise<void> {
  const { slack } = site;
  const turn = (n + Math.floor(n / PEOPLE)) % 20;
  const send = async (request: SignedDeed): Promise<Ack> => {
    const { status } = await deliver(port, request);
    // From the moment when it was to be sent: if we are late ourselves, that counts too.
    return { status, ms: performance.now() - due };
  };
  if (turn < 14) load.acks.push(await send(signed(slack, typed(slack, owner.userId, ''))));
  else if (turn < 19) {
    const deed = clicked(slack, owner.userId, owner.unlock);
    load.unlocks.push(deed);
    load.acks.push(await send(signed(slack, deed)));
  } else await beOdd(slack, owner, Math.floor(n / 20) % 5, load, send);
}

/** Each oddity, and the answer that is due: Slack's own are acknowledged, forgeries are not. */
async function beOdd(
  slack: Site['slack'],
  { userId, unlock }: Owner,
  which: number,
  load: Load,
  send: (request: SignedDeed) => Promise<Ack>,
): Promise<void> {
  const expect = async (request: SignedDeed, status: number) => {
    const ack = await send(request);
    if (status === 200) load.acks.push(ack);
    if (ack.status !== status) load.odd.push(ack.status ?? 0);
  };
  const list = signed(slack, typed(slack, userId, ''));
  switch (which) {
    case 0:
      await Promise.all([expect(list, 200), expect(list, 200)]);
      return;
    case 1:
      await expect(signed(slack, typed(slack, userId, 'sesame & <!channel>')), 200);
      return;
    case 2:
      await expect(signed(slack, clicked(slack, userId, { ...unlock, action_id: 'no:such' })), 200);
      return;
    case 3:
      await expect(
        { ...list, headers: { ...list.headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` } },
        401,
      );
      return;
    default:
      await expect(signed(slack, { body: 'payload=%7Bnot+json' }), 400);
  }
}

async function figures(
  site: Site,
  { acks, odd }: Load,
  unlocks: readonly Deed[],
  [before, after]: readonly [Holding, Holding],
  size: number,
): Promise<Figure[]> {
  const rows = readJournal(site.file);
  const { withoutRow, repeated } = match(rows, await site.posts.all());
  const ms = acks.map((ack) => ack.ms);
  const round = (value: number) => Math.round(value * 10) / 10;
  const grown = (what: keyof Holding) => round((after[what] / before[what] - 1) * 100);
  const promised = size >= STEADY_S ? atMost : (what: string, value: number) => told(what, value);
  return [
    told('interactions', acks.length),
    exactly('not acknowledged with 200', acks.filter(({ status }) => status !== 200).length, 0),
    told('ack p50, ms', round(quantile(ms, 0.5))),
    promised('ack p99, ms', round(quantile(ms, 0.99)), 500),
    atMost('slowest ack, ms', round(quantile(ms, 1)), 2_500),
    exactly('odd requests that got another answer than is due', odd.length, 0),
    exactly('unlock POSTs', (await site.posts.all()).length, unlocks.length),
    exactly('POSTs without a row of their own', withoutRow + repeated, 0),
    exactly('people not told', untold(site.slack, unlocks).length, 0),
    told('heap after warm-up and at the end, MB', `${round(before.heap)}, ${round(after.heap)}`),
    promised('heap growth, %', grown('heap'), 5),
    told('rss after warm-up and at the end, MB', `${round(before.rss)}, ${round(after.rss)}`),
    promised('rss growth, %', grown('rss'), 10),
    atMost('growth of open files', after.files - before.files, 0),
    promised('growth of open connections', after.connections - before.connections, FEW),
  ];
}
