import type { Context } from '../context.ts';
import { type DeviceId, moveId } from '../domain/ids.ts';
import type { Verb, Via } from '../domain/move.ts';
import type { Turned } from '../feature.ts';

/** Which bolt somebody wanted to move, and where they asked for it. */
interface Wanted {
  readonly deviceId: DeviceId;
  readonly verb: Verb;
  readonly via: Via;
}

/** Somebody who does not belong here wanted to move a bolt: a row of the journal too, once for each interaction. */
export async function recordRefused(
  { store, metrics, newId, log }: Context,
  { identity, interaction, at, why }: Turned,
  wanted: Wanted,
): Promise<void> {
  const request = {
    ...wanted,
    id: moveId(newId()),
    interaction,
    who: identity,
    listingId: null,
    responseUrl: null,
    requestedAt: at,
  };
  const outcome = { kind: 'refused', why } as const;
  if ((await store.moves.refuse(request, outcome)) !== null) {
    metrics.moveEnded(wanted.verb, outcome);
    await store.moves.told(request.id, at, true);
  }
  const { userId, scope } = identity;
  log.info({ user: userId, scope, device: wanted.deviceId, why }, `${wanted.verb} refused`);
}
