import { type ListingId, listingId } from './ids.ts';
import type { SlackIdentity } from './person.ts';

/** Under which id what a person's Home shows is kept: each has one. */
export function homeOf({ scope, userId }: SlackIdentity): ListingId {
  return listingId(`home-${scope}-${userId}`);
}
