/** Bare Bolt: its default receiver, and listeners that only acknowledge. */
import { App, LogLevel } from '@slack/bolt';
import { z } from 'zod';
import { settingsOf } from '../worker.ts';
import { measure } from './measured.ts';
import { BOT_TOKEN, SIGNING_SECRET, siteSettings } from './site.ts';

const settings = settingsOf(
  siteSettings.extend({
    /** Whether Seam's SDK is loaded too, as every app that opens doors has to. */
    withSeam: z.boolean(),
    /** Whether each team has a token of its own, which Bolt then pools a client for. */
    manyTeams: z.boolean(),
  }),
);
const { port, slackUrl } = settings;
if (settings.withSeam) {
  const { Seam } = await import('seam');
  new Seam({ apiKey: settings.seamKey, endpoint: settings.seamUrl });
}

const ids = { botId: 'B0BENCH', botUserId: 'U0BENCH' };
const app = new App({
  signingSecret: SIGNING_SECRET,
  clientOptions: { slackApiUrl: `${slackUrl}/api/` },
  logLevel: LogLevel.ERROR,
  ...(settings.manyTeams
    ? {
        authorize: async ({ teamId }) => ({
          ...ids,
          botToken: `${BOT_TOKEN}-${teamId}`,
          teamId: `${teamId}`,
        }),
      }
    : { token: BOT_TOKEN, tokenVerificationEnabled: false, ...ids }),
});
app.command('/locks', async ({ ack }) => ack());
app.action('bench:ack', async ({ ack }) => ack());
const server = await app.start({ port, host: '127.0.0.1' });
const address = server.address();
measure({
  port: typeof address === 'object' && address !== null ? address.port : 0,
  async close() {
    await app.stop();
  },
});
