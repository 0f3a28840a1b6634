import { randomBytes, randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import {
  deviceId,
  installationScope,
  interactionId,
  moveId,
  runId,
  slackUserId,
  userIdentifierKey,
} from '../../../src/domain/ids.ts';
import type { SlackIdentity } from '../../../src/domain/person.ts';
import { createLog } from '../../../src/log.ts';
import { createSealer } from '../../../src/seal.ts';
import { openSqlite } from '../../../src/store/sqlite.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { median } from '../figures.ts';
import type { House } from '../house.ts';
import { TEAM } from '../servers/site.ts';
import { addColumns, grow } from './grow.ts';
import type { Row, Size } from './row.ts';

const SMALL = { people: 1_000, rows: 1_000 };
/** Nothing is counted twice, and a warm start is not what is measured. */
const WARM = 50;

/** What a lookup and a journal write cost as the tables grow, beside the bare tables' own growth. */
export const growth: Row = {
  name: 'growth',
  async run(house, size) {
    const small = await measure(house, size, SMALL);
    const large = await measure(house, size, size.grown);
    const { people, rows } = size.grown;
    return {
      figures: { lookup: large.lookup / small.lookup, journal: large.journal / small.journal },
      told: [
        ['of people and journal rows', `${SMALL.people} and ${SMALL.rows} → ${people} and ${rows}`],
        ['one lookup', `${us(small.lookup)} → ${us(large.lookup)}`],
        ['the bare statement', times(small.bareLookup, large.bareLookup)],
        ['one journal write (begin and end)', `${us(small.journal)} → ${us(large.journal)}`],
        ['the bare statements', times(small.bareJournal, large.bareJournal)],
      ],
    };
  },
};

function us(ms: number): string {
  return `${(ms * 1000).toFixed(0)} µs`;
}

function times(small: number, large: number): string {
  return `${us(small)} → ${us(large)}, ${(large / small).toFixed(2)} times`;
}

async function measure(house: House, { samples }: Size, { people, rows }: Size['grown']) {
  const file = await house.database('growth');
  for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true });
  const options = {
    sealer: createSealer(randomBytes(32)),
    log: createLog({ level: 'silent' }),
    run: runId(randomUUID()),
  };
  const store = await openStore(openSqlite(file), options);
  const first = someone(0);
  await store.people.ensure(first, () => userIdentifierKey('k0'), Date.now());
  await write(store, first, 0);
  const sqlite = new Sqlite(file, { timeout: 5_000 });
  grow(sqlite, { people, rows });
  // Nothing that the growing left behind is to be cleared away by what is timed.
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.exec('analyze');

  const anyone = () => someone(Math.floor(Math.random() * people));
  const timed = async (work: (n: number) => unknown): Promise<number> => {
    const took: number[] = [];
    for (let n = 0; n < samples + WARM; n += 1) {
      const began = performance.now();
      await work(n);
      if (n >= WARM) took.push(performance.now() - began);
    }
    return median(took);
  };
  const lookup = await timed(() =>
    store.people.ensure(anyone(), () => userIdentifierKey('never'), Date.now()),
  );
  const journal = await timed((n) => write(store, anyone(), rows + n));

  const select = sqlite.prepare(
    'select user_identifier_key, client_session_expires_at from person where scope = ? and slack_user_id = ?',
  );
  const bareLookup = await timed(() => {
    const { scope, userId } = anyone();
    select.get(scope, userId);
  });
  const add = addColumns(sqlite);
  const end = sqlite.prepare('update move set ended_at = ? where id = ?');
  const bareJournal = await timed((n) => {
    const id = `bare-${n}`;
    add(id, anyone().userId);
    end.run(Date.now(), id);
  });
  sqlite.close();
  await store.close();
  for (const part of [file, `${file}-wal`, `${file}-shm`]) rmSync(part, { force: true });
  return { lookup, journal, bareLookup, bareJournal };
}

function someone(n: number): SlackIdentity {
  return { scope: installationScope(TEAM), userId: slackUserId(`G${n}`) };
}

/** One unlock as the journal sees it, from the click to the outcome that was told. */
async function write(store: Store, who: SlackIdentity, n: number): Promise<void> {
  const id = moveId(`u-${n}`);
  await store.moves.begin({
    id,
    interaction: interactionId(`i-${n}`),
    who,
    deviceId: deviceId(`d-${n}`),
    verb: 'unlock',
    via: 'message',
    listingId: null,
    responseUrl: null,
    requestedAt: Date.now(),
  });
  await store.moves.end(id, { kind: 'unlocked' }, Date.now());
}
