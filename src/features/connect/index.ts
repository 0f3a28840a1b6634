import type { Context } from '../../context.ts';
import type { Asked, Feature } from '../../feature.ts';
import { makeLink } from './link.ts';
import { linkMessage } from './view.ts';
import { check, watch } from './watch.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Connecting an account. */
export const connect: Feature = {
  name: 'connect',
  subcommands: [{ word: 'connect', summary: 'connects an account of smart locks', run: start }],
  actions: {
    start,
    // The button is a link: Slack opens it, and only reports that.
    open: async () => undefined,
  },
  onSeamEvent: async (context, event) => {
    if (event.kind === 'webview_ended') await check(context, event.webviewId);
  },
  start: takeUp,
};

async function start(context: Context, asked: Asked): Promise<void> {
  const { connect: waiting, url } = await makeLink(context, asked.person, asked.responseUrl);
  await context.messenger.answer(asked, linkMessage(url));
  watch(context, waiting);
}

/** Goes on with the links that an earlier run handed out, and with those whose end it could not tell. */
async function takeUp(context: Context): Promise<void> {
  const { store, time } = context;
  const untold = await store.connects.untold(time.now() - DAY_MS);
  for (const connect of [...(await store.connects.waiting()), ...untold]) watch(context, connect);
}
