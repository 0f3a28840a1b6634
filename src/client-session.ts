import type { Person } from './domain/person.ts';
import type { SeamPort } from './seam/port.ts';
import type { StoredPerson } from './store/people.ts';
import type { Store } from './store/store.ts';
import type { Time } from './time.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long a client session is asked to live. */
const LIFE_MS = 180 * DAY_MS;
/** With less than this left it is renewed, so that somebody who looks once a month never meets an ended one. */
const RENEW_BEFORE_MS = 45 * DAY_MS;

/** What it takes to keep a client session. */
interface Keeper {
  readonly seam: SeamPort;
  readonly store: Store;
  readonly time: Time;
}

/** When a session that is asked for now shall end, ms. */
export function sessionExpiry(time: Time): number {
  return time.now() + LIFE_MS;
}

/**
 * Sees to it that the person's client session lives: what Seam lists for an ended one is not documented,
 * and might be nothing. Costs no call while it is young. Someone who never connected has none.
 */
export async function keepClientSession(keeper: Keeper, person: StoredPerson): Promise<void> {
  const { clientSessionExpiresAt } = person;
  if (clientSessionExpiresAt === null) return;
  if (clientSessionExpiresAt - keeper.time.now() < RENEW_BEFORE_MS) await openClientSession(keeper, person);
}

/**
 * Opens or prolongs the session; one that had ended gets back the accounts that the person connected. An account
 * that Seam does not know any more, because somebody deleted it there, is forgotten here too.
 */
export async function openClientSession({ seam, store, time }: Keeper, person: Person): Promise<void> {
  const expiresAt = sessionExpiry(time);
  await seam.openClientSession(person.key, expiresAt);
  const connected = await store.accounts.of(person.key);
  const gone = connected.size === 0 ? [] : await seam.grantAccounts(person.key, [...connected]);
  for (const id of gone) await store.accounts.forget(person.key, id);
  await store.people.setClientSessionExpiry(person, expiresAt);
}
