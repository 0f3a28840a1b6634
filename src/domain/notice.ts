import { z } from 'zod';
import { idSchema } from './id-schema.ts';
import { accessCodeId, connectedAccountId, deviceId, type NoticeId, slackUserId } from './ids.ts';
import type { SlackIdentity } from './person.ts';

/** What people can be told of, each on or off, in the order in which they choose. */
export const NOTICE_KINDS = [
  'battery',
  'offline',
  'sign_in',
  'tamper',
  'removed',
  'denied',
  'code',
  'keypad',
  'by_hand',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The kinds that are on. One that a later Latchbolt does not have any more is left out. */
export const noticeKindsSchema: z.ZodType<readonly NoticeKind[]> = z
  .array(z.string())
  .transform((kinds) => NOTICE_KINDS.filter((kind) => kinds.includes(kind)));

/** Hours in which somebody does not want to be woken, as minutes of their day (0 to 1439), over midnight too. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
}

/** What one person wants to be told of. */
export interface NoticeSettings {
  readonly kinds: readonly NoticeKind[];
  readonly quiet: QuietHours | null;
}

/**
 * What is on until somebody chooses: all that asks for something to be done, and the use of a code, since a code is
 * given to one guest, and to know when they came is why. Off is what happens at a busy door all day, which nobody would
 * read: its keypad, its cards, its handle. There are no quiet hours: Slack has its own.
 */
export const USUAL_SETTINGS: NoticeSettings = {
  kinds: ['battery', 'offline', 'sign_in', 'tamper', 'removed', 'denied', 'code'],
  quiet: null,
};

const ofDoor = {
  accountId: idSchema(connectedAccountId),
  deviceId: idSchema(deviceId),
};

/** What a notice is about. */
export const noticeAboutSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['battery', 'offline', 'tamper', 'removed', 'denied', 'by_hand']), ...ofDoor }),
  z.object({ kind: z.literal('keypad'), how: z.enum(['keypad', 'card']), ...ofDoor }),
  z.object({ kind: z.literal('code'), codeId: idSchema(accessCodeId), ...ofDoor }),
  z.object({ kind: z.literal('sign_in'), accountId: ofDoor.accountId }),
  /** A colleague has connected the same account: before this person, or after them. */
  z.object({
    kind: z.literal('shared'),
    accountId: ofDoor.accountId,
    colleague: idSchema(slackUserId),
    came: z.enum(['before', 'after']),
  }),
]);
export type NoticeAbout = z.infer<typeof noticeAboutSchema>;

/** One thing that one person is to be told of. The same thing has the same id, however often it is heard. */
export interface Notice {
  readonly id: NoticeId;
  readonly who: SlackIdentity;
  readonly about: NoticeAbout;
  /** When it happened, ms. */
  readonly at: number;
}

/**
 * Whether it is told in quiet hours too: somebody at the lock, and somebody new who can open it. All else can wait until
 * the morning: nobody gets up at night to change a battery or to sign in.
 */
export function isUrgent({ kind }: NoticeAbout): boolean {
  return kind === 'tamper' || kind === 'shared';
}

/** Whether somebody wants to be told of this. Who else can open their doors is not for choosing. */
export function isWanted({ kind }: NoticeAbout, { kinds }: NoticeSettings): boolean {
  return kind === 'shared' || kinds.includes(kind);
}
