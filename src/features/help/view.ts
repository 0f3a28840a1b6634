import type { Subcommand } from '../../feature.ts';
import type { Message } from '../../slack/message.ts';
import { plain } from '../../slack/mrkdwn.ts';
import { message, paragraph, smallPrint, verbatim } from '../../views/blocks.ts';

/** The longest part of somebody's typing that is shown back. */
const LONGEST_WORD = 40;

/** All that `/locks` can do. */
export function helpMessage(subcommands: readonly Subcommand[]): Message {
  return message(
    `What you can type. ${spoken(subcommands)}`,
    paragraph(`*What you can type*\n${lines(subcommands)}`),
    smallPrint(
      'You only ever see and open doors of accounts that you connected. Only you see these answers.',
    ),
  );
}

/** For a word that is not there. */
export function unknownWordMessage(
  word: string,
  suggestion: string | null,
  subcommands: readonly Subcommand[],
): Message {
  const meant = suggestion === null ? '' : ` Did you mean /locks ${suggestion}?`;
  const sorry = `There is no “${plain(word, LONGEST_WORD)}”.${meant}`;
  return message(
    `${sorry} ${spoken(subcommands)}`,
    verbatim(sorry),
    paragraph(`*What you can type*\n${lines(subcommands)}`),
  );
}

function lines(subcommands: readonly Subcommand[]): string {
  return subcommands.map(({ word, summary }) => `\`/locks ${word}\` ${summary}`).join('\n');
}

function spoken(subcommands: readonly Subcommand[]): string {
  return subcommands.map(({ word, summary }) => `/locks ${word} ${summary}.`).join(' ');
}
