import type { Selectable } from 'kysely';
import { type ConnectedAccountId, installationScope, slackUserId, userIdentifierKey } from '../domain/ids.ts';
import type { Person, SlackIdentity, Standing } from '../domain/person.ts';
import { compiledOnce } from './compiled.ts';
import type { Runner } from './runner.ts';
import type { Schema } from './schema.ts';

/** A person, and when Seam's client session of theirs ends (ms; null before there is one). */
export interface StoredPerson extends Person {
  readonly clientSessionExpiresAt: number | null;
  /** What Slack last said of them, and when, ms; null before it was asked. */
  readonly standing: { readonly is: Standing; readonly at: number } | null;
  /** Their time zone as Slack names it; null before it was asked, and where it does not say. */
  readonly tz: string | null;
  /** When they stopped their own unlocks, ms; null while they may unlock. */
  readonly pausedAt: number | null;
}

/** Who is who: the one table that maps Slack's people to Seam's keys. */
export interface People {
  /**
   * The person with their key. `newKey` is used at first sight only: from then on the stored key is theirs,
   * never recomputed, whatever happens at the same time elsewhere.
   */
  ensure(identity: SlackIdentity, newKey: () => string, now: number): Promise<StoredPerson>;
  /** Someone whom we know; null for anybody else. */
  find(identity: SlackIdentity): Promise<StoredPerson | null>;
  setClientSessionExpiry(person: Person, expiresAt: number | null): Promise<void>;
  /**
   * Keeps what Slack said of someone at `at`, ms, unless it said something later; nothing for one we have never seen. A
   * `tz` of null leaves the one that is known.
   * What is dated well after `now` was written by a clock that was wrong, and says nothing.
   */
  setStanding(
    identity: SlackIdentity,
    said: { readonly is: Standing; readonly tz: string | null },
    at: number,
    now: number,
  ): Promise<void>;
  /** Those who connected this account, so that its doors are theirs. */
  ofAccount(id: ConnectedAccountId): Promise<readonly StoredPerson[]>;
}

/** How far the clocks of two of our machines may be apart, ms. */
const CLOCKS_DIFFER_MS = 60_000;

const COLUMNS = [
  'user_identifier_key',
  'client_session_expires_at',
  'standing',
  'standing_at',
  'tz',
  'paused_at',
] as const;

const lookUp = compiledOnce((db) =>
  db
    .selectFrom('person')
    .select(['scope', 'slack_user_id', ...COLUMNS])
    .where('scope', '=', '')
    .where('slack_user_id', '=', ''),
);

/** Who is who, in the database. Each method throws a StoreError when that cannot be done. */
export function createPeople(runner: Runner): People {
  const find = async ({ scope, userId }: SlackIdentity) => {
    const [row] = await runner.run((db) => lookUp(db, [scope, userId]));
    return row;
  };

  return {
    async ensure(identity, newKey, now) {
      let row = await find(identity);
      if (row === undefined) {
        await runner.run((db) =>
          db
            .insertInto('person')
            .values({
              scope: identity.scope,
              slack_user_id: identity.userId,
              user_identifier_key: userIdentifierKey(newKey()),
              created_at: now,
              client_session_expires_at: null,
              standing: null,
              standing_at: null,
              tz: null,
              paused_at: null,
            })
            .onConflict((conflict) => conflict.columns(['scope', 'slack_user_id']).doNothing())
            .execute(),
        );
        row = await find(identity);
      }
      if (row === undefined) throw new TypeError('a person who was just written cannot be read');
      return personOf(row);
    },

    async find(identity) {
      const row = await find(identity);
      return row === undefined ? null : personOf(row);
    },

    async ofAccount(id) {
      const rows = await runner.run((db) =>
        db
          .selectFrom('account')
          .innerJoin('person', 'person.user_identifier_key', 'account.user_identifier_key')
          .select([
            'person.scope',
            'person.slack_user_id',
            ...COLUMNS.map((name) => `person.${name}` as const),
          ])
          .where('account.connected_account_id', '=', id)
          .where('account.status', '=', 'connected')
          .execute(),
      );
      return rows.map(personOf);
    },

    async setStanding({ scope, userId }, { is, tz }, at, now) {
      await runner.quickly((db) =>
        db
          .updateTable('person')
          .set({ standing: is, standing_at: at, ...(tz === null ? {} : { tz }) })
          .where('scope', '=', scope)
          .where('slack_user_id', '=', userId)
          .where((row) =>
            row.or([
              row('standing_at', 'is', null),
              row('standing_at', '<=', at),
              row('standing_at', '>', now + CLOCKS_DIFFER_MS),
            ]),
          )
          .execute(),
      );
    },

    async setClientSessionExpiry(person, expiresAt) {
      await runner.run((db) =>
        db
          .updateTable('person')
          .set({ client_session_expires_at: expiresAt })
          .where('user_identifier_key', '=', person.key)
          .execute(),
      );
    },
  };
}

function personOf(row: Omit<Selectable<Schema['person']>, 'created_at'>): StoredPerson {
  const { standing: is, standing_at: at } = row;
  return {
    scope: installationScope(row.scope),
    userId: slackUserId(row.slack_user_id),
    key: userIdentifierKey(row.user_identifier_key),
    clientSessionExpiresAt: row.client_session_expires_at,
    standing: is === null || at === null ? null : { is, at },
    tz: row.tz,
    pausedAt: row.paused_at,
  };
}
