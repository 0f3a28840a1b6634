import type { Row } from './row.ts';
import { compare, contestantsOf, twinFaults } from './slots.ts';

/** So many are shown their doors before any is clicked. */
const SHOWN = 400;

/** Processor time of a whole flow, until its last message arrived. */
function flow(deed: 'locks' | 'unlock', row: string, lanes: number): Row {
  return {
    name: deed,
    async run(house, size) {
      const servers = [
        await house.start('guide', 'guide.ts'),
        await house.ours('ours', { features: 'real' }),
        await house.ours('twin', { features: 'real' }),
      ];
      if (deed === 'unlock') {
        for (const server of servers) await house.closed(server, { deed: 'locks', lanes: 16, most: SHOWN });
      }
      const faults: string[] = [];
      const contestants = contestantsOf(house, servers, { deed, lanes, forMs: size.slotMs }, faults);
      const found = await compare(row, size, contestants, 'guide');
      for (const server of servers) await server.stop();
      return {
        figures: { [deed]: found.ratio('ours', 'guide').median },
        measures: found.measures,
        faults: [...faults, ...twinFaults(row, found.ratio('twin', 'ours'))],
      };
    },
  };
}

/** A whole `/locks`. */
export const locks = flow('locks', 'a whole /locks', 16);
/** A whole unlock of a lock that takes 600 ms, the local Seam's usual. */
export const unlock = flow('unlock', 'a whole unlock', 48);
