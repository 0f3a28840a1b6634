import type { PlainTextElement, PlainTextOption } from '@slack/types';
import type { Door } from '../domain/door.ts';
import { cut, plain } from '../slack/mrkdwn.ts';
import type { Alias } from '../store/names.ts';

/** Slack's limit of an option's text, and of its description. */
const LONGEST_OPTION = 75;

/** A door as it stands in a select, with the person's own words for it. */
export function doorOption(
  { id, name }: Pick<Door, 'id' | 'name'>,
  aliases: readonly Alias[],
): PlainTextOption {
  const own = aliases.filter(({ deviceId }) => deviceId === id).map(({ word }) => plain(word));
  return {
    text: words(plain(name)),
    value: id,
    ...(own.length === 0 ? {} : { description: words(own.join(', ')) }),
  };
}

function words(text: string): PlainTextElement {
  return { type: 'plain_text', text: cut(text, LONGEST_OPTION), emoji: false };
}
