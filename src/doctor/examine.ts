/** All that the doctor looks at, in the order in which it is told. */
import { ConfigError } from '../config/variables.ts';
import type { Config } from '../config.ts';
import { ADDRESS, judgeAddress, judgeReach, judgeRefusal } from './address.ts';
import type { Answer, Ask } from './ask.ts';
import { CLOCK, judgeClock } from './clock.ts';
import { type AskDisk, checkDatabase } from './database.ts';
import { type Health, readHealth } from './health.ts';
import { type Finding, fault, note, ok, skipped } from './report.ts';
import { judgeRunning, RUNNING } from './running.ts';
import { HOOK, judgeBrands, judgeHook, judgeKey } from './seam.ts';
import { judgeAppToken, judgeBotToken, judgeScopes } from './slack.ts';

const SETTINGS = 'Settings';
const SIGNING = 'Slack signing secret';
const ROUTE = 'Webhook route';
const SLACK_ROUTE = 'Slack route';

/** How the doctor reaches the world. */
export interface Instruments {
  readonly ask: Ask;
  readonly disk: AskDisk;
}

/**
 * Looks at everything; a fault never keeps the rest from being looked at, as far as that can be.
 *
 * @param read gives the configuration, or throws the ConfigError with its faults
 */
export async function examine(read: () => Config, { ask, disk }: Instruments): Promise<Finding[]> {
  const config = settingsOf(read);
  if (config instanceof ConfigError) return withoutSettings(config);
  // By itself: it holds up the process, and would make Seam look slow.
  const database = await checkDatabase(config, disk);
  const [slack, seam, here] = await Promise.all([
    ask(`${config.slack.apiUrl}auth.test`, { method: 'POST', token: config.slack.botToken }),
    ask(`${config.seam.endpoint}/workspaces/get`, { token: config.seam.apiKey }),
    config.port === 0 ? null : ask(`http://127.0.0.1:${config.port}/healthz`).then(readHealth),
  ]);
  return [
    ...judgeSettings(config),
    ...(await checkSlack(config, slack, ask)),
    judgeKey(seam),
    judgeBrands(config.seam.acceptedProviders),
    ...database,
    here === null
      ? skipped(RUNNING, 'PORT is 0, so that the system chooses one.')
      : judgeRunning(here, config.port),
    ...(await checkAddress(config, here, ask)),
    judgeClock({ Slack: slack, Seam: seam }),
  ];
}

function settingsOf(read: () => Config): Config | ConfigError {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function judgeSettings({ slack, unlocksPaused }: Config): Finding[] {
  const mode =
    slack.mode === 'socket' ? 'Socket Mode: the bot calls Slack' : 'HTTP mode: Slack calls the bot';
  const complete = ok(SETTINGS, `they are complete, for ${mode}.`);
  return unlocksPaused
    ? [
        complete,
        note(SETTINGS, 'UNLOCKS_PAUSED is 1, so that no door is opened. Remove it when that is over.'),
      ]
    : [complete];
}

function withoutSettings({ faults }: ConfigError): Finding[] {
  const rest = ['Slack', 'Seam', 'Database', RUNNING, ADDRESS, CLOCK];
  return [
    ...faults.map(({ variable, problem, howToGet }) => fault(SETTINGS, `${variable} ${problem} ${howToGet}`)),
    ...rest.map((about) => skipped(about, 'the settings have to be complete first.')),
  ];
}

async function checkSlack({ slack }: Config, answer: Answer, ask: Ask): Promise<Finding[]> {
  const way =
    slack.mode === 'socket'
      ? judgeAppToken(
          await ask(`${slack.apiUrl}apps.connections.open`, { method: 'POST', token: slack.appToken }),
        )
      : note(
          SIGNING,
          'no call can check it. Start Latchbolt and type /locks help in Slack: with a wrong one Slack says that the app did not respond.',
        );
  return [judgeBotToken(answer), ...judgeScopes(answer), way];
}

/** @param here what answered on this machine's own port; null when that is not known */
async function checkAddress(config: Config, here: Health | null, ask: Ask): Promise<Finding[]> {
  const { publicUrl, seam, slack } = config;
  const secret = seam.webhookSecret;
  if (publicUrl === null || secret === null) {
    return [ADDRESS, ROUTE, HOOK].map((about) =>
      skipped(about, 'PUBLIC_URL is not set: Seam is asked instead.'),
    );
  }
  const url = `${publicUrl}/seam/webhooks`;
  const [health, refusal, slackRefusal, hooks] = await Promise.all([
    ask(`${publicUrl}/healthz`),
    ask(url, { method: 'POST' }),
    slack.mode === 'http' ? ask(`${publicUrl}/slack/events`, { method: 'POST' }) : null,
    ask(`${seam.endpoint}/webhooks/list`, { token: seam.apiKey }),
  ]);
  const there = readHealth(health);
  return [
    judgeReach(publicUrl, seam.endpoint) ?? judgeAddress(publicUrl, there, here),
    judgeRefusal(ROUTE, refusal, there),
    ...(slackRefusal === null ? [] : [judgeRefusal(SLACK_ROUTE, slackRefusal, there)]),
    judgeHook(hooks, { url, secret }),
  ];
}
