import type { Account, Door, Session, World } from './world.ts';

/** A session gives something only until it expires or is revoked. */
export function isLive(world: World, session: Session): boolean {
  return !session.revoked && session.expiresAt > world.clock.now();
}

/** The live sessions of one of the app's people, oldest first. */
export function liveSessions(world: World, key: string): Session[] {
  return [...world.sessions.values()].filter((session) => session.key === key && isLive(world, session));
}

/** The accounts that a person's live sessions hold; none for someone unknown. */
export function accountIdsOf(world: World, key: string): Set<string> {
  return new Set(liveSessions(world, key).flatMap((session) => [...session.accountIds]));
}

/** The accounts that a session holds, as long as they exist. */
export function accountsIn(world: World, session: Session): Account[] {
  return [...session.accountIds].flatMap((id) => world.accounts.get(id) ?? []);
}

/** The doors of an account that Seam knows. */
export function doorsIn(world: World, account: Account): Door[] {
  return [...world.devices.values()].filter((door) => door.account === account);
}

/** Lets a session hold a webview, and the account that came of it, if any. */
export function grantWebview(world: World, session: Session, webviewId: string): void {
  session.webviewIds.add(webviewId);
  const accountId = world.webviews.get(webviewId)?.accountId;
  if (accountId) session.accountIds.add(accountId);
}
