import type { AnyBlock, KnownBlock } from '@slack/types';
import { findButton } from './shown.ts';
import { still } from './words.ts';
import { eventually, type World } from './world.ts';

/** What a person sees and does in the app's Home, in the world of the test that runs. */
export function inHome(world: () => World) {
  const blocks = async (who: string) => ((await world().slack.view(who)).home?.blocks ?? []).filter(isOurs);
  const lines = async (who: string) => (await blocks(who)).flatMap(linesOf).map(still);

  const home = {
    /** All that can be read, a line for each block: `# ` before a title, `[ ]` around a button. */
    lines,

    /** The same of one of its parts, without its title. */
    async part(who: string, title: string) {
      const all = await lines(who);
      const from = all.indexOf(`# ${title}`) + 1;
      const to = all.findIndex((line, index) => index >= from && line.startsWith('# '));
      return all.slice(from, to < 0 ? all.length : to);
    },

    /** What stands under the name of a door. */
    async rowOf(who: string, name: string) {
      const all = await lines(who);
      return all[all.findIndex((line) => line.replace(/ \[.*$/, '') === name) + 1] ?? `no row of ${name}`;
    },

    open: (who: string) => world().slack.home({ as: who }),

    /** Opens it, and waits until it has this line. */
    async opened(who: string, line: string) {
      await home.open(who);
      return home.has(who, line);
    },

    has: (who: string, words: string, forMs?: number) =>
      eventually(
        `the Home of ${who} says: ${words}`,
        async () => {
          const all = await lines(who);
          return all.some((line) => line.includes(words)) ? all : null;
        },
        forMs,
      ),

    async button(who: string, text: string, near?: string) {
      const found = findButton(await blocks(who), text, near);
      if (found === null) throw new Error(`no button "${text}" in the Home of ${who}`);
      return found;
    },

    async click(who: string, text: string, near?: string) {
      const { block_id, action_id } = await home.button(who, text, near);
      return world().slack.click({ as: who, in: { home: true }, block_id, action_id });
    },

    /** What was published to this person since call `since`. */
    async published(who: string, since = 0) {
      const calls = await world().slack.calls(since);
      return calls.filter(({ method, body }) => method === 'views.publish' && body.user_id === who);
    },
  };
  return home;
}

function linesOf(block: KnownBlock): string[] {
  switch (block.type) {
    case 'header':
      return [`# ${block.text.text}`];
    case 'section': {
      const button = block.accessory?.type === 'button' ? ` [${block.accessory.text.text}]` : '';
      return [`${block.text?.text ?? ''}${button}`];
    }
    case 'context':
      return [block.elements.map((element) => ('text' in element ? element.text : '')).join(' ')];
    case 'actions':
      return [
        block.elements
          .flatMap((element) => (element.type === 'button' ? `[${element.text.text}]` : []))
          .join(' '),
      ];
    default:
      return [];
  }
}

/** The kinds of block that Home is made of. */
function isOurs(block: AnyBlock): block is KnownBlock {
  return ['header', 'section', 'context', 'actions', 'divider'].includes(block.type);
}
