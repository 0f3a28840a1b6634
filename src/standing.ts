import type { Context } from './context.ts';
import type { Standing } from './domain/person.ts';
import { MembersError } from './slack/errors.ts';
import type { StoredPerson } from './store/people.ts';

/** How long Slack's word on someone is taken without asking again, ms. Of most changes it tells us at once. */
const FRESH_MS = 15 * 60 * 1000;
/** How long it stands while Slack cannot be asked, ms: a fault of Slack's must not lock everybody out. */
const STANDS_MS = 12 * 60 * 60 * 1000;

/** What someone is in the workspace, now; throws a MembersError when that cannot be said. */
export async function standingOf(context: Context, person: StoredPerson): Promise<Standing> {
  const { store, members, time, log } = context;
  const { standing } = person;
  const now = time.now();
  // What is dated later than now was written by a clock that was wrong.
  const age = standing === null || standing.at > now ? Number.POSITIVE_INFINITY : now - standing.at;
  if (standing !== null && age < FRESH_MS) return standing.is;
  let asked: Awaited<ReturnType<typeof members.ask>>;
  try {
    asked = await members.ask(person.userId);
  } catch (error) {
    if (!(error instanceof MembersError) || standing === null || age > STANDS_MS) throw error;
    log.warn({ user: person.userId, err: error }, 'what Slack last said of a person still stands');
    return standing.is;
  }
  try {
    await store.people.setStanding(person, asked, now, now);
  } catch (error) {
    // It is known for now, and asked again next time.
    log.warn({ user: person.userId, err: error }, 'what Slack said of a person was not kept');
  }
  // Slack's own word of it may have come while nobody was there to hear it.
  if (asked.is === 'deactivated' && standing?.is !== 'deactivated') {
    await context.announce({ kind: 'person_left', who: person });
  }
  return asked.is;
}
