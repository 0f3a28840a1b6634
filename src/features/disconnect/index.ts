import { keepClientSession, openClientSession, sessionExpiry } from '../../client-session.ts';
import { revokeAll } from '../../codes/revoke.ts';
import type { Context } from '../../context.ts';
import type { Account } from '../../domain/door.ts';
import type { ConnectedAccountId } from '../../domain/ids.ts';
import { isOld } from '../../domain/message-age.ts';
import { Turns } from '../../domain/turns.ts';
import type { Asked, Feature } from '../../feature.ts';
import type { StoredPerson } from '../../store/people.ts';
import {
  accountsMessage,
  codesLeftMessage,
  disconnectedAlready,
  disconnectedMessage,
  halfDoneMessage,
  noAccountsMessage,
  notYourAccount,
  oldMessage,
} from './view.ts';

/** Ending what was connected. */
export const disconnect: Feature = {
  name: 'disconnect',
  subcommands: [{ word: 'disconnect', summary: 'takes an account away again', run: show }],
  actions: {
    account: (context, clicked) => end(context, clicked, 'codes_first'),
    anyway: (context, clicked) => end(context, clicked, 'anyway'),
  },
};

async function show(context: Context, asked: Asked): Promise<void> {
  const { person } = asked;
  const accounts = await accountsOf(context, person);
  const answer =
    accounts.length === 0 ? noAccountsMessage(person.userId) : accountsMessage(person.userId, accounts);
  await context.messenger.answer(asked, answer);
}

/** As Seam lists them, of those that we know to be theirs. One that Seam was not told of yet stays in sight. */
async function accountsOf(context: Context, person: StoredPerson): Promise<readonly Account[]> {
  const known = await context.store.accounts.withLeaving(person.key);
  if (known.size === 0) return [];
  await keepClientSession(context, person);
  return (await context.seam.accounts(person.key)).filter(({ id }) => known.has(id));
}

/** `codes_first`: stops where a code of theirs may go on opening a door. */
type How = 'codes_first' | 'anyway';

/** By person and account: one that stops gives the account back, which must not fall into the middle of another. */
const turns = new Turns<string>();

async function end(context: Context, clicked: Asked, how: How): Promise<void> {
  const { store, messenger, log } = context;
  const { person, args, postedAt } = clicked;
  if (isOld(postedAt, context.time.now())) {
    log.info({ user: person.userId }, 'a disconnect in an old message was refused');
    await messenger.post(clicked, oldMessage);
    return;
  }
  const accounts = await accountsOf(context, person);
  const account = accounts.find(({ id }) => id === args[0]);
  if (account === undefined) {
    log.warn({ user: person.userId }, 'a disconnect was refused');
    await messenger.post(clicked, notYourAccount);
    return;
  }
  await turns.take(`${person.key} ${account.id}`, async () => {
    // An earlier click may have ended it while this one waited for its turn.
    if ((await store.accounts.withLeaving(person.key)).has(account.id)) {
      await endAccount(context, clicked, accounts, account, how);
    } else await messenger.post(clicked, disconnectedAlready(account.name));
  });
}

async function endAccount(
  context: Context,
  clicked: Asked,
  accounts: readonly Account[],
  account: Account,
  how: How,
): Promise<void> {
  const { store, messenger, log } = context;
  const { person } = clicked;
  // Denied from here on, whatever Seam does next. Ours goes first, so that of two people who leave a shared
  // account at once the second sees that nobody is left.
  await store.accounts.leave(person.key, account.id);
  const codes = await endCodes(context, clicked, account, how);
  if (codes.kind === 'stopped') return;
  const shared = await store.accounts.usedByOthers(person.key, account.id);
  try {
    await (shared ? leave(context, person, accounts, account.id) : context.seam.deleteAccount(account.id));
    await store.accounts.forget(person.key, account.id);
    await context.announce({ kind: 'account_left', person, accountId: account.id });
    log.info({ user: person.userId, account: account.id, shared }, 'an account was disconnected');
    await messenger.answer(
      clicked,
      disconnectedMessage(person.userId, account.name, { shared, revoked: codes.revoked }),
    );
  } catch (error) {
    log.error(
      { user: person.userId, account: account.id, err: error },
      'an account was only half disconnected',
    );
    await context.announce({ kind: 'settings_changed', who: person });
    await messenger.answer(clicked, halfDoneMessage(account.name));
  }
}

/**
 * Revokes what codes they had made on the account's doors: without it nobody could, and their PINs would go on opening the
 * doors. `stopped` when some may, and they have to choose.
 */
async function endCodes(
  context: Context,
  clicked: Asked,
  account: Account,
  how: How,
): Promise<{ kind: 'stopped' } | { kind: 'ended'; revoked: number }> {
  const { store, messenger, time, log } = context;
  const { person } = clicked;
  const { revoked, left } = await revokeAll(context, person, account.id);
  if (left.length > 0 && how === 'codes_first') {
    await store.accounts.add(person.key, account.id, time.now());
    log.info(
      { user: person.userId, account: account.id, codes: left.length },
      'a disconnect waits for codes',
    );
    await messenger.answer(clicked, codesLeftMessage(person.userId, account, left));
    return { kind: 'stopped' };
  }
  for (const code of left) await store.codes.stand(code.id, { kind: 'out_of_reach' }, time.now());
  return { kind: 'ended', revoked };
}

/** Ends this person's access to an account that a colleague keeps, and looks whether Seam sees it so. */
async function leave(
  context: Context,
  person: StoredPerson,
  accounts: readonly Account[],
  left: ConnectedAccountId,
): Promise<void> {
  const { seam, store, time } = context;
  const connected = await store.accounts.of(person.key);
  const kept = accounts.map(({ id }) => id).filter((id) => connected.has(id));
  await seam.replaceClientSessions(person.key, kept, sessionExpiry(time));
  // Asked again: one that was connected meanwhile was in the old session only.
  if ((await store.accounts.of(person.key)).size > 0) await openClientSession(context, person);
  else await store.people.setClientSessionExpiry(person, null);
  const [still, { doors }] = await Promise.all([
    seam.accounts(person.key),
    seam.doorsOfAccount(person.key, left),
  ]);
  if (still.some(({ id }) => id === left) || doors.length > 0) {
    throw new Error('Seam still lists an account that was left');
  }
}
