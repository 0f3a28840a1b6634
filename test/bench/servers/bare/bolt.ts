/** A Bolt app that opens doors and imports no more than it must, for its start and memory: `bolt.ts PORT SECRET`. */
import { App, LogLevel } from '@slack/bolt';
import { Seam } from 'seam';

const [, , port, signingSecret = ''] = process.argv;
const seam = new Seam({ apiKey: 'seam_test1_bench', endpoint: 'http://127.0.0.1:9' });
const app = new App({
  signingSecret,
  token: 'xoxb-bench',
  botId: 'B0BENCH',
  botUserId: 'U0BENCH',
  tokenVerificationEnabled: false,
  logLevel: LogLevel.ERROR,
});
app.command('/locks', async ({ ack }) => ack());
app.action('unlock', async ({ ack }) => {
  await ack();
  await seam.locks.unlockDoor({ device_id: '' });
});
await app.start({ port: Number(port), host: '127.0.0.1' });
