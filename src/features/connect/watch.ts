import type { Context } from '../../context.ts';
import type { ConnectWebviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import type { Connect, ConnectEnd } from '../../store/connects.ts';
import { pauseBefore } from './decide.ts';
import { makeLink } from './link.ts';
import { tellEnd } from './tell.ts';

/** The pause before a link that should have ended is looked at again, ms. */
const SOON_MS = 1_500;
/** How long telling may take, ms; after that it came to nothing. */
const TELLING_MS = 20_000;

/** Looks at a link, with growing pauses, until it was used, failed or was withdrawn, and the person knows. */
export function watch(context: Context, connect: Connect): void {
  const { tasks, time, seamWebhooks, log } = context;
  tasks.spawn('watch a link', async (stopping) => {
    for (;;) {
      const now = time.now();
      const pause = pauseBefore(now - connect.createdAt, seamWebhooks);
      const left = connect.expiresAt - now;
      await time.sleep(left > 0 ? Math.min(pause, left) : SOON_MS, stopping);
      if (stopping.aborted) return;
      try {
        if ((await check(context, connect.webviewId)) === 'over') return;
      } catch (error) {
        log.warn({ connect: connect.id, err: error }, 'a link could not be looked at');
      }
    }
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
      await attach(context, connect, state.accountId);
      return end(context, connect, { status: 'connected', accountId: state.accountId });
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
  if (context.time.now() - endedAt < TELLING_MS) return 'waiting';
  await tell(context, connect);
  return 'over';
}

/** The account is theirs from now on. */
async function attach(
  context: Context,
  connect: Connect,
  accountId: Extract<ConnectEnd, { status: 'connected' }>['accountId'],
): Promise<void> {
  const { store, seam, time } = context;
  const person = await personOf(context, connect);
  // The link's own grant went with the client session if that was replaced since: say it again.
  await seam.grantAccounts(person.key, [accountId]);
  await store.accounts.add(person.key, accountId, time.now());
}

/** Ends the link and tells, once, whoever else looks at the same time. */
async function end(context: Context, connect: Connect, how: ConnectEnd): Promise<'waiting' | 'over'> {
  const { store, time, log } = context;
  // Somebody else ended it meanwhile, and tells.
  if (!(await store.connects.end(connect.id, how, time.now()))) return 'waiting';
  log.info({ connect: connect.id, user: connect.who.userId, status: how.status }, 'a link ended');
  await tell(context, { ...connect, end: how });
  return 'over';
}

/** Tells how a link ended; after a failure with a fresh one, which is watched in its turn. */
async function tell(context: Context, connect: Connect): Promise<void> {
  const person = await personOf(context, connect);
  if (connect.end?.status !== 'failed') {
    await tellEnd(context, person, connect, null);
    return;
  }
  const fresh = await makeLink(context, person, connect.responseUrl);
  await tellEnd(context, person, connect, { id: fresh.connect.id, url: fresh.url });
  watch(context, fresh.connect);
}

function personOf({ store, newId, time }: Context, { who }: Connect): Promise<Person> {
  return store.people.ensure(who, newId, time.now());
}
