import type { Connect } from '../../store/connects.ts';

/** With webhooks a look is only a safety net for one that got lost, ms. */
const WITH_WEBHOOKS_MS = 60_000;
const SHORTEST_MS = 1_500;
const LONGEST_MS = 20_000;
/** After this nobody waits for a link any more, whatever Seam says or does not say of it, ms. */
const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * The pause before the next look at a link, ms. A login takes a person a minute or so; and a link is withdrawn on
 * time, whatever the pause would be.
 */
export function pauseBefore(connect: Connect, now: number, webhooks: boolean): number {
  const age = now - connect.createdAt;
  const left = connect.expiresAt - now;
  const pause = webhooks ? WITH_WEBHOOKS_MS : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, age / 20));
  return left > 0 ? Math.min(pause, left) : pause;
}

/** Whether a link is so old that nothing more is to be done about it. */
export function isForgotten(connect: Connect, now: number): boolean {
  return now - connect.createdAt > FORGOTTEN_AFTER_MS;
}
