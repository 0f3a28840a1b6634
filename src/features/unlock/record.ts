import type { Context } from '../../context.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Unlock } from '../../store/unlocks.ts';

/** ms between tries to write an outcome that the database would not take. */
const WRITE_AGAIN_MS = 1_000;

/**
 * Commits the outcome. False when the database would not take it: then it is tried again behind the person's
 * back until it does, since a row under way makes every later click join it.
 */
export async function record(context: Context, unlock: Unlock, outcome: Outcome): Promise<boolean> {
  const { store, time, log } = context;
  const at = time.now();
  const write = async () => {
    await store.unlocks.end(unlock.id, outcome, at);
    const moved = outcome.kind === 'unlocked' || outcome.kind === 'sent';
    if (moved) await store.sightings.record({ deviceId: unlock.deviceId, state: 'unlocked', at });
  };
  try {
    await write();
    log.info(
      { unlock: unlock.id, device: unlock.deviceId, user: unlock.who.userId, outcome },
      'unlock ended',
    );
    return true;
  } catch (error) {
    log.error({ unlock: unlock.id, outcome: outcome.kind, err: error }, 'an outcome could not be written');
    writeLater(context, unlock, write);
    return false;
  }
}

function writeLater({ tasks, time, log }: Context, unlock: Unlock, write: () => Promise<void>): void {
  tasks.spawn('write outcome', async (stopping) => {
    while (!stopping.aborted) {
      await time.sleep(WRITE_AGAIN_MS, stopping);
      try {
        await write();
        log.info({ unlock: unlock.id }, 'an outcome was written late');
        return;
      } catch (error) {
        log.debug({ unlock: unlock.id, err: error }, 'an outcome can still not be written');
      }
    }
  });
}
