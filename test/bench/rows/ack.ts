import type { Row } from './row.ts';
import { compare, contestantsOf, twinFaults } from './slots.ts';

/** Slack's connections to one app. */
const LANES = 48;

/** Processor time until an interaction is acknowledged, with all that is done for it before a feature's own work. */
export const ack: Row = {
  name: 'ack',
  async run(house, size) {
    const servers = [
      await house.start('floor', 'floor.ts', { parsed: false }),
      await house.start('floor parsed', 'floor.ts', { parsed: true }),
      await house.start('bare Bolt', 'bolt.ts', { withSeam: false, manyTeams: false }),
      await house.ours('ours', { features: 'ack' }),
      await house.ours('twin', { features: 'ack' }),
    ];
    const faults: string[] = [];
    const compared = (row: string, deed: 'ack command' | 'ack click') => {
      const slot = { deed, lanes: LANES, forMs: size.slotMs };
      return compare(row, size, contestantsOf(house, servers, slot, faults), 'bare Bolt');
    };
    const command = await compared('ack of a command', 'ack command');
    const click = await compared('ack of a click', 'ack click');
    for (const server of servers) await server.stop();
    return {
      figures: {
        ackCommand: command.ratio('ours', 'bare Bolt').median,
        ackClick: click.ratio('ours', 'bare Bolt').median,
        floorCommand: command.ratio('ours', 'floor parsed').median,
        floorClick: click.ratio('ours', 'floor parsed').median,
      },
      measures: [...command.measures, ...click.measures],
      faults: [
        ...faults,
        ...twinFaults('ack of a command', command.ratio('twin', 'ours')),
        ...twinFaults('ack of a click', click.ratio('twin', 'ours')),
      ],
    };
  },
};
