import type { Context } from './context.ts';
import { MESSAGE_LIFE_MS } from './domain/message-age.ts';

const HOUR_MS = 60 * 60 * 1000;
/** The longest that Slack's deliveries are told apart. */
const DELIVERY_LIFE_MS = 24 * HOUR_MS;
/** Seam delivers a webhook again for up to 28 hours. */
const WEBHOOK_LIFE_MS = 48 * HOUR_MS;

/** Forgets, every hour, what nobody will ask for again. */
export function keepHouse({ store, tasks, time }: Context): void {
  tasks.every('keep house', HOUR_MS, async () => {
    await store.listings.forget(time.now() - MESSAGE_LIFE_MS);
    await store.deliveries.forget(time.now() - DELIVERY_LIFE_MS);
    await store.names.sweep();
    await store.webhooks.forget(time.now() - WEBHOOK_LIFE_MS);
  });
}
