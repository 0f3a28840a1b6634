import { z } from 'zod';
import { accountIdsOf } from '../access.ts';
import { notFound } from '../http.ts';
import {
  atLeastOne,
  limit,
  list,
  metadataFilter,
  notPlayed,
  oneOf,
  pageCursor,
  text,
  time,
  uuid,
} from '../input.ts';
import { accountOf } from '../reach.ts';
import { showDevice } from '../show/device.ts';
import type { Door, World } from '../world.ts';
import { hasMetadata, includesText, isAmong, isThat } from './matching.ts';
import { page } from './paging.ts';
import { type Routes, route } from './route.ts';

const CAPABILITY_FLAGS = [
  'can_remotely_unlock',
  'can_remotely_lock',
  'can_program_offline_access_codes',
  'can_program_online_access_codes',
  'can_unlock_with_code',
  'can_hvac_heat',
  'can_hvac_cool',
  'can_hvac_heat_cool',
  'can_turn_off_hvac',
] as const;

/** What `/devices/list` and `/locks/list` can be narrowed by. All given filters must hold. */
const LIST = z.object({
  user_identifier_key: text.optional(),
  device_ids: list(uuid).optional(),
  connected_account_id: uuid.optional(),
  connected_account_ids: list(uuid).optional(),
  connect_webview_id: uuid.optional(),
  device_type: text.optional(),
  device_types: list(text).optional(),
  manufacturer: text.optional(),
  created_before: time.optional(),
  custom_metadata_has: metadataFilter.optional(),
  include_if: list(oneOf(CAPABILITY_FLAGS)).optional(),
  exclude_if: list(oneOf(CAPABILITY_FLAGS)).optional(),
  search: text.optional(),
  limit: limit.default(500),
  page_cursor: pageCursor.default(null),
  customer_key: notPlayed,
  space_id: notPlayed,
  unstable_location_id: notPlayed,
});

const ONE = atLeastOne(z.object({ device_id: uuid.optional(), name: text.optional() }), [
  'device_id',
  'name',
]);

/** `/devices/*`, `/locks/get` and `/locks/list`. Without a key, every device of the workspace is listed. */
export function deviceRoutes(world: World): Routes {
  const show = (door: Door) => showDevice(world, door, accountOf(door));
  return {
    '/devices/get': route('GET', ONE, (input) => ({ device: show(findDoor(world, input)) })),
    '/devices/list': route('GET', LIST, (input, raw) => {
      const { shown, pagination } = page(wanted(world, input), {
        world,
        path: '/devices/list',
        raw,
        limit: input.limit,
        cursor: input.page_cursor,
      });
      return { devices: shown.map(show), pagination };
    }),
    '/locks/get': route('GET', ONE, (input) => {
      const door = findDoor(world, input);
      if (door.kind !== 'lock') throw notFound('device', door.deviceId);
      return { device: show(door), lock: show(door) };
    }),
    '/locks/list': route('GET', LIST, (input) => {
      const locks = wanted(world, input).filter((door) => door.kind === 'lock');
      const shown = locks.slice(0, input.limit).map(show);
      return { devices: shown, locks: shown };
    }),
  };
}

/** The door with that id or name, as long as Seam knows it. */
export function findDoor(
  world: World,
  by: { device_id?: string | undefined; name?: string | undefined },
): Door {
  const { device_id: id, name } = by;
  const door =
    id === undefined ? [...world.devices.values()].find((one) => one.name === name) : world.devices.get(id);
  if (!door) throw notFound('device', id ?? String(name));
  return door;
}

/** The doors that a person may see: those of the accounts that their live sessions hold. */
export function isOwnedBy(world: World, key: string): (door: Door) => boolean {
  const accountIds = accountIdsOf(world, key);
  return (door) => door.account !== null && accountIds.has(door.account.id);
}

function wanted(world: World, input: z.output<typeof LIST>): Door[] {
  const isOwned =
    input.user_identifier_key === undefined ? () => true : isOwnedBy(world, input.user_identifier_key);
  const ofWebview = accountOfWebview(world, input.connect_webview_id);
  const candidates = input.device_ids
    ? [...new Set(input.device_ids)].flatMap((id) => world.devices.get(id) ?? [])
    : [...world.devices.values()];
  return candidates.filter((door) => isOwned(door) && isListed(world, door, input, ofWebview));
}

function accountOfWebview(world: World, webviewId: string | undefined): readonly string[] | undefined {
  if (webviewId === undefined) return undefined;
  const webview = world.webviews.get(webviewId);
  if (!webview) throw notFound('connect_webview', webviewId);
  return webview.accountId === null ? [] : [webview.accountId];
}

function isListed(
  world: World,
  door: Door,
  input: z.output<typeof LIST>,
  ofWebview: readonly string[] | undefined,
): boolean {
  const accountId = accountOf(door).id;
  if (
    !isThat(accountId, input.connected_account_id) ||
    !isAmong(accountId, input.connected_account_ids) ||
    !isAmong(accountId, ofWebview)
  ) {
    return false;
  }
  if (!needsDevice(input)) return true;
  const device = showDevice(world, door, accountOf(door));
  const has = (flag: (typeof CAPABILITY_FLAGS)[number]) => device[flag] === true;
  return (
    isThat<string>(device.device_type, input.device_type) &&
    isAmong<string>(device.device_type, input.device_types) &&
    isThat(device.device_manufacturer?.manufacturer, input.manufacturer) &&
    (input.created_before === undefined || Date.parse(device.created_at) < input.created_before) &&
    hasMetadata(device.custom_metadata, input.custom_metadata_has) &&
    (input.include_if ?? []).every(has) &&
    !(input.exclude_if ?? []).some(has) &&
    matches(device, input.search)
  );
}

/** Whether a filter looks into the device itself; showing a thousand only to drop them would be slow. */
function needsDevice(input: z.output<typeof LIST>): boolean {
  const { device_type, device_types, manufacturer, created_before, custom_metadata_has } = input;
  const { include_if, exclude_if, search } = input;
  return [
    device_type,
    device_types,
    manufacturer,
    created_before,
    custom_metadata_has,
    include_if,
    exclude_if,
    search,
  ].some((filter) => filter !== undefined);
}

function matches(device: ReturnType<typeof showDevice>, search: string | undefined): boolean {
  if (search === undefined) return true;
  const startsId = search.length >= 4 && device.device_id.startsWith(search.toLowerCase());
  const texts = [device.connected_account_id, device.display_name, device.location?.location_name];
  return startsId || includesText(texts, search);
}
