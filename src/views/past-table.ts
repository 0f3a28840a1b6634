import type { Past } from '../domain/history.ts';
import type { SlackUserId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import { isoAt } from '../domain/zone.ts';
import { plain } from '../slack/mrkdwn.ts';
import { type Names, pastDoor, pastHow, pastWhat, pastWhy } from './past.ts';

/** What the table of the past is made with. */
export interface TableSight {
  readonly reader: SlackIdentity;
  /** The reader's time zone. */
  readonly zone: string;
  readonly names: Names;
  /** What Slack calls people; an id for those of whom it does not tell. */
  readonly people: ReadonlyMap<SlackUserId, string>;
}

/** What stands above the columns. */
export function tableHeading(zone: string): readonly string[] {
  return [`Time (${zone})`, 'Time (UTC)', 'Door', 'What happened', 'Who', 'How', 'Why'];
}

/** One thing of the past as a line of the table. */
export function tableRow(past: Past, { reader, zone, names, people }: TableSight): readonly string[] {
  const who = past.kind === 'move' ? past.who : past.kind === 'pause' ? reader : null;
  return [
    isoAt(past.at, zone),
    `${new Date(past.at).toISOString().slice(0, 19)}Z`,
    pastDoor(past, names) ?? '',
    pastWhat(past),
    who === null ? '' : plain(people.get(who.userId) ?? who.userId),
    pastHow(past, names) ?? '',
    pastWhy(past) ?? '',
  ];
}
