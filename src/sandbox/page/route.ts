/** The page's address: `#U0OLIVIA/C0GENERAL`, or `#U0OLIVIA/home`. Pure. */

/** Whose view is shown, and where; empty parts are for the page to choose. */
interface Route {
  me: string;
  place: string;
}

/** Who a visitor is at first. */
const firstPerson = 'U0OLIVIA';

/** Reads an address; what does not look like one leads to the first person. */
export function readRoute(hash: string): Route {
  const match = /^#([A-Z0-9]+)(?:\/([A-Z0-9]+|home))?$/.exec(hash);
  return { me: match?.[1] ?? firstPerson, place: match?.[2] ?? '' };
}

/** Writes an address. */
export function writeRoute({ me, place }: Route): string {
  return `#${me}/${place}`;
}
