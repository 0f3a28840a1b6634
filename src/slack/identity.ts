import { ErrorCode, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Installation } from '../domain/access.ts';
import { StartError } from '../start-error.ts';
import { slackCode } from './errors.ts';
import { botScopes } from './scopes.ts';

/** Who the bot is to Slack; without these ids Bolt would ask Slack for every event. */
export interface BotIdentity {
  readonly botId: string;
  readonly botUserId: string;
}

const answer = z.object({
  team_id: z.string().min(1),
  user_id: z.string().min(1),
  bot_id: z.string().min(1),
  is_enterprise_install: z.boolean().optional(),
  /** What Slack says in a header that the token may do. */
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

const refusal = z.object({
  code: z.literal(ErrorCode.PlatformError),
  data: z.object({ error: z.string() }),
});

/** Asks Slack whose token the client has; throws a StartError for one that it does not take. */
export async function identify(client: WebClient): Promise<{ installation: Installation; bot: BotIdentity }> {
  const who = answer.parse(await ask(client));
  if (who.is_enterprise_install === true) {
    throw new StartError(
      'SLACK_BOT_TOKEN is of an installation for a whole organisation; Latchbolt works in one workspace. ' +
        'Install the app in that workspace, and use its token.',
    );
  }
  const missing = missingScopes(who.response_metadata?.scopes);
  if (missing.length > 0) {
    throw new StartError(
      `SLACK_BOT_TOKEN may not do all that Latchbolt needs: ${missing.join(', ')}. Add what is missing under OAuth & ` +
        'Permissions in the settings of your Slack app, and install the app again.',
    );
  }
  return {
    installation: { teamId: who.team_id },
    bot: { botId: who.bot_id, botUserId: who.user_id },
  };
}

/** Where Slack does not say what a token may do, its answers to what we do will. */
function missingScopes(granted: readonly string[] | undefined): readonly string[] {
  return granted === undefined ? [] : Object.keys(botScopes).filter((scope) => !granted.includes(scope));
}

async function ask(client: WebClient): Promise<unknown> {
  try {
    return await client.auth.test();
  } catch (error) {
    const known = refusal.safeParse(error);
    if (!known.success) {
      throw new StartError('Slack cannot be reached. Check the network and SLACK_API_URL, and start again.');
    }
    throw new StartError(
      `Slack does not take SLACK_BOT_TOKEN (${slackCode(known.data.data.error)}). ` +
        'Copy it anew from OAuth & Permissions in the settings of your Slack app.',
    );
  }
}
