import { sql } from 'kysely';
import type { Door } from '../domain/door.ts';
import { fold } from '../domain/fold.ts';
import { type DeviceId, deviceId } from '../domain/ids.ts';
import { MOST_ALIASES, MOST_FAVOURITES } from '../domain/limits.ts';
import type { SlackIdentity } from '../domain/person.ts';
import type { Runner } from './runner.ts';
import type { Database } from './schema.ts';

/** A person's own word for a door, as they typed it. */
export interface Alias {
  readonly word: string;
  readonly deviceId: DeviceId;
}

/** What became of a new alias. `before`: the door that was called so until now. `full`: they have as many as they may. */
type Called = { readonly kind: 'called'; readonly before: DeviceId | null } | { readonly kind: 'full' };

/** A door, and the account with which what is kept of it goes. */
type KeptDoor = Pick<Door, 'id' | 'accountId'>;

/** What a person calls doors, and which come first. It says nothing of who may open them: a door can be gone. */
export interface Names {
  /** In the order of the words. */
  aliases(who: SlackIdentity): Promise<readonly Alias[]>;
  /** Calls a door so; a word that folds to the same is replaced. */
  call(who: SlackIdentity, word: string, door: KeptDoor): Promise<Called>;
  /** Forgets the word that folds to the same. */
  uncall(who: SlackIdentity, word: string): Promise<void>;
  /** The first that was added is the first. */
  favourites(who: SlackIdentity): Promise<readonly DeviceId[]>;
  /** False when they have as many as they may; one that is a favourite already stays where it is. */
  favour(who: SlackIdentity, door: KeptDoor, now: number): Promise<boolean>;
  unfavour(who: SlackIdentity, id: DeviceId): Promise<void>;
  /** The door is gone for everybody. */
  forgetDoor(id: DeviceId): Promise<void>;
  /** Forgets what is of accounts that their person has no more: a new connection brings new device ids. */
  sweep(): Promise<void>;
}

const TABLES = ['alias', 'favourite'] as const;

/** Aliases and favourites, in the database. Each method throws a StoreError when that cannot be done. */
export function createNames(runner: Runner): Names {
  return {
    async aliases(who) {
      const rows = await runner.run((db) =>
        aliasesOf(db, who).select(['word', 'device_id']).orderBy('folded').execute(),
      );
      return rows.map((row) => ({ word: row.word, deviceId: deviceId(row.device_id) }));
    },

    call: (who, word, door) =>
      runner.atomically(async (db): Promise<Called> => {
        const folded = fold(word);
        const theirs = await aliasesOf(db, who).select(['folded', 'device_id']).execute();
        const before = theirs.find((row) => row.folded === folded);
        if (before === undefined && theirs.length >= MOST_ALIASES) return { kind: 'full' };
        const said = { word, device_id: door.id, connected_account_id: door.accountId };
        await db
          .insertInto('alias')
          .values({ scope: who.scope, slack_user_id: who.userId, folded, ...said })
          .onConflict((conflict) => conflict.columns(['scope', 'slack_user_id', 'folded']).doUpdateSet(said))
          .execute();
        return { kind: 'called', before: before === undefined ? null : deviceId(before.device_id) };
      }),

    async uncall({ scope, userId }, word) {
      await runner.run((db) =>
        db
          .deleteFrom('alias')
          .where('scope', '=', scope)
          .where('slack_user_id', '=', userId)
          .where('folded', '=', fold(word))
          .execute(),
      );
    },

    async favourites(who) {
      const rows = await runner.run((db) =>
        favouritesOf(db, who).select('device_id').orderBy('added_at').orderBy('device_id').execute(),
      );
      return rows.map((row) => deviceId(row.device_id));
    },

    favour: (who, door, now) =>
      runner.atomically(async (db) => {
        const theirs = await favouritesOf(db, who).select('device_id').execute();
        if (theirs.some((row) => row.device_id === door.id)) return true;
        if (theirs.length >= MOST_FAVOURITES) return false;
        await db
          .insertInto('favourite')
          .values({
            scope: who.scope,
            slack_user_id: who.userId,
            device_id: door.id,
            connected_account_id: door.accountId,
            added_at: now,
          })
          .execute();
        return true;
      }),

    async unfavour({ scope, userId }, id) {
      await runner.run((db) =>
        db
          .deleteFrom('favourite')
          .where('scope', '=', scope)
          .where('slack_user_id', '=', userId)
          .where('device_id', '=', id)
          .execute(),
      );
    },

    forgetDoor: (id) =>
      runner.atomically(async (db) => {
        for (const table of TABLES) await db.deleteFrom(table).where('device_id', '=', id).execute();
      }),

    sweep: () =>
      runner.atomically(async (db) => {
        for (const table of TABLES) {
          const name = sql.table(table);
          await sql`delete from ${name} where not exists (
            select 1 from person
            inner join account on account.user_identifier_key = person.user_identifier_key
            where person.scope = ${name}.scope and person.slack_user_id = ${name}.slack_user_id
              and account.connected_account_id = ${name}.connected_account_id
              and account.status = 'connected')`.execute(db);
        }
      }),
  };
}

function aliasesOf(db: Database, { scope, userId }: SlackIdentity) {
  return db.selectFrom('alias').where('scope', '=', scope).where('slack_user_id', '=', userId);
}

function favouritesOf(db: Database, { scope, userId }: SlackIdentity) {
  return db.selectFrom('favourite').where('scope', '=', scope).where('slack_user_id', '=', userId);
}
