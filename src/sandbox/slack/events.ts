/** What the Events API tells the app: only what it subscribed to, and may know of. */
import { acknowledged, nothingSent } from './acts.ts';
import type { Delivery } from './delivery.ts';
import type { Acknowledged } from './drive.ts';
import type { Payloads } from './payloads.ts';

/** The events that happen here, each with the scope that it takes. */
const SCOPES = {
  user_change: 'users:read',
  app_home_opened: null,
  'message.im': 'im:history',
  function_executed: null,
} as const;

export interface EventsNeeds {
  payloads: Payloads;
  delivery: Delivery;
  /** The events that the app subscribed to. */
  subscribed: readonly string[];
  scopes: readonly string[];
}

export class Events {
  private readonly needs: EventsNeeds;

  constructor(needs: EventsNeeds) {
    this.needs = needs;
  }

  /** Tells the app of an event, by its name in the subscription. */
  async tell(name: keyof typeof SCOPES, event: Record<string, unknown>): Promise<Acknowledged> {
    const scope = SCOPES[name];
    const { payloads, delivery, subscribed, scopes } = this.needs;
    const allowed = scope === null || scopes.includes(scope);
    if (!allowed || !subscribed.includes(name)) return nothingSent('events_api');
    const body = payloads.event(event);
    return acknowledged('events_api', body, await delivery.deliverEvent(body));
  }
}
