import type { ModalView } from '@slack/types';
import type { Door } from '../../domain/door.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { SubmitErrors } from '../../feature.ts';
import { plainText, smallPrint } from '../../views/blocks.ts';
import { closingModal, messageModal } from '../../views/modal.ts';
import { failureMessage } from '../../views/trouble.ts';
import { noDoorsMessage, welcomeMessage } from '../../views/welcome.ts';
import { DOOR_BLOCK } from './decide.ts';

/** Which door? Opened at `at`, ms: a modal of long ago opens nothing. */
export function chooseModal(at: number): ModalView {
  return {
    type: 'modal',
    callback_id: 'shortcut:unlock',
    private_metadata: String(at),
    title: plainText('Unlock a door'),
    submit: plainText('Unlock'),
    close: plainText('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: DOOR_BLOCK,
        label: plainText('Door'),
        element: {
          type: 'external_select',
          action_id: 'shortcut:door',
          placeholder: plainText('Type a part of its name'),
          min_query_length: 0,
        },
      },
      smallPrint('Anyone who stands in front of this door can then open it.'),
    ],
  };
}

/** For someone who has connected nothing. A modal has no place for the link's own answer. */
export function welcomeModal(owner: SlackUserId): ModalView {
  return closingModal([
    ...welcomeMessage(owner).blocks,
    smallPrint('The link comes to you in a direct message from Latchbolt.'),
  ]);
}

/** What the modal shows until more is known. */
export const UNLOCKING: ModalView = messageModal('Unlocking…');

/** What is said where there is nothing to choose from; null where there is. */
export function nothingModal(owner: SlackUserId, doors: readonly Door[]): ModalView | null {
  if (doors.length === 0) {
    const where = smallPrint('The answer comes to you in a direct message from Latchbolt.');
    return closingModal([...noDoorsMessage(owner).blocks, where]);
  }
  if (doors.some(({ canUnlock }) => canUnlock)) return null;
  return messageModal('None of your doors can be unlocked from afar. Use their keypads or keys.');
}

/** The doors could not be listed. */
export function failureModal(error: unknown): ModalView {
  return closingModal(failureMessage(error).blocks);
}

/** Nothing was picked that can be unlocked. */
export const PICK: SubmitErrors = { [DOOR_BLOCK]: 'Pick one of your doors.' };
