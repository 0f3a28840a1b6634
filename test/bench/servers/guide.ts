/** Seam's guide written as a plain Bolt app: who asks is known, ownership is asked, the SDK waits, and answers. */
import { App, type BlockAction, type ButtonAction, LogLevel } from '@slack/bolt';
import { Seam } from 'seam';
import { settingsOf } from '../worker.ts';
import { measure } from './measured.ts';
import { BOT_TOKEN, keyOf, SIGNING_SECRET, siteSettings } from './site.ts';

const { port, slackUrl, seamUrl, seamKey } = settingsOf(siteSettings);
const seam = new Seam({ apiKey: seamKey, endpoint: seamUrl });
const app = new App({
  signingSecret: SIGNING_SECRET,
  token: BOT_TOKEN,
  botId: 'B0BENCH',
  botUserId: 'U0BENCH',
  tokenVerificationEnabled: false,
  clientOptions: { slackApiUrl: `${slackUrl}/api/` },
  logLevel: LogLevel.ERROR,
});

app.command('/locks', async ({ command, ack, respond }) => {
  await ack();
  const devices = await seam.devices.list({ user_identifier_key: keyOf(command.user_id) });
  // A message takes 50 blocks.
  const blocks = devices.slice(0, 50).map((device) => ({
    type: 'section' as const,
    text: { type: 'mrkdwn' as const, text: `*${device.display_name}*` },
    accessory: {
      type: 'button' as const,
      text: { type: 'plain_text' as const, text: 'Unlock' },
      action_id: 'unlock',
      value: device.device_id,
    },
  }));
  await respond({ response_type: 'ephemeral', text: 'Your doors', blocks });
});

app.action<BlockAction<ButtonAction>>('unlock', async ({ body, action, ack, respond }) => {
  await ack();
  const device_id = action.value ?? '';
  const owned = await seam.devices.list({
    user_identifier_key: keyOf(body.user.id),
    device_ids: [device_id],
  });
  if (owned.length === 0) {
    await respond({ replace_original: false, text: 'That door is not yours.' });
    return;
  }
  await seam.locks.unlockDoor({ device_id });
  await respond({ replace_original: true, text: 'The door is unlocked.' });
});

app.error(async (error) => {
  process.stderr.write(`guide: ${error.message}\n`);
});
const server = await app.start({ port, host: '127.0.0.1' });
const address = server.address();
measure({
  port: typeof address === 'object' && address !== null ? address.port : 0,
  async close() {
    await app.stop();
  },
});
