import type { Context } from '../context.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Move } from '../store/move-row.ts';

/** The first pause before an outcome that the database would not take is tried again, and the longest, ms. */
const WRITE_AGAIN_MS = 1_000;
const WRITE_AGAIN_AT_MOST_MS = 60_000;

/**
 * What became of an outcome: it is written; the row had ended with another before, which is told by whoever wrote it;
 * or the database would not take it.
 */
export type Recorded = 'written' | 'ended_before' | 'failed';

/**
 * Commits the outcome. Where the database would not take it, it is tried again behind the person's back until it does,
 * since a row under way makes every later click join it.
 */
export async function record(context: Context, move: Move, outcome: Outcome): Promise<Recorded> {
  const { store, time, log, metrics } = context;
  const at = time.now();
  const write = () => store.moves.end(move.id, outcome, at);
  try {
    if (!(await write())) {
      log.warn({ move: move.id }, 'a move was ended by another run');
      return 'ended_before';
    }
    metrics.moveEnded(move.verb, outcome);
    await keepSight(context, move, outcome, at);
    log.info(
      { move: move.id, device: move.deviceId, user: move.who.userId, ...loggable(outcome) },
      `${move.verb} ended`,
    );
    return 'written';
  } catch (error) {
    log.error({ move: move.id, outcome: outcome.kind, err: error }, 'an outcome could not be written');
    metrics.moveEnded(move.verb, outcome);
    writeLater(context, move, write);
    return 'failed';
  }
}

/** Without the lock maker's own words: who knows whose name is in them. */
function loggable(outcome: Outcome): { outcome: string; reason: string | null } {
  const reason = 'reason' in outcome ? outcome.reason : 'why' in outcome ? outcome.why : null;
  return { outcome: outcome.kind, reason };
}

/** When the door was seen to move: worth having, but the journal does not depend on it. */
async function keepSight(
  { store, log }: Context,
  { deviceId, verb }: Move,
  outcome: Outcome,
  at: number,
): Promise<void> {
  if (outcome.kind !== 'unlocked' && outcome.kind !== 'locked' && outcome.kind !== 'sent') return;
  try {
    const state = verb === 'lock' ? 'locked' : 'unlocked';
    await store.sightings.record({ deviceId, state, how: 'asked', at });
  } catch (error) {
    log.warn({ device: deviceId, err: error }, 'a sighting was not written');
  }
}

function writeLater({ tasks, time, log }: Context, move: Move, write: () => Promise<boolean>): void {
  tasks.spawn('write outcome', async (stopping) => {
    for (let pause = WRITE_AGAIN_MS; ; pause = Math.min(2 * pause, WRITE_AGAIN_AT_MOST_MS)) {
      await time.sleep(pause, stopping);
      if (stopping.aborted) return;
      try {
        await write();
        log.info({ move: move.id }, 'an outcome was written late');
        return;
      } catch (error) {
        log.warn({ move: move.id, err: error }, 'an outcome can still not be written');
      }
    }
  });
}
