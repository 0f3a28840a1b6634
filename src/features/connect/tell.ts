import type { Context } from '../../context.ts';
import type { Person } from '../../domain/person.ts';
import type { Message } from '../../slack/message.ts';
import type { Connect } from '../../store/connects.ts';
import { connectedMessage, failedMessage, type Link, withdrawnMessage } from './view.ts';

/** Says how a link ended, in the message that held it, else directly; false when it reached nobody. */
export async function tellEnd(
  context: Context,
  person: Person,
  connect: Connect,
  fresh: Link | null,
): Promise<boolean> {
  const message = await endMessage(context, person, connect, fresh);
  const to = { userId: person.userId, responseUrl: connect.responseUrl };
  const delivery = await context.messenger.replace(to, message, message);
  if (delivery === 'failed') return false;
  try {
    await context.store.connects.told(connect.id, context.time.now());
  } catch (error) {
    // They know, and need not hear it with every look.
    context.log.warn({ connect: connect.id, err: error }, 'that a person was told was not written');
  }
  return true;
}

async function endMessage(
  { seam }: Context,
  person: Person,
  { end }: Connect,
  fresh: Link | null,
): Promise<Message> {
  if (end?.status === 'connected') {
    const [accounts, page] = await Promise.all([
      seam.accounts(person.key),
      seam.doorsOfAccount(person.key, end.accountId),
    ]);
    const account = accounts.find(({ id }) => id === end.accountId) ?? null;
    return connectedMessage(person.userId, account, page.doors, page.next !== null);
  }
  return end?.status === 'failed' ? failedMessage(person.userId, fresh) : withdrawnMessage(person.userId);
}
