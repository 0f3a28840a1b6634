import type { Refusal } from '../domain/outcome.ts';
import { reasonOf, SeamError } from '../seam/errors.ts';
import { MembersError } from '../slack/errors.ts';
import type { Message } from '../slack/message.ts';
import { StoreError, type StoreErrorKind } from '../store/errors.ts';
import { sentences } from './blocks.ts';
import { againLine, refusalLine, seamLine } from './outcome.ts';

/** What a person reads when something went wrong that has no better words of its own. */
export function failureMessage(error: unknown): Message {
  if (error instanceof SeamError) {
    return sentences(`That did not work. ${seamLine(reasonOf(error), error.waitMs)}`);
  }
  if (error instanceof MembersError) {
    return sentences(
      `Slack cannot say right now whether you belong to this workspace. ${againLine(error.waitMs)}`,
    );
  }
  if (error instanceof StoreError) return sentences(`That did not work. ${storeLine(error.kind)}`);
  return sentences(
    'That did not work, because of a mistake in Latchbolt itself. ' +
      'Try again; if it happens again, tell the person who set up Latchbolt.',
  );
}

function storeLine(kind: StoreErrorKind): string {
  switch (kind) {
    case 'busy':
      return 'Latchbolt’s own records are busy right now. Try again in a minute.';
    case 'full':
      return 'Latchbolt has no room left for its records. Tell the person who set up Latchbolt.';
    case 'broken':
      return 'Latchbolt cannot read its own records. Tell the person who set up Latchbolt.';
  }
}

/** For somebody who may do nothing here, and for a button that is not where it was made. */
export function turnedAwayMessage(why: Refusal): Message {
  return sentences(refusalLine(why));
}

/** For somebody who asks faster than anybody reads. */
export function tooMuchMessage(waitMs: number): Message {
  return sentences(`That is more than Latchbolt can answer at once. ${againLine(waitMs)}`);
}

/** For a step of a workflow that no feature knows. */
export const oldStepMessage: Message = sentences(
  'This step is of another version of Latchbolt, so nothing was opened or changed. Tell whoever built the workflow.',
);

/** For a button that no feature knows. */
export const oldButtonMessage: Message = sentences(
  'This button is from an older Latchbolt and does nothing any more. Type /locks to start anew.',
);
