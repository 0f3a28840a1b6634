import { z } from 'zod';

/** The signing secret of the bench's Slack, and the tokens that it takes. */
export const SIGNING_SECRET = 'bench-signing-secret-0123456789';
export const BOT_TOKEN = 'xoxb-bench-0123456789';
export const APP_TOKEN = 'xapp-bench-0123456789';
export const TEAM = 'T0BENCH';

/** What every server is told of the world around it; `port` 0 is any free one. */
export const siteSettings = z.object({
  port: z.number().default(0),
  slackUrl: z.string(),
  seamUrl: z.string(),
  seamKey: z.string(),
});
export type Site = z.output<typeof siteSettings>;

/** Members without doors, so many that in a bench of acknowledgements nobody asks more often than a person may. */
export const neighbours = Array.from({ length: 20_000 }, (_, n) => `N${String(n).padStart(6, '0')}`);

/** The Seam key of a person, by a formula, for the guide's app has no store. */
export function keyOf(userId: string): string {
  return `bench-${userId}`;
}

/** How the bot is set up over one database, as an operator would write it. */
export interface OursSettings extends Site {
  readonly database: string;
  /** 32 bytes, base64. */
  readonly key: string;
  readonly mode: 'http' | 'socket';
}

/** The environment that those settings are. */
export function environmentOf(settings: OursSettings): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: BOT_TOKEN,
    ...(settings.mode === 'socket'
      ? { SLACK_APP_TOKEN: APP_TOKEN }
      : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
    SLACK_API_URL: `${settings.slackUrl}/api/`,
    SEAM_API_KEY: settings.seamKey,
    SEAM_ENDPOINT: settings.seamUrl,
    DATABASE_URL: `file:${settings.database}`,
    ENCRYPTION_KEY: settings.key,
    PORT: String(settings.port),
    LOG_LEVEL: 'info',
  };
}
