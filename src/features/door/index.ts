import type { Context } from '../../context.ts';
import { moveId } from '../../domain/ids.ts';
import type { Verb } from '../../domain/move.ts';
import type { Asked, Feature, Turned } from '../../feature.ts';
import { tellAgain } from '../../moving/again.ts';
import { askToMove } from '../../moving/ask.ts';
import { takeOver } from '../../moving/recover.ts';
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
async function recordTurned(context: Context, turned: Turned, verb: Verb): Promise<void> {
  const { store, metrics, newId, log } = context;
  const button = readButton(turned.args);
  if (button === null) return;
  const request = {
    id: moveId(newId()),
    interaction: turned.interaction,
    who: turned.identity,
    deviceId: button.deviceId,
    verb,
    via: 'message',
    listingId: null,
    responseUrl: null,
    requestedAt: turned.at,
  } as const;
  const outcome = { kind: 'refused', why: turned.why } as const;
  if ((await store.moves.refuse(request, outcome)) !== null) {
    metrics.moveEnded(verb, outcome);
    await store.moves.told(request.id, turned.at, true);
  }
  const { userId, scope } = turned.identity;
  log.info({ user: userId, scope, device: button.deviceId, why: turned.why }, `${verb} refused`);
}
