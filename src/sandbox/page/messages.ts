/** The list of messages of a channel, with Slack's own notices between them. */
import type { Message, View } from '../slack/drive.ts';
import { drawBlocks } from './blocks.ts';
import { nearDay } from './dates.ts';
import { type Child, h, type Tree } from './dom.ts';
import { appFace, face } from './faces.ts';
import { drawFiles } from './files.ts';
import { icon } from './icons.ts';
import { messageMenu } from './starts.ts';
import { messageSurface, type Page } from './state.ts';
import { mrkdwn } from './text.ts';

const clock = new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' });
const fullDate = new Intl.DateTimeFormat('en', { weekday: 'long', month: 'long', day: 'numeric' });
const groupSeconds = 300;

function dateOf(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

function dayName(date: Date): string {
  const near = nearDay(date, new Date());
  return near ? near.slice(0, 1).toUpperCase() + near.slice(1) : fullDate.format(date);
}

function authorKey(message: Message): string {
  return message.author.kind === 'app' ? 'app' : message.author.id;
}

/** Whether a message stands under the one before without repeating who wrote it. */
function continues(message: Message, before: Message | undefined): boolean {
  if (!before || message.ephemeral || before.ephemeral) return false;
  return authorKey(message) === authorKey(before) && Number(message.ts) - Number(before.ts) < groupSeconds;
}

function headline(message: Message): Tree {
  const { author, ts } = message;
  return h(
    'div',
    { class: 'message-head' },
    h('strong', { class: 'author' }, author.name),
    author.kind === 'app' && h('span', { class: 'app-mark' }, 'App'),
    h('time', { datetime: dateOf(ts).toISOString() }, clock.format(dateOf(ts))),
  );
}

function bodyOf(page: Page, view: View, message: Message): Child[] {
  // An ephemeral cannot be edited in Slack: it is replaced, without a trace.
  const edited = message.edited && !message.ephemeral && h('span', { class: 'edited' }, '(edited)');
  if (message.shared !== null) return [quoted(view, message.shared)];
  if (message.blocks.length === 0) return [h('div', { class: 'text' }, mrkdwn(view, message.text), edited)];
  return [drawBlocks(page, view, messageSurface(message), message.blocks), edited];
}

/** A copy of another message: as in Slack, nothing in it can be used. */
function quoted(view: View, { author, text }: NonNullable<Message['shared']>): Tree {
  const by = h('p', {}, h('strong', {}, author.name));
  return h('div', { class: 'text' }, h('blockquote', {}, by, mrkdwn(view, text)));
}

function messageLine(page: Page, view: View, message: Message, before: Message | undefined): Tree {
  const joined = continues(message, before);
  const { author, ephemeral } = message;
  return h(
    'li',
    {
      key: message.id,
      class: ['message', ephemeral && 'ephemeral', joined && 'joined'].filter(Boolean).join(' '),
      'aria-label': `${author.name}, ${clock.format(dateOf(message.ts))}`,
    },
    h('div', { class: 'message-side' }, !joined && (author.kind === 'app' ? appFace() : face(author.name))),
    h(
      'div',
      { class: 'message-main' },
      ephemeral && h('p', { class: 'only-you' }, icon('eye'), 'Only visible to you'),
      !joined && headline(message),
      message.threadTs !== null && h('p', { class: 'only-you' }, 'Reply in a thread'),
      bodyOf(page, view, message),
      drawFiles(message.files),
    ),
    messageMenu(page, view, message),
  );
}

function noticeLine(notice: View['notices'][number]): Tree {
  return h(
    'li',
    { key: `notice-${notice.id}`, class: 'message ephemeral notice', 'aria-label': 'Slack' },
    h('div', { class: 'message-side' }, h('span', { class: 'face slack', 'aria-hidden': 'true' }, '!')),
    h(
      'div',
      { class: 'message-main' },
      h('p', { class: 'only-you' }, icon('eye'), 'Only visible to you'),
      h('div', { class: 'message-head' }, h('strong', { class: 'author' }, 'Slack')),
      h('div', { class: 'text' }, h('p', {}, notice.text)),
    ),
  );
}

function divider(message: Message, before: Message | undefined): Tree | null {
  const day = dayName(dateOf(message.ts));
  if (before && dayName(dateOf(before.ts)) === day) return null;
  return h('li', { key: `day-${day}`, class: 'day', role: 'presentation' }, h('span', {}, day));
}

function welcome(view: View, channelId: string): Tree {
  const channel = view.channels.find(({ id }) => id === channelId);
  const isDirect = channel?.kind === 'dm';
  return h(
    'li',
    { key: 'welcome', class: 'welcome', role: 'presentation' },
    isDirect ? appFace() : h('span', { class: 'face hash' }, icon('hash')),
    h('h2', {}, isDirect ? view.workspace.appName : `#${channel?.name ?? ''}`),
    h(
      'p',
      { class: 'text' },
      isDirect
        ? `This is between you and ${view.workspace.appName}.`
        : [
            'This is the very beginning of the channel. Type ',
            h('code', {}, '/locks'),
            ' below to see your doors.',
          ],
    ),
  );
}

/** Older ones are not drawn: each change draws the whole list again. */
const messagesShown = 200;

/** Draws a channel's newest messages, oldest first. */
export function messageList(page: Page, view: View, channelId: string): Tree {
  const all = view.messages.filter((message) => message.channelId === channelId);
  const messages = all.slice(-messagesShown);
  const notices = view.notices.filter((notice) => notice.channelId === channelId);
  const noticesAfter = (id: string | null) =>
    notices.filter((notice) => (page.state.noticeAfter.get(notice.id) ?? null) === id).map(noticeLine);
  return h(
    'ol',
    { class: 'messages' },
    all.length === messages.length && welcome(view, channelId),
    noticesAfter(null),
    messages.map((message, index) => [
      divider(message, messages[index - 1]),
      messageLine(page, view, message, messages[index - 1]),
      noticesAfter(message.id),
    ]),
  );
}
