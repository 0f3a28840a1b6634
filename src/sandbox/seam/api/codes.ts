import { randomInt, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { beginAttempt } from '../attempts.ts';
import { aboutCode, codesOf, programSoon, removeSoon } from '../codes.ts';
import { notFound, Refusal } from '../http.ts';
import { atLeastOne, flag, limit, list, notPlayed, pageCursor, text, time, uuid } from '../input.ts';
import type { Limits } from '../limits.ts';
import { showCode } from '../show/code.ts';
import { CODE_LENGTHS } from '../show/device.ts';
import { showAttempt } from '../show/records.ts';
import type { Code, Door, World } from '../world.ts';
import { changeCode } from './code-changes.ts';
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
  is_offline_access_code: notPlayed,
  use_offline_access_code: notPlayed,
  is_one_time_use: notPlayed,
  max_time_rounding: notPlayed,
  use_backup_access_code_pool: notPlayed,
};

const CREATE = z.object({ ...WISHES, device_id: uuid, common_code_key: notPlayed });
const UPDATE = z.object({
  ...WISHES,
  access_code_id: uuid,
  device_id: uuid.optional(),
  type: z.enum(['ongoing', 'time_bound']).optional(),
  is_managed: notPlayed,
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
      checkWishes(world, door, input);
      limits.count('create_access_code', door.deviceId);
      const code = create(world, door, input);
      const attempt = beginAttempt(world, 'CREATE_ACCESS_CODE', door.deviceId);
      code.attempts.push(attempt);
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
      checkWishes(world, code.door, input);
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
        limits.count('delete_access_code', code.door.deviceId);
        const attempt = beginAttempt(world, 'DELETE_ACCESS_CODE', code.door.deviceId);
        code.attempts.push(attempt);
        removeSoon(world, code);
        return { action_attempt: showAttempt(attempt) };
      },
    ),
  };
}

function checkWishes(
  world: World,
  door: Door,
  wishes: { code?: string | undefined; starts_at?: number | undefined; ends_at?: number | undefined },
): void {
  if (door.kind !== 'lock') {
    throw new Refusal(400, 'device_not_supported', 'This device does not support access codes');
  }
  if (wishes.code !== undefined && !CODE_LENGTHS.includes(wishes.code.length)) {
    throw invalid('code', `This lock takes codes of ${CODE_LENGTHS.join(', ')} digits`);
  }
  if (wishes.ends_at === undefined) return;
  if (wishes.ends_at <= world.clock.now()) throw invalid('ends_at', 'ends_at must be in the future');
  if (wishes.starts_at !== undefined && wishes.ends_at <= wishes.starts_at) {
    throw invalid('ends_at', 'ends_at must be after starts_at');
  }
}

function invalid(name: string, message: string): Refusal {
  return new Refusal(400, 'invalid_input', message, {
    validation_errors: { _errors: [], [name]: { _errors: [message] } },
  });
}

function create(world: World, door: Door, input: z.output<typeof CREATE>): Code {
  const code: Code = {
    seq: world.nextSeq(),
    id: randomUUID(),
    door,
    code: input.code ?? freshCode(world, door, input.preferred_code_length),
    name: input.name ?? null,
    startsAt: input.starts_at ?? null,
    endsAt: input.ends_at ?? null,
    externalModification:
      input.is_external_modification_allowed ?? input.allow_external_modification ?? false,
    createdAt: world.clock.iso(),
    status: 'setting',
    onDevice: null,
    error: null,
    delayedSince: null,
    pending: [{ kind: 'creating', createdAt: world.clock.iso() }],
    attempts: [],
    timers: [],
  };
  world.codes.set(code.id, code);
  world.emit('access_code.created', aboutCode(code));
  programSoon(world, code);
  return code;
}

function freshCode(world: World, door: Door, preferred: number | undefined): string {
  const length = preferred !== undefined && CODE_LENGTHS.includes(preferred) ? preferred : 4;
  const taken = new Set(codesOf(world, door).map(({ code }) => code));
  for (;;) {
    const code = String(randomInt(10 ** length)).padStart(length, '0');
    if (!taken.has(code)) return code;
  }
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
