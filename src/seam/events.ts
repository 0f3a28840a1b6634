import { z } from 'zod';
import type { HappeningKind, How } from '../domain/happening.ts';
import { idSchema } from '../domain/id-schema.ts';
import {
  accessCodeId,
  actionAttemptId,
  connectedAccountId,
  connectWebviewId,
  deviceId,
} from '../domain/ids.ts';
import type { SeamEvent } from './port.ts';
import { optionalText } from './readable.ts';

const optional = <Id extends string>(make: (text: string) => Id) =>
  idSchema(make).nullable().catch(null).default(null);

/** An event as Seam sends it, by webhook or in a list. What is odd in a part that can be done without is not there. */
export const seamEventSchema = z.object({
  event_id: z.string().min(1).max(100),
  event_type: z.string(),
  occurred_at: z.iso.datetime({ offset: true }),
  device_id: optional(deviceId),
  connected_account_id: optional(connectedAccountId),
  connect_webview_id: optional(connectWebviewId),
  access_code_id: optional(accessCodeId),
  action_attempt_id: optional(actionAttemptId),
  method: optionalText.default(null),
  battery_status: optionalText.default(null),
});

/** The types that tell of a door. */
const HAPPENINGS = {
  'lock.locked': 'locked',
  'lock.unlocked': 'unlocked',
  'lock.access_denied': 'denied',
  'device.disconnected': 'offline',
  'device.connected': 'online',
  'device.low_battery': 'battery_low',
  'device.tampered': 'tampered',
  'device.removed': 'removed',
} as const satisfies Record<string, HappeningKind>;

/** Whether the account's sign-in works after it. */
const ACCOUNT_CHANGES = {
  'connected_account.disconnected': false,
  'connected_account.reauthorization_requested': false,
  'connected_account.connected': true,
} as const;

/** The types that mean something here: what Seam is asked for where it does not tell. */
export const EVENT_TYPES = [
  'connect_webview.login_succeeded',
  'connect_webview.login_failed',
  ...keysOf(HAPPENINGS),
  ...keysOf(ACCOUNT_CHANGES),
  'device.battery_status_changed',
  'access_code.changed',
  'access_code.scheduled_on_device',
  'access_code.set_on_device',
  'access_code.failed_to_set_on_device',
  'access_code.delay_in_setting_on_device',
  'access_code.removed_from_device',
  'access_code.failed_to_remove_from_device',
  'access_code.delay_in_removing_from_device',
  'access_code.modified_external_to_seam',
  'access_code.deleted_external_to_seam',
  'access_code.deleted',
] as const;

/** Seam's methods of moving a bolt; one that is not here is unknown. */
const METHODS: Readonly<Record<string, How>> = {
  remote: 'remote',
  keycode: 'keypad',
  card: 'card',
  mobile_key: 'card',
  manual: 'by_hand',
  automatic: 'by_itself',
};

/**
 * What an event says that matters here; null for the many types that nobody waits for. What is dated later than `now`,
 * ms, happened now: it must not hide what happens after it.
 */
export function eventOf(facts: z.infer<typeof seamEventSchema>, now: number): SeamEvent | null {
  const { event_type: type, connect_webview_id: webviewId, connected_account_id: accountId } = facts;
  const { device_id: door, access_code_id: codeId } = facts;
  if (type === 'connect_webview.login_succeeded' || type === 'connect_webview.login_failed') {
    return webviewId === null ? null : { kind: 'webview_ended', webviewId };
  }
  const signedIn = entryOf(ACCOUNT_CHANGES, type);
  if (signedIn !== undefined) {
    return accountId === null ? null : { kind: 'account_changed', accountId, signedIn };
  }
  if (type.startsWith('access_code.')) {
    return codeId === null || door === null ? null : { kind: 'code_changed', codeId, deviceId: door };
  }
  if (door === null) return null;
  const at = Math.min(Date.parse(facts.occurred_at), now);
  if (type === 'device.battery_status_changed') {
    const isGood = facts.battery_status === 'good' || facts.battery_status === 'full';
    return isGood ? { kind: 'battery_good', deviceId: door, at } : null;
  }
  const kind = entryOf<HappeningKind>(HAPPENINGS, type);
  if (kind === undefined) return null;
  return {
    kind: 'happened',
    happening: {
      id: facts.event_id,
      deviceId: door,
      accountId,
      kind,
      how: kind === 'locked' || kind === 'unlocked' ? (METHODS[facts.method ?? ''] ?? 'unknown') : null,
      codeId,
      attemptId: facts.action_attempt_id,
      at,
    },
  };
}

/** The keys, as the types that they are. */
function keysOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record).filter((key): key is Key => Object.hasOwn(record, key));
}

function entryOf<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
