import { exactly, type Figure, type Proof, told } from './proof.ts';
import { badStarts } from './secrets/bad-starts.ts';
import { Canaries, type Hit } from './secrets/canaries.ts';
import { Ledger, type Place } from './secrets/ledger.ts';
import { live } from './secrets/life.ts';
import { hostileNames } from './secrets/names.ts';
import { probe } from './secrets/probe.ts';
import { said } from './secrets/said.ts';
import { plant } from './secrets/self-test.ts';
import { watchWorld } from './secrets/watched-world.ts';

const PLACES: readonly Place[] = ['output', 'database', 'messages to Slack', 'answers of the server'];

/** A whole life of the bot, most talkative, in both modes: none of its secrets is anywhere that it should not be. */
export const proof: Proof = {
  name: 'secrets',
  promise:
    'No token, key, link, PIN or address for answers is in the log, the database, an answer, or a message not meant for it.',
  size: { ci: 1, full: 5, of: 'lives in each mode' },
  async run(size) {
    const figures: Figure[] = [];
    const { planted, found, foundElsewhere } = await plant();
    figures.push(
      exactly(`planted canaries found, of ${planted}`, found, planted),
      exactly('canaries found that were never planted', foundElsewhere, 0),
    );
    const rounds = Array.from({ length: size }, (_, n) => n);
    for (const n of rounds) {
      const lives = await Promise.all([lifeIn('http', n === 0), lifeIn('socket', false)]);
      // Only when both are over: while one is searched, the Slack of the other could answer nobody.
      figures.push(...lives.flatMap((searched) => searched()));
    }
    return [...figures, ...(await hostileNames())];
  },
};

/** Lives one life; what it gives searches all that was heard in it. */
async function lifeIn(mode: 'http' | 'socket', withBadStarts: boolean): Promise<() => Figure[]> {
  const [canaries, ledger] = [new Canaries(), new Ledger()];
  const watched = await watchWorld(mode, canaries, ledger);
  const of = (what: string) => `${mode}: ${what}`;
  const figures: Figure[] = [];
  let lived: Awaited<ReturnType<typeof live>>;
  let allowed = { links: 0, pins: 0 };
  try {
    lived = await live(watched, canaries, ledger);
    await probe(watched.bot.port, ledger);
    if (withBadStarts) {
      const { tried, started } = await badStarts(watched, (text) => ledger.note('output', text));
      figures.push(
        told(of('starts with wrong settings, or with Slack or Seam at fault'), tried),
        told(of('of those, started all the same'), started),
      );
    }
    allowed = await said(watched.world, ledger);
  } finally {
    figures.push(exactly(of('exit code on SIGTERM'), Number(await watched.close()), 0));
  }
  return () => {
    const hits = PLACES.flatMap((place) => ledger.search(place, canaries));
    return [
      told(of('secrets watched for'), canaries.size),
      told(of('unlock requests in that life'), lived.unlocks),
      exactly(
        of(`of ${lived.faultsMeant} faults of Seam, those that happened`),
        lived.faultsReached,
        lived.faultsMeant,
      ),
      told(of('bytes searched'), PLACES.map((place) => `${place}: ${ledger.bytesAt(place)}`).join(', ')),
      told(of('links in the buttons of their owners’ own messages, where they belong'), allowed.links),
      told(of('PINs in the headings of answers that only their owners see, where they belong'), allowed.pins),
      exactly(of('links and PINs that somebody else saw'), lived.strayLinks + lived.strayPins, 0),
      ...PLACES.map((place) =>
        exactly(of(`secrets in the ${place}`), hits.filter((hit) => hit.place === place).length, 0),
      ),
      ...hits.slice(0, 10).map((hit) => told(of(`found in the ${hit.place}`), describe(hit))),
      ...figures,
    ];
  };
}

function describe({ canary, before }: Hit): string {
  return `${canary}, after ${before}`;
}
