import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { outcomeSchema } from '../../../src/domain/outcome.ts';
import type { Deed } from './deeds.ts';
import type { Post } from './posts.ts';
import type { SlackSink } from './slack-sink.ts';
import type { Told } from './told.ts';

/** A row of the bot's journal, as it is in the file. */
export type Row = z.output<typeof row>;

const row = z.object({
  interaction: z.string(),
  slack_user_id: z.string(),
  device_id: z.string(),
  verb: z.enum(['unlock', 'lock']),
  state: z.string(),
  action_attempt_id: z.string().nullable(),
  outcome: z
    .string()
    .transform((text) => outcomeSchema.parse(JSON.parse(text)))
    .nullable(),
  requested_at: z.number(),
  ended_at: z.number().nullable(),
});

/** The journal, oldest first, read beside the bot. */
export function readJournal(file: string): Row[] {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    const { data, error } = z
      .array(row)
      .safeParse(sqlite.prepare('select * from move order by requested_at').all());
    if (data === undefined) throw new Error(`the journal cannot be read: ${error.message}`);
    return data;
  } finally {
    sqlite.close();
  }
}

/** The row of this click; undefined when none was committed. */
export function rowOf(rows: readonly Row[], { trigger }: Deed): Row | undefined {
  return rows.find(({ interaction }) => interaction.includes(trigger));
}

/** What Seam was asked, held against the journal. */
export interface Matched {
  /** POSTs that no committed row answers for. */
  readonly withoutRow: number;
  /** POSTs beyond the first for one row. */
  readonly repeated: number;
  /** Rows that say for sure that nothing was sent, and yet it was. */
  readonly denied: number;
  /** The rows that were sent. */
  readonly sent: ReadonlySet<Row>;
}

/**
 * Gives every POST to the row that it can be of: the newest of its door that was requested before it. Joined clicks
 * send nothing, so that no POST is theirs. All clocks are this machine's.
 */
export function match(rows: readonly Row[], posts: readonly Post[]): Matched {
  const ofDoor = Map.groupBy(
    rows.filter(({ state }) => state !== 'joined'),
    ({ device_id }) => device_id,
  );
  const sent = new Set<Row>();
  let [withoutRow, repeated] = [0, 0];
  for (const { at, deviceId } of posts) {
    const its = ofDoor.get(deviceId)?.findLast(({ requested_at }) => requested_at <= at);
    if (its === undefined) withoutRow += 1;
    else if (sent.has(its)) repeated += 1;
    else sent.add(its);
  }
  // In a world where every lock works, a failure or a refusal means that the bot never sent it.
  const denied = [...sent].filter(
    ({ outcome }) => outcome?.kind === 'failed' || outcome?.kind === 'refused',
  ).length;
  return { withoutRow, repeated, denied, sent };
}

/** Whether a text says how an unlock or a lock ended. That a door is locked says a list as well. */
export function saysOutcome({ text }: Told): boolean {
  return /Unlocked\.|Locked\. The lock has|Sent, but|Not (un)?locked\.|Nobody can say|nothing was /.test(
    text,
  );
}

/** The outcomes that were told in answer to this click. */
export function outcomesTold(slack: SlackSink, { trigger }: Deed): readonly Told[] {
  return slack.answers(trigger).filter(saysOutcome);
}

/** The clicks whose person was not told an outcome: neither in answer nor by a direct message of their own. */
export function untold(slack: SlackSink, deeds: readonly Deed[]): Deed[] {
  const unanswered = deeds.filter((deed) => outcomesTold(slack, deed).length === 0);
  // One direct message tells of one click.
  return [...Map.groupBy(unanswered, ({ userId }) => userId)].flatMap(([userId, mine]) =>
    mine.slice(slack.direct(userId).filter(saysOutcome).length),
  );
}
