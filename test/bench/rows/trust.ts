import { z } from 'zod';
import type { Row } from './row.ts';

const EVENTS = 50;
const WANTED = { genuine: 200, tampered: 401, stale: 401, future: 401 };
const calls = z.record(z.string(), z.number());
const statuses = z.record(z.string(), z.number());

/** Asserted beside the figures: what is quick must not be so because it looks away, or because Slack is asked. */
export const trust: Row = {
  name: 'trust',
  async run(house) {
    const server = await house.ours('ours', { features: 'real' });
    const { port } = server;
    const found = await house.load.ask('forged', { port }, statuses);
    const before = await house.load.ask('calls', null, calls);
    await house.load.ask('events', { port, count: EVENTS }, z.unknown());
    await server.usage();
    const after = await house.load.ask('calls', null, calls);
    await server.stop();
    const asked = (after['auth.test'] ?? 0) - (before['auth.test'] ?? 0);
    return {
      told: [
        ['statuses of requests: genuine, tampered, stale, future', Object.values(found).join(', ')],
        [`calls of auth.test for ${EVENTS} events`, String(asked)],
      ],
      faults: [
        ...Object.entries(WANTED)
          .filter(([kind, status]) => found[kind] !== status)
          .map(([kind, status]) => `a ${kind} request got ${found[kind]}, not ${status}`),
        ...(asked === 0 ? [] : [`auth.test was called ${asked} times for ${EVENTS} events`]),
      ],
    };
  },
};
