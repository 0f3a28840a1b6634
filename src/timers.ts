import type { Context } from './context.ts';
import type { Registry } from './registry.ts';
import type { Timer } from './store/timers.ts';

/** How often it is looked whether something is due, ms. */
const LOOK_MS = 1_000;
/** After how long something that could not be done is tried again, ms. */
const AGAIN_MS = 15_000;

/** Does what is due, for as long as Latchbolt runs. */
export function keepTimers(context: Context, registry: Registry): void {
  const { store, tasks, time } = context;
  tasks.every('timers', LOOK_MS, async () => {
    for (const timer of await store.timers.take(time.now())) {
      tasks.spawn(`timer ${timer.kind}`, () => ring(context, registry, timer));
    }
  });
}

async function ring(context: Context, registry: Registry, timer: Timer): Promise<void> {
  const { store, time, log } = context;
  const found = registry.timer(timer.kind);
  try {
    if (found === null) log.warn({ kind: timer.kind }, 'a timer of no feature that is here');
    else await found.handle(context, timer);
    await store.timers.done(timer.id);
  } catch (error) {
    log.error({ timer: timer.id, kind: timer.kind, err: error }, 'a timer could not be done');
    await store.timers.again(timer.id, time.now() + AGAIN_MS);
  }
}
