import { keepClientSession, openClientSession, sessionExpiry } from '../../client-session.ts';
import { revokeAll } from '../../codes/revoke.ts';
import type { Context } from '../../context.ts';
import type { Account } from '../../domain/door.ts';
import {
  type ConnectedAccountId,
  connectedAccountId,
  installationScope,
  slackUserId,
  timerId,
} from '../../domain/ids.ts';
import { isOld } from '../../domain/message-age.ts';
import type { Person } from '../../domain/person.ts';
import { Turns } from '../../domain/turns.ts';
import type { Asked, Feature } from '../../feature.ts';
import type { Message } from '../../slack/message.ts';
import type { StoredCode } from '../../store/code-row.ts';
import type { StoredPerson } from '../../store/people.ts';
import type { Timer } from '../../store/timers.ts';
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

/** The timer that rings where a disconnect was cut off. */
const LEFT_TIMER = 'left';
const LEFT = `disconnect:${LEFT_TIMER}`;
/**
 * After how long a disconnect has ended, or was cut off, ms. One that takes longer is waited for in the same process; in
 * another the same is done twice, which does no harm.
 */
const LEFT_AFTER_MS = 3 * 60_000;
/** What was left, where Seam does not list it any more. */
const SOME_ACCOUNT = 'your lock account';

/** Ending what was connected. */
export const disconnect: Feature = {
  name: 'disconnect',
  subcommands: [{ word: 'disconnect', summary: 'takes an account away again', run: show }],
  actions: {
    account: (context, clicked) => end(context, clicked, 'codes_first'),
    anyway: (context, clicked) => end(context, clicked, 'anyway'),
  },
  timers: { [LEFT_TIMER]: endWhatWasLeft },
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
  await inTurn(person, account.id, async () => {
    // An earlier click may have ended it while this one waited for its turn.
    if ((await store.accounts.withLeaving(person.key)).has(account.id)) {
      await endAndAnswer(context, clicked, accounts, account, how);
    } else await messenger.post(clicked, disconnectedAlready(account.name));
  });
}

function inTurn(person: Person, id: ConnectedAccountId, work: () => Promise<void>): Promise<void> {
  return turns.take(`${person.key} ${id}`, work);
}

/** Ends it and says how that went; whatever comes between, a timer does both. */
async function endAndAnswer(
  context: Context,
  clicked: Asked,
  accounts: readonly Account[],
  account: Account,
  how: How,
): Promise<void> {
  const { store, messenger, time, newId, log } = context;
  const { person } = clicked;
  const subject = [person.scope, person.userId, account.id, how].join(' ');
  const dueAt = time.now() + LEFT_AFTER_MS;
  await store.timers.set({ id: timerId(newId()), kind: LEFT, subject, dueAt });
  await messenger.answer(clicked, await endAccount(context, person, accounts, account, how));
  try {
    await store.timers.callOff(LEFT, subject);
  } catch (error) {
    // It finds nothing to do.
    log.warn({ user: person.userId, err: error }, 'the timer of a disconnect was not called off');
  }
}

/** Ends what was cut off, and tells, unless that was done since, or the account was connected again. */
async function endWhatWasLeft(context: Context, { subject }: Timer): Promise<void> {
  const { store, messenger, time, newId, log } = context;
  const [scope = '', user = '', account = '', how] = subject.split(' ');
  const who = { scope: installationScope(scope), userId: slackUserId(user) };
  const person = await store.people.ensure(who, newId, time.now());
  const id = connectedAccountId(account);
  await inTurn(person, id, async () => {
    if (!(await isLeaving(context, person, id))) return;
    log.warn({ user: person.userId, account: id }, 'a disconnect was cut off, and goes on');
    const accounts = await accountsOf(context, person);
    const left = accounts.find((one) => one.id === id) ?? { id, name: SOME_ACCOUNT, healthy: false };
    const asked: How = how === 'anyway' ? 'anyway' : 'codes_first';
    const answer = await endAccount(context, person, accounts, left, asked);
    if ((await messenger.direct(person.userId, answer)) === null) {
      throw new Error('a person could not be told how a disconnect ended');
    }
  });
}

async function isLeaving({ store }: Context, { key }: Person, id: ConnectedAccountId): Promise<boolean> {
  return (await store.accounts.withLeaving(key)).has(id) && !(await store.accounts.of(key)).has(id);
}

/** Ends it, and answers with what its person is to read. What was done of it before does no harm. */
async function endAccount(
  context: Context,
  person: StoredPerson,
  accounts: readonly Account[],
  account: Account,
  how: How,
): Promise<Message> {
  const { store, log } = context;
  // Denied from here on, whatever Seam does next. Ours goes first, so that of two people who leave a shared
  // account at once the second sees that nobody is left.
  await store.accounts.leave(person.key, account.id);
  const { revoked, left } = await endCodes(context, person, account, how);
  if (left.length > 0) return codesLeftMessage(person.userId, account, left);
  // Another run may have let it stay meanwhile, for an earlier click.
  await store.accounts.leave(person.key, account.id);
  const shared = await store.accounts.usedByOthers(person.key, account.id);
  try {
    await (shared ? leave(context, person, accounts, account.id) : context.seam.deleteAccount(account.id));
    await store.accounts.forget(person.key, account.id);
    await context.announce({ kind: 'account_left', person, accountId: account.id });
    log.info({ user: person.userId, account: account.id, shared }, 'an account was disconnected');
    return disconnectedMessage(person.userId, account.name, { shared, revoked });
  } catch (error) {
    log.error(
      { user: person.userId, account: account.id, err: error },
      'an account was only half disconnected',
    );
    await context.announce({ kind: 'settings_changed', who: person });
    return halfDoneMessage(account.name);
  }
}

/**
 * Revokes what codes they had made on the account's doors: without it nobody could, and their PINs would go on opening the
 * doors. Where some are `left`, the account stays theirs, and they have to choose.
 */
async function endCodes(
  context: Context,
  person: StoredPerson,
  account: Account,
  how: How,
): Promise<{ revoked: number; left: readonly StoredCode[] }> {
  const { store, time, log } = context;
  const { revoked, left } = await revokeAll(context, person, account.id);
  const hasToChoose = left.length > 0 && how === 'codes_first';
  // Where another run has ended it meanwhile, so does this one.
  if (hasToChoose && (await store.accounts.stay(person.key, account.id))) {
    log.info(
      { user: person.userId, account: account.id, codes: left.length },
      'a disconnect waits for codes',
    );
    return { revoked, left };
  }
  for (const code of left) await store.codes.stand(code.id, { kind: 'out_of_reach' }, time.now());
  return { revoked, left: [] };
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
