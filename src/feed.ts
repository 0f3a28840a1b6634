import type { Context } from './context.ts';
import type { Feature } from './feature.ts';
import { hear } from './hear.ts';

/** How often it is looked whether it is time to ask, ms. */
const LOOK_MS = 5_000;
/** The pause between two questions, whichever run asks, ms. */
const PAUSE_MS = 30_000;
/** Seam that fails is asked ever more rarely, down to this, ms. */
const LONGEST_PAUSE_MS = 30 * 60_000;
/** So much is asked for again each time, ms: what happens at one moment need not be listed at one moment. */
const OVERLAP_MS = 2 * 60_000;
/** What is older is of no use any more, ms. */
const OLDEST_MS = 24 * 60 * 60_000;

/**
 * Without webhooks, asks Seam for events: one call every 30 s for all people together, and none while nobody has an
 * account connected. What is heard is handed on as a webhook is.
 */
export function followSeam(context: Context, features: readonly Feature[]): void {
  if (context.seamWebhooks) return;
  context.tasks.every('ask Seam for events', LOOK_MS, () => look(context, features));
}

async function look(context: Context, features: readonly Feature[]): Promise<void> {
  const { store, seam, time, log } = context;
  if (!(await store.accounts.any())) return;
  const now = time.now();
  const turn = await store.feed.take(now, PAUSE_MS);
  if (turn === null) return;
  const since = Math.max(Math.min(turn.since, now) - OVERLAP_MS, now - OLDEST_MS);
  let listed: Awaited<ReturnType<typeof seam.events>>;
  try {
    listed = await seam.events(since, now);
  } catch (error) {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** (turn.failures + 1));
    log.warn({ pauseMs, err: error }, 'Seam could not be asked for events');
    await store.feed.failed(now + pauseMs);
    return;
  }
  let heard = turn.since;
  let isWhole = true;
  for (const { id, at, event } of listed) {
    try {
      if (!(await store.webhooks.seen(id))) {
        await hear(context, features, event);
        await store.webhooks.remember(id, time.now());
      }
    } catch (error) {
      log.error({ event: id, err: error }, 'an event could not be followed; it is asked for again');
      isWhole = false;
    }
    if (isWhole) heard = Math.max(heard, at);
  }
  await store.feed.heard(heard);
}
