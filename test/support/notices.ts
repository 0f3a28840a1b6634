import { pause } from './trouble.ts';
import { still } from './words.ts';
import { eventually, type Shown, type World } from './world.ts';

/** A message as its person reads it. */
export const read = ({ text, lines, buttons }: Shown) => ({
  text: still(text),
  lines: lines.map(still),
  buttons,
});

const MORE = 'or /locks notices, has all that you can be told of, and quiet hours.';

/** The end of a message about one thing: spoken, and in small print. */
export const endOf = (kind: string) => ({
  spoken: `Turn these off ends messages of this kind: ${kind}. Settings, ${MORE}`,
  print: `*Turn these off* ends messages of this kind: ${kind}. *Settings*, ${MORE}`,
});
/** The same of a message about several. */
export const END = { spoken: `Settings, ${MORE}`, print: `*Settings*, ${MORE}` };

/** Everything that can be chosen. */
export const ALL = [
  'battery',
  'offline',
  'sign_in',
  'tamper',
  'removed',
  'denied',
  'code',
  'keypad',
  'by_hand',
];

/** What a test of notices does in the world of the test that runs. */
export function withNotices(world: () => World) {
  /** The direct messages that somebody got of doors, oldest first. */
  const told = async (who: string) =>
    (await world().messages(who)).filter(
      ({ ephemeral, text }) =>
        !ephemeral && text.includes('/locks notices, has all') && !text.startsWith('Saved'),
    );

  return {
    told,

    /** Lets time go by, a second at a time, until message number `n` is there. */
    hears: (who: string, n = 1): Promise<Shown> =>
      eventually(
        `message ${n} to ${who}`,
        async () => {
          world().time.advance(1_000);
          return (await told(who))[n - 1];
        },
        10_000,
      ),

    /** Waits until so many notices are written down. */
    noted: (n: number) => eventually(`${n} notices`, () => world().rows('notice').length === n),

    /** Lets half a minute go by, in which all that is due is done. */
    async settle() {
      for (let i = 0; i < 6; i += 1) {
        world().time.advance(5_000);
        await pause(150);
      }
    },

    async act(name: string, what: Omit<Parameters<World['seam']['door']>[0], 'deviceId'>) {
      const { deviceId } = await world().door(name);
      await world().seam.door({ deviceId, ...what });
    },

    /** Chooses in the settings what to be told of, and quiet hours. */
    async choose(who: string, kinds: string[], quiet: [string, string] | null = null) {
      await world().type(who, '/locks notices');
      const modal = await eventually('the settings', async () =>
        (await world().slack.view(who)).modals.at(-1),
      );
      await world().slack.submit({
        as: who,
        viewId: modal.viewId,
        values: {
          kinds: { kinds },
          quiet: { quiet: quiet === null ? [] : ['on'] },
          ...(quiet === null ? {} : { from: { from: quiet[0] }, to: { to: quiet[1] } }),
        },
      });
      return world().sees(who, ({ text }) => text.startsWith('Saved.'));
    },
  };
}
