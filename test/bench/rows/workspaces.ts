import { z } from 'zod';
import type { House, Server } from '../house.ts';
import type { Row } from './row.ts';

/** So many come first, to warm what is the same for all. */
const WARM = 500;

/** What one command from each of very many workspaces leaves in memory. */
export const workspaces: Row = {
  name: 'workspaces',
  async run(house, { workspaces: count }) {
    const ours = await grown(house, await house.ours('ours', { features: 'ack' }), count);
    const bolt = await grown(
      house,
      await house.start('bare Bolt', 'bolt.ts', { withSeam: false, manyTeams: true }),
      count,
    );
    return {
      figures: { tokens: ours },
      told: [[`memory for ${count} workspaces, Bolt's own pool`, `${bolt.toFixed(0)} MB`]],
    };
  },
};

/** MB on the heap that so many teams add, garbage apart. */
async function grown(house: House, server: Server, teams: number): Promise<number> {
  const { port } = server;
  await house.load.ask('teams', { port, from: 0, to: WARM }, z.unknown());
  await server.usage();
  const before = await server.memory();
  await house.load.ask('teams', { port, from: WARM, to: WARM + teams }, z.unknown());
  await server.usage();
  const after = await server.memory();
  await server.stop();
  return (after.heap - before.heap) / 1e6;
}
