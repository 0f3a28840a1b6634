/** Draws rich text blocks, which Slack uses for what people type. */
import type { RichTextBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import type { View } from '../slack/drive.ts';
import { h, type Tree } from './dom.ts';
import { emojiText } from './emoji.ts';
import { channelMention, link, moment, userMention } from './text.ts';

function bare(view: View, element: RichTextElement): Tree | string {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return link(element.url, element.text ?? element.url);
    case 'emoji':
      return emojiText(element.name);
    case 'user':
      return userMention(view, element.user_id, null);
    case 'channel':
      return channelMention(view, element.channel_id, null);
    case 'broadcast':
      return h('span', { class: 'mention me' }, `@${element.range}`);
    case 'usergroup':
      return h('span', { class: 'mention' }, `@${element.usergroup_id}`);
    case 'date':
      return moment(element.timestamp, element.format, element.url ?? null, element.fallback ?? '');
    case 'color':
      return h('code', {}, element.value);
    case 'team':
      return h('span', { class: 'mention' }, element.team_id);
  }
}

function styled(view: View, element: RichTextElement): Tree | string {
  const style = element.style ?? {};
  let drawn = bare(view, element);
  if (style.code) drawn = h('code', {}, drawn);
  if (style.bold) drawn = h('strong', {}, drawn);
  if (style.italic) drawn = h('em', {}, drawn);
  if (style.strike) drawn = h('s', {}, drawn);
  return drawn;
}

function part(view: View, element: RichTextBlockElement): Tree {
  switch (element.type) {
    case 'rich_text_list':
      return h(
        element.style === 'ordered' ? 'ol' : 'ul',
        {},
        element.elements.map((item) =>
          h(
            'li',
            {},
            item.elements.map((each) => styled(view, each)),
          ),
        ),
      );
    case 'rich_text_quote':
      return h(
        'blockquote',
        {},
        element.elements.map((each) => styled(view, each)),
      );
    case 'rich_text_preformatted':
      return h(
        'pre',
        {},
        element.elements.map((each) => styled(view, each)),
      );
    case 'rich_text_section':
      return h(
        'p',
        { class: 'lines' },
        element.elements.map((each) => styled(view, each)),
      );
  }
}

/** Draws a rich text block. */
export function richText(view: View, block: RichTextBlock): Tree[] {
  return block.elements.map((element) => part(view, element));
}
