import type { HomeView } from '@slack/types';
import type { Context } from './context.ts';
import type { Deed } from './slack/deed.ts';
import type { Message } from './slack/message.ts';

/**
 * Says why nothing came of what somebody did. Whoever opened Home looks at it, and wants no message about each glance:
 * there it stands as `home`. Never rejects.
 */
export async function say(
  { messenger, surfaces, log }: Context,
  { act, actor: { userId }, responseUrl }: Deed,
  message: Message,
  home: HomeView,
): Promise<void> {
  if (act.kind !== 'home_opened') {
    await messenger.post({ userId, responseUrl }, message);
    return;
  }
  try {
    await surfaces.publish(userId, home);
  } catch (error) {
    log.warn({ user: userId, err: error }, 'a Home could not be shown');
  }
}
