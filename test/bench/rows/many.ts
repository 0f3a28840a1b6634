import { median } from '../figures.ts';
import type { House, Server } from '../house.ts';
import { askSeam, MANY_DOORS, TEN_DOORS } from '../seed.ts';
import { keyOf } from '../servers/site.ts';
import type { Row } from './row.ts';

/** How often each lists: a person may not do so without end. */
const TIMES = 15;

/** `/locks` of someone with a thousand doors, beside that of someone with ten. */
export const many: Row = {
  name: 'many',
  async run(house) {
    const server = await house.ours('ours', { features: 'real' });
    // The first of each warms the way.
    await timeOf(house, server, TEN_DOORS, 4);
    const few = await timeOf(house, server, TEN_DOORS, TIMES);
    const most = await timeOf(house, server, MANY_DOORS, TIMES);
    await server.stop();
    return {
      figures: { manyCalls: most.calls, manyTime: most.beyondMs / few.beyondMs },
      told: [
        ['/locks with 10 and with 1,000 doors', `${few.ms.toFixed(1)} and ${most.ms.toFixed(1)} ms`],
        ["of that beyond Seam's own", `${few.beyondMs.toFixed(1)} and ${most.beyondMs.toFixed(1)} ms`],
      ],
    };
  },
};

async function timeOf(house: House, server: Server, person: string, times: number) {
  const last = (await house.drive.calls()).at(-1)?.n ?? 0;
  const done = await house.closed(server, { deed: 'locks', lanes: 1, most: times, person });
  const calls = (await house.drive.calls(last)).length / times;
  const ms = median(done.flatMap(({ finalMs }) => finalMs ?? []));
  const seams: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const began = performance.now();
    await askSeam(house.seam, 'POST', '/devices/list', { user_identifier_key: keyOf(person), limit: 10 });
    seams.push(performance.now() - began);
  }
  return { calls, ms, beyondMs: ms - median(seams) };
}
