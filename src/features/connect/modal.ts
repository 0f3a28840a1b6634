import type { Context } from '../../context.ts';
import type { Asked } from '../../feature.ts';
import { messageModal } from '../../views/modal.ts';
import { failureMessage } from '../../views/trouble.ts';
import { pauseBefore } from './decide.ts';
import { makeLink } from './link.ts';
import { linkModal, makingLink } from './view.ts';
import { watch } from './watch.ts';

/**
 * The link where nothing can be answered in place, as in Home: in a modal, which nobody finds again once its link is of
 * no use. The modal comes first, since its trigger lives 3 s and a link takes Seam three calls. False when it could not
 * be opened.
 */
export async function linkInModal(context: Context, { person }: Asked, triggerId: string): Promise<boolean> {
  const { surfaces, time, seamWebhooks, log } = context;
  let viewId: string;
  try {
    viewId = await surfaces.open(triggerId, messageModal(makingLink));
  } catch (error) {
    log.warn({ user: person.userId, err: error }, 'a modal for a link could not be opened');
    return false;
  }
  try {
    const { connect, url } = await makeLink(context, person, null);
    watch(context, connect, pauseBefore(connect, time.now(), seamWebhooks));
    await surfaces.change(viewId, linkModal(person.userId, { id: connect.id, url }));
  } catch (error) {
    log.warn({ user: person.userId, err: error }, 'a link could not be shown');
    await surfaces.change(viewId, messageModal(failureMessage(error).text));
  }
  return true;
}
