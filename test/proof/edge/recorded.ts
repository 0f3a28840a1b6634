/** One real payload of every kind that Slack delivers, recorded from the local Slack. */
import { z } from 'zod';
import { GENERAL, OLIVIA, type World } from '../../support/world.ts';

export type Facts = Record<string, unknown>;

/** A payload, and how Slack writes it down. */
export interface Payload {
  readonly written: 'payload' | 'fields' | 'json';
  readonly body: Facts;
}

/** What is recorded: `click` is Olivia's click that would open a door of hers, held back on its way. */
export type Recorded = Readonly<Record<'command' | 'click' | 'submission', Payload>> &
  Readonly<Record<string, Payload>>;

const opened = z.object({ ok: z.literal(true), view: z.object({ id: z.string() }) });

/** Records them; the world's own bot still answers, and Olivia's list with a `Front Door` is on her screen. */
export async function record(world: World): Promise<Recorded> {
  const { slack } = world;
  const command = payloadOf((await world.type(OLIVIA, '/locks help')).delivered);
  await slack.faults([{ at: 'delivery', do: 'drop', times: 1 }]);
  const click = payloadOf((await world.click(OLIVIA, 'Unlock', 'Front Door')).delivered);
  const home = payloadOf((await slack.home({ as: OLIVIA })).delivered);
  const { me } = await slack.view(OLIVIA);
  const said = await slack.command({ as: OLIVIA, channel: me.dmChannelId, text: 'hello' });
  const { submission, closed } = await recordModal(world);
  return {
    command,
    click,
    home,
    said: payloadOf(said.delivered),
    submission,
    closed,
    ...written(click.body),
  };
}

/** The bot has no modal: one is opened in its name. */
async function recordModal(world: World): Promise<{ submission: Payload; closed: Payload }> {
  const submission = world.slack.submit({ as: OLIVIA, viewId: await openModal(world), values: {} });
  const delivered = payloadOf((await submission).delivered);
  const closed = await world.slack.dismiss({ as: OLIVIA, viewId: await openModal(world) });
  return { submission: delivered, closed: payloadOf(closed.delivered) };
}

async function openModal(world: World): Promise<string> {
  const { slack } = world.house.config;
  const { delivered } = await world.slack.command({ as: OLIVIA, channel: GENERAL, text: '/locks help' });
  const view = {
    type: 'modal',
    title: { type: 'plain_text', text: 'A modal' },
    submit: { type: 'plain_text', text: 'Submit' },
    notify_on_close: true,
    blocks: [
      {
        type: 'input',
        optional: true,
        label: { type: 'plain_text', text: 'Words' },
        element: { type: 'plain_text_input', action_id: 'words' },
      },
    ],
  };
  const answer = await fetch(`${slack.apiUrl}views.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ trigger_id: delivered.body.trigger_id, view }),
  });
  return opened.parse(await answer.json()).view.id;
}

function payloadOf({ kind, body }: { kind: string; body: Facts }): Payload {
  if (kind === 'events_api') return { written: 'json', body };
  return { written: kind === 'interactive' ? 'payload' : 'fields', body };
}

/** Kinds that the local Slack has no occasion to send, as Slack's documentation shows them. */
function written({ user, team, token, api_app_id, trigger_id, channel }: Facts): Record<string, Payload> {
  const from = { user, team, token, api_app_id };
  const event = (event: Facts): Payload => ({
    written: 'json',
    body: { type: 'event_callback', token, team_id: 'T0ACME', api_app_id, event_id: 'Ev1', event },
  });
  const interaction = (body: Facts): Payload => ({ written: 'payload', body: { ...from, ...body } });
  return {
    verification: { written: 'json', body: { type: 'url_verification', token, challenge: 'a challenge' } },
    sslCheck: { written: 'fields', body: { ssl_check: '1', token } },
    rateNotice: { written: 'json', body: { type: 'app_rate_limited', token, team_id: 'T0ACME' } },
    shortcut: interaction({ type: 'shortcut', callback_id: 'c', trigger_id, action_ts: '1.1' }),
    messageAction: interaction({
      type: 'message_action',
      callback_id: 'c',
      trigger_id,
      channel,
      message: { type: 'message', ts: '1.1', text: 'hello' },
    }),
    suggestion: interaction({ type: 'block_suggestion', action_id: 'a', block_id: 'b', value: 'fro' }),
    dialog: interaction({ type: 'dialog_submission', callback_id: 'c', submission: { a: 'b' }, channel }),
    userChange: event({
      type: 'user_change',
      user: { id: 'U0X1', team_id: 'T0ACME', deleted: true, updated: 1 },
    }),
    channelCreated: event({ type: 'channel_created', channel: { id: 'C2', creator: OLIVIA } }),
    subteam: event({ type: 'subteam_created', subteam: { id: 'S1', created_by: OLIVIA } }),
    reaction: event({
      type: 'reaction_added',
      user: OLIVIA,
      item: { type: 'message', channel: 'C1', ts: '1.1' },
    }),
    messageChanged: event({
      type: 'message',
      subtype: 'message_changed',
      channel: 'C1',
      ts: '1.1',
      message: { ts: '1.0' },
      previous_message: { ts: '1.0' },
    }),
    uninstalled: event({ type: 'app_uninstalled' }),
    tokensRevoked: event({ type: 'tokens_revoked', tokens: { oauth: [OLIVIA], bot: ['U0BOT'] } }),
  };
}
