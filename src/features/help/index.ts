import type { Context } from '../../context.ts';
import type { Asked, Feature } from '../../feature.ts';
import { closest } from './decide.ts';
import { helpMessage, unknownWordMessage } from './view.ts';

/** Help about these features, and about itself. */
export function helpAbout(features: readonly Feature[]): Feature {
  const help: Feature = {
    name: 'help',
    subcommands: [
      {
        word: 'help',
        summary: 'shows this',
        run: async ({ messenger }: Context, asked: Asked) => {
          await messenger.post(asked, helpMessage(subcommands()));
        },
      },
    ],
    actions: {},
  };
  const subcommands = () => [...features, help].flatMap((feature) => feature.subcommands);
  return help;
}

/** The answer to a word that is not there: the nearest that is, and all of them. */
export async function answerUnknownWord(
  { messenger }: Context,
  asked: Asked,
  word: string,
  features: readonly Feature[],
): Promise<void> {
  const subcommands = features.flatMap((feature) => feature.subcommands);
  const suggestion = closest(
    word.toLowerCase(),
    subcommands.map((subcommand) => subcommand.word),
  );
  await messenger.post(asked, unknownWordMessage(word, suggestion, subcommands));
}
