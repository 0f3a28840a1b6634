/** What a person does in a life of the bot; every address for answers that comes along is learned. */
import { MOVE_LIMITS, MOVE_WINDOW_MS } from '../../../src/domain/limits.ts';
import { eventually, OLIVIA, type Shown } from '../../support/world.ts';
import type { Canaries } from './canaries.ts';
import type { Ledger } from './ledger.ts';
import { learnResponseUrl, type WatchedWorld } from './watched-world.ts';

/** What a life came to, to be told, and to show that it was one. */
export interface Lived {
  faultsReached: number;
  faultsMeant: number;
  unlocks: number;
  /** Links that somebody saw who had not asked for them. */
  strayLinks: number;
  /** PINs in the sight of anybody but their owner. */
  strayPins: number;
  links: number;
}

/** A life under way. */
export interface Living {
  readonly watched: WatchedWorld;
  readonly canaries: Canaries;
  readonly ledger: Ledger;
  readonly lived: Lived;
}

/** Lets real time go by, ms. */
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Types, and learns the address for answers that Slack gave along. */
export async function type(
  { watched: { world }, canaries, ledger }: Living,
  who: string,
  text: string,
): Promise<void> {
  const { delivered, response } = await world.type(who, text);
  learnResponseUrl(canaries, delivered.body.response_url);
  ledger.note('answers of the server', JSON.stringify(response ?? null));
}

/** Clicks the button with this text. */
export async function click(living: Living, who: string, text: string, near?: string): Promise<void> {
  const { delivered, response } = await living.watched.world.click(who, text, near);
  learnResponseUrl(living.canaries, delivered.body.response_url);
  living.ledger.note('answers of the server', JSON.stringify(response ?? null));
}

/** Opens Olivia's list. */
export async function openList(living: Living): Promise<void> {
  await afterwards(
    living,
    OLIVIA,
    () => type(living, OLIVIA, '/locks'),
    ({ text }) => text.startsWith('Your doors'),
  );
}

/** Does it, and waits for a message that was not there before, or is changed, among all that come meanwhile. */
export async function afterwards(
  { watched: { world } }: Living,
  who: string,
  act: () => Promise<void>,
  check: (message: Shown) => boolean,
): Promise<Shown> {
  const before = new Set((await world.messages(who)).map((message) => JSON.stringify(message)));
  await act();
  const found = async () =>
    (await world.messages(who)).find((message) => check(message) && !before.has(JSON.stringify(message)));
  return eventually(`what ${who} waits for`, found, 20_000).catch(async (error: unknown) => {
    const texts = (await world.messages(who)).slice(-3).map(({ text }) => text);
    throw new Error(`${who} sees something else: ${texts.join(' | ')}`, { cause: error });
  });
}

/** Clicks as soon as the bot's own limits, for a person and for a door, allow it. */
export async function unlock(living: Living, name: string): Promise<void> {
  const { world } = living.watched;
  const { deviceId } = await world.door(name);
  const allowed = () => {
    const recent = world.rows('move').filter(({ sent_at }) => Number(sent_at) > Date.now() - MOVE_WINDOW_MS);
    const ofDoor = recent.filter(({ device_id }) => device_id === deviceId);
    return recent.length < MOVE_LIMITS.person && ofDoor.length < MOVE_LIMITS.door;
  };
  await eventually('another unlock is allowed', allowed, 2 * MOVE_WINDOW_MS);
  await click(living, OLIVIA, 'Unlock', name);
}
