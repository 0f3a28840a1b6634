import { onTestFinished } from 'vitest';
import { type RunId, runId } from '../../../src/domain/ids.ts';
import { createLog } from '../../../src/log.ts';
import { createSealer } from '../../../src/seal.ts';
import { type Move, moveRows } from '../../../src/store/move-row.ts';
import type { Database, OpenDatabase } from '../../../src/store/schema.ts';
import { openStore, type Store } from '../../../src/store/store.ts';

/** A kind of database. Each `open` gives one of its own, empty. */
export interface Subject {
  readonly name: string;
  open(): Promise<OpenDatabase & { cleanup(): Promise<void> }>;
}

/** The run whose store a scene has. */
export const RUN: RunId = runId('run-1');
const KEY = Buffer.alloc(32, 7);

/** An empty database with a store over it, for one test. */
export interface Scene {
  readonly opened: OpenDatabase;
  readonly db: Database;
  readonly store: Store;
  /** What the stores logged. */
  readonly lines: string[];
  /** Another store over the same database, as another run has it. */
  another(run: string, how?: { key?: Buffer; opened?: OpenDatabase }): Promise<Store>;
  /** All rows of the journal, by id, without the help of any store. */
  journal(): Promise<Move[]>;
  /** Those that are under way. */
  underWay(): Promise<Move[]>;
}

/** Opens the scene of a test; it goes with the test. */
export type OpenScene = () => Promise<Scene>;

/** Opens a scene over a database of this kind. */
export async function openScene(subject: Subject): Promise<Scene> {
  const opened = await subject.open();
  const { db } = opened;
  const lines: string[] = [];
  const log = createLog({ level: 'trace', destination: { write: (line) => lines.push(line) } });
  const another: Scene['another'] = (run, how = {}) =>
    openStore(how.opened ?? opened, { sealer: createSealer(how.key ?? KEY), log, run: runId(run) });
  const store = await another(RUN);
  onTestFinished(async () => {
    await store.close();
    await opened.cleanup();
  });
  const rows = moveRows(createSealer(KEY));
  const journal = async () => {
    const found = await db.selectFrom('move').selectAll().orderBy('id').execute();
    return found.map(rows.read);
  };
  return {
    opened,
    db,
    store,
    lines,
    another,
    journal,
    underWay: async () => (await journal()).filter(({ state }) => state === 'under_way'),
  };
}

/** Which run looks after each row, by the rows' ids. */
export async function runsOf(
  db: Database,
  table: 'connect' | 'move',
): Promise<Record<string, string | null>> {
  const rows = await db.selectFrom(table).select(['id', 'run_id']).orderBy('id').execute();
  return Object.fromEntries(rows.map(({ id, run_id }) => [id, run_id]));
}

/** The same rows in the order of their ids. */
export function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((left, right) => left.id.localeCompare(right.id));
}
