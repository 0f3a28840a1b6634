import type { Proof } from './proof.ts';
import { secondsUntilTold, TOLD_WITHIN_S } from './support/answered.ts';
import { KINDS, type Kind, seamFault } from './support/fault-kinds.ts';
import { type Owner, settleIn } from './support/people.ts';
import { type Played, played, playedAfterwards, playedFigures } from './support/played.ts';
import { type Scene, scenes } from './support/seam-scenes.ts';
import { type Site, startSite } from './support/site.ts';

const DOOR_MS = 100;
/**
 * Every call of Seam that the bot makes, and everything that can go wrong with it. The scenes of one kind of fault
 * follow each other at a site of their own; the six sites work side by side. CI plays the
 * calls of an unlock, a lock and a code.
 *
 * Seen to fail with one more try after a failed unlock: a repeated POST for each of the 6 faults.
 */
export const proof: Proof = {
  name: 'seam-faults',
  promise: `Whatever Seam answers, an unlock, a lock and a code are asked for once at most, and their person hears something within ${TOLD_WITHIN_S} s.`,
  size: { ci: 7, full: scenes.length * 3, of: `scenes for each of ${KINDS.length} faults` },
  async run(size) {
    const all = await Promise.all(KINDS.map((kind) => playAll(kind, size)));
    return playedFigures(all.flat(), size * KINDS.length);
  },
};

async function playAll(kind: Kind, size: number): Promise<Played[]> {
  const site = await startSite();
  try {
    const bot = { now: await site.startBot() };
    const owners = await settleIn(site, bot.now, size, DOOR_MS);
    const all: Played[] = [];
    for (const [n, owner] of owners.entries()) {
      const scene = scenes[n % scenes.length];
      if (scene !== undefined) all.push(await play(site, bot, scene, owner, kind));
    }
    return [...all, await playedAfterwards(site, `afterwards, ${kind}`)];
  } finally {
    await site.close();
  }
}

function play(
  site: Site,
  bot: { now: Awaited<ReturnType<Site['startBot']>> },
  scene: Scene,
  owner: Owner,
  kind: Kind,
): Promise<Played> {
  const fault = seamFault(scene.at, kind, scene.after === true);
  const set = (on: boolean) => site.seam.faults(on ? [fault] : []);
  return played(site, `${scene.name}, ${kind}`, async () => {
    const seconds = await secondsUntilTold(site, await scene.act({ site, bot, owner, set }));
    await set(false);
    return seconds;
  });
}
