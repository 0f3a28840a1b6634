import type { Context } from '../../context.ts';
import type { ConnectWebviewId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import type { Connect, ConnectEnd } from '../../store/connects.ts';
import { pauseBefore } from './decide.ts';
import { makeLink } from './link.ts';
import { tellEnd } from './tell.ts';

/** Looks at a link, with growing pauses, until it is used, fails, or is withdrawn. */
export function watch(context: Context, connect: Connect): void {
  const { tasks, time, seamWebhooks, log } = context;
  tasks.spawn('watch a link', async (stopping) => {
    for (;;) {
      const now = time.now();
      const pause = pauseBefore(now - connect.createdAt, seamWebhooks);
      await time.sleep(Math.max(0, Math.min(pause, connect.expiresAt - now)), stopping);
      if (stopping.aborted) return;
      try {
        if (await check(context, connect.webviewId)) return;
      } catch (error) {
        log.warn({ connect: connect.id, err: error }, 'a link could not be looked at');
        await time.sleep(pauseBefore(0, false), stopping);
      }
    }
  });
}

/** Asks Seam what became of the link and acts on it; true when nothing is left to wait for. */
export async function check(context: Context, webviewId: ConnectWebviewId): Promise<boolean> {
  const { store, seam, time } = context;
  const connect = await store.connects.find(webviewId);
  if (connect === null || connect.end !== null) return true;
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
      if (time.now() < connect.expiresAt) return false;
      await seam.deleteConnectWebview(webviewId);
      return end(context, connect, { status: 'withdrawn', accountId: null });
  }
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
  await store.accounts.connected(person.key, accountId, time.now());
}

/** Ends the link and tells, once, whoever else looks at the same time. Always true: it has ended. */
async function end(context: Context, connect: Connect, how: ConnectEnd): Promise<true> {
  const { store, time, log } = context;
  if (!(await store.connects.end(connect.id, how, time.now()))) return true;
  log.info({ connect: connect.id, user: connect.who.userId, status: how.status }, 'a link ended');
  await tell(context, { ...connect, end: how });
  return true;
}

/** Tells how a link ended; after a failure with a fresh one, which is watched in its turn. */
export async function tell(context: Context, connect: Connect): Promise<void> {
  const person = await personOf(context, connect);
  if (connect.end?.status !== 'failed') {
    await tellEnd(context, person, connect, null);
    return;
  }
  const fresh = await makeLink(context, person, connect.responseUrl);
  await tellEnd(context, person, connect, fresh.url);
  watch(context, fresh.connect);
}

function personOf({ store, newId, time }: Context, { who }: Connect): Promise<Person> {
  return store.people.ensure(who, newId, time.now());
}
