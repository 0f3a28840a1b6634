import type { HomeView } from '@slack/types';
import { turnedAway } from '../domain/access.ts';
import { typedCodes } from '../domain/happening.ts';
import { favouritesFirst } from '../domain/told-apart.ts';
import type { HomeListing } from '../store/listings.ts';
import type { Store } from '../store/store.ts';
import type { Time } from '../time.ts';
import { homeView } from '../views/home.ts';
import { awayHome, welcomeHome } from '../views/home-instead.ts';
import { locksAgain } from './locks-again.ts';
import type { Surfaces } from './surfaces.ts';

/** People's Homes. */
export interface Homes {
  /** Draws a Home from what was last listed, the journal and what Seam told, and shows it; throws Slack's error. */
  publish(home: HomeListing, trouble?: string): Promise<void>;
}

/** What counts as recent, ms, and how much of it is read. */
const RECENT_MS = 30 * 24 * 60 * 60 * 1000;
const MOST_READ = 30;

interface Needs {
  readonly store: Store;
  readonly surfaces: Surfaces;
  readonly time: Time;
  /** Whether the operator has stopped all unlocks. */
  readonly paused: boolean;
  readonly allowGuests: boolean;
}

/** Draws Homes without asking Seam: each is drawn often, and by what happens as well as by its person. */
export function createHomes({ store, surfaces, time, paused, allowGuests }: Needs): Homes {
  const draw = async (listed: HomeListing, trouble: string | null): Promise<HomeView> => {
    const { owner } = listed;
    const person = await store.people.find(owner);
    const standing = person?.standing?.is ?? null;
    // What happens to the doors of somebody who has become a guest is not theirs to see any more.
    const away = standing === null ? null : turnedAway(standing, { allowGuests });
    if (away !== null) return awayHome(away);
    const mine = person === null ? null : await store.accounts.of(person.key);
    if (person === null || mine === null || mine.size === 0) return welcomeHome(owner.userId);
    // What is not theirs any more goes at once, whether Seam can be asked or not; so a new favourite comes first.
    const doors = listed.doors.filter(({ accountId }) => mine.has(accountId));
    const favourites = listed.cursors.length > 1 ? [] : await store.names.favourites(owner);
    const listing: HomeListing = {
      ...listed,
      doors: favouritesFirst(doors, favourites),
      accounts: listed.accounts.filter(({ id }) => mine.has(id)),
    };
    const ids = listing.doors.map(({ id }) => id);
    const now = time.now();
    const [sightings, moves, sent, happenings] = await Promise.all([
      store.sightings.of(ids),
      store.moves.latest(owner, ids),
      store.moves.sent(owner, ids, now - RECENT_MS, MOST_READ),
      store.happenings.of(ids, now + 1, MOST_READ),
    ]);
    const codes = await store.codes.guests(typedCodes(happenings).map(({ codeId }) => codeId));
    const locking = await locksAgain(store, listing, moves);
    const { pausedAt } = person;
    return homeView({
      listing,
      sightings,
      moves,
      locking,
      sent,
      happenings,
      codes,
      paused,
      pausedAt,
      trouble,
      now,
    });
  };

  return {
    async publish(home, trouble) {
      await surfaces.publish(home.owner.userId, await draw(home, trouble ?? null));
    },
  };
}
