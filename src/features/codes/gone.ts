import { revoke } from '../../codes/revoke.ts';
import { inTurn } from '../../codes/turn.ts';
import type { Context } from '../../context.ts';
import { type CodeId, codeId, timerId } from '../../domain/ids.ts';
import type { SlackIdentity } from '../../domain/person.ts';
import type { Timer } from '../../store/timers.ts';

/** Revokes a code of somebody who has left; it is about the code's id. */
const REVOKE_TIMER = 'codes:end';
/** How often it is looked for codes of people who have left, ms: as old as what is known of a person may be. */
const LOOK_MS = 15 * 60_000;

/** Somebody has left the workspace: their codes go too. */
export async function endThoseOf(context: Context, who: SlackIdentity): Promise<void> {
  for (const { id } of await context.store.codes.open(who)) await end(context, id);
}

/**
 * Looks, every so often, for codes of people who have left. That somebody leaves is told once: where it could not be written
 * down at that moment, their PINs would go on working until their end.
 */
export function keepEnding(context: Context): void {
  context.tasks.every('end the codes of those who have left', LOOK_MS, async () => {
    for (const id of await context.store.codes.ofGone()) await end(context, id);
  });
}

/** One timer for each code, however often this is said. */
async function end({ store, time }: Context, id: CodeId): Promise<void> {
  await store.timers.set({ id: timerId(`${id}:end`), kind: REVOKE_TIMER, subject: id, dueAt: time.now() });
}

/** Revokes such a code. */
export async function revokeOfGone(context: Context, { subject }: Timer): Promise<void> {
  const { store, newId, time, log } = context;
  const id = codeId(subject);
  await inTurn(id, async () => {
    const code = await store.codes.find(id);
    if (code === null) return;
    const person = await store.people.ensure(code.who, newId, time.now());
    const { kind } = await revoke(context, person, code);
    log.info({ user: person.userId, codeId: id, revoked: kind }, 'a code of somebody who has left');
  });
}
