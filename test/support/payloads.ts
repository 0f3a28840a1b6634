/** What Slack sends for a typed command, as Bolt hands it on. */
export function aCommand(facts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    token: 'verification-token',
    team_id: 'T0HOME',
    team_domain: 'home',
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    user_id: 'U0OLIVIA',
    user_name: 'olivia',
    command: '/locks',
    text: '',
    api_app_id: 'A0APP',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T0HOME/1/secret',
    trigger_id: '1.2.trigger',
    ...facts,
  };
}

/** What Slack sends for a click in an ephemeral message, as Bolt hands it on. */
export function aClick(facts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'block_actions',
    user: { id: 'U0OLIVIA', username: 'olivia', name: 'olivia', team_id: 'T0HOME' },
    api_app_id: 'A0APP',
    token: 'verification-token',
    container: { type: 'message', message_ts: '1.2', channel_id: 'C0GENERAL', is_ephemeral: true },
    trigger_id: '1.2.trigger',
    team: { id: 'T0HOME', domain: 'home' },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: 'C0GENERAL', name: 'general' },
    state: { values: {} },
    response_url: 'https://hooks.slack.com/actions/T0HOME/1/secret',
    actions: [
      {
        type: 'button',
        action_id: 'door:unlock',
        block_id: 'b1',
        text: { type: 'plain_text', text: 'Unlock', emoji: false },
        value: 'U0OLIVIA listing-1 door-1',
        action_ts: '1.3',
      },
    ],
    ...facts,
  };
}
