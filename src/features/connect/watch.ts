import { openClientSession } from '../../client-session.ts';
import type { Context } from '../../context.ts';
import { turnedAway } from '../../domain/access.ts';
import type { ConnectedAccountId, ConnectWebviewId } from '../../domain/ids.ts';
import { standingOf } from '../../standing.ts';
import type { Connect, ConnectEnd } from '../../store/connects.ts';
import type { StoredPerson } from '../../store/people.ts';
import { isForgotten, pauseBefore } from './decide.ts';
import { makeLink } from './link.ts';
import { tellEnd } from './tell.ts';

/** How long telling may take with Slack at its slowest, ms; after that it came to nothing. */
const TELLING_MS = 60_000;

/**
 * Looks at a link, with growing pauses, until it was used, failed or was withdrawn, and the person knows.
 * `firstLookMs`: the pause before the first look.
 */
export function watch(context: Context, connect: Connect, firstLookMs: number): void {
  const { tasks, time, seamWebhooks, log } = context;
  tasks.spawn('watch a link', async (stopping) => {
    let pause = firstLookMs;
    do {
      await time.sleep(pause, stopping);
      if (stopping.aborted) return;
      try {
        if ((await check(context, connect.webviewId)) === 'over') return;
      } catch (error) {
        log.warn({ connect: connect.id, err: error }, 'a link could not be looked at');
      }
      pause = pauseBefore(connect, time.now(), seamWebhooks);
    } while (!isForgotten(connect, time.now()));
  });
}

/** Looks at the link now: asks Seam what became of it, and acts on the answer. */
export async function check(context: Context, webviewId: ConnectWebviewId): Promise<'waiting' | 'over'> {
  const { store, seam, time } = context;
  const connect = await store.connects.find(webviewId);
  if (connect === null || connect.told) return 'over';
  if (connect.endedAt !== null) return tellLate(context, connect, connect.endedAt);
  const state = await seam.connectWebview(webviewId);
  switch (state.kind) {
    case 'authorized':
      return end(context, connect, await attach(context, connect, state.accountId));
    case 'failed':
      return end(context, connect, { status: 'failed', accountId: null });
    case 'gone':
      return end(context, connect, { status: 'withdrawn', accountId: null });
    case 'pending':
      if (time.now() < connect.expiresAt) return 'waiting';
      await seam.deleteConnectWebview(webviewId);
      return end(context, connect, { status: 'withdrawn', accountId: null });
  }
}

/** Whoever ended it tells; if that came to nothing, whoever looks next does. */
async function tellLate(context: Context, connect: Connect, endedAt: number): Promise<'waiting' | 'over'> {
  return context.time.now() - endedAt < TELLING_MS ? 'waiting' : tellWithoutLink(context, connect);
}

/** The account is theirs from now on, unless Seam does not know it any more. */
async function attach(
  context: Context,
  connect: Connect,
  accountId: ConnectedAccountId,
): Promise<ConnectEnd> {
  const { store, time } = context;
  const person = await personOf(context, connect);
  await store.accounts.add(person.key, accountId, time.now());
  // The link's own grant went with the client session if that was replaced since: grant all of them again.
  await openClientSession(context, person);
  const isTheirs = (await store.accounts.of(person.key)).has(accountId);
  if (isTheirs) await context.announce({ kind: 'account_connected', person, accountId });
  return isTheirs ? { status: 'connected', accountId } : { status: 'failed', accountId: null };
}

/** Ends the link and tells, once, whoever else looks at the same time. */
async function end(context: Context, connect: Connect, how: ConnectEnd): Promise<'waiting' | 'over'> {
  const { store, time, log } = context;
  // Somebody else ended it meanwhile, and tells.
  if (!(await store.connects.end(connect.id, how, time.now()))) return 'waiting';
  log.info({ connect: connect.id, user: connect.who.userId, status: how.status }, 'a link ended');
  return tell(context, { ...connect, end: how });
}

/** Tells how a link ended; after a failure with a fresh one if they may have it, which is watched in its turn. */
async function tell(context: Context, connect: Connect): Promise<'waiting' | 'over'> {
  if (connect.end?.status !== 'failed') return tellWithoutLink(context, connect);
  const person = await personOf(context, connect);
  if (!(await mayHaveAnother(context, person))) return tellWithoutLink(context, connect);
  const fresh = await makeLink(context, person, connect.responseUrl);
  if (await tellEnd(context, person, connect, { id: fresh.connect.id, url: fresh.url })) {
    watch(context, fresh.connect, pauseBefore(fresh.connect, context.time.now(), context.seamWebhooks));
    return 'over';
  }
  await takeBack(context, fresh.connect);
  return 'waiting';
}

/** Nobody asks for it, so that they are asked about as if they had; where that cannot be found out they can click. */
async function mayHaveAnother(context: Context, person: StoredPerson): Promise<boolean> {
  const { linkPace, log } = context;
  try {
    const why = turnedAway(await standingOf(context, person), context);
    if (why === null) return linkPace.take(person.key) === null;
    log.info({ user: person.userId, why }, 'somebody gets no other link');
  } catch (error) {
    log.warn({ user: person.userId, err: error }, 'it is not known whether somebody may have another link');
  }
  return false;
}

/** The same for another try: nobody need make a link each time that nobody can be told. */
async function tellWithoutLink(context: Context, connect: Connect): Promise<'waiting' | 'over'> {
  return (await tellEnd(context, await personOf(context, connect), connect, null)) ? 'over' : 'waiting';
}

/** A link that its person never saw: nobody need hear of its end. */
async function takeBack({ store, seam, time }: Context, unseen: Connect): Promise<void> {
  await store.connects.end(unseen.id, { status: 'withdrawn', accountId: null }, time.now());
  await store.connects.told(unseen.id, time.now());
  await seam.deleteConnectWebview(unseen.webviewId);
}

function personOf({ store, newId, time }: Context, { who }: Connect): Promise<StoredPerson> {
  return store.people.ensure(who, newId, time.now());
}
