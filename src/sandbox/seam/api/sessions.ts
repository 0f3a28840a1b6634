import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { grantWebview, isLive, liveSessions } from '../access.ts';
import { notFound } from '../http.ts';
import { atLeastOne, flag, list, notPlayed, text, time, uuid } from '../input.ts';
import { showSession } from '../show/records.ts';
import type { Session, World } from '../world.ts';
import { type Routes, route } from './route.ts';

/** How long a session lasts when nobody says. Seam does not document its own. */
const LASTS_MS = 365 * 24 * 60 * 60 * 1000;

const grants = {
  connect_webview_ids: list(text).optional(),
  connected_account_ids: list(text).optional(),
  user_identity_id: notPlayed,
  user_identity_ids: notPlayed,
};
const made = { ...grants, user_identifier_key: text.optional(), expires_at: time.optional() };
/** Which session is meant. */
const WHICH = { client_session_id: uuid.optional(), user_identifier_key: text.optional() };
const NAMES = ['client_session_id', 'user_identifier_key'] as const;
const byId = z.object({ client_session_id: uuid });

interface Grants {
  connect_webview_ids?: string[] | undefined;
  connected_account_ids?: string[] | undefined;
}

/** `/client_sessions/*`. An expired or revoked session is found by its id only, and gives nothing. */
export function sessionRoutes(world: World): Routes {
  const show = (session: Session) => ({ client_session: showSession(world, session) });
  return {
    '/client_sessions/create': route(
      'PUT',
      z.object({ ...made, customer_id: notPlayed, customer_key: notPlayed }),
      (input) => {
        checkGrants(world, input);
        return show(create(world, input));
      },
    ),
    '/client_sessions/get_or_create': route('POST', z.object(made), (input) => {
      checkGrants(world, input);
      return show(getOrCreate(world, input));
    }),
    '/client_sessions/get': route('GET', atLeastOne(z.object(WHICH), NAMES), (input) =>
      show(find(world, input)),
    ),
    '/client_sessions/list': route('GET', LIST, (input) => ({
      client_sessions: [...world.sessions.values()]
        .filter((session) => isListed(session, input))
        .map((session) => showSession(world, session)),
    })),
    '/client_sessions/grant_access': route(
      'PATCH',
      atLeastOne(z.object({ ...grants, ...WHICH }), NAMES),
      (input) => {
        checkGrants(world, input);
        const session = find(world, input);
        if (!isLive(world, session)) throw notFound('client_session', session.id);
        grant(world, session, input);
        return show(session);
      },
    ),
    '/client_sessions/revoke': route('POST', byId, ({ client_session_id }) => {
      byIdOf(world, client_session_id).revoked = true;
      return {};
    }),
    '/client_sessions/delete': route('DELETE', byId, ({ client_session_id }) => {
      world.sessions.delete(byIdOf(world, client_session_id).id);
      world.emit('client_session.deleted', { client_session_id });
      return {};
    }),
  };
}

const LIST = z.object({
  client_session_id: text.optional(),
  user_identifier_key: text.optional(),
  connect_webview_id: text.optional(),
  without_user_identifier_key: flag.optional(),
  user_identity_id: notPlayed,
});

function isListed(session: Session, wanted: z.output<typeof LIST>): boolean {
  const { client_session_id: id, user_identifier_key: key, connect_webview_id: webview } = wanted;
  return (
    (id === undefined || session.id === id) &&
    (key === undefined || session.key === key) &&
    (webview === undefined || session.webviewIds.has(webview)) &&
    (wanted.without_user_identifier_key !== true || session.key === null)
  );
}

function create(
  world: World,
  input: Grants & { user_identifier_key?: string | undefined; expires_at?: number | undefined },
): Session {
  const session: Session = {
    id: randomUUID(),
    key: input.user_identifier_key ?? null,
    token: `seam_cst1${randomBytes(16).toString('hex')}`,
    webviewIds: new Set(),
    accountIds: new Set(),
    createdAt: world.clock.iso(),
    expiresAt: input.expires_at ?? world.clock.now() + LASTS_MS,
    revoked: false,
  };
  world.sessions.set(session.id, session);
  grant(world, session, input);
  return session;
}

/** The newest live session with that key, its expiry moved if asked. An expired one counts as gone. */
function getOrCreate(world: World, input: Parameters<typeof create>[1]): Session {
  const key = input.user_identifier_key;
  const session = key === undefined ? undefined : liveSessions(world, key).at(-1);
  if (!session) return create(world, input);
  if (input.expires_at !== undefined) session.expiresAt = input.expires_at;
  grant(world, session, input);
  return session;
}

function find(
  world: World,
  input: { client_session_id?: string | undefined; user_identifier_key?: string | undefined },
): Session {
  if (input.client_session_id !== undefined) return byIdOf(world, input.client_session_id);
  const key = input.user_identifier_key ?? '';
  const session = liveSessions(world, key).at(-1);
  if (!session) throw notFound('client_session', key);
  return session;
}

function byIdOf(world: World, id: string): Session {
  const session = world.sessions.get(id);
  if (!session) throw notFound('client_session', id);
  return session;
}

function checkGrants(world: World, input: Grants): void {
  for (const id of input.connect_webview_ids ?? []) {
    if (!world.webviews.has(id)) throw notFound('connect_webview', id);
  }
  for (const id of input.connected_account_ids ?? []) {
    if (!world.accounts.has(id)) throw notFound('connected_account', id);
  }
}

function grant(world: World, session: Session, input: Grants): void {
  for (const id of input.connect_webview_ids ?? []) grantWebview(world, session, id);
  for (const id of input.connected_account_ids ?? []) session.accountIds.add(id);
}
