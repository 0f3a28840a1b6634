import { z } from 'zod';
import type {
  AccountAct,
  Call,
  ClockAct,
  CodeAct,
  DoorAct,
  Fate,
  Fault,
  KeypadAct,
  KeypadResult,
  LoginAct,
  LoginResult,
  View,
} from './drive.ts';

/** What the drive API takes and answers, checked at both ends. A misspelt field is refused: a test cannot pass by it. */

const ms = z.number().min(0).exactOptional();

const FATE: z.ZodType<Fate> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('works'), ms }),
  z.strictObject({ kind: z.literal('unconfirmed'), ms }),
  z.strictObject({ kind: z.literal('fails'), type: z.string().min(1), message: z.string(), ms }),
  z.strictObject({ kind: z.literal('hangs') }),
]);

export const DOOR_ACT: z.ZodType<DoorAct> = z.strictObject({
  deviceId: z.string(),
  locked: z.boolean().nullable().exactOptional(),
  by: z.enum(['hand', 'key', 'card', 'app', 'automatic']).exactOptional(),
  autoLockMs: z.number().min(0).nullable().exactOptional(),
  doorOpen: z.boolean().exactOptional(),
  tampered: z.literal(true).exactOptional(),
  online: z.boolean().exactOptional(),
  battery: z.number().min(0).max(1).nullable().exactOptional(),
  fate: FATE.exactOptional(),
  removed: z.boolean().exactOptional(),
});

const code = z.string().regex(/^\d{1,12}$/);

export const KEYPAD_ACT: z.ZodType<KeypadAct> = z.strictObject({ deviceId: z.string(), code });

export const KEYPAD_RESULT: z.ZodType<KeypadResult> = z.strictObject({ opened: z.boolean() });

export const CODE_ACT: z.ZodType<CodeAct> = z.strictObject({
  deviceId: z.string(),
  code,
  name: z.string().exactOptional(),
  removed: z.literal(true).exactOptional(),
});

export const LOGIN_ACT: z.ZodType<LoginAct> = z.strictObject({
  connectWebviewId: z.string(),
  provider: z.string(),
  email: z.string(),
  password: z.string(),
});

const at = z.string().min(1);
const times = z.int().min(1).exactOptional();
const after = z.boolean().exactOptional();

export const FAULTS: z.ZodType<Fault[]> = z.array(
  z.discriminatedUnion('do', [
    z.strictObject({
      at,
      do: z.literal('status'),
      status: z.int().min(400).max(599),
      body: z.string().exactOptional(),
      contentType: z.string().exactOptional(),
      retryAfter: z.number().min(0).exactOptional(),
      times,
      after,
    }),
    z.strictObject({ at, do: z.enum(['hang', 'reset', 'truncate']), times, after }),
    z.strictObject({ at, do: z.literal('delay'), ms: z.number().min(0), times }),
  ]),
);

export const CLOCK_ACT: z.ZodType<ClockAct> = z.strictObject({ advanceMs: z.number().min(0) });

export const ACCOUNT_ACT: z.ZodType<AccountAct> = z.strictObject({
  email: z.string(),
  signedIn: z.boolean(),
  reauthorize: z.literal(true).exactOptional(),
});

export const LOGIN_RESULT: z.ZodType<LoginResult> = z.strictObject({
  result: z.enum(['connected', 'wrong_credentials', 'unknown_brand', 'locked_out', 'closed']),
  connectedAccountId: z.string().nullable(),
});

export const VIEW: z.ZodType<View> = z.strictObject({
  workspace: z.strictObject({ name: z.string(), sandbox: z.boolean() }),
  doors: z.array(
    z.strictObject({
      deviceId: z.string(),
      name: z.string(),
      brand: z.string(),
      account: z.string(),
      connected: z.boolean(),
      locked: z.boolean().nullable(),
      moving: z.boolean(),
      online: z.boolean(),
      battery: z.number().nullable(),
      fate: FATE,
      doorOpen: z.boolean().nullable(),
      autoLockMs: z.number().nullable(),
    }),
  ),
});

export const CALL: z.ZodType<Call> = z.strictObject({
  n: z.number(),
  at: z.number(),
  path: z.string(),
  body: z.record(z.string(), z.unknown()),
  status: z.number().nullable(),
});
