/** Which messages a person has not seen yet. Pure. */
import type { Message, View } from '../slack/drive.ts';

function isOwn(message: Message, me: string): boolean {
  return message.author.kind === 'person' && message.author.id === me;
}

/** How many messages of a channel came from others after `seenTs`. */
export function unreadIn(view: View, channelId: string, seenTs: string | undefined): number {
  return view.messages.filter(
    (message) =>
      message.channelId === channelId &&
      !isOwn(message, view.me.id) &&
      Number(message.ts) > Number(seenTs ?? '0'),
  ).length;
}

/** The `ts` of a channel's newest message, or null where there is none. */
export function newestTs(view: View, channelId: string): string | null {
  const own = view.messages.filter((message) => message.channelId === channelId);
  return own.reduce<string | null>(
    (newest, { ts }) => (newest === null || Number(ts) > Number(newest) ? ts : newest),
    null,
  );
}
