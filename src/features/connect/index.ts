import type { Context } from '../../context.ts';
import { connectId } from '../../domain/ids.ts';
import type { Asked, Clicked, Feature } from '../../feature.ts';
import { makeLink } from './link.ts';
import { linkMessage } from './view.ts';
import { check, watch } from './watch.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Connecting an account. */
export const connect: Feature = {
  name: 'connect',
  subcommands: [{ word: 'connect', summary: 'connects an account of smart locks', run: start }],
  actions: { start, open },
  onSeamEvent: async (context, event) => {
    if (event.kind === 'webview_ended') await check(context, event.webviewId);
  },
  start: takeUp,
};

async function start(context: Context, asked: Asked): Promise<void> {
  const { connect: waiting, url } = await makeLink(context, asked.person, asked.responseUrl);
  await context.messenger.answer(asked, linkMessage({ id: waiting.id, url }));
  watch(context, waiting);
}

/**
 * The button is a link, which Slack opens by itself; but its click brings a way to change the very message that
 * holds it, which the command that asked for the link does not have.
 */
async function open({ store }: Context, { value, person, responseUrl }: Clicked): Promise<void> {
  if (value !== '' && responseUrl !== null) {
    await store.connects.clicked(connectId(value), person, responseUrl);
  }
}

/** Goes on with the links that an earlier run handed out, and with those whose end it could not tell. */
async function takeUp(context: Context): Promise<void> {
  const { store, time } = context;
  const untold = await store.connects.untold(time.now() - DAY_MS);
  for (const connect of [...(await store.connects.waiting()), ...untold]) watch(context, connect);
}
