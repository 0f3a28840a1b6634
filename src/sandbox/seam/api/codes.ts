import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { beginAttempt } from '../attempts.ts';
import { aboutCode, programSoon, removeSoon, settle } from '../codes.ts';
import { notFound } from '../http.ts';
import { atLeastOne, flag, limit, list, notPlayed, pageCursor, text, time, uuid } from '../input.ts';
import type { Limits } from '../limits.ts';
import { showCode } from '../show/code.ts';
import { showAttempt } from '../show/records.ts';
import type { Attempt, Code, Door, World } from '../world.ts';
import { changeCode } from './code-changes.ts';
import { checkOffline, checkOnline, freshCode, invalid } from './code-checks.ts';
import { findDoor, isOwnedBy } from './devices.ts';
import { includesText, isAmong, isThat } from './matching.ts';
import { page } from './paging.ts';
import { type Routes, route } from './route.ts';

/** What both making and changing a code can say. */
const WISHES = {
  name: text.optional(),
  code: z
    .string()
    .regex(/^\d{4,12}$/, 'A code is 4 to 12 digits')
    .optional(),
  starts_at: time.optional(),
  ends_at: time.optional(),
  preferred_code_length: z.int().optional(),
  prefer_native_scheduling: flag.optional(),
  attempt_for_offline_device: flag.optional(),
  allow_external_modification: flag.optional(),
  is_external_modification_allowed: flag.optional(),
  sync: flag.optional(),
  use_backup_access_code_pool: notPlayed,
};

const CREATE = z.object({
  ...WISHES,
  device_id: uuid,
  is_offline_access_code: flag.optional(),
  use_offline_access_code: flag.optional(),
  is_one_time_use: flag.optional(),
  max_time_rounding: z.enum(['1hour', '1day', '1h', '1d']).optional(),
  common_code_key: notPlayed,
});
const UPDATE = z.object({
  ...WISHES,
  access_code_id: uuid,
  device_id: uuid.optional(),
  type: z.enum(['ongoing', 'time_bound']).optional(),
  is_managed: notPlayed,
  is_offline_access_code: notPlayed,
  use_offline_access_code: notPlayed,
  is_one_time_use: notPlayed,
  max_time_rounding: notPlayed,
});
const ONE = z.object({ access_code_id: uuid.optional(), device_id: uuid.optional(), code: text.optional() });
const LIST = atLeastOne(
  z.object({
    device_id: uuid.optional(),
    access_code_ids: list(uuid).optional(),
    user_identifier_key: text.optional(),
    search: text.optional(),
    limit: limit.default(55_000),
    page_cursor: pageCursor.default(null),
    customer_key: notPlayed,
    access_method_id: notPlayed,
    access_grant_id: notPlayed,
    access_grant_key: notPlayed,
  }),
  ['device_id', 'access_code_ids', 'user_identifier_key', 'search'],
);

/** What a change of a code asks for. */
export type CodeWishes = z.output<typeof UPDATE>;

/** `/access_codes/*`: a code is `setting` until the lock has learnt it, or an error says why it has not. */
export function codeRoutes(world: World, limits: Limits): Routes {
  return {
    '/access_codes/create': route('POST', CREATE, (input) => {
      const door = findDoor(world, { device_id: input.device_id });
      const code = draft(world, door, input);
      limits.count('create_access_code', door.deviceId);
      const attempt = begin(world, code);
      return { access_code: showCode(world, code), action_attempt: showAttempt(attempt) };
    }),
    '/access_codes/get': route('GET', ONE, (input) => ({ access_code: showCode(world, find(world, input)) })),
    '/access_codes/list': route('GET', LIST, (input, raw) => {
      const wanted = [...world.codes.values()].filter((code) => isListed(world, code, input));
      const { shown, pagination } = page(wanted, {
        world,
        path: '/access_codes/list',
        raw,
        limit: input.limit,
        cursor: input.page_cursor,
      });
      return { access_codes: shown.map((code) => showCode(world, code)), pagination };
    }),
    '/access_codes/update': route('PATCH', UPDATE, (input) => {
      const code = find(world, input);
      refuseComputed(code, 'updated');
      checkOnline(world, code.door, input);
      limits.count('update_access_code', code.door.deviceId);
      const attempt = beginAttempt(world, 'UPDATE_ACCESS_CODE', code.door.deviceId);
      changeCode(world, code, input, attempt);
      return { action_attempt: showAttempt(attempt) };
    }),
    '/access_codes/delete': route(
      'DELETE',
      z.object({ access_code_id: uuid, device_id: uuid.optional(), sync: flag.optional() }),
      (input) => {
        const code = find(world, input);
        refuseComputed(code, 'deleted');
        limits.count('delete_access_code', code.door.deviceId);
        const attempt = beginAttempt(world, 'DELETE_ACCESS_CODE', code.door.deviceId);
        code.attempts.push(attempt);
        removeSoon(world, code);
        return { action_attempt: showAttempt(attempt) };
      },
    ),
  };
}

function draft(world: World, door: Door, input: z.output<typeof CREATE>): Code {
  const offline = input.is_offline_access_code ?? input.use_offline_access_code ?? false;
  if (input.is_one_time_use === true && !offline) {
    throw invalid('is_one_time_use', 'Only an offline access code can be for one use');
  }
  return {
    seq: world.nextSeq(),
    id: randomUUID(),
    door,
    ...(offline ? checkOffline(world, door, input) : checkOnline(world, door, input)),
    code: input.code ?? freshCode(door, input.preferred_code_length),
    name: input.name ?? null,
    externalModification:
      input.is_external_modification_allowed ?? input.allow_external_modification ?? false,
    createdAt: world.clock.iso(),
    status: 'setting',
    pin: null,
    offline,
    oneTime: input.is_one_time_use ?? false,
    error: null,
    delayedSince: null,
    pending: [{ kind: 'creating', createdAt: world.clock.iso() }],
    attempts: [],
    stopWork: null,
    timers: [],
  };
}

function begin(world: World, code: Code): Attempt {
  const attempt = beginAttempt(world, 'CREATE_ACCESS_CODE', code.door.deviceId);
  code.attempts.push(attempt);
  world.codes.set(code.id, code);
  world.emit('access_code.created', aboutCode(code));
  if (code.offline) settle(world, code);
  else programSoon(world, code);
  return attempt;
}

/** A computed code is known to no list: nobody can change it or take it back. */
function refuseComputed(code: Code, verb: 'updated' | 'deleted'): void {
  if (code.offline) throw invalid('access_code_id', `Offline access codes cannot be ${verb}`);
}

function find(world: World, by: z.output<typeof ONE>): Code {
  const { access_code_id: id, device_id: deviceId, code: digits } = by;
  if (id === undefined && (deviceId === undefined || digits === undefined)) {
    throw invalid('access_code_id', 'Give access_code_id, or device_id and code');
  }
  const code = [...world.codes.values()].find(
    (one) =>
      isThat(one.id, id) && isThat(one.door.deviceId, deviceId) && (id !== undefined || one.code === digits),
  );
  if (!code) throw notFound('access_code', id ?? String(digits));
  return code;
}

function isListed(world: World, code: Code, input: z.output<typeof LIST>): boolean {
  const { device_id: deviceId, user_identifier_key: key } = input;
  return (
    isThat(code.door.deviceId, deviceId) &&
    isAmong(code.id, input.access_code_ids) &&
    (key === undefined || isOwnedBy(world, key)(code.door)) &&
    includesText([code.id, code.name, code.code], input.search)
  );
}
