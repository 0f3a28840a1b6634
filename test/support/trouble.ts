import Sqlite from 'better-sqlite3';
import { still } from './words.ts';
import { OLIVIA, type Shown, type World } from './world.ts';

/** Lets real time go by, ms. */
export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a list says of a door. */
export const rowOf = ({ lines }: Shown, name: string) => still(lines[lines.indexOf(name) + 1] ?? '');

/** What a test of bad days looks at and does, in the world of the test that runs. */
export function inTrouble(world: () => World) {
  return {
    unlockPosts: () => world().seamCalls('/locks/unlock_door'),

    /** How each row of the journal ended; null while it has not. */
    outcomes: () =>
      world()
        .rows('move')
        .map(({ outcome }) => (outcome === null ? null : JSON.parse(String(outcome)))),

    /** All that Olivia was told, oldest first. */
    said: async () => (await world().messages(OLIVIA)).map(({ text }) => text),

    async openList(who: string) {
      await world().type(who, '/locks');
      return world().sees(who, ({ text }) => text.startsWith('Your doors'));
    },

    /** Changes the bot's database behind its back. */
    inDatabase(sql: string) {
      const sqlite = new Sqlite(world().house.config.database.file);
      sqlite.exec(sql);
      sqlite.close();
    },

    async fateOf(name: string, fate: NonNullable<Parameters<World['seam']['door']>[0]['fate']>) {
      const { deviceId } = await world().door(name);
      await world().seam.door({ deviceId, fate });
    },
  };
}
