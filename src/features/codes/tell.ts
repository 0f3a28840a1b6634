import { newsOf } from '../../codes/decide.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../slack/message.ts';
import type { Recipient } from '../../slack/messenger.ts';
import type { StoredCode } from '../../store/code-row.ts';
import type { StoredPerson } from '../../store/people.ts';
import { codeMessage, pinMessage } from '../../views/code.ts';
import { readPin } from './pin.ts';
import { pinElsewhere } from './view.ts';

/** After so long somebody does not look at the message any more, and hears of what is new in another one, ms. */
const LOOKS_FOR_MS = 60_000;

/**
 * Tells a code's owner how it stands, if that is news. In the direct message that follows it, if there is one; else where
 * they asked, while that can be answered; else in a direct message, which follows it from then on. Only an answer that
 * nobody else sees and that does not stay has the PIN in it. Throws when it reached nobody.
 */
export async function tell(context: Context, code: StoredCode): Promise<void> {
  const { store, time, newId } = context;
  const now = time.now();
  const news = newsOf(code, now);
  if (news === 'none') return;
  const person = await store.people.ensure(code.who, newId, now);
  const card = person.standing?.is === 'deactivated' ? null : await deliver(context, person, code, news);
  await store.codes.told(code.id, code.standing, card, now);
}

async function deliver(
  context: Context,
  person: StoredPerson,
  code: StoredCode,
  news: 'quiet' | 'loud',
): Promise<StoredCode['card']> {
  const { messenger, time } = context;
  const { card, told, responseUrl } = code;
  const { userId } = person;
  const now = time.now();
  if (card !== null) {
    const changed = await messenger.change(card, codeMessage(code));
    if (changed === 'failed') throw new Error('a message about a code could not be changed');
    const isSeen = changed === 'changed' && (told === null || now - told.at < LOOKS_FOR_MS);
    return news === 'quiet' || isSeen ? card : direct(context, person, code);
  }
  if (responseUrl !== null && responseUrl.expiresAt > now) {
    // That it is on its way was said when it was asked for.
    if (news === 'quiet') return null;
    const to = { userId, responseUrl };
    const { message, otherwise } = await withPin(context, person, code);
    if ((await messenger.post(to, message, otherwise)) === 'failed') {
      throw new Error('a person could not be told of a code');
    }
    return null;
  }
  return news === 'loud' || told === null ? direct(context, person, code) : null;
}

async function direct(
  { messenger }: Context,
  { userId }: StoredPerson,
  code: StoredCode,
): Promise<NonNullable<StoredCode['card']>> {
  const sent = await messenger.direct(userId, codeMessage(code));
  if (sent === null) throw new Error('a person could not be told of a code');
  return sent;
}

/** With the PIN once there is one; `otherwise` is for a message that stays. */
async function withPin(
  context: Context,
  person: StoredPerson,
  code: StoredCode,
): Promise<{ message: Message; otherwise: Message }> {
  const without = codeMessage(code);
  if (code.standing.kind !== 'set' && code.standing.kind !== 'scheduled') {
    return { message: without, otherwise: without };
  }
  try {
    const asked = await readPin(context, person, code);
    if (asked.kind === 'pin')
      return { message: pinMessage(code, asked.pin, asked.useSoon), otherwise: without };
  } catch (error) {
    context.log.warn({ codeId: code.id, err: error }, 'a PIN could not be asked for');
  }
  // It has a button that asks again.
  return { message: without, otherwise: without };
}

/** Shows a PIN to its owner, where only they see it. */
export async function showPin(
  { messenger }: Context,
  to: Recipient,
  code: StoredCode,
  { pin, useSoon }: { pin: string; useSoon: boolean },
): Promise<void> {
  await messenger.post(to, pinMessage(code, pin, useSoon), pinElsewhere(code));
}
