import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.ts';
import { deploy, reportOn, serve } from './deployment.ts';
import { expected } from './expected.ts';

const noScopes = ['skipped  Slack scopes: because Slack did not take the bot token.'];

/** The settings with something else in Slack's part. */
function other(config: Config, slack: { botToken?: string; appToken?: string; apiUrl?: string }): Config {
  if (config.slack.mode !== 'socket') throw new Error('made for Socket Mode');
  return { ...config, slack: { ...config.slack, ...slack } };
}

describe('the doctor, about Slack', () => {
  it('a bot token that Slack does not take', async () => {
    const { config } = await deploy();
    expect(await reportOn(other(config, { botToken: 'xoxb-wrong' }))).toBe(
      expected({
        'Slack bot token': [
          'fault    Slack bot token: Slack does not take SLACK_BOT_TOKEN (invalid_auth). Copy it anew from OAuth & Permissions in the settings of your Slack app.',
        ],
        'Slack scopes': noScopes,
      }),
    );
  });

  it('an app token that Slack does not take', async () => {
    const { config } = await deploy();
    expect(await reportOn(other(config, { appToken: 'xapp-wrong' }))).toBe(
      expected({
        'Slack app token': [
          'fault    Slack app token: Slack does not take SLACK_APP_TOKEN (invalid_auth). See that Socket Mode is on in the settings of your Slack app, and make a new token under Basic Information, App-Level Tokens, with the scope connections:write.',
        ],
      }),
    );
  });

  it('Socket Mode that is off', async () => {
    const { config } = await deploy({ slack: { delivery: { mode: 'http', signingSecret: 'f' } } });
    expect(await reportOn(config)).toBe(
      expected({
        'Slack app token': [
          'fault    Slack app token: Slack does not take SLACK_APP_TOKEN (socket_mode_not_enabled). See that Socket Mode is on in the settings of your Slack app, and make a new token under Basic Information, App-Level Tokens, with the scope connections:write.',
        ],
      }),
    );
  });

  it('an installation for a whole organisation', async () => {
    const { config } = await deploy({ slack: { install: 'org' } });
    expect(await reportOn(config)).toBe(
      expected({
        'Slack bot token': [
          'fault    Slack bot token: it is of an installation for a whole organisation. Install the app in one workspace, and use its token.',
        ],
      }),
    );
  });

  it('scopes that are missing, and some that are too many', async () => {
    const { config } = await deploy({
      slack: { scopes: ['commands', 'chat:write', 'im:write', 'files:read'] },
    });
    expect(await reportOn(config)).toBe(
      expected({
        'Slack scopes': [
          'fault    Slack scopes: files:write is missing; it is needed to hand a person the history of their doors as a file in a direct message. Add it in the settings of your Slack app, under OAuth & Permissions, Bot Token Scopes, and choose Reinstall.',
          'fault    Slack scopes: users:read is missing; it is needed to see that whoever asks is still a member of the workspace. Add it in the settings of your Slack app, under OAuth & Permissions, Bot Token Scopes, and choose Reinstall.',
          'note     Slack scopes: the bot has more than it needs: im:write, files:read. Remove them under OAuth & Permissions, and choose Reinstall.',
        ],
      }),
    );
  });

  it('a Slack that says nothing of scopes', async () => {
    const { config } = await deploy();
    const apiUrl = await serve((request, response) => {
      const who = { ok: true, team: 'Acme', user: 'latchbolt', url: 'wss://slack.example/' };
      response.end(request.method === 'POST' ? JSON.stringify(who) : '');
    });
    expect(await reportOn(other(config, { apiUrl: `${apiUrl}/` }))).toBe(
      expected({
        'Slack scopes': ['skipped  Slack scopes: because Slack did not say what the bot token may do.'],
      }),
    );
  });

  it('an address where nobody is', async () => {
    const { config } = await deploy();
    const apiUrl = `http://127.0.0.1:${config.port}/api/`;
    const says = 'Slack cannot be reached (ECONNREFUSED). Check the network, and SLACK_API_URL if it is set.';
    expect(await reportOn(other(config, { apiUrl }))).toBe(
      expected({
        'Slack bot token': [`fault    Slack bot token: ${says}`],
        'Slack scopes': noScopes,
        'Slack app token': [`fault    Slack app token: ${says}`],
        Clock: ['ok       Clock: it agrees with Seam.'],
      }),
    );
  });

  it('an address where somebody else is', async () => {
    const { config } = await deploy();
    const apiUrl = await serve((_, response) => response.writeHead(503).end('<h1>Not here</h1>'));
    const says =
      'what answers is not Slack, or Slack is out of order (status 503). Check SLACK_API_URL if it is set, or try again later.';
    expect(await reportOn(other(config, { apiUrl: `${apiUrl}/` }))).toBe(
      expected({
        'Slack bot token': [`fault    Slack bot token: ${says}`],
        'Slack scopes': noScopes,
        'Slack app token': [`fault    Slack app token: ${says}`],
      }),
    );
  });
});
