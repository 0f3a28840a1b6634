import type { Context } from '../../context.ts';
import type { Account } from '../../domain/door.ts';
import type { Asked, Clicked, Feature } from '../../feature.ts';
import { keepClientSession, sessionExpiry } from '../../seam/client-session.ts';
import type { StoredPerson } from '../../store/people.ts';
import {
  accountsMessage,
  disconnectedMessage,
  disconnectValue,
  halfDoneMessage,
  noAccountsMessage,
  notYourAccount,
} from './view.ts';

/** Ending what was connected. */
export const disconnect: Feature = {
  name: 'disconnect',
  subcommands: [{ word: 'disconnect', summary: 'ends what you connected', run: show }],
  actions: { account: end },
};

async function show(context: Context, asked: Asked): Promise<void> {
  const { person } = asked;
  const accounts = await accountsOf(context, person);
  const answer =
    accounts.length === 0 ? noAccountsMessage(person.userId) : accountsMessage(person.userId, accounts);
  await context.messenger.answer(asked, answer);
}

/** As Seam lists them: one that was ended here but not there stays in sight until it is. */
async function accountsOf(context: Context, person: StoredPerson): Promise<readonly Account[]> {
  if (person.clientSessionExpiresAt === null) return [];
  await keepClientSession(context, person);
  return context.seam.accounts(person.key);
}

async function end(context: Context, clicked: Clicked): Promise<void> {
  const { store, messenger, log } = context;
  const { person } = clicked;
  const accounts = await accountsOf(context, person);
  const account = accounts.find(({ id }) => disconnectValue(person.userId, id) === clicked.value);
  if (account === undefined) {
    log.warn({ user: person.userId }, 'a disconnect was refused');
    await messenger.post(clicked, notYourAccount);
    return;
  }
  // Denied from here on, whatever Seam does next. Ours goes first, so that of two people who leave a shared
  // account at once the second sees that nobody is left.
  await store.accounts.end(person.key, account.id);
  const shared = await store.accounts.usedByOthers(person.key, account.id);
  const own = { ...clicked, inOwnMessage: true };
  try {
    await (shared ? leave(context, person, accounts, account) : context.seam.deleteAccount(account.id));
    log.info({ user: person.userId, account: account.id, shared }, 'an account was disconnected');
    await messenger.answer(own, disconnectedMessage(person.userId, account.name, shared));
  } catch (error) {
    log.error(
      { user: person.userId, account: account.id, err: error },
      'an account was only half disconnected',
    );
    await messenger.answer(own, halfDoneMessage(account.name));
  }
}

/** Ends this person's access to an account that a colleague keeps, and looks whether Seam sees it so. */
async function leave(
  { seam, store, time }: Context,
  person: StoredPerson,
  accounts: readonly Account[],
  left: Account,
): Promise<void> {
  const mine = await store.accounts.of(person.key);
  const kept = accounts.map(({ id }) => id).filter((id) => mine.has(id));
  const expiresAt = sessionExpiry(time);
  await seam.replaceClientSessions(person.key, kept, expiresAt);
  await store.people.setClientSessionExpiry(person, kept.length === 0 ? null : expiresAt);
  const [still, doors] = await Promise.all([
    seam.accounts(person.key),
    seam.doorsOfAccount(person.key, left.id),
  ]);
  if (still.some(({ id }) => id === left.id) || doors.doors.length > 0) {
    throw new Error('Seam still lists an account that was left');
  }
}
