import type { Context } from '../../context.ts';
import { homeOf } from '../../domain/home.ts';
import type { HouseEvent } from '../../domain/house-event.ts';
import type { ConnectedAccountId, DeviceId } from '../../domain/ids.ts';
import { unreachable } from '../../domain/outcome.ts';
import type { SlackIdentity } from '../../domain/person.ts';
import type { Asked, Feature } from '../../feature.ts';
import { readAccounts, readPage } from '../../finding/page.ts';
import type { SeamEvent } from '../../seam/port.ts';
import type { HomeListing } from '../../store/listings.ts';
import type { StoredPerson } from '../../store/people.ts';
import { failureHome } from '../../views/home-instead.ts';
import { failureMessage } from '../../views/trouble.ts';

/** How often what happens draws one person's Home anew, ms: what they do themselves is shown at once. */
const FOLLOW_EVERY_MS = 3_000;

/** The app's Home: a person's doors, accounts and what happened, kept as it is now. */
export const home: Feature = {
  name: 'home',
  subcommands: [],
  actions: { open },
  onHomeOpened: open,
  onEvent: follow,
};

/** Asks Seam anew. Where it cannot be asked, Home shows what was last known, and how old that is: never nothing. */
async function open(context: Context, { person }: Asked): Promise<void> {
  const { store, doors, surfaces, log } = context;
  const id = homeOf(person);
  try {
    await store.listings.save(await read(context, person, [null]));
  } catch (error) {
    log.warn({ user: person.userId, err: error }, 'a Home could not be read');
    const { text } = failureMessage(error);
    const known = await doors.find(person, id).catch(() => null);
    if (known !== null && known.doors.length > 0) await doors.publish(id, text);
    else await surfaces.publish(person.userId, failureHome(person.userId, text));
    return;
  }
  await doors.publish(id);
}

/**
 * What Seam says now of the page that the cursors lead to: two calls, and none for somebody who has connected nothing.
 * Once it is kept, the Home is kept fresh.
 */
async function read(
  context: Context,
  person: StoredPerson,
  cursors: HomeListing['cursors'],
): Promise<HomeListing> {
  const { store, time } = context;
  // The moment of the question: what is heard after it is newer than the answer.
  const shownAt = time.now();
  const isNew = (await store.accounts.of(person.key)).size === 0;
  const [page, accounts] = isNew
    ? [{ doors: [], next: null }, []]
    : await Promise.all([readPage(context, person, cursors.at(-1) ?? null), readAccounts(context, person)]);
  return {
    id: homeOf(person),
    owner: person,
    place: 'home',
    shownAt,
    cursors,
    about: null,
    accounts,
    ...page,
  };
}

/** Draws anew, gently, the Homes of those whom it concerns. Somebody who has never opened theirs has none. */
async function follow(context: Context, event: SeamEvent | HouseEvent): Promise<void> {
  const { people } = context.store;
  switch (event.kind) {
    case 'happened': {
      const { accountId, deviceId } = event.happening;
      for (const person of await whoSee(context, deviceId, accountId)) draw(context, person);
      return;
    }
    case 'battery_changed':
      for (const person of await whoSee(context, event.deviceId, event.accountId)) readSoon(context, person);
      return;
    case 'account_changed':
      for (const person of await people.ofAccount(event.accountId)) readSoon(context, person);
      return;
    case 'account_connected':
      readSoon(context, event.person);
      return;
    case 'account_left':
      draw(context, event.person);
      readSoon(context, event.person);
      return;
    case 'favourites_changed':
      readSoon(context, event.who);
      return;
    case 'move_ended':
    case 'settings_changed':
      draw(context, event.who);
      return;
    case 'webview_ended':
    case 'code_changed':
    case 'person_left':
      return;
    default:
      unreachable(event);
  }
}

/** Those in whose Home a door of this account stands. */
async function whoSee(
  context: Context,
  deviceId: DeviceId,
  accountId: ConnectedAccountId | null,
): Promise<readonly StoredPerson[]> {
  const seeing: StoredPerson[] = [];
  for (const person of accountId === null ? [] : await context.store.people.ofAccount(accountId)) {
    const known = await context.doors.find(person, homeOf(person));
    if (known?.doors.some(({ id }) => id === deviceId) === true) seeing.push(person);
  }
  return seeing;
}

function draw(context: Context, who: SlackIdentity): void {
  const id = homeOf(who);
  context.tasks.gently(`draw ${id}`, FOLLOW_EVERY_MS, () => context.doors.publish(id));
}

/** For what changes which doors there are, or which come first: nothing that we keep says that. */
function readSoon(context: Context, who: SlackIdentity): void {
  const { store, doors, tasks, log } = context;
  const id = homeOf(who);
  tasks.gently(`read ${id}`, FOLLOW_EVERY_MS, async () => {
    const person = await store.people.find(who);
    const known = await doors.find(who, id);
    if (person === null || known === null) return;
    try {
      const anew = await read(context, person, known.cursors);
      // Nobody who turns to another page meanwhile is taken away from it.
      const isThere = (await doors.find(who, id))?.shownAt === known.shownAt;
      if (isThere) await store.listings.save(anew);
      else readSoon(context, who);
    } catch (error) {
      log.warn({ user: who.userId, err: error }, 'a Home could not be read again');
    }
    draw(context, who);
  });
}
