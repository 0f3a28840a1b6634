import { z } from 'zod';
import { eventually } from '../../support/world.ts';
import type { Bot } from './bot.ts';
import { type Deed, deliver, signed, typed } from './deeds.ts';
import type { Site } from './site.ts';
import type { Button } from './told.ts';

/** Somebody with one door of their own, and its button as their list shows it. */
export interface Owner {
  readonly userId: string;
  readonly deviceId: string;
  /** What the door is called. */
  readonly door: string;
  readonly unlock: Button;
}

/** So many people come in at a time. */
const AT_ONCE = 25;
/** How long a list or the end of a login may take, ms: at the start everybody comes at once. */
const PATIENCE_MS = 90_000;

/**
 * Lets people in as people come: each asks for a link, signs in to an account of their own with one door, and asks
 * for the list. `doorMs`: how long their doors take to move.
 */
export async function settleIn(site: Site, bot: Bot, count: number, doorMs: number): Promise<Owner[]> {
  const owners: Owner[] = [];
  for (let from = 0; from < count; from += AT_ONCE) {
    const group = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => from + i);
    owners.push(...(await Promise.all(group.map((n) => settle(site, bot, n, doorMs)))));
  }
  return owners;
}

async function settle(site: Site, bot: Bot, n: number, doorMs: number): Promise<Owner> {
  const { slack, seam } = site;
  const userId = `U0P${n}`;
  const send = async (text: string): Promise<Deed> => {
    const deed = typed(slack, userId, text);
    const { status } = await deliver(bot.port, signed(slack, deed));
    if (status !== 200) throw new Error(`/locks ${text} was answered with ${status}`);
    return deed;
  };
  const connect = await send('connect');
  const link = await eventually(
    `the link of ${userId}`,
    () => buttonOf(site, connect, 'connect:open'),
    PATIENCE_MS,
  );
  const connectWebviewId = z.uuid().parse(new URL(link.url ?? '').searchParams.get('connect_webview_id'));
  await seam.login({
    connectWebviewId,
    provider: 'august',
    email: `p${n}@example.com`,
    password: '1234',
  });
  await eventually(
    `${userId} is connected`,
    () => slack.answers(connect.trigger).some(({ text }) => text.startsWith('Connected')),
    PATIENCE_MS,
  );
  const list = await send('');
  const unlock = await eventually(
    `the list of ${userId}`,
    () => buttonOf(site, list, 'door:unlock'),
    PATIENCE_MS,
  );
  const deviceId = z.uuid().parse(unlock.value.split(' ')[2]);
  await seam.door({ deviceId, fate: { kind: 'works', ms: doorMs } });
  return { userId, deviceId, door: `P${n}'s Door`, unlock };
}

function buttonOf({ slack }: Site, { trigger }: Deed, actionId: string): Button | undefined {
  return slack
    .answers(trigger)
    .flatMap(({ buttons }) => buttons)
    .find(({ action_id }) => action_id === actionId);
}
