import { pause } from '../support/trouble.ts';
import { eventually } from '../support/world.ts';
import { exactly, type Figure, type Proof, told } from './proof.ts';
import { type Ack, clicked, type Deed, deliver, doorChosen, signed } from './support/deeds.ts';
import { match, outcomesTold, readJournal, saysOutcome } from './support/journal.ts';
import { inChance, withWorkers } from './support/load.ts';
import { type Owner, settleIn } from './support/people.ts';
import { type Site, startSite } from './support/site.ts';

/** So many people click in turn: each of them, and each door, stays under the limits. */
const MOST_PEOPLE = 1_000;
const PROCESSES = 3;
/** Requests under way at a time, and ms that a round may take. */
const AT_ONCE = 12;
const ROUND_MS = 120_000;
/** How long a second answer would be waited for, ms. */
const AFTERWARDS_MS = 2_000;

/** What somebody does: a button to unlock, one to lock, a modal that is sent. */
const DOING: readonly ((slack: Site['slack'], owner: Owner) => Deed)[] = [
  (slack, { userId, unlock }) => clicked(slack, userId, unlock),
  (slack, { userId, unlock }) => clicked(slack, userId, { action_id: 'door:lock', value: unlock.value }),
  (_, { userId, deviceId }) => doorChosen(userId, deviceId),
];

/**
 * Every click and every modal that is sent comes three times, to three processes on one database.
 *
 * Seen to fail with the claim always granted and the journal's unique index gone: 72 POSTs for 60 clicks. Either of
 * the two alone is enough.
 */
export const proof: Proof = {
  name: 'once',
  promise: 'What Slack delivers several times, to several processes, unlocks or locks the door once.',
  size: { ci: 150, full: 10_000, of: 'interactions' },
  async run(size) {
    const site = await startSite();
    try {
      return await deliverAll(site, size);
    } finally {
      await site.close();
    }
  },
};

async function deliverAll(site: Site, size: number): Promise<Figure[]> {
  const { slack } = site;
  const first = await site.startBot();
  const others = await Promise.all(Array.from({ length: PROCESSES - 1 }, () => site.startBot()));
  const ports = [first, ...others].map(({ port }) => port);
  const rounds = Math.max(3, Math.ceil(size / MOST_PEOPLE));
  const owners = await settleIn(site, first, Math.ceil(size / rounds), 20);
  const deeds: Deed[] = [];
  const acks: Ack[] = [];
  while (deeds.length < size) {
    // A person's next click comes when the one before has ended: otherwise it would rightly join that one.
    const turn = deeds.length === 0 ? 0 : Math.ceil(deeds.length / owners.length);
    const round = owners
      .slice(0, size - deeds.length)
      .flatMap((owner, n) => DOING[(turn + n) % DOING.length]?.(slack, owner) ?? []);
    deeds.push(...round);
    await withWorkers(
      AT_ONCE,
      inChance(round.flatMap((deed, n) => deliveries(site, ports, deed, n))),
      async (send) => {
        acks.push(...(await send()));
      },
    );
    await eventually('all of a round are told', () => round.every((deed) => isTold(site, deed)), ROUND_MS);
  }
  await pause(AFTERWARDS_MS);
  return figures(site, deeds, acks);
}

/**
 * Three copies, each to another process: two the same to the byte and one signed a second earlier, or all three
 * signed apart. Every third click comes to all of them at the same moment, the others whenever it may be.
 */
function deliveries(site: Site, ports: readonly number[], deed: Deed, n: number): (() => Promise<Ack[]>)[] {
  const dated = n % 2 === 0 ? [0, 0, 1] : [0, 1, 2];
  const copies = inChance(ports).map((port, copy) => {
    const request = signed(site.slack, deed, dated[copy]);
    return () => deliver(port, request);
  });
  if (n % 3 === 0) return [() => Promise.all(copies.map((send) => send()))];
  return copies.map((send) => async () => [await send()]);
}

function isTold({ slack }: Site, deed: Deed): boolean {
  return outcomesTold(slack, deed).length > 0 || slack.direct(deed.userId).some(saysOutcome);
}

/** A list that is drawn again in its own place, word for word, because something was heard of a door, tells nothing anew. */
function timesTold({ slack }: Site, deed: Deed): number {
  const all = outcomesTold(slack, deed).map(({ text, buttons }, n) =>
    JSON.stringify(buttons.length > 0 ? [text, buttons] : n),
  );
  return new Set(all).size;
}

async function figures(site: Site, deeds: readonly Deed[], acks: readonly Ack[]): Promise<Figure[]> {
  const { slack } = site;
  const rows = readJournal(site.file);
  const posts = await site.posts.all();
  const { withoutRow, repeated, sent } = match(rows, posts);
  const directs = new Set(deeds.map(({ userId }) => userId));
  return [
    told('deliveries', acks.length),
    exactly('deliveries not acknowledged with 200', acks.filter(({ status }) => status !== 200).length, 0),
    exactly('POSTs to unlock or lock at Seam', posts.length, deeds.length),
    exactly('POSTs beyond the first of what was done', repeated + withoutRow, 0),
    exactly('rows in the journal', rows.length, deeds.length),
    exactly(
      'rows that were sent and ended as they were to',
      [...sent].filter(({ verb, outcome }) => outcome?.kind === `${verb}ed`).length,
      deeds.length,
    ),
    exactly(
      'of what was done, that of which the outcome was told once',
      deeds.filter((deed) => timesTold(site, deed) === 1).length,
      deeds.length,
    ),
    exactly(
      'outcomes told by direct message beside that',
      [...directs].flatMap((userId) => slack.direct(userId)).filter(saysOutcome).length,
      0,
    ),
  ];
}
