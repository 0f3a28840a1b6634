/** Whose token it is, and whether it may do all that Latchbolt needs: found out at the start, and said in one sentence. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ErrorCode, WebClient } from '@slack/web-api';
import { afterEach, describe, expect, it } from 'vitest';
import { slackDriver } from '../../src/sandbox/slack/driver.ts';
import { type LocalSlack, type LocalSlackOptions, startLocalSlack } from '../../src/sandbox/slack/server.ts';
import { identify } from '../../src/slack/identity.ts';
import { botScopes } from '../../src/slack/scopes.ts';
import { StartError } from '../../src/start-error.ts';
import { HOME } from '../support/world.ts';

let slack: LocalSlack;
afterEach(() => slack.close());

async function whoIs(options: Partial<LocalSlackOptions> = {}, token?: string) {
  slack = await startLocalSlack({ delivery: { mode: 'socket' }, ...options });
  const botToken = token ?? slack.botToken;
  const client = new WebClient(botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  return identify(client);
}

const needed = Object.keys(botScopes);
const tooLittle = (missing: string) =>
  new StartError(
    `SLACK_BOT_TOKEN may not do all that Latchbolt needs: ${missing}. Add what is missing under OAuth & ` +
      'Permissions in the settings of your Slack app, and install the app again.',
  );

it('says who we are', async () => {
  expect(await whoIs()).toEqual({
    installation: { teamId: HOME },
    bot: { botId: 'B0LATCHBOLT', botUserId: 'U0LATCHBOLT' },
  });
});

describe('what the token may do', () => {
  it.each(needed)('without %s it does not start', async (scope) => {
    const scopes = needed.filter((other) => other !== scope);
    await expect(whoIs({ scopes })).rejects.toEqual(tooLittle(scope));
  });

  it('all that is missing is named at once', async () => {
    await expect(whoIs({ scopes: ['im:history'] })).rejects.toEqual(tooLittle(needed.join(', ')));
  });

  it('more than is needed is no fault', async () => {
    await expect(whoIs({ scopes: ['im:history', ...needed] })).resolves.toMatchObject({
      installation: { teamId: HOME },
    });
  });

  it('where Slack does not say, it starts', async () => {
    slack = await startLocalSlack({ delivery: { mode: 'socket' } });
    const who = { ok: true, team_id: HOME, user_id: 'U0LATCHBOLT', bot_id: 'B0LATCHBOLT' };
    const silent = createServer((_, response) => response.end(JSON.stringify(who)));
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const { port } = silent.address() as AddressInfo;
    const client = new WebClient(slack.botToken, { slackApiUrl: `http://127.0.0.1:${port}/` });
    expect(await identify(client)).toMatchObject({ installation: { teamId: HOME } });
    silent.close();
  });
});

it('a token that Slack does not know', async () => {
  await expect(whoIs({}, 'xoxb-of-nobody')).rejects.toEqual(
    new StartError(
      'Slack does not take SLACK_BOT_TOKEN (invalid_auth). ' +
        'Copy it anew from OAuth & Permissions in the settings of your Slack app.',
    ),
  );
});

it('an installation for a whole organisation', async () => {
  await expect(whoIs({ install: 'org' })).rejects.toEqual(
    new StartError(
      'SLACK_BOT_TOKEN is of an installation for a whole organisation; Latchbolt works in one workspace. ' +
        'Install the app in that workspace, and use its token.',
    ),
  );
});

it('a Slack that cannot be reached', async () => {
  slack = await startLocalSlack({ delivery: { mode: 'socket' } });
  const { apiUrl, botToken } = slack;
  await slackDriver(slack.url).faults([{ at: 'auth.test', do: 'reset' }]);
  const client = new WebClient(botToken, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
  await expect(client.auth.test()).rejects.toMatchObject({ code: ErrorCode.RequestError });
  await expect(identify(client)).rejects.toEqual(
    new StartError('Slack cannot be reached. Check the network and SLACK_API_URL, and start again.'),
  );
});
