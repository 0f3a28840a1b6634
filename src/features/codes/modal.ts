import type { Context } from '../../context.ts';
import type { Asked } from '../../feature.ts';
import { welcomeMessage } from '../../views/welcome.ts';
import { readDoor, usualEnd } from './decide.ts';
import { makeModal, tryTheButton } from './view.ts';

/** Opens the modal in which a code is made; a button may know the door already. */
export async function openModal(context: Context, asked: Asked): Promise<void> {
  const { surfaces, store, messenger, time, log } = context;
  const { person, triggerId, place } = asked;
  if ((await store.accounts.of(person.key)).size === 0) {
    await messenger.answer(asked, welcomeMessage(person.userId));
    return;
  }
  const door = place === 'command' ? null : readDoor(asked.args);
  const known = door === null || door.words === '' ? null : { id: door.id, name: door.words };
  try {
    if (triggerId === null) throw new TypeError('Slack gave nothing to open a modal with');
    await surfaces.open(triggerId, makeModal(known, usualEnd(time.now())));
  } catch (error) {
    log.warn({ user: person.userId, err: error }, 'a modal could not be opened');
    await messenger.post(asked, tryTheButton(person.userId));
  }
}
