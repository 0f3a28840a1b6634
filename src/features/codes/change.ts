import { revoke } from '../../codes/revoke.ts';
import { inTurn } from '../../codes/turn.ts';
import type { Context } from '../../context.ts';
import type { CodeWindow } from '../../domain/code.ts';
import { interactionId } from '../../domain/ids.ts';
import { isOld } from '../../domain/message-age.ts';
import type { Asked } from '../../feature.ts';
import type { Message } from '../../slack/message.ts';
import type { StoredCode } from '../../store/code-row.ts';
import { codeMessage, whenFact } from '../../views/code.ts';
import { readCodeId, readPage, sameWindow, stopOf } from './decide.ts';
import { draw } from './list.ts';
import { makeCode } from './make.ts';
import { readPin } from './pin.ts';
import { showPin } from './tell.ts';
import {
  cannotRevoke,
  noPin,
  notYourCode,
  notYourDoor,
  oldMessage,
  stoppedMessage,
  timeIsOver,
} from './view.ts';

/** *Show PIN*. */
export async function pin(context: Context, clicked: Asked): Promise<void> {
  const { messenger, time } = context;
  const code = await ownCode(context, clicked);
  if (code === null) return;
  if (isOld(clicked.postedAt, time.now())) {
    await messenger.post(clicked, oldMessage);
    return;
  }
  const asked = await readPin(context, clicked.person, code);
  switch (asked.kind) {
    case 'pin':
      await showPin(context, clicked, code, asked);
      return;
    case 'none':
      await messenger.post(clicked, noPin(code));
      return;
    case 'stopped':
      await messenger.post(clicked, stoppedMessage(code, 'not_shown', asked.why));
      return;
    case 'not_yours':
      await messenger.post(clicked, notYourDoor);
      return;
  }
}

/** *Revoke*: works in old messages too, since it only takes away. */
export async function revokeClicked(context: Context, clicked: Asked): Promise<void> {
  const { messenger, store, time } = context;
  const { person, responseUrl, args } = clicked;
  const code = await ownCode(context, clicked);
  if (code === null) return;
  await inTurn(code.id, async () => {
    const current = (await store.codes.find(code.id)) ?? code;
    const revoking = await revoke(context, person, current, responseUrl);
    switch (revoking.kind) {
      case 'not_yours':
        await messenger.post(clicked, notYourDoor);
        return;
      case 'cannot':
        await messenger.post(clicked, cannotRevoke(code, whenFact(code)));
        return;
      case 'done': {
        const [, page] = args;
        if (page === undefined) await messenger.answer(clicked, codeMessage(revoking.code));
        else await draw(context, clicked, readPage(page));
        await store.codes.told(code.id, revoking.code.standing, null, time.now());
        return;
      }
    }
  });
}

/** *New PIN*: in place of a code that the lock did not take, another for the same time. */
export async function again(context: Context, clicked: Asked): Promise<void> {
  const { messenger, time } = context;
  const { person, userId, responseUrl, at, postedAt } = clicked;
  const code = await ownCode(context, clicked);
  if (code === null) return;
  if (isOld(postedAt, time.now())) {
    await messenger.post(clicked, oldMessage);
    return;
  }
  const window = await inTurn(code.id, () => giveUp(context, clicked, code));
  if (window === null) return;
  const { deviceId, guest } = code;
  // In place of one code comes one other, whichever click is quicker, and in whatever process.
  const interaction = interactionId(`codes:again ${code.id}`);
  await makeCode(context, { userId, responseUrl, person, deviceId, guest, interaction, at, window });
}

/**
 * Revokes a code that the lock did not take: it could be set after all once there is room. When the one in its place works;
 * null where there is to be none, and they know.
 */
async function giveUp(context: Context, clicked: Asked, known: StoredCode): Promise<CodeWindow | null> {
  const { messenger, store, time, unlocksPaused } = context;
  const { person } = clicked;
  const no = async (message: Message) => {
    await messenger.post(clicked, message);
    return null;
  };
  const code = (await store.codes.find(known.id)) ?? known;
  // Clicked twice, or it was set meanwhile.
  if (code.standing.kind !== 'failed') return no(codeMessage(code));
  const stop = stopOf(person, unlocksPaused);
  if (stop !== null) return no(stoppedMessage(code, 'not_made', stop));
  const window = sameWindow(code, time.now());
  if (window === null) return no(timeIsOver(code));
  const { kind } = await revoke(context, person, code);
  return kind === 'done' ? window : no(notYourDoor);
}

/** The code that was clicked, if it is theirs; else they are told so. */
async function ownCode({ store, messenger, log }: Context, { args, person, ...to }: Asked) {
  const id = readCodeId(args);
  const code: StoredCode | null = id === null ? null : await store.codes.find(id);
  if (code?.who.userId === person.userId && code.who.scope === person.scope) return code;
  log.warn({ user: person.userId }, 'a code that is not theirs was not touched');
  await messenger.post(to, notYourCode);
  return null;
}
