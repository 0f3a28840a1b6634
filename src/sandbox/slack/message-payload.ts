/** Messages as payloads and the Web API give them. */
import { APP, payloadName, WORKSPACE } from './cast.ts';
import type { File } from './drive.ts';
import type { StoredMessage } from './messages.ts';

type Body = Record<string, unknown>;

/** A message that shares another has that one attachment. */
export const ATTACHMENT_ID = 1;

/** A message of the app, of a person, or with a copy of another in it. */
export function asPayload(message: StoredMessage): Body {
  const { ts, text, blocks, author, shared, files, threadTs } = message;
  const by =
    author.kind === 'app' ? { user: APP.userId, bot_id: APP.botId, app_id: APP.id } : { user: author.id };
  const edited = message.edited ? { edited: { user: by.user, ts } } : {};
  const said = shared === null ? { blocks } : { attachments: [asAttachment(shared)] };
  const thread = threadTs === null ? {} : { thread_ts: threadTs };
  const attached = files.length === 0 ? {} : { files: files.map(asFile) };
  return { type: 'message', ...by, ts, text, team: WORKSPACE.id, ...thread, ...said, ...attached, ...edited };
}

/** A file as messages and the Web API give it: what is in it takes a download. */
export function asFile({ id, name, mimetype, size }: File): Body {
  const filetype = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return {
    id,
    name,
    title: name,
    mimetype,
    filetype,
    user: APP.userId,
    user_team: WORKSPACE.id,
    size,
    mode: 'hosted',
    is_external: false,
    is_public: false,
  };
}

/** A shared message, as an attachment of the message that shares it. */
function asAttachment(shared: NonNullable<StoredMessage['shared']>): Body {
  const { channelId, ts, author, text, blocks } = shared;
  const link = `https://${WORKSPACE.domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`;
  return {
    id: ATTACHMENT_ID,
    ts,
    author_id: author.kind === 'app' ? APP.userId : author.id,
    author_name: author.name,
    channel_id: channelId,
    channel_team: WORKSPACE.id,
    is_msg_unfurl: true,
    is_share: true,
    message_blocks: [{ team: WORKSPACE.id, channel: channelId, ts, message: { blocks } }],
    original_url: link,
    from_url: link,
    fallback: `[${ts}] ${author.name}: ${text}`,
    text,
    mrkdwn_in: ['text'],
    footer: `Posted in #${payloadName(channelId)}`,
  };
}
