import type { Context } from './context.ts';
import { MESSAGE_LIFE_MS } from './domain/message-age.ts';

const HOUR_MS = 60 * 60 * 1000;
/** The longest that Slack's deliveries are told apart. */
const DELIVERY_LIFE_MS = 24 * HOUR_MS;
/** Seam delivers a webhook again for up to 28 hours. */
const WEBHOOK_LIFE_MS = 48 * HOUR_MS;
/** By then a battery that is still low may be told of once more. */
const NOTICE_LIFE_MS = 90 * 24 * HOUR_MS;

/** How long a code is remembered after its time. */
const CODE_LIFE_MS = 30 * 24 * HOUR_MS;

/** Forgets, every hour, what nobody will ask for again. */
export function keepHouse({ store, tasks, time, historyDays }: Context): void {
  tasks.every('keep house', HOUR_MS, async () => {
    await store.listings.forget(time.now() - MESSAGE_LIFE_MS);
    await store.deliveries.forget(time.now() - DELIVERY_LIFE_MS);
    await store.names.sweep();
    await store.notices.forget(time.now() - NOTICE_LIFE_MS);
    await store.webhooks.forget(time.now() - WEBHOOK_LIFE_MS);
    await store.codes.forget(time.now() - CODE_LIFE_MS);
    await store.history.forget(time.now() - historyDays * 24 * HOUR_MS);
  });
}
