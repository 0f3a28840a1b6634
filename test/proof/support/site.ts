import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SeamDriver, seamDriver } from '../../../src/sandbox/seam/driver.ts';
import { startLocalSeam } from '../../../src/sandbox/seam/server.ts';
import { type Bot, startBot } from './bot.ts';
import { type Posts, watchPosts } from './posts.ts';
import { type SlackSink, startSlackSink } from './slack-sink.ts';

/** A local Seam and a sink for Slack, and any number of bots between them that share one database file. */
export interface Site {
  readonly seam: SeamDriver;
  readonly slack: SlackSink;
  /** The database file. */
  readonly file: string;
  /** The unlocks and locks that Seam was asked for. */
  readonly posts: Posts;
  startBot(nodeArgs?: readonly string[]): Promise<Bot>;
  /** Ends what still runs, and removes the database unless its folder was given. */
  close(): Promise<void>;
}

/** Starts a site without a bot. `folder` is for a database on a disk of its own. */
export async function startSite(options: { readonly folder?: string } = {}): Promise<Site> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'latchbolt-proof-')));
  const [seam, slack] = await Promise.all([startLocalSeam(), startSlackSink()]);
  const driver = seamDriver(seam.url);
  const posts = watchPosts(driver);
  const bots: Bot[] = [];
  const file = join(folder, 'latchbolt.db');
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    SEAM_API_KEY: seam.apiKey,
    SEAM_ENDPOINT: seam.url,
    DATABASE_URL: `file:${file}`,
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
  };
  return {
    seam: driver,
    slack,
    file,
    posts,
    async startBot(nodeArgs) {
      const bot = await startBot(env, nodeArgs);
      bots.push(bot);
      return bot;
    },
    async close() {
      await Promise.all(bots.filter((bot) => bot.alive()).map((bot) => bot.kill('SIGKILL')));
      posts.stop();
      await Promise.all([seam.close(), slack.close()]);
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
