import { type AllMiddlewareArgs, type AnyMiddlewareArgs, App, type Receiver } from '@slack/bolt';
import { boltLogger, type Log } from '../../src/log.ts';

/** What the one listener of a test's App is given. */
export type Given = AnyMiddlewareArgs & AllMiddlewareArgs;

/** A real Bolt App as ours is made: one listener for everything, and nothing that calls Slack. */
export function boltApp(receiver: Receiver, log: Log, listener: (given: Given) => Promise<void>): App {
  const app = new App({
    receiver,
    logger: boltLogger(log),
    authorize: async () => ({ botToken: 'xoxb-1', botId: 'B1', botUserId: 'U0BOT' }),
    convoStore: false,
    ignoreSelf: false,
    attachFunctionToken: false,
    tokenVerificationEnabled: false,
  });
  app.use(listener);
  return app;
}

/** Acknowledges whatever it is, with anything at all. Bolt has acknowledged events itself. */
export async function acknowledge(given: Given, response?: unknown): Promise<void> {
  if ('ack' in given && given.ack !== undefined) await Reflect.apply(given.ack, undefined, [response]);
}

/** One body of each kind that Slack delivers, as Slack makes them. */
export const bodies = {
  command: {
    token: 'legacy',
    team_id: 'T1',
    team_domain: 'home',
    channel_id: 'C1',
    user_id: 'U1',
    command: '/locks',
    text: 'front door',
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T1/1/s3cr3t',
    trigger_id: '1.2.abc',
  },
  click: {
    type: 'block_actions',
    user: { id: 'U1', username: 'olivia', team_id: 'T1' },
    api_app_id: 'A1',
    token: 'legacy',
    container: { type: 'message', message_ts: '1.1', channel_id: 'C1', is_ephemeral: true },
    trigger_id: '1.3.abc',
    team: { id: 'T1', domain: 'home' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: 'C1', name: 'general' },
    response_url: 'https://hooks.slack.com/actions/T1/1/s3cr3t',
    actions: [{ type: 'button', action_id: 'door:unlock', block_id: 'b', value: 'd1', action_ts: '1.2' }],
  },
  homeClick: {
    type: 'block_actions',
    user: { id: 'U1', team_id: 'T1' },
    team: null,
    enterprise: { id: 'E1', name: 'org' },
    is_enterprise_install: true,
    view: { id: 'V1', type: 'home', blocks: [], app_installed_team_id: 'E1' },
    actions: [{ type: 'button', action_id: 'door:unlock', block_id: 'b', action_ts: '1.2' }],
  },
  submission: {
    type: 'view_submission',
    team: { id: 'T1' },
    user: { id: 'U1' },
    view: { id: 'V1', type: 'modal', callback_id: 'c', state: { values: {} } },
    response_urls: [{ response_url: 'https://hooks.slack.com/app/T1/1/s3cr3t', channel_id: 'C1' }],
  },
  step: {
    type: 'event_callback',
    team_id: 'T1',
    event: { type: 'function_executed', function_execution_id: 'Fx1', inputs: { door: 'front' } },
  },
  closed: { type: 'view_closed', team: { id: 'T1' }, user: { id: 'U1' }, view: { id: 'V1' } },
  suggestion: {
    type: 'block_suggestion',
    team: { id: 'T1' },
    user: { id: 'U1' },
    action_id: 'a',
    block_id: 'b',
    value: 'fro',
  },
  shortcut: { type: 'shortcut', callback_id: 's', team: { id: 'T1' }, user: { id: 'U1' }, trigger_id: '1' },
  messageAction: {
    type: 'message_action',
    callback_id: 's',
    team: { id: 'T1' },
    user: { id: 'U1' },
    channel: { id: 'C1' },
    message: { ts: '1.1' },
  },
  home: {
    type: 'event_callback',
    team_id: 'T1',
    event_id: 'Ev1',
    authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'U0BOT', is_bot: true }],
    event: { type: 'app_home_opened', user: 'U1', channel: 'D1', tab: 'home', event_ts: '1.1' },
  },
  reaction: {
    type: 'event_callback',
    team_id: 'T1',
    event: { type: 'reaction_added', user: 'U1', item: { type: 'message', channel: 'C1', ts: '1.1' } },
  },
  userChange: {
    type: 'event_callback',
    team_id: 'T1',
    event: { type: 'user_change', user: { id: 'U1', deleted: true }, cache_ts: 1 },
  },
  channelCreated: {
    type: 'event_callback',
    team_id: 'T1',
    event: { type: 'channel_created', channel: { id: 'C2', creator: 'U1' } },
  },
  subteam: {
    type: 'event_callback',
    team_id: 'T1',
    event: { type: 'subteam_created', subteam: { id: 'S1', created_by: 'U1' } },
  },
  message: {
    type: 'event_callback',
    team_id: 'T1',
    event: {
      type: 'message',
      subtype: 'message_changed',
      channel: 'C1',
      ts: '1.1',
      message: { ts: '1.0' },
      previous_message: { ts: '1.0' },
      assistant_thread: { channel_id: 'C1', thread_ts: '1' },
    },
  },
  uninstalled: { type: 'event_callback', team_id: 'T1', event: { type: 'app_uninstalled' } },
};
