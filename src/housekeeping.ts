import type { Context } from './context.ts';

const HOUR_MS = 60 * 60 * 1000;
/** How long a message of doors can be turned and refreshed; Slack's clients keep it as long as they like. */
const LISTING_LIFE_MS = 12 * HOUR_MS;
/** Seam delivers a webhook again for up to 28 hours. */
const WEBHOOK_LIFE_MS = 48 * HOUR_MS;

/** Forgets, every hour, what nobody will ask for again. */
export function keepHouse({ store, tasks, time }: Context): void {
  tasks.every('keep house', HOUR_MS, async () => {
    await store.listings.forget(time.now() - LISTING_LIFE_MS);
    await store.webhooks.forget(time.now() - WEBHOOK_LIFE_MS);
  });
}
