import type { Context } from '../../context.ts';
import type { Verb } from '../../domain/move.ts';
import type { Asked, Feature, TurnedClick } from '../../feature.ts';
import { tellAgain } from '../../moving/again.ts';
import { askToMove } from '../../moving/ask.ts';
import { takeOver } from '../../moving/recover.ts';
import { recordRefused } from '../../moving/refused.ts';
import { readButton } from './decide.ts';
import { staleButton } from './view.ts';

/** Unlocking and locking a door, by its buttons. */
export const door: Feature = {
  name: 'door',
  subcommands: [],
  actions: {
    unlock: (context, clicked) => click(context, clicked, 'unlock'),
    lock: (context, clicked) => click(context, clicked, 'lock'),
  },
  turnedAway: {
    unlock: (context, turned) => recordTurned(context, turned, 'unlock'),
    lock: (context, turned) => recordTurned(context, turned, 'lock'),
  },
  takeOver,
  start: tellAgain,
};

async function click(context: Context, clicked: Asked, verb: Verb): Promise<void> {
  const button = readButton(clicked.args);
  if (button === null) {
    await context.messenger.post(clicked, staleButton);
    return;
  }
  const { person, inOwnMessage, postedAt, place } = clicked;
  // The outcome is shown in the list only where that is the person's own.
  const listing = inOwnMessage ? await context.doors.find(person, button.listingId).catch(() => null) : null;
  await askToMove(context, {
    ...clicked,
    verb,
    via: place === 'home' ? 'home' : 'message',
    deviceId: button.deviceId,
    listingId: listing?.id ?? null,
    // A message is as old as its list, which *Refresh* makes anew; where there is no list, as Slack says.
    madeAt: listing?.shownAt ?? postedAt,
  });
}

/** A click of somebody who does not belong here is a row of the journal too. */
async function recordTurned(context: Context, turned: TurnedClick, verb: Verb): Promise<void> {
  const button = readButton(turned.args);
  if (button !== null)
    await recordRefused(context, turned, { deviceId: button.deviceId, verb, via: 'message' });
}
