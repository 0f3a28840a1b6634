/** The parts of Home below the doors. Each has its own few blocks of the 100 that a Home takes. */
import type { Button, HeaderBlock, KnownBlock } from '@slack/types';
import type { Account } from '../domain/door.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { cut, plain } from '../slack/mrkdwn.ts';
import type { HomeListing } from '../store/listings.ts';
import { actions } from './actions.ts';
import { type ActivitySight, activityRows } from './activity.ts';
import { button, buttons, ownedBy, paragraph, plainText, smallPrint, verbatim } from './blocks.ts';
import { connectButton } from './doors.ts';

/** So many accounts are shown; nobody has this many. */
const MOST_ACCOUNTS = 10;

/** The title of a part. */
export function heading(text: string): HeaderBlock {
  return { type: 'header', text: plainText(text) };
}

/** The accounts with their health, and the way to one more. */
export function accountRows(home: HomeListing): KnownBlock[] {
  const { accounts, owner } = home;
  const hidden = accounts.length - MOST_ACCOUNTS;
  return [
    { type: 'divider' },
    heading('Your accounts'),
    ...accounts.slice(0, MOST_ACCOUNTS).map((account) => accountRow(owner.userId, account)),
    ...(hidden > 0 ? [smallPrint(`And ${hidden} more.`)] : []),
    buttons(connectButton(home)),
    smallPrint('To take an account away again, type `/locks disconnect`.'),
  ];
}

function accountRow(owner: SlackUserId, { name, healthy }: Account): KnownBlock {
  const known = plain(name);
  if (healthy) return verbatim(`${known}\nSigned in`);
  return verbatim(
    `${known}\nNeeds signing in again: until then its doors cannot be opened from here.`,
    button('Sign in again', actions.connectStart, {
      ...ownedBy(owner),
      style: 'primary',
      accessibility_label: cut(`Sign in again: ${known}`, 75),
    }),
  );
}

/** What happened to the doors. */
export function activityPart(sight: ActivitySight): KnownBlock[] {
  const rows = activityRows(sight);
  const nothing = smallPrint('Nothing has happened yet, as far as Latchbolt has heard.');
  return [{ type: 'divider' }, heading('Recent activity'), ...(rows.length === 0 ? [nothing] : rows)];
}

/** What the person has set. */
export interface Settings {
  readonly owner: SlackUserId;
  /** When they stopped their own unlocks, ms; null while they may unlock. */
  readonly pausedAt: number | null;
}

/** What can be set, in one row of buttons: what has a setting adds its own to `settingButtons`. */
export function settingsPart(settings: Settings): KnownBlock[] {
  return [
    { type: 'divider' },
    heading('Settings'),
    paragraph(openingLine(settings)),
    buttons(...settingButtons(settings)),
    smallPrint('Type `/locks help` in any channel to see all that you can do. Only you see the answer.'),
  ];
}

function openingLine({ pausedAt }: Settings): string {
  return `Opening your doors from Slack is ${pausedAt === null ? 'on' : 'paused'}.`;
}

function settingButtons({ owner, pausedAt }: Settings): Button[] {
  return [
    button('Messages to you', actions.noticesSettings, ownedBy(owner)),
    ...(pausedAt === null ? [button('Pause opening doors', actions.pauseBegin, ownedBy(owner))] : []),
  ];
}
