import { APP, isChannel, isIn, PEOPLE, personById } from './cast.ts';
import { checkContent, type Room } from './content.ts';
import { asPayload } from './message-payload.ts';
import type { StoredMessage } from './messages.ts';
import { type Args, type Result, refuse, textArg } from './methods.ts';
import type { World } from './world.ts';

/** Slack's limits on the text of messages; that on all blocks together is undocumented, and told by its makers. */
const POST: Room = { text: 40_000, blocks: 12_000 };
const UPDATE: Room = { text: 4_000, blocks: 12_000 };

/** The methods `chat.*`. */
export function chatMethods(world: World): [string, (args: Args) => Result][] {
  return [
    ['chat.postMessage', (args) => postMessage(world, args)],
    ['chat.postEphemeral', (args) => postEphemeral(world, args)],
    ['chat.update', (args) => update(world, args)],
    ['chat.delete', (args) => remove(world, args)],
  ];
}

function postMessage(world: World, args: Args): Result {
  const channelId = channelFor(textArg(args, 'channel'));
  if (channelId === undefined) return refuse('channel_not_found');
  const content = checkContent(args, POST);
  if (!content.ok) return content;
  const message = post(world, channelId, null, content.text, content.blocks);
  const { warning } = content;
  return { ok: true, body: { channel: channelId, ts: message.ts, message: asPayload(message) }, warning };
}

function postEphemeral(world: World, args: Args): Result {
  const channelId = textArg(args, 'channel');
  if (!isChannel(channelId)) return refuse('channel_not_found');
  const person = personById(textArg(args, 'user'));
  if (person === undefined) return refuse('user_not_found');
  if (!isIn(person, channelId)) return refuse('user_not_in_channel');
  const content = checkContent(args, POST);
  if (!content.ok) return content;
  const message = post(world, channelId, person.id, content.text, content.blocks);
  return { ok: true, body: { message_ts: message.ts }, warning: content.warning };
}

function update(world: World, args: Args): Result {
  const found = ownMessage(world, args, 'cant_update_message');
  if ('error' in found) return found;
  const content = checkContent(args, UPDATE);
  if (!content.ok) return content;
  const { message } = found;
  world.messages.change(message, { text: content.text, blocks: content.blocks ?? message.blocks });
  const { channelId, ts, text } = message;
  return {
    ok: true,
    body: { channel: channelId, ts, text, message: asPayload(message) },
    warning: content.warning,
  };
}

function remove(world: World, args: Args): Result {
  const found = ownMessage(world, args, 'cant_delete_message');
  if ('error' in found) return found;
  world.messages.remove(found.message);
  return { ok: true, body: { channel: found.message.channelId, ts: found.message.ts } };
}

/** The app's own message that `channel` and `ts` name; ephemerals are out of reach. */
function ownMessage(world: World, args: Args, forbidden: string) {
  const channelId = textArg(args, 'channel');
  if (!isChannel(channelId)) return refuse('channel_not_found');
  const message = world.messages.at(channelId, textArg(args, 'ts'));
  if (message === undefined) return refuse('message_not_found');
  return message.ephemeral || message.author.kind !== 'app' ? refuse(forbidden) : { message };
}

/** A channel by its id, or someone's direct message by their user id. */
function channelFor(id: string): string | undefined {
  if (isChannel(id)) return id;
  const person = PEOPLE.find((one) => one.id === id);
  return person !== undefined && isIn(person, person.dmChannelId) ? person.dmChannelId : undefined;
}

function post(
  world: World,
  channelId: string,
  reader: string | null,
  text: string,
  blocks: StoredMessage['blocks'] | null,
): StoredMessage {
  const author = { kind: 'app', name: APP.name } as const;
  return world.messages.post({ channelId, author, reader, text, blocks: blocks ?? [] });
}
