import { z } from 'zod';
import { quantile } from '../figures.ts';
import type { House } from '../house.ts';
import { doneSchema } from '../load/flows.ts';
import { startWorker } from '../worker.ts';
import type { Row, Size } from './row.ts';

const PER_SECOND = 50;
const answer = z.object({ done: z.array(doneSchema), backlog: z.number() });

/** People come whether or not the last ones were served: half of them list, half of them unlock. */
export const open: Row = {
  name: 'open',
  async run(house, size) {
    const quiet = await serve(house, size, { seamMs: 50, busy: false });
    const rough = await serve(house, size, { seamMs: 2_000, busy: true });
    return {
      figures: { openP50: rough.p50, openP99: rough.p99, openMax: rough.max },
      told: [
        ['50 a second, Seam at 50 ms', quiet.words],
        ['50 a second, Seam at 2 s, database busy', rough.words],
      ],
    };
  },
};

async function serve(house: House, { openMs }: Size, { seamMs, busy }: { seamMs: number; busy: boolean }) {
  const server = await house.ours('ours open', { features: 'real' });
  await house.closed(server, { deed: 'locks', lanes: 16, most: 700 });
  await house.drive.faults([{ at: '*', do: 'delay', ms: seamMs }]);
  const hog = busy ? await startWorker('servers/hog.ts', { database: server.database }) : null;
  const { done, backlog } = await house.load.ask(
    'open',
    { port: server.port, deeds: ['locks', 'unlock'], perSecond: PER_SECOND, forMs: openMs },
    answer,
  );
  await hog?.stop();
  await house.drive.faults([]);
  await server.stop();
  const acks = done.map(({ ackMs }) => ackMs);
  const [p50, p99, max] = [quantile(acks, 0.5), quantile(acks, 0.99), quantile(acks, 1)];
  const acked = done.filter(({ status }) => status === 200).length;
  const completed = done.filter(({ finalMs }) => finalMs !== null).length;
  const words =
    `ack p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(0)} ms; ` +
    `${acked} acked and ${completed} completed of ${done.length}, ${backlog} under way at the end`;
  return { p50, p99, max, words };
}
