import type { AccessCode, UnmanagedAccessCode } from 'seam';
import { firstUseBy, type Pin } from '../lock.ts';
import { accountOf } from '../reach.ts';
import type { Code, Door, Mutation, World } from '../world.ts';
import { deviceErrors } from './device.ts';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What a person reads; never to be compared against. */
const DISPLAY_STATUS: Record<Code['status'], string> = {
  setting: 'Issuing',
  set: 'Active',
  unset: 'Scheduled',
  removing: 'Removing',
};

/** An access code as Seam's API shows it: the troubles of its device stand beside its own. */
export function showCode(world: World, code: Code): AccessCode {
  const timeBound = code.startsAt !== null || code.endsAt !== null;
  const account = accountOf(code.door);
  return {
    access_code_id: code.id,
    workspace_id: world.workspace.id,
    device_id: code.door.deviceId,
    code: code.code,
    name: code.name,
    common_code_key: null,
    created_at: code.createdAt,
    type: timeBound ? 'time_bound' : 'ongoing',
    ...(timeBound
      ? {
          starts_at: iso(code.startsAt ?? Date.parse(code.createdAt)),
          ends_at: iso(code.endsAt),
          is_scheduled_on_device: code.pin !== null,
        }
      : {}),
    status: account.signedOutAt === null ? code.status : 'unknown',
    display_status: DISPLAY_STATUS[code.status],
    is_managed: true,
    is_backup: false,
    is_backup_access_code_available: false,
    is_external_modification_allowed: code.externalModification,
    is_offline_access_code: code.offline,
    is_one_time_use: code.oneTime,
    is_waiting_for_code_assignment: false,
    pending_mutations: code.pending.map(showMutation),
    errors: [...ownErrors(code), ...shared(code, deviceErrors(code.door, account))],
    warnings: warningsOf(code),
  };
}

function showMutation(mutation: Mutation): AccessCode['pending_mutations'][number] {
  const created_at = mutation.createdAt;
  switch (mutation.kind) {
    case 'creating':
      return { created_at, mutation_code: 'creating', message: 'The code is being set on the lock.' };
    case 'deleting':
      return { created_at, mutation_code: 'deleting', message: 'The code is being removed from the lock.' };
    case 'updating_name':
      return {
        created_at,
        mutation_code: 'updating_name',
        message: 'The name is being changed.',
        from: { name: mutation.from },
        to: { name: mutation.to },
      };
    case 'updating_code':
      return {
        created_at,
        mutation_code: 'updating_code',
        message: 'The code is being changed.',
        from: { code: mutation.from },
        to: { code: mutation.to },
      };
    case 'updating_time_frame':
      return {
        created_at,
        mutation_code: 'updating_time_frame',
        message: 'The time frame is being changed.',
        from: { starts_at: iso(mutation.from.startsAt), ends_at: iso(mutation.from.endsAt) },
        to: { starts_at: iso(mutation.to.startsAt), ends_at: iso(mutation.to.endsAt) },
      };
  }
}

function ownErrors(code: Code): AccessCode['errors'] {
  if (code.error === null) return [];
  const { message, createdAt: created_at, duplicateOf } = code.error;
  const common = { is_access_code_error: true as const, message, created_at };
  if (code.error.code !== 'duplicate_code_on_device') return [{ ...common, error_code: code.error.code }];
  return [
    {
      ...common,
      error_code: code.error.code,
      ...duplicateOf,
    },
  ];
}

/** A PIN on a lock that Seam does not manage, as Seam's API shows it. */
export function showUnmanaged(world: World, door: Door, pin: Pin, id: string): UnmanagedAccessCode {
  const timeBound = pin.startsAt !== null || pin.endsAt !== null;
  return {
    access_code_id: id,
    workspace_id: world.workspace.id,
    device_id: door.deviceId,
    code: pin.code,
    name: pin.name,
    created_at: pin.createdAt,
    type: timeBound ? 'time_bound' : 'ongoing',
    ...(timeBound ? { starts_at: iso(pin.startsAt), ends_at: iso(pin.endsAt) } : {}),
    status: 'set',
    display_status: DISPLAY_STATUS.set,
    is_managed: false,
    errors: [],
    warnings: [],
  };
}

type DeviceErrors = ReturnType<typeof deviceErrors>;

/** The device's errors that concern a code: one that the maker computed needs no connection. */
function shared({ offline }: Code, errors: DeviceErrors): AccessCode['errors'] {
  return errors.flatMap((error) =>
    error.error_code === 'bridge_disconnected' || (offline && error.error_code === 'device_offline')
      ? []
      : [error],
  );
}

function warningsOf(code: Code): AccessCode['warnings'] {
  if (code.offline && firstUseBy(code) !== null) {
    return [
      {
        warning_code: 'igloo_algopin_must_be_used_within_24_hours',
        message: 'This code must be used for the first time within 24 hours of its start.',
        created_at: code.createdAt,
      },
    ];
  }
  if (code.delayedSince === null) return [];
  return [
    {
      warning_code:
        code.status === 'removing' ? 'delay_in_removing_from_device' : 'delay_in_setting_on_device',
      message: 'The lock is out of reach; this is done as soon as it is back.',
      created_at: code.delayedSince,
    },
  ];
}
