import { z } from 'zod';
import type { Door } from './door.ts';
import type { AccessCodeId, CodeId, ConnectedAccountId, DeviceId } from './ids.ts';
import { SEAM_REASONS } from './outcome.ts';
import type { SlackIdentity } from './person.ts';
import { DAY_MS } from './zone.ts';

const HOUR_MS = 60 * 60 * 1000;
/** How far away the start of a code may be, and its end, ms. */
export const LONGEST_CODE_MS = 365 * DAY_MS;

/** Why a lock does not do with a code what it was asked for. */
const codeTroubleSchema = z.enum([
  /** The lock has a code with the same PIN. */
  'duplicate',
  'no_room',
  /** The lock does not take such a PIN. */
  'constraints',
  /** Somebody changed it, or took it off, in the lock's own app. */
  'changed_elsewhere',
  'sign_in_again',
  'not_permitted',
  'gone',
  'lock_refused',
]);
export type CodeTrouble = z.infer<typeof codeTroubleSchema>;

/** Why no PIN is made or shown at all: the operator has stopped all unlocks, or the person their own. */
const CODE_STOPS = ['paused', 'paused_by_you'] as const;
export type CodeStop = (typeof CODE_STOPS)[number];

/** Why no code was asked for, or why Seam made none. */
const CODE_REFUSALS = [
  'not_yours',
  ...CODE_STOPS,
  /** The lock takes no codes from afar. */
  'no_codes',
  'door_limit',
  'person_limit',
  /** Latchbolt ended before it asked. */
  'not_sent',
  /** Its own record could not be written. */
  'not_recorded',
  /** Its maker makes none for these times. */
  'times',
  'sign_in_again',
  'not_permitted',
  'offline',
  'gone',
  'lock_refused',
  ...SEAM_REASONS,
] as const;
export type CodeRefusal = (typeof CODE_REFUSALS)[number];

/** How a code stands. */
export const codeStandingSchema = z
  .discriminatedUnion('kind', [
    /** It is written down, and Seam is about to be asked. */
    z.object({ kind: z.literal('asking') }),
    /** Seam was asked, and its answer was lost: there may be a code. */
    z.object({ kind: z.literal('unknown') }),
    /** `delayed`: the lock is out of reach, and learns it when it is back. */
    z.object({ kind: z.literal('setting'), delayed: z.boolean() }),
    /** The lock knows it, or will in time; it does not work yet. */
    z.object({ kind: z.literal('scheduled') }),
    z.object({ kind: z.literal('set') }),
    /** The lock has not learnt it. It may still, when the reason is gone. */
    z.object({ kind: z.literal('failed'), why: codeTroubleSchema }),
    /** `delayed`: the lock is out of reach, and forgets it when it is back. */
    z.object({ kind: z.literal('removing'), delayed: z.boolean() }),
    /** The lock was asked to forget it, and has not. */
    z.object({ kind: z.literal('not_removed'), why: codeTroubleSchema }),
    /** Its account was disconnected while it worked: nobody here can say more. */
    z.object({ kind: z.literal('out_of_reach') }),
    z.object({
      kind: z.literal('ended'),
      why: z.enum([
        'revoked',
        'expired',
        /** Somebody took it off the lock without us. */
        'removed_elsewhere',
        /** The answer was lost, and Seam has no such code. */
        'not_made',
      ]),
    }),
    z.object({ kind: z.literal('refused'), why: z.enum(CODE_REFUSALS), waitMs: z.number().nullable() }),
  ])
  .readonly();
export type CodeStanding = z.infer<typeof codeStandingSchema>;

/** When a code works, ms. A start of null is now. */
export interface CodeWindow {
  readonly startsAt: number | null;
  readonly endsAt: number;
}

/** A code for a guest, as we know it. Its PIN is not among what is known: Seam is asked when it is shown. */
export interface Code extends CodeWindow {
  readonly id: CodeId;
  readonly who: SlackIdentity;
  readonly deviceId: DeviceId;
  /** As its owner gave it; null until it was asked for. */
  readonly doorName: string | null;
  readonly accountId: ConnectedAccountId | null;
  /** For whom it is, as it was typed. */
  readonly guest: string | null;
  /** Whether its maker computed it, so that nobody can take it back. */
  readonly offline: boolean;
  readonly accessCodeId: AccessCodeId | null;
  readonly requestedAt: number;
  /** When Seam was about to be asked for it, ms; null when it certainly was not. */
  readonly sentAt: number | null;
  /** When somebody wanted it gone, ms. */
  readonly revokedAt: number | null;
  readonly standing: CodeStanding;
}

/** Whether a lock takes codes from afar. */
export function takesCodes({ codes }: Pick<Door, 'codes'>): boolean {
  return codes.online || codes.offline;
}

/** Whether two standings say the same. */
export function isSameStanding(one: CodeStanding, other: CodeStanding): boolean {
  return JSON.stringify(codeStandingSchema.parse(one)) === JSON.stringify(codeStandingSchema.parse(other));
}

/** Whether nothing more will come of a code: its PIN opens nothing. */
export function isOver({ kind }: CodeStanding): boolean {
  return kind === 'ended' || kind === 'refused';
}

/** The longest that an hourly code of an offline lock lasts; a longer one lasts whole days. */
const LONGEST_HOURLY_MS = 672 * HOUR_MS;
/** The shortest that lasts whole days. */
const SHORTEST_DAILY_MS = 29 * DAY_MS;

/**
 * The window that a lock without a connection can have: from the beginning of the hour in which it shall work, for whole
 * hours, and for whole days where it is longer than 28 days. Never shorter than what was asked for.
 */
export function offlineWindow(
  { startsAt, endsAt }: CodeWindow,
  now: number,
): { readonly startsAt: number; readonly endsAt: number; readonly daily: boolean } {
  const start = Math.floor((startsAt ?? now) / HOUR_MS) * HOUR_MS;
  const lasts = Math.ceil((endsAt - start) / HOUR_MS) * HOUR_MS;
  if (lasts <= LONGEST_HOURLY_MS) return { startsAt: start, endsAt: start + lasts, daily: false };
  const days = Math.max(SHORTEST_DAILY_MS, Math.ceil(lasts / DAY_MS) * DAY_MS);
  return { startsAt: start, endsAt: start + days, daily: true };
}

/** How many digits of a PIN are asked for where the lock takes that. */
const PIN_DIGITS = 6;

/** How many digits a PIN shall have; null for as many as the lock's maker likes. */
export function pinLength(lengths: readonly number[]): number | null {
  return lengths.includes(PIN_DIGITS) ? PIN_DIGITS : null;
}

const SHORTEST_GUEST = 3;
/** The longest name that is sent where the lock sets no limit. */
const LONGEST_NAME = 40;

/**
 * What a code is called on the lock: its guest, so that its owner finds it in the lock's own app, and a mark by which we
 * find it again.
 */
export function nameOnLock({ id, guest }: Pick<Code, 'id' | 'guest'>, longest: number | null): string {
  const mark = id.replaceAll(/[^\w]/g, '').slice(0, 8);
  const room = Math.min(longest ?? LONGEST_NAME, LONGEST_NAME) - mark.length - 1;
  const name = [...(guest ?? 'Guest').replaceAll(/[\p{C}\s]+/gu, ' ').trim()]
    .slice(0, Math.max(room, 0))
    .join('')
    .trim();
  return name.length < SHORTEST_GUEST && room < SHORTEST_GUEST ? mark : `${name} ${mark}`.trim();
}
