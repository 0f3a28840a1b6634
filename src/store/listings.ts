import type { Door } from '../domain/door.ts';
import { installationScope, type ListingId, listingId, slackUserId } from '../domain/ids.ts';
import type { SlackIdentity } from '../domain/person.ts';
import { type About, aboutColumn, cursorsColumn, doorsColumn } from './columns.ts';
import { forgetInSlices } from './forget.ts';
import type { Runner } from './runner.ts';

/** What one message, or a person's Home, last showed: Slack does not give an ephemeral message's blocks back with a click. */
export interface Listing {
  readonly id: ListingId;
  readonly owner: SlackIdentity;
  /** Where it is shown. */
  readonly place: 'message' | 'home';
  /** When Seam was last asked for it, ms. */
  readonly shownAt: number;
  /** Where each page up to the shown one begins, since Seam's list only goes forward. Never empty. */
  readonly cursors: readonly (string | null)[];
  readonly next: string | null;
  readonly doors: readonly Door[];
  /** Null for a page of all their doors. */
  readonly about: About | null;
}

/** The messages that show doors. */
export interface Listings {
  save(listing: Listing): Promise<void>;
  find(id: ListingId): Promise<Listing | null>;
  /** The same for one that is there; false when it was removed meanwhile. */
  change(listing: Listing): Promise<boolean>;
  remove(id: ListingId): Promise<void>;
  /** Forgets what was last shown before `before`, ms. */
  forget(before: number): Promise<void>;
}

/** The columns of what a message shows. */
function shown({ shownAt, cursors, next, doors, about }: Listing) {
  return {
    shown_at: shownAt,
    cursors: cursorsColumn.write(cursors),
    next_cursor: next,
    doors: doorsColumn.write(doors),
    about: about === null ? null : aboutColumn.write(about),
  };
}

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
        return {
          id: listingId(row.id),
          owner: { scope: installationScope(row.scope), userId: slackUserId(row.slack_user_id) },
          place: row.place,
          shownAt: row.shown_at,
          cursors: cursorsColumn.read(row.cursors),
          next: row.next_cursor,
          doors: doorsColumn.read(row.doors),
          about: row.about === null ? null : aboutColumn.read(row.about),
        };
      }),

    async remove(id) {
      await runner.quickly((db) => db.deleteFrom('listing').where('id', '=', id).execute());
    },

    forget: (before) => forgetInSlices(runner, 'listing', before),
  };
}
