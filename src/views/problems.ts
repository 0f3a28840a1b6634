import type { Problem } from '../domain/door.ts';
import { vendorWords } from './outcome.ts';

/** So many problems of a door are told. */
const MOST_PROBLEMS = 3;

/** Seam's codes in our words; null for those of which nothing is said. */
const PROBLEM_WORDS: Readonly<Record<string, string | null>> = {
  account_disconnected: 'The account needs signing in again: /locks connect',
  device_removed: 'The lock was removed from its account',
  hub_disconnected: 'Its bridge or hub is not connected',
  bridge_disconnected: 'Its bridge or hub is not connected',
  hub_required_for_additional_capabilities: 'A bridge or hub would make it possible',
  august_lock_not_authorized: 'The account is not allowed to use this lock',
  insufficient_permissions: 'The account is not allowed to use this lock',
  missing_device_credentials: 'The lock has to be set up again in its own app',
  subscription_required: 'Its maker asks for a subscription',
  salto_ks_subscription_limit_exceeded: 'The subscription of its site is full',
  ttlock_lock_gateway_unlocking_not_enabled: 'Unlocking from afar is switched off in its own app',
  ttlock_weak_gateway_signal: 'The signal to its bridge is weak',
  device_has_flaky_connection: 'Its connection comes and goes',
  device_communication_degraded: 'It answers slowly or not at all',
  unreliable_online_status: 'Its maker cannot say for sure whether it is online',
  power_saving_mode: 'It is saving power and may be slow',
  privacy_mode: 'Privacy mode is on: nobody can unlock it from afar',
  salto_ks_privacy_mode: 'Privacy mode is on: nobody can unlock it from afar',
  salto_ks_office_mode: 'Office mode is on: the door stays open',
  scheduled_maintenance_window: 'Its maker has planned maintenance',
  provider_issue: 'Its maker has a fault right now',

  // Said elsewhere in the row.
  device_offline: null,
  device_disconnected: null,
  low_battery: null,

  // Not about opening the door from here: codes and backup codes, the time zones that they need, keypads …
  empty_backup_access_code_pool: null,
  partial_backup_access_code_pool: null,
  many_active_backup_codes: null,
  max_access_codes_reached: null,
  salto_ks_lock_access_code_support_removed: null,
  keynest_unsupported_locker: null,
  time_zone_unknown: null,
  time_zone_mismatch: null,
  lockly_time_zone_not_configured: null,
  ultraloq_time_zone_unknown: null,
  two_n_device_missing_timezone: null,
  accessory_keypad_setup_required: null,
  accessory_keypad_low_battery: null,
  // … and thermostats.
  auxiliary_heat_running: null,
  temperature_threshold_exceeded: null,
};

/** One problem in words, which are empty where nothing is said of it. */
interface Line {
  readonly by: 'us' | 'seam';
  readonly words: string;
}

/** What is wrong with a door: in our own words where we have some, else in Seam's, which are not escaped. */
export function problemLines(problems: readonly Problem[]): { ours: string[]; seams: string[] } {
  const told = problems.map(lineOf).filter(({ words }) => words !== '');
  const lines = [...new Map(told.map((line) => [line.words, line])).values()].slice(0, MOST_PROBLEMS);
  const wordsBy = (who: Line['by']) => lines.filter(({ by }) => by === who).map(({ words }) => words);
  return { ours: wordsBy('us'), seams: wordsBy('seam') };
}

function lineOf({ kind, code, message }: Problem): Line {
  const ours = Object.hasOwn(PROBLEM_WORDS, code) ? PROBLEM_WORDS[code] : undefined;
  if (ours !== undefined) return { by: 'us', words: ours ?? '' };
  const seams = vendorWords(message);
  if (seams !== '') return { by: 'seam', words: seams };
  return { by: 'us', words: kind === 'error' ? 'Something is wrong with this lock: see its own app' : '' };
}
