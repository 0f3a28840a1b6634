import { SeamWebhook } from 'seam';
import type { Log } from '../log.ts';
import type { Route } from '../server/http.ts';
import type { Webhooks } from '../store/webhooks.ts';
import type { Time } from '../time.ts';
import { eventOf, seamEventSchema } from './events.ts';
import type { SeamEvent } from './port.ts';

/** An event of Seam's is a few kB. */
const MOST_BYTES = 256 * 1024;

/**
 * Seam's webhooks as one route: verified, done once for each `svix-id`, and remembered only when it was done,
 * since Seam delivers again what was not answered with a 2xx. `heard` must bear to be told the same thing twice.
 */
export function seamWebhookRoute(options: {
  secret: string;
  webhooks: Webhooks;
  time: Time;
  log: Log;
  heard: (event: SeamEvent) => Promise<void>;
}): Route {
  const { webhooks, time, log, heard } = options;
  const verifier = new SeamWebhook(options.secret);
  return {
    method: 'POST',
    path: '/seam/webhooks',
    maxBody: MOST_BYTES,
    async handle({ rawBody, headers }) {
      const signed = Object.fromEntries(
        ['svix-id', 'svix-timestamp', 'svix-signature'].map((name) => [name, String(headers[name] ?? '')]),
      );
      const body = verified(verifier, rawBody.toString('utf8'), signed);
      if (body === null) return { status: 401 };
      const parsed = seamEventSchema.safeParse(body);
      if (!parsed.success) return { status: 400 };
      const told = eventOf(parsed.data, time.now());
      if (told === null) return { status: 200 };
      const id = signed['svix-id'] ?? '';
      if (await webhooks.seen(id)) return { status: 200 };
      log.debug({ svixId: id, type: parsed.data.event_type }, 'Seam sent an event');
      await heard(told);
      await webhooks.remember(id, time.now());
      return { status: 200 };
    },
  };
}

function verified(verifier: SeamWebhook, body: string, headers: Record<string, string>): unknown {
  try {
    return verifier.verify(body, headers);
  } catch {
    return null;
  }
}
