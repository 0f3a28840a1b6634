import { z } from 'zod';
import {
  type Battery,
  batteryStatusSchema,
  type Door,
  type Keypad,
  type LockState,
  type Problem,
} from '../domain/door.ts';
import { idSchema } from '../domain/id-schema.ts';
import { connectedAccountId, deviceId } from '../domain/ids.ts';
import { firstVisible } from '../domain/name.ts';
import { optionalList } from './readable.ts';

const message = z.string().catch('');
const problem = {
  error: z
    .object({ error_code: z.string(), message })
    .transform((facts): Problem => ({ kind: 'error', code: facts.error_code, message: facts.message })),
  warning: z
    .object({ warning_code: z.string(), message })
    .transform((facts): Problem => ({ kind: 'warning', code: facts.warning_code, message: facts.message })),
};
const flag = z.boolean().catch(false);
/** How full, from 0 to 1. */
const level = z.number().min(0).max(1).nullable().catch(null);

/**
 * A device as Seam shows it. Without an id, an account, properties or a name that is a text or none it cannot be
 * read; what is odd about anything else is as if Seam had not said it.
 */
const device = z.object({
  device_id: idSchema(deviceId),
  connected_account_id: idSchema(connectedAccountId),
  display_name: z.string().nullish(),
  capabilities_supported: optionalList(z.string()),
  can_remotely_unlock: flag,
  can_remotely_lock: flag,
  can_unlock_with_code: flag,
  can_program_online_access_codes: flag,
  can_program_offline_access_codes: flag,
  properties: z.object({
    online: z.boolean().nullable().catch(null),
    locked: z.boolean().nullable().catch(null),
    battery: z
      .object({ level, status: batteryStatusSchema.nullable().catch(null) })
      .nullable()
      .catch(null),
    battery_level: level,
    supported_code_lengths: optionalList(z.int().positive()),
    code_constraints: optionalList(
      z.object({ constraint_type: z.string(), max_length: z.number().optional() }),
    ),
  }),
  errors: optionalList(problem.error),
  warnings: optionalList(problem.warning),
});
type Device = z.infer<typeof device>;

/** Reads the door that a device is, or null for one that is no lock (a thermostat, a camera). */
export const deviceAsDoor: z.ZodType<Door | null> = device.transform((facts) =>
  isLock(facts) ? doorOf(facts) : null,
);

function doorOf(facts: Device): Door {
  return {
    id: facts.device_id,
    accountId: facts.connected_account_id,
    name: firstVisible([facts.display_name], 'A lock without a name'),
    state: stateOf(facts),
    online: facts.properties.online,
    battery: batteryOf(facts),
    canUnlock: facts.can_remotely_unlock,
    canLock: facts.can_remotely_lock,
    codes: keypadOf(facts),
    problems: [...facts.errors, ...facts.warnings],
  };
}

function isLock(facts: Device): boolean {
  // One that opens by keypad only is a door too, with nothing to click.
  return (
    facts.capabilities_supported.some(
      (capability) => capability === 'lock' || capability === 'access_code',
    ) ||
    facts.can_remotely_unlock ||
    facts.can_unlock_with_code
  );
}

function keypadOf(facts: Device): Keypad {
  const { supported_code_lengths: lengths, code_constraints: constraints } = facts.properties;
  const names = constraints.find((one) => one.constraint_type === 'name_length');
  return {
    online: facts.can_program_online_access_codes,
    offline: facts.can_program_offline_access_codes,
    lengths,
    longestName: names?.max_length ?? null,
  };
}

function stateOf({ properties: { locked } }: Device): LockState {
  if (locked === null) return 'unknown';
  return locked ? 'locked' : 'unlocked';
}

function batteryOf({ properties: { battery, battery_level } }: Device): Battery | null {
  const level = battery?.level ?? battery_level;
  const status = battery?.status ?? null;
  return level === null && status === null ? null : { level, status };
}
