import { z } from 'zod';
import { notFound } from '../http.ts';
import { atLeastOne, limit, list, notPlayed, text, time, uuid } from '../input.ts';
import type { SeamOccurrence, World } from '../world.ts';
import { isAmong, isThat } from './matching.ts';
import { type Routes, route } from './route.ts';

/** What events can be narrowed by; some filter must be given. */
const FILTERS = {
  since: time.optional(),
  between: list(time)
    .pipe(z.tuple([z.number(), z.number()]))
    .optional(),
  device_id: uuid.optional(),
  device_ids: list(uuid).optional(),
  access_code_id: uuid.optional(),
  access_code_ids: list(uuid).optional(),
  connected_account_id: uuid.optional(),
  connect_webview_id: uuid.optional(),
  event_ids: list(uuid).optional(),
  event_type: text.optional(),
  event_types: list(text).optional(),
  customer_key: notPlayed,
  unstable_offset: notPlayed,
  acs_system_id: notPlayed,
  acs_system_ids: notPlayed,
  acs_entrance_id: notPlayed,
  acs_user_id: notPlayed,
  acs_credential_id: notPlayed,
  acs_access_group_id: notPlayed,
  acs_encoder_id: notPlayed,
  user_identity_id: notPlayed,
  access_grant_id: notPlayed,
  access_grant_ids: notPlayed,
  access_method_id: notPlayed,
  access_method_ids: notPlayed,
  space_id: notPlayed,
  space_ids: notPlayed,
};
const LIST = atLeastOne(z.object({ ...FILTERS, limit: limit.default(500) }), [
  'since',
  'between',
  'device_id',
  'device_ids',
  'access_code_id',
  'access_code_ids',
  'connected_account_id',
  'connect_webview_id',
  'event_ids',
  'event_type',
  'event_types',
]);

const ONE = atLeastOne(
  z.object({ event_id: uuid.optional(), event_type: text.optional(), device_id: uuid.optional() }),
  ['event_id', 'event_type', 'device_id'],
);

/** `/events/*`, oldest first. */
export function eventRoutes(world: World): Routes {
  return {
    '/events/get': route('GET', ONE, (input) => ({ event: find(world, input) })),
    '/events/list': route('GET', LIST, (input) => ({
      events: world.events.filter((event) => isListed(event, input)).slice(0, input.limit),
    })),
  };
}

function find(world: World, by: z.output<typeof ONE>): SeamOccurrence {
  const { event_id, event_type, device_id } = by;
  const event = world.events.findLast(
    (one) =>
      isThat(one.event_id, event_id) &&
      isThat(one.event_type, event_type) &&
      isThat(one.device_id, device_id),
  );
  if (!event) throw notFound('event', event_id ?? event_type ?? String(device_id));
  return event;
}

function isListed(event: SeamOccurrence, input: z.output<typeof LIST>): boolean {
  const at = Date.parse(event.occurred_at);
  const [from, to] = input.between ?? [-Infinity, Infinity];
  const is = (field: string, one: string | undefined, several: string[] | undefined) =>
    isThat<unknown>(event[field], one) && isAmong<unknown>(event[field], several);
  return (
    at >= (input.since ?? -Infinity) &&
    at >= from &&
    at <= to &&
    is('event_id', undefined, input.event_ids) &&
    is('event_type', input.event_type, input.event_types) &&
    is('device_id', input.device_id, input.device_ids) &&
    is('access_code_id', input.access_code_id, input.access_code_ids) &&
    is('connected_account_id', input.connected_account_id, undefined) &&
    is('connect_webview_id', input.connect_webview_id, undefined)
  );
}
