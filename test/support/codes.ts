import { readFileSync } from 'node:fs';
import { still } from './words.ts';
import { eventually, OLIVIA, type Shown, type World } from './world.ts';

/** The PIN in a message, as it is typed; null where there is none. */
export function pinIn({ raw }: Shown): string | null {
  for (const block of raw.blocks) {
    if (block.type === 'header') return block.text.text.replaceAll(' ', '');
  }
  return null;
}

/** What can be read in a message, without what differs from run to run. */
export function seen(message: Shown) {
  const { text, lines, buttons, ephemeral } = message;
  return { text: still(text), lines: lines.map(still), buttons, ephemeral };
}

/** What a test of codes does and looks at, in the world of the test that runs. */
export function withCodes(world: () => World) {
  const enter = async (door: string, code: string) => {
    const { deviceId } = await world().door(door);
    return (await world().seam.keypad({ deviceId, code })).opened;
  };
  /** Asks the local Seam itself, as another app of the same workspace would. */
  const askSeam = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const { apiKey, endpoint } = world().house.config.seam;
    const answer = await fetch(new URL(path, endpoint), {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Record<string, unknown>;
  };

  return {
    enter,
    askSeam,

    /** A code of Olivia's for Anna that Porch has not taken, since it has another with the same PIN. */
    async failedCode(): Promise<void> {
      const { deviceId } = await world().door('Porch');
      await world().type(OLIVIA, '/locks code porch for 2h for Anna');
      const id = await eventually('it was asked for', () => world().rows('code')[0]?.access_code_id);
      const { access_code } = await askSeam('/access_codes/get', { access_code_id: id });
      await world().seam.code({ deviceId, code: String((access_code as { code: string }).code) });
      await world().sees(OLIVIA, ({ text }) => text.startsWith('Porch, for Anna: Not set'));
    },

    /** Makes a code by name, and reads the PIN that Olivia is shown. */
    async makePin(words: string): Promise<string> {
      const before = (await world().newest(OLIVIA)).id;
      await world().type(OLIVIA, `/locks code ${words}`);
      const shown = await world().sees(OLIVIA, (message) => message.id !== before && pinIn(message) !== null);
      return pinIn(shown) ?? '';
    },

    /** Lets time go by, ms, and what falls due in it happen at the locks. */
    async goBy(ms: number) {
      world().time.advance(ms);
      await world().seam.clock({ advanceMs: 0 });
    },

    /** How each code stands, by the order in which they were asked for. */
    standings: () =>
      world()
        .rows('code')
        .toSorted((one, other) => Number(one.requested_at) - Number(other.requested_at))
        .map(({ standing }): unknown => JSON.parse(String(standing))),

    creations: () => world().seamCalls('/access_codes/create'),
    deletions: () => world().seamCalls('/access_codes/delete'),

    /** Whether these digits stand anywhere in the log, or in any byte of the database. */
    isLeftBehind(digits: string): boolean {
      const { file } = world().house.config.database;
      const bytes = [file, `${file}-wal`].map((path) => readFileSync(path));
      // In a text, as people would write it; the digits of ids and moments are not it.
      const alone = new RegExp(`(?<![\\da-f])${digits}(?![\\da-f])`);
      return (
        world().logged.some((line) => alone.test(line)) ||
        bytes.some((part) => alone.test(part.toString('latin1')))
      );
    },
  };
}
