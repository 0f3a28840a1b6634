/** Draws Slack's texts: mrkdwn trees, plain text, mentions. */
import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import type { View } from '../slack/drive.ts';
import { dateText } from './dates.ts';
import { h, type Tree } from './dom.ts';
import { emojiText, withEmoji } from './emoji.ts';
import { decoded, type Inline, type Piece, parseMrkdwn, safeUrl } from './mrkdwn.ts';

/** A link that opens beside the page and tells the other site nothing; mere text when it is not http(s). */
export function link(url: string, text: string): Tree {
  const href = safeUrl(url);
  if (!href) return h('span', {}, text);
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

/** A person's mention, by the name that the workspace knows. */
export function userMention(view: View, id: string, label: string | null): Tree {
  const name = view.people.find((person) => person.id === id)?.name ?? label ?? id;
  return h('span', { class: id === view.me.id ? 'mention me' : 'mention' }, `@${name}`);
}

/** A channel's mention. */
export function channelMention(view: View, id: string, label: string | null): Tree {
  const name = view.channels.find((channel) => channel.id === id)?.name ?? label ?? id;
  return h('span', { class: 'mention' }, `#${name}`);
}

/** A moment in the reader's own time, with a link where the token carries one. */
export function moment(at: number, format: string, url: string | null, fallback: string): Tree {
  const text = dateText(at, format, fallback, new Date());
  return url === null ? h('time', {}, text) : link(url, text);
}

const styleTags = { bold: 'strong', italic: 'em', strike: 's' };

function inline(view: View, part: Inline): Tree | string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'break':
      return h('br');
    case 'bold':
    case 'italic':
    case 'strike':
      return h(styleTags[part.kind], {}, inlines(view, part.of));
    case 'code':
      return h('code', {}, part.text);
    case 'link':
      return link(part.url, part.text);
    case 'user':
      return userMention(view, part.id, part.label);
    case 'channel':
      return channelMention(view, part.id, part.label);
    case 'group':
      return h('span', { class: 'mention' }, part.label ?? `@${part.id}`);
    case 'special':
      return h('span', { class: 'mention me' }, `@${part.range}`);
    case 'date':
      return moment(part.at, part.format, part.url, part.fallback);
    case 'emoji':
      return emojiText(part.name);
  }
}

function inlines(view: View, parts: Inline[]): (Tree | string)[] {
  return parts.map((part) => inline(view, part));
}

function piece(view: View, part: Piece): Tree {
  switch (part.kind) {
    case 'pre':
      return h('pre', {}, part.text);
    case 'quote':
      return h('blockquote', {}, inlines(view, part.of));
    case 'bullets':
      return h(
        'ul',
        {},
        part.items.map((item) => h('li', {}, inlines(view, item))),
      );
    case 'text':
      return h('p', {}, inlines(view, part.of));
  }
}

/** Draws mrkdwn. */
export function mrkdwn(view: View, text: string): Tree[] {
  return parseMrkdwn(text).map((part) => piece(view, part));
}

/** What a plain text element says, with its emoji. */
export function plain(element: PlainTextElement): string {
  const text = decoded(element.text);
  return element.emoji === false ? text : withEmoji(text);
}

/** Draws either kind of text object. */
export function textObject(view: View, element: PlainTextElement | MrkdwnElement): Tree[] {
  if (element.type === 'mrkdwn') return mrkdwn(view, element.text);
  return plain(element)
    .split('\n')
    .map((line) => h('p', {}, line));
}

/** A text object in words only, for labels and announcements. */
export function words(element: PlainTextElement | MrkdwnElement): string {
  if (element.type === 'plain_text') return plain(element);
  return withEmoji(decoded(element.text.replace(/<[^<>|]+\|([^<>]+)>/g, '$1').replace(/[*_~`]/g, '')));
}
