/** Everything that happens to a bot in its life, once through: what people do, and what goes wrong. */
import { BEN, eventually, OLIVIA } from '../../support/world.ts';
import { afterwards, click, type Lived, type Living, openList, type, unlock } from './acts.ts';
import type { Canaries } from './canaries.ts';
import type { Ledger } from './ledger.ts';
import { exported, guestCodes, startedWorkflow } from './more.ts';
import { troubleWithSeam, troubleWithSlack, troubleWithTheDatabase } from './trouble.ts';
import type { WatchedWorld } from './watched-world.ts';

/** Doors that move, and one of each way in which they do not. */
const DOORS = ['Front Door', 'Back Gate', 'Garage', 'Server Room', 'Studio', 'Cellar', 'Loft'];
const SIGN_IN = 'Sign in to your lock account';

/** Lives it. Ends with the bot running. */
export async function live(watched: WatchedWorld, canaries: Canaries, ledger: Ledger): Promise<Lived> {
  const lived = { faultsReached: 0, faultsMeant: 0, unlocks: 0, strayLinks: 0, strayPins: 0, links: 0 };
  const living: Living = { watched, canaries, ledger, lived };
  await connectAll(living);
  await unlockAll(living);
  await killed(living);
  await guestCodes(living);
  await exported(living);
  await startedWorkflow(living);
  await troubleWithSeam(living);
  await troubleWithSlack(living);
  await disconnected(living);
  await troubleWithTheDatabase(living);
  const { calls } = watched.world.seam;
  lived.unlocks = (await calls()).filter(({ path }) => path === '/locks/unlock_door').length;
  return lived;
}

/** Sign-ins to the end, refused ones, and a link that has to go by direct message. */
async function connectAll(living: Living): Promise<void> {
  const { world } = living.watched;
  await world.connect(OLIVIA, 'olivia@example.com');
  await type(living, BEN, '/locks connect');
  await world.sees(BEN, ({ buttons }) => buttons.includes(SIGN_IN));
  await seeLinks(living, BEN);
  await signIn(living, 'ben@example.com', 'a wrong password');
  await signIn(living, 'locked@example.com', '1234');
  await world.sees(BEN, ({ text }) => text.includes('was not connected'), 15_000);
  await seeLinks(living, BEN);
  await world.slack.faults([{ at: 'response_url', do: 'status', status: 404 }]);
  await type(living, BEN, '/locks connect');
  await world.sees(BEN, ({ channelId, buttons }) => channelId.startsWith('D') && buttons.includes(SIGN_IN));
  await seeLinks(living, BEN);
  await world.slack.faults([]);
}

async function signIn({ watched: { world } }: Living, email: string, password: string): Promise<void> {
  const made = (await world.seamCalls('/client_sessions/grant_access')).at(-1)?.body.connect_webview_ids;
  const connectWebviewId = Array.isArray(made) ? String(made[0]) : '';
  await world.seam.login({ connectWebviewId, provider: 'august', email, password });
}

/** A link stands with the one who asked for it, and with nobody else. */
async function seeLinks({ watched: { world }, lived }: Living, owner: string): Promise<void> {
  const { people } = await world.slack.view(owner);
  const seen = await Promise.all(
    people.map(async ({ id }) => ({ id, links: linksIn(await world.slack.view(id)) })),
  );
  const own = seen.find(({ id }) => id === owner)?.links ?? [];
  lived.links += own.length;
  for (const { id, links } of seen) {
    if (id !== owner) lived.strayLinks += links.filter((link) => own.includes(link)).length;
  }
}

function linksIn(shown: unknown): string[] {
  return JSON.stringify(shown).match(/http[^"]*connect_webviews[^"]*/g) ?? [];
}

/** Every door, each with a fate of its own, and a click of somebody else's. */
async function unlockAll(living: Living): Promise<void> {
  const { world } = living.watched;
  await openList(living);
  for (const name of DOORS) await click(living, OLIVIA, 'Unlock', name);
  await world.clickAs(BEN, OLIVIA, 'Unlock', 'Keypad').catch(() => null);
  await world.forge(BEN, { action_id: 'list:refresh', value: `${OLIVIA} x` });
  await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} x ${'y'.repeat(36)}` });
  await type(living, OLIVIA, '/locks nonsense');
  await endedUnlocks(living, DOORS.length);
}

function endedUnlocks({ watched: { world } }: Living, count: number): Promise<true> {
  const ended = () => world.rows('move').filter(({ outcome }) => outcome !== null).length;
  return eventually('the unlocks ended', () => ended() >= count && (true as const), 40_000);
}

/** In the middle of an unlock, which the next run settles. */
async function killed(living: Living): Promise<void> {
  await openList(living);
  await unlock(living, 'Cellar');
  const { rows } = living.watched.world;
  await eventually('it is under way', () => rows('move').at(-1)?.action_attempt_id);
  await living.watched.restart('SIGKILL');
  await eventually('it is settled', () => rows('move').at(-1)?.outcome, 20_000);
}

async function disconnected(living: Living): Promise<void> {
  const list = () => type(living, OLIVIA, '/locks disconnect');
  await afterwards(living, OLIVIA, list, ({ buttons }) => buttons.includes('Disconnect'));
  const end = () => click(living, OLIVIA, 'Disconnect');
  await afterwards(living, OLIVIA, end, ({ text }) => /disconnected/i.test(text));
}
