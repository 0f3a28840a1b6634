/** What stands in Home for somebody who has no doors to be shown. */
import type { HomeView } from '@slack/types';
import type { SlackUserId } from '../domain/ids.ts';
import type { Refusal } from '../domain/outcome.ts';
import { actions } from './actions.ts';
import { button, buttons, ownedBy, smallPrint, verbatim } from './blocks.ts';
import { heading } from './home-parts.ts';
import { refusalLine } from './outcome.ts';

const WHAT =
  'Latchbolt opens and locks your own doors from Slack. ' +
  'Connect the account of your smart locks, and your doors are here and in /locks, for you alone.';

const KEPT =
  'Latchbolt keeps who you are in Slack, which lock accounts are yours, and what happens to their doors. ' +
  'Your password is never seen by Latchbolt. To take an account away again, type `/locks disconnect`.';

/** For someone who has connected nothing. */
export function welcomeHome(owner: SlackUserId): HomeView {
  return {
    type: 'home',
    blocks: [
      heading('Welcome to Latchbolt'),
      verbatim(WHAT),
      buttons(
        button('Connect your lock account', actions.connectStart, { ...ownedBy(owner), style: 'primary' }),
      ),
      smallPrint(KEPT),
    ],
  };
}

/** For someone who may not use it. */
export function awayHome(why: Refusal): HomeView {
  return {
    type: 'home',
    blocks: [heading('Latchbolt'), verbatim(WHAT), verbatim(why === 'guest' ? GUEST : refusalLine(why))],
  };
}

const GUEST =
  'Guests of this workspace cannot use it. The person who set up Latchbolt can allow it; ' +
  'then your doors can be here too.';

/** When there is nothing that could be shown, not even what was last known. `words`: why, in words of ours. */
export function failureHome(owner: SlackUserId, words: string): HomeView {
  return {
    type: 'home',
    blocks: [
      heading('Your doors cannot be shown right now'),
      verbatim(words),
      buttons(button('Try again', actions.homeOpen, { ...ownedBy(owner), style: 'primary' })),
    ],
  };
}
