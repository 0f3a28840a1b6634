import { revoke } from '../../codes/revoke.ts';
import { inTurn } from '../../codes/turn.ts';
import type { Context } from '../../context.ts';
import { codeId } from '../../domain/ids.ts';
import { isOld } from '../../domain/message-age.ts';
import type { Asked } from '../../feature.ts';
import type { StoredCode } from '../../store/code-row.ts';
import type { Timer } from '../../store/timers.ts';
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

/** Revokes the codes of somebody who has left; it is about the code's id. */
export const REVOKE_TIMER = 'codes:end';

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
  const { messenger, time, unlocksPaused } = context;
  const { person, userId, responseUrl, interaction, at, postedAt } = clicked;
  const code = await ownCode(context, clicked);
  if (code === null) return;
  const now = time.now();
  if (isOld(postedAt, now)) {
    await messenger.post(clicked, oldMessage);
    return;
  }
  if (code.standing.kind !== 'failed') {
    // Clicked twice, or it was set meanwhile.
    await messenger.post(clicked, codeMessage(code));
    return;
  }
  const stop = stopOf(person, unlocksPaused);
  if (stop !== null) {
    // Before the old one is revoked, which may yet be set.
    await messenger.post(clicked, stoppedMessage(code, 'not_made', stop));
    return;
  }
  const window = sameWindow(code, now);
  if (window === null) {
    await messenger.post(clicked, timeIsOver(code));
    return;
  }
  // First the old one, which could be set after all once there is room.
  const { kind } = await inTurn(code.id, () => revoke(context, person, code));
  if (kind !== 'done') {
    await messenger.post(clicked, notYourDoor);
    return;
  }
  const { deviceId, guest } = code;
  await makeCode(context, { userId, responseUrl, person, deviceId, guest, interaction, at, window });
}

/** Somebody has left the workspace: their codes go too. */
export async function revokeOfGone(context: Context, { subject }: Timer): Promise<void> {
  const { store, newId, time, log } = context;
  const id = codeId(subject);
  await inTurn(id, async () => {
    const code = await store.codes.find(id);
    if (code === null) return;
    const person = await store.people.ensure(code.who, newId, time.now());
    const { kind } = await revoke(context, person, code);
    log.info({ user: person.userId, codeId: id, revoked: kind }, 'a code of somebody who has left');
  });
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
