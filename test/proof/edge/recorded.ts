/** One real payload of every kind that Slack delivers, recorded from the local Slack. */
import { z } from 'zod';
import type { Acknowledged } from '../../../src/sandbox/slack/drive.ts';
import { eventually, GENERAL, OLIVIA, type World } from '../../support/world.ts';
import { startTap } from './tap.ts';

export type Facts = Record<string, unknown>;

/** The facts in an object; none in anything else. */
export function factsOf(value: unknown): Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** A payload, and how Slack writes it down. */
export interface Payload {
  readonly written: 'payload' | 'fields' | 'json';
  readonly body: Facts;
}

/**
 * What is recorded: `click`, `submission` (a door chosen in the modal of the shortcut) and `step` (of a workflow) are
 * Olivia's, and each would open a door of hers; they are held back on their way.
 */
export type Recorded = Readonly<Record<'command' | 'click' | 'submission' | 'step', Payload>> &
  Readonly<Record<string, Payload>>;

const opened = z.object({ ok: z.literal(true), view: z.object({ id: z.string() }) });

/** Records them; the world's own bot still answers, and Olivia's list with a `Front Door` is on her screen. */
export async function record(world: World): Promise<Recorded> {
  const { slack } = world;
  const command = payloadOf((await world.type(OLIVIA, '/locks help')).delivered);
  const click = await heldBack(world, () => world.click(OLIVIA, 'Unlock', 'Front Door'));
  const home = payloadOf((await slack.home({ as: OLIVIA })).delivered);
  const { me } = await slack.view(OLIVIA);
  const said = await slack.command({ as: OLIVIA, channel: me.dmChannelId, text: 'hello' });
  const inputs = { door: 'Front Door' };
  const step = await heldBack(world, () =>
    slack.workflow({ as: OLIVIA, callback_id: 'unlock_door', inputs }),
  );
  return {
    command,
    click,
    home,
    said: payloadOf(said.delivered),
    step,
    closed: await recordClosed(world),
    messageAction: await recordMessageAction(world),
    ...(await recordShortcut(world)),
    ...written(click.body),
  };
}

/** What would open a door is taken by somebody who does nothing about it; what nobody takes, Slack would send again. */
async function heldBack(world: World, act: () => Promise<Acknowledged>): Promise<Payload> {
  const { slack, bot } = world.house;
  const deaf = await startTap(() => slack.url, { instead: () => ({}) });
  slack.setDeliveryUrl(`${deaf.url}/slack/events`);
  try {
    return payloadOf((await act()).delivered);
  } finally {
    slack.setDeliveryUrl(`http://127.0.0.1:${bot.port}/slack/events`);
    await deaf.close();
  }
}

/** The shortcut, what is typed into its select, and the modal as it is sent. */
async function recordShortcut(world: World) {
  const { slack } = world;
  const shortcut = payloadOf((await slack.shortcut({ as: OLIVIA, callback_id: 'shortcut:open' })).delivered);
  const { viewId } = await eventually('the modal', async () => (await slack.view(OLIVIA)).modals.at(-1));
  const select = { block_id: 'door', action_id: 'shortcut:door' };
  const typed = await slack.suggest({ as: OLIVIA, in: { modal: viewId }, ...select, query: 'fro' });
  const { deviceId } = await world.door('Front Door');
  const values = { door: { 'shortcut:door': deviceId } };
  const submission = await heldBack(world, () => slack.submit({ as: OLIVIA, viewId, values }));
  return { shortcut, suggestion: payloadOf(typed.delivered), submission };
}

/** The same from a message, such as the one in which she said hello. */
async function recordMessageAction({ slack }: World): Promise<Payload> {
  const { messages } = await slack.view(OLIVIA);
  const message = messages.find(({ author }) => author.kind === 'person')?.id ?? '';
  const act = await slack.shortcut({ as: OLIVIA, callback_id: 'shortcut:message', message });
  return payloadOf(act.delivered);
}

/** No modal of the bot tells when it is closed: one that does is opened in its name. */
async function recordClosed(world: World): Promise<Payload> {
  const viewId = await openModal(world);
  return payloadOf((await world.slack.dismiss({ as: OLIVIA, viewId })).delivered);
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
function written({ user, team, token, api_app_id, channel }: Facts): Record<string, Payload> {
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
