import type { Context } from '../../context.ts';
import { unlockId } from '../../domain/ids.ts';
import type { Feature, Turned } from '../../feature.ts';
import { tellAgain } from './again.ts';
import { readButton } from './decide.ts';
import { open } from './open.ts';
import { takeOver } from './recover.ts';

/** Opening a door. */
export const unlock: Feature = {
  name: 'unlock',
  subcommands: [],
  actions: { open },
  turnedAway: { open: recordTurned },
  takeOver,
  start: tellAgain,
};

/** A click of somebody who does not belong here is a row of the journal too. */
async function recordTurned({ store, metrics, newId, log }: Context, turned: Turned): Promise<void> {
  const button = readButton(turned.args);
  if (button === null) return;
  const request = {
    id: unlockId(newId()),
    interaction: turned.interaction,
    who: turned.identity,
    deviceId: button.deviceId,
    listingId: null,
    responseUrl: null,
    requestedAt: turned.at,
  };
  const outcome = { kind: 'refused', why: turned.why } as const;
  if ((await store.unlocks.refuse(request, outcome)) !== null) {
    metrics.unlockEnded(outcome);
    await store.unlocks.told(request.id, turned.at, true);
  }
  log.info(
    { user: turned.identity.userId, scope: turned.identity.scope, device: button.deviceId, why: turned.why },
    'unlock refused',
  );
}
