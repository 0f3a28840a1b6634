/** What Slack's answers say about its two tokens. */
import { z } from 'zod';
import { slackCode } from '../slack/errors.ts';
import { botScopes } from '../slack/scopes.ts';
import type { Answer } from './ask.ts';
import { type Finding, fault, note, ok, skipped } from './report.ts';

const refused = z.object({ ok: z.literal(false), error: z.string() });
const whoWeAre = z.object({
  ok: z.literal(true),
  team: z.string(),
  user: z.string(),
  is_enterprise_install: z.boolean().optional(),
});

const BOT = 'Slack bot token';
const SCOPES = 'Slack scopes';
const APP = 'Slack app token';

/** From the answer of `auth.test`. */
export function judgeBotToken(answer: Answer): Finding {
  if (answer.kind === 'silent') return fault(BOT, unreachable(answer.code));
  const no = refused.safeParse(answer.body);
  if (no.success) {
    return fault(
      BOT,
      `Slack does not take SLACK_BOT_TOKEN (${slackCode(no.data.error)}). Copy it anew from OAuth & Permissions in the settings of your Slack app.`,
    );
  }
  const who = whoWeAre.safeParse(answer.body);
  if (!who.success) return fault(BOT, notSlack(answer.status));
  if (who.data.is_enterprise_install === true) {
    return fault(
      BOT,
      'it is of an installation for a whole organisation. Install the app in one workspace, and use its token.',
    );
  }
  return ok(BOT, `the bot is ${who.data.user} in the workspace ${who.data.team}.`);
}

/** From the answer of `auth.test`: what the token may do, against what the bot needs. */
export function judgeScopes(answer: Answer): Finding[] {
  if (answer.kind === 'silent' || !whoWeAre.safeParse(answer.body).success) {
    return [skipped(SCOPES, 'Slack did not take the bot token.')];
  }
  const header = answer.headers.get('x-oauth-scopes');
  if (header === null) return [skipped(SCOPES, 'Slack did not say what the bot token may do.')];
  const has = header.split(',').map((scope) => scope.trim());
  const missing = Object.entries(botScopes).filter(([scope]) => !has.includes(scope));
  const more = has.filter((scope) => scope !== '' && !Object.hasOwn(botScopes, scope));
  const findings = missing.map(([scope, why]) =>
    fault(
      SCOPES,
      `${scope} is missing; it is needed ${why}. Add it in the settings of your Slack app, under OAuth & Permissions, Bot Token Scopes, and choose Reinstall.`,
    ),
  );
  if (findings.length === 0) findings.push(ok(SCOPES, 'the bot has all that it needs.'));
  if (more.length > 0) {
    findings.push(
      note(
        SCOPES,
        `the bot has more than it needs: ${more.join(', ')}. Remove them under OAuth & Permissions, and choose Reinstall.`,
      ),
    );
  }
  return findings;
}

/** From the answer of `apps.connections.open`. The address in it is never used, so that no connection is left open. */
export function judgeAppToken(answer: Answer): Finding {
  if (answer.kind === 'silent') return fault(APP, unreachable(answer.code));
  const no = refused.safeParse(answer.body);
  if (no.success) {
    return fault(
      APP,
      `Slack does not take SLACK_APP_TOKEN (${slackCode(no.data.error)}). See that Socket Mode is on in the settings of your Slack app, and make a new token under Basic Information, App-Level Tokens, with the scope connections:write.`,
    );
  }
  const yes = z.object({ ok: z.literal(true), url: z.string() }).safeParse(answer.body);
  return yes.success ? ok(APP, 'Slack lets the bot connect.') : fault(APP, notSlack(answer.status));
}

function unreachable(code: string): string {
  return `Slack cannot be reached (${code}). Check the network, and SLACK_API_URL if it is set.`;
}

function notSlack(status: number): string {
  return `what answers is not Slack, or Slack is out of order (status ${status}). Check SLACK_API_URL if it is set, or try again later.`;
}
