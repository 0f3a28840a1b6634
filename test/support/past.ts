import Sqlite from 'better-sqlite3';
import type { Outcome } from '../../src/domain/outcome.ts';
import { eventually, HOME, OLIVIA, type Shown, type World } from './world.ts';

/** Something that was asked for, as the journal keeps it. */
interface Asked {
  readonly id: string;
  readonly at: number;
  readonly deviceId: string;
  readonly who?: string;
  readonly outcome?: Outcome | null;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** What a test of the past does, in the world of the test that runs. */
export function inThePast(world: () => World) {
  const inDatabase = (work: (sqlite: Sqlite.Database) => void) => {
    const sqlite = new Sqlite(world().house.config.database.file);
    try {
      sqlite.transaction(() => work(sqlite))();
    } finally {
      sqlite.close();
    }
  };

  const insert = (sqlite: Sqlite.Database, table: string, row: Readonly<Record<string, unknown>>) => {
    const names = Object.keys(row);
    const places = names.map((name) => `@${name}`).join(', ');
    sqlite.prepare(`insert into ${table} (${names.join(', ')}) values (${places})`).run(row);
  };

  return {
    /** Writes rows of the journal, as they were left long ago. */
    writeMoves(moves: readonly Asked[]) {
      inDatabase((sqlite) => {
        for (const { id, at, deviceId, who = OLIVIA, outcome = { kind: 'unlocked' }, more = {} } of moves) {
          insert(sqlite, 'move', {
            id,
            interaction: `interaction-${id}`,
            scope: HOME,
            slack_user_id: who,
            device_id: deviceId,
            verb: 'unlock',
            via: 'message',
            door_name: 'Front Door',
            state: outcome === null ? 'under_way' : 'ended',
            outcome: outcome === null ? null : JSON.stringify(outcome),
            requested_at: at,
            sent_at: at,
            ended_at: outcome === null ? null : at,
            told_at: outcome === null ? null : at,
            response_url_expires_at: 0,
            ...more,
          });
        }
      });
    },

    /** Writes down what Seam told long ago. */
    writeHappenings(
      happenings: readonly { id: string; at: number; deviceId: string; kind: string; how?: string }[],
    ) {
      inDatabase((sqlite) => {
        for (const { id, at, deviceId, kind, how = null } of happenings) {
          insert(sqlite, 'happening', { id, device_id: deviceId, kind, how, at });
        }
      });
    },

    /** Forgets what was heard while an account was connected: each of its doors came online. */
    async forgetConnecting(doors: number) {
      await eventually('the doors were heard of', () => world().rows('happening').length >= doors);
      inDatabase((sqlite) => sqlite.exec('delete from happening'));
    },

    /** Olivia opens her front door in a list, and it is open. */
    async opens(door: string, says: string) {
      await world().type(OLIVIA, '/locks');
      await world().sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
      await world().click(OLIVIA, 'Unlock', door);
      await world().sees(OLIVIA, ({ text }) => text.includes(`${door}: ${says}`), 20_000);
    },

    /** Waits until Seam has told so many things. */
    heard: (count: number) =>
      eventually(`${count} things were heard`, () => world().rows('happening').length >= count),

    /** Asks for a history, and reads it. */
    async asks(who: string, text: string): Promise<Shown> {
      const before = (await world().messages(who)).at(-1)?.id;
      await world().type(who, text);
      return world().sees(who, ({ id }) => id !== before);
    },
  };
}

/** The lines of a history, each of its moments replaced by a word. */
export function pastLines({ lines }: Shown): string[] {
  return lines.map((line) => line.replaceAll(/<!date\^\d+\^[^|]*\|[^>]*>/g, '<moment>'));
}
