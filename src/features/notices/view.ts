import type { Button, KnownBlock } from '@slack/types';
import type { SlackUserId } from '../../domain/ids.ts';
import type { Notice, NoticeAbout, NoticeKind, NoticeSettings } from '../../domain/notice.ts';
import type { Message } from '../../slack/message.ts';
import { cut, escapeMrkdwn, moment, plain } from '../../slack/mrkdwn.ts';
import { actions } from '../../views/actions.ts';
import { button, buttons, message, ownedBy, paragraph, smallPrint, verbatim } from '../../views/blocks.ts';
import { KIND_WORDS, minuteWords } from '../../views/notice-words.ts';
import type { Facts } from './decide.ts';

/** So many things are told in one message; of the rest only their number. */
const MOST_TOLD = 12;
/** Where no name is known: of a lock that Seam does not list any more. */
const SOME_LOCK = 'A lock of yours';

const PASSWORD =
  'If that is not right, change the password of the account in the app of its maker, and tell the person who set up Latchbolt.';

/** The same thing, as often as it happened: from `first` to `last`, ms. */
interface Told {
  readonly about: NoticeAbout;
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

/** One message about all of these; of the same thing, however often it happened, one line. */
export function noticesMessage(owner: SlackUserId, notices: readonly Notice[], facts: Facts): Message {
  const all = gathered(notices);
  const shown = all.slice(0, MOST_TOLD).map((told) => shownOf(told, facts));
  const rest = all.length - shown.length;
  const [only] = all;
  const title = all.length > 1 ? `${all.length} things about your locks` : '';
  const more = rest > 0 ? `And ${rest} more.` : '';
  const print = finePrint(only === undefined || all.length > 1 ? null : only.about);
  return {
    text: [
      ...(title === '' ? [] : [`${title}.`]),
      ...shown.map(({ spoken }) => spoken),
      ...(more === '' ? [] : [more]),
      print.replaceAll('*', ''),
    ].join(' '),
    blocks: [
      ...(title === '' ? [] : [paragraph(`*${title}*`)]),
      ...shown.flatMap(({ blocks }) => blocks),
      ...(more === '' ? [] : [paragraph(more)]),
      buttons(...buttonsFor(owner, all)),
      smallPrint(print),
    ],
  };
}

function gathered(notices: readonly Notice[]): readonly Told[] {
  const all = new Map<string, Told>();
  for (const { about, at } of notices) {
    const key = JSON.stringify(about);
    const known = all.get(key) ?? { about, count: 0, first: at, last: at };
    const first = Math.min(known.first, at);
    all.set(key, { about, count: known.count + 1, first, last: Math.max(known.last, at) });
  }
  return [...all.values()];
}

function shownOf(told: Told, facts: Facts): { blocks: KnownBlock[]; spoken: string } {
  const { about, count, first, last } = told;
  const when = count > 1 && first !== last ? `${moment(first)} to ${moment(last)}` : moment(first);
  if (about.kind === 'shared') return sharedShown(about, nameOfAccount(about, facts), when);
  const said =
    about.kind === 'sign_in' ? signInLine(nameOfAccount(about, facts)) : doorLine(about, count, facts);
  const since = about.kind === 'offline' ? `Since ${when}` : when;
  return {
    blocks: [verbatim(said), smallPrint(since)],
    spoken: `${escapeMrkdwn(said)} ${since}.`,
  };
}

/** The colleague stands as a mention, which is our own text; the account's name is its owner's. */
function sharedShown(
  { colleague, came }: Extract<NoticeAbout, { kind: 'shared' }>,
  account: string,
  when: string,
): { blocks: KnownBlock[]; spoken: string } {
  const who =
    came === 'after'
      ? `<@${colleague}> has connected one of your lock accounts too, and can now see and open its doors, as you can.`
      : `<@${colleague}> has connected this lock account before you, and can see and open its doors, as you can.`;
  return {
    blocks: [paragraph(who), verbatim(account), smallPrint(`${when} · ${PASSWORD}`)],
    spoken: `${who} ${escapeMrkdwn(account)}. ${when}. ${PASSWORD}`,
  };
}

function nameOfAccount({ accountId }: NoticeAbout, { accounts }: Facts): string {
  return plain(accounts.get(accountId)?.name ?? 'Your lock account');
}

function signInLine(account: string): string {
  return `${account}: this account needs signing in again. Until then its doors do not open from Slack.`;
}

function doorLine(
  about: Exclude<NoticeAbout, { kind: 'sign_in' | 'shared' }>,
  count: number,
  { doors, codes }: Facts,
): string {
  const door = doors.get(about.deviceId);
  const name = plain(door?.name ?? SOME_LOCK);
  const often = count > 1 ? `, ${count} times` : '';
  switch (about.kind) {
    case 'battery': {
      const level = door?.battery?.level ?? null;
      const percent = level === null ? '' : ` (${Math.round(level * 100)}%)`;
      return `${name}: the battery is low${percent}. Change it soon: with an empty one the lock does not open from Slack.`;
    }
    case 'offline':
      return `${name}: the lock is offline, and does not open from Slack. Check its Wi-Fi or its bridge.`;
    case 'tamper':
      return `${name}: somebody may be tampering with the lock. Have a look, or ask somebody who is there.`;
    case 'removed':
      return `${name}: the lock was removed from its account, and does not open from Slack any more. If that was not you, look into the app of its maker.`;
    case 'denied':
      return `${name}: somebody was not let in${often}. A code or a card was not accepted.`;
    case 'by_hand':
      return `${name}: unlocked by hand or with a key${often}.`;
    case 'keypad':
      return `${name}: unlocked ${about.how === 'card' ? 'with a card or a phone' : 'at the keypad'}${often}.`;
    case 'code': {
      const code = codes.get(about.codeId);
      return `${name}: unlocked with ${code === undefined ? 'a code' : `the code “${plain(code)}”`}${often}.`;
    }
  }
}

/** How to hear no more of it. */
function finePrint(only: NoticeAbout | null): string {
  if (only?.kind === 'shared') return 'You are told this once for each colleague.';
  const all = '*Settings*, or /locks notices, has all that you can be told of, and quiet hours.';
  return only === null
    ? all
    : `*Turn these off* ends messages of this kind: ${KIND_WORDS[only.kind]}. ${all}`;
}

function buttonsFor(owner: SlackUserId, all: readonly Told[]): Button[] {
  const kinds = all.map(({ about }) => about.kind);
  const [only] = kinds;
  const settings = button('Settings', actions.noticesSettings, ownedBy(owner));
  if (only === 'shared' && kinds.length === 1) {
    return [button('Show my doors', actions.listShow), settings];
  }
  return [
    // Without an owner the answer comes anew, and this message stays as a record.
    ...(kinds.includes('sign_in')
      ? [button('Sign in again', actions.connectStart, { style: 'primary' })]
      : [button('Show my doors', actions.listShow)]),
    settings,
    ...(kinds.length === 1 && only !== undefined
      ? [button('Turn these off', actions.noticesOff, ownedBy(owner, only))]
      : []),
  ];
}

/** A kind was turned off from its own message. */
export function turnedOffMessage(owner: SlackUserId, kind: NoticeKind): Message {
  return withSettings(
    owner,
    `Turned off: ${KIND_WORDS[kind]}. You will not get messages of this kind any more.`,
  );
}

/** What was chosen is kept. */
export function savedMessage(owner: SlackUserId, { kinds, quiet }: NoticeSettings): Message {
  const told =
    kinds.length === 0
      ? 'You are told of nothing by message.'
      : `You are told by message: ${kinds.map((kind) => KIND_WORDS[kind]).join('; ')}.`;
  const hours =
    quiet === null
      ? 'There are no quiet hours.'
      : `Quiet hours are from ${minuteWords(quiet.fromMinute)} to ${minuteWords(quiet.toMinute)}: what comes then waits for their end, but for tampering and a colleague who connects your account.`;
  return withSettings(owner, `Saved. ${told} ${hours}`);
}

/** The settings could not be opened where somebody asked for them. */
export function openAgainMessage(owner: SlackUserId): Message {
  return withSettings(owner, 'Slack did not open the settings in time. Press Settings.');
}

/** For a button that names a kind that is not there. */
export function unknownKindMessage(owner: SlackUserId): Message {
  return withSettings(owner, 'Nothing was turned off: there are no messages of this kind any more.');
}

function withSettings(owner: SlackUserId, text: string): Message {
  return message(
    cut(text, 2_000),
    verbatim(text),
    buttons(button('Settings', actions.noticesSettings, ownedBy(owner))),
  );
}
