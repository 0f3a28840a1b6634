import type { Seam } from 'seam';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { Asker } from './asked.ts';
import { eventOf, eventTypes, seamEventSchema } from './events.ts';
import type { ListedEvent, SeamPort } from './port.ts';
import { readEach } from './readable.ts';

/** So many events come with one answer at most. */
const MOST = 500;

type EventTypes = NonNullable<Parameters<Seam['events']['list']>[0]['event_types']>;
/**
 * Names of Seam's own, which its SDK knows as a union of texts. Not those of links: whoever hands out a link looks at it,
 * and would hear of its end once more, much later.
 */
const TYPES = eventTypes.filter((type) => !type.startsWith('connect_webview.')) as EventTypes;

type When = { readonly since: string } | { readonly between: [string, string] };

/** What Seam knows of the past. */
export function createHappened(seam: Seam, { asked }: Asker, log: Log): Pick<SeamPort, 'events'> {
  const listed = (when: When) =>
    asked('events/list', async () => {
      const answer = await seam.events.list({ ...when, event_types: TYPES, limit: MOST });
      const all = z.array(z.unknown()).parse(answer);
      const { read, odd } = readEach(seamEventSchema, all);
      // It would come again with every question, and must not keep the others away.
      if (odd.length > 0) log.warn({ kind: 'event', leftOut: odd.length }, 'Seam listed what cannot be read');
      return { isWhole: all.length < MOST, events: read };
    });

  /** All between two moments, ms, which are left out themselves. In which order Seam lists is not said: so halves. */
  async function between(from: number, to: number): Promise<Facts[]> {
    const { isWhole, events } = await listed({ between: [iso(from), iso(to)] });
    if (isWhole || to - from <= 2) return events;
    const middle = Math.floor((from + to) / 2);
    return [...(await between(from, middle + 1)), ...(await between(middle, to))];
  }

  return {
    async events(since, now) {
      const { isWhole, events } = await listed({ since: iso(since) });
      const newest = Math.max(since, ...events.map(momentOf));
      const all = isWhole ? events : await between(since - 1, newest + 1);
      const known = new Map(all.map((facts) => [facts.event_id, facts]));
      return [...known.values()]
        .toSorted((one, other) => momentOf(one) - momentOf(other))
        .flatMap((facts): ListedEvent[] => {
          const event = eventOf(facts, now);
          return event === null ? [] : [{ id: facts.event_id, at: Math.min(momentOf(facts), now), event }];
        });
    },
  };
}

type Facts = z.infer<typeof seamEventSchema>;

function momentOf({ occurred_at: at }: Facts): number {
  return Date.parse(at);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
