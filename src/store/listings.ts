import type { Account, Door } from '../domain/door.ts';
import { installationScope, type ListingId, listingId, slackUserId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import { type About, aboutColumn, accountsColumn, cursorsColumn, doorsColumn } from './columns.ts';
import { forgetInSlices } from './forget.ts';
import type { Runner } from './runner.ts';

interface Shown {
  readonly id: ListingId;
  readonly owner: SlackIdentity;
  /** When Seam was last asked for it, ms. */
  readonly shownAt: number;
  /** Where each page up to the shown one begins, since Seam's list only goes forward. Never empty. */
  readonly cursors: readonly (string | null)[];
  readonly next: string | null;
  readonly doors: readonly Door[];
  /** Null for a page of all their doors. */
  readonly about: About | null;
}

/** What one message last showed: Slack does not give an ephemeral message's blocks back with a click. */
export interface MessageListing extends Shown {
  readonly place: 'message';
}

/** What a person's Home last showed: each has one, so that it can be drawn anew at any time without asking Seam. */
export interface HomeListing extends Shown {
  readonly place: 'home';
  readonly accounts: readonly Account[];
}

/** Doors as one message or one Home shows them. */
export type Listing = MessageListing | HomeListing;

/** What shows doors: messages, and people's Homes. */
export interface Listings {
  save(listing: Listing): Promise<void>;
  find(id: ListingId): Promise<Listing | null>;
  /** The same for one that is there; false when it was removed meanwhile. */
  change(listing: Listing): Promise<boolean>;
  remove(id: ListingId): Promise<void>;
  /** Forgets the messages that were last shown before `before`, ms. A Home stays: it is not posted anew each time. */
  forget(before: number): Promise<void>;
}

/** The columns of what is shown. */
function shown(listing: Listing) {
  const { shownAt, cursors, next, doors, about } = listing;
  return {
    accounts: listing.place === 'home' ? accountsColumn.write(listing.accounts) : null,
    shown_at: shownAt,
    cursors: cursorsColumn.write(cursors),
    next_cursor: next,
    doors: doorsColumn.write(doors),
    about: about === null ? null : aboutColumn.write(about),
  };
}

/** What messages and Homes show, in the database. Each method throws a StoreError when that cannot be done. */
export function createListings(runner: Runner): Listings {
  return {
    async save(listing) {
      const { id, owner, place } = listing;
      await runner.quickly((db) =>
        db
          .insertInto('listing')
          .values({ id, scope: owner.scope, slack_user_id: owner.userId, place, ...shown(listing) })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(shown(listing)))
          .execute(),
      );
    },

    async change(listing) {
      const result = await runner.quickly((db) =>
        db.updateTable('listing').set(shown(listing)).where('id', '=', listing.id).executeTakeFirst(),
      );
      return result.numUpdatedRows === 1n;
    },

    find: (id) =>
      runner.run(async (db) => {
        const row = await db.selectFrom('listing').selectAll().where('id', '=', id).executeTakeFirst();
        if (row === undefined) return null;
        const listed: Shown = {
          id: listingId(row.id),
          owner: { scope: installationScope(row.scope), userId: slackUserId(row.slack_user_id) },
          shownAt: row.shown_at,
          cursors: cursorsColumn.read(row.cursors),
          next: row.next_cursor,
          doors: doorsColumn.read(row.doors),
          about: row.about === null ? null : aboutColumn.read(row.about),
        };
        if (row.place === 'message') return { ...listed, place: row.place };
        return { ...listed, place: row.place, accounts: accountsColumn.read(row.accounts ?? '[]') };
      }),

    async remove(id) {
      await runner.quickly((db) => db.deleteFrom('listing').where('id', '=', id).execute());
    },

    forget: (before) => forgetInSlices(runner, 'listing', before),
  };
}
