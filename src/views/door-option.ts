import type { PlainTextOption } from '@slack/types';
import type { Door } from '../domain/door.ts';
import { cut, plain } from '../slack/mrkdwn.ts';
import type { Alias } from '../store/names.ts';
import { plainText } from './blocks.ts';

/** Slack's limit of an option's text, and of its description. */
const LONGEST_OPTION = 75;

/** A door as it stands in a select, with the person's own words for it. */
export function doorOption(
  { id, name }: Pick<Door, 'id' | 'name'>,
  aliases: readonly Alias[],
): PlainTextOption {
  const own = aliases.filter(({ deviceId }) => deviceId === id).map(({ word }) => plain(word));
  return {
    text: plainText(cut(plain(name), LONGEST_OPTION)),
    value: id,
    ...(own.length === 0 ? {} : { description: plainText(cut(own.join(', '), LONGEST_OPTION)) }),
  };
}
