import { z } from 'zod';
import type { House, Server } from '../house.ts';
import type { Row, Size } from './row.ts';
import { type Contestant, compare, twinFaults } from './slots.ts';

/** Envelopes under way at once. */
const LANES = 48;
/** Connections that every contestant opens. */
const CONNECTIONS = 2;

/** Processor time of an envelope of Socket Mode, beside two raw `ws` connections that only acknowledge. */
export const socket: Row = {
  name: 'socket',
  async run(house, size) {
    const inSocketMode = { features: 'ack', mode: 'socket' } as const;
    const starts = [
      () => house.start('raw ws', 'ws.ts'),
      () => house.ours('ours', inSocketMode),
      () => house.ours('twin', inSocketMode),
    ];
    const servers: Server[] = [];
    const contestants: Contestant[] = [];
    // One after the other: the load generator knows connections by their place.
    for (const [place, start] of starts.entries()) {
      const server = await start();
      const from = Array.from({ length: CONNECTIONS }, (_, n) => place * CONNECTIONS + n);
      await opened(house, from.length + place * CONNECTIONS);
      servers.push(server);
      contestants.push(contestantOf(house, size, server, from));
    }
    const { measures, ratio } = await compare('Socket Mode envelope', size, contestants, 'raw ws');
    for (const server of servers) await server.stop();
    return {
      figures: { socket: ratio('raw ws', 'ours').median },
      measures,
      faults: twinFaults('Socket Mode envelope', ratio('twin', 'ours')),
    };
  },
};

async function opened(house: House, count: number): Promise<void> {
  while ((await house.load.ask('sockets', null, z.number())) < count);
}

function contestantOf(house: House, { slotMs }: Size, server: Server, from: number[]): Contestant {
  return {
    name: server.name,
    usage: () => server.usage(),
    async load() {
      const slot = { lanes: LANES, forMs: slotMs, from };
      return { count: await house.load.ask('envelopes', slot, z.number()), latencies: [] };
    },
  };
}
