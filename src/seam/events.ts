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

/** What an event is about: absent, or sound. */
const about = <Id extends string>(make: (text: string) => Id) =>
  idSchema(make)
    .optional()
    .transform((id) => id ?? null);
/** What can be done without: what is odd about it is as if it were not there. */
const beside = <Id extends string>(make: (text: string) => Id) =>
  idSchema(make).nullable().catch(null).default(null);

/** An event as Seam sends it, by webhook or in a list. */
export const seamEventSchema = z.object({
  event_id: z.string().min(1).max(100),
  event_type: z.string(),
  occurred_at: z.iso.datetime({ offset: true }),
  device_id: about(deviceId),
  connected_account_id: beside(connectedAccountId),
  connect_webview_id: about(connectWebviewId),
  access_code_id: beside(accessCodeId),
  action_attempt_id: beside(actionAttemptId),
  method: optionalText.default(null),
  battery_status: optionalText.default(null),
});

/** The types that tell of a door. */
const HAPPENINGS: ReadonlyMap<string, HappeningKind> = new Map([
  ['lock.locked', 'locked'],
  ['lock.unlocked', 'unlocked'],
  ['lock.access_denied', 'denied'],
  ['device.disconnected', 'offline'],
  ['device.connected', 'online'],
  ['device.low_battery', 'battery_low'],
  ['device.tampered', 'tampered'],
  ['device.removed', 'removed'],
]);

/** Seam's methods of moving a bolt; one that is not here is unknown. */
const METHODS: ReadonlyMap<string, How> = new Map([
  ['remote', 'remote'],
  ['keycode', 'keypad'],
  ['card', 'card'],
  ['mobile_key', 'card'],
  ['manual', 'by_hand'],
  ['automatic', 'by_itself'],
]);

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
  const signedIn = ACCOUNT_CHANGES.get(type);
  if (signedIn !== undefined) {
    return accountId === null ? null : { kind: 'account_changed', accountId, signedIn };
  }
  if (CODE_CHANGES.includes(type)) {
    return codeId === null || door === null ? null : { kind: 'code_changed', codeId, deviceId: door };
  }
  if (door === null) return null;
  const at = Math.min(Date.parse(facts.occurred_at), now);
  if (type === BATTERY_CHANGE) {
    const isGood = facts.battery_status === 'good' || facts.battery_status === 'full';
    return { kind: 'battery_changed', deviceId: door, accountId, isGood, at };
  }
  const kind = HAPPENINGS.get(type);
  if (kind === undefined) return null;
  return {
    kind: 'happened',
    happening: {
      id: facts.event_id,
      deviceId: door,
      accountId,
      kind,
      how: kind === 'locked' || kind === 'unlocked' ? (METHODS.get(facts.method ?? '') ?? 'unknown') : null,
      codeId,
      attemptId: facts.action_attempt_id,
      at,
    },
  };
}

/** What becomes of a PIN on a lock. */
const CODE_CHANGES: readonly string[] = [
  'access_code.set_on_device',
  'access_code.scheduled_on_device',
  'access_code.failed_to_set_on_device',
  'access_code.delay_in_setting_on_device',
  'access_code.changed',
  'access_code.removed_from_device',
  'access_code.failed_to_remove_from_device',
  'access_code.delay_in_removing_from_device',
  'access_code.deleted',
  'access_code.deleted_external_to_seam',
  'access_code.modified_external_to_seam',
];

/** Whether the account's sign-in works after it. */
const ACCOUNT_CHANGES: ReadonlyMap<string, boolean> = new Map([
  ['connected_account.disconnected', false],
  ['connected_account.reauthorization_requested', false],
  ['connected_account.connected', true],
]);

const BATTERY_CHANGE = 'device.battery_status_changed';

/** Every type of event of which something is made here: what a webhook, or a question, should ask Seam for. */
export const eventTypes: readonly string[] = [
  'connect_webview.login_succeeded',
  'connect_webview.login_failed',
  ...ACCOUNT_CHANGES.keys(),
  ...HAPPENINGS.keys(),
  BATTERY_CHANGE,
  ...CODE_CHANGES,
];
