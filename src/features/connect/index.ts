import type { Context } from '../../context.ts';
import { connectId, listingId, type RunId } from '../../domain/ids.ts';
import type { Asked, Feature } from '../../feature.ts';
import { isForgotten, pauseBefore } from './decide.ts';
import { makeLink } from './link.ts';
import { linkInModal } from './modal.ts';
import { linkMessage, tooManyLinksMessage } from './view.ts';
import { check, watch } from './watch.ts';

/** The pause before what an earlier run left is looked at, ms. */
const SOON_MS = 500;

/** Connecting an account. */
export const connect: Feature = {
  name: 'connect',
  subcommands: [{ word: 'connect', summary: 'connects an account of smart locks', run: start }],
  actions: { start, open },
  onEvent: async (context, event) => {
    if (event.kind === 'webview_ended') await check(context, event.webviewId);
  },
  takeOver,
};

async function start(context: Context, asked: Asked): Promise<void> {
  const { person, responseUrl, inOwnMessage, args, place, triggerId } = asked;
  const waitMs = context.linkPace.take(person.key);
  if (waitMs !== null) {
    await context.messenger.post(asked, tooManyLinksMessage(waitMs));
    return;
  }
  if (place === 'home' && triggerId !== null && (await linkInModal(context, asked, triggerId))) return;
  const { connect: waiting, url } = await makeLink(context, person, responseUrl);
  watch(context, waiting, pauseBefore(waiting, context.time.now(), context.seamWebhooks));
  const [listing = ''] = args;
  // In the message of a list of doors the link takes the list's place.
  if (place === 'message' && inOwnMessage && listing !== '')
    await context.doors.release(person, listingId(listing));
  await context.messenger.answer(asked, linkMessage(person.userId, { id: waiting.id, url }));
}

/**
 * The button is a link, which Slack opens by itself; but its click brings a way to change the very message that
 * holds it, which the command that asked for the link does not have.
 */
async function open({ store, log }: Context, { args, person, responseUrl }: Asked): Promise<void> {
  const [id] = args;
  if (id === undefined || responseUrl === null) return;
  try {
    await store.connects.clicked(connectId(id), person, responseUrl);
  } catch (error) {
    // The link works all the same, so that the person need not hear of it.
    log.warn({ connect: id, err: error }, 'the click on a link was not kept');
  }
}

/** Goes on with the links that another run handed out, and with those whose end it could not tell. */
async function takeOver(context: Context, dead: readonly RunId[]): Promise<void> {
  const now = context.time.now();
  for (const connect of await context.store.connects.adopt(dead)) {
    // One that was neither used nor withdrawn is looked at whatever its age.
    if (connect.endedAt === null || !isForgotten(connect, now)) watch(context, connect, SOON_MS);
  }
}
