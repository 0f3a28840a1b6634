import { z } from 'zod';
import { median } from '../figures.ts';
import type { House, Server } from '../house.ts';
import type { Done } from '../load/flows.ts';
import { askSeam } from '../seed.ts';
import { keyOf } from '../servers/site.ts';
import type { Row, Size } from './row.ts';

/** How long each of Seam's answers takes, ms. */
const SEAM_MS = 50;
/** How long the locks take, ms. */
const LOCK_MS = { least: 300, most: 2_800 };
const LANES = 4;
/** How many doors are set up at once. */
const AT_ONCE = 100;

const POLLS = '/action_attempts/get';
const UNLOCK = '/locks/unlock_door';
const ended = z.object({
  events: z.array(z.object({ device_id: z.string(), created_at: z.string() })),
});

/** What a person at a door waits for: the unlock to be sent, and the message once the lock is done. */
export const door: Row = {
  name: 'door',
  async run(house, size) {
    await setLocks(house, () => LOCK_MS.least + Math.random() * (LOCK_MS.most - LOCK_MS.least));
    await house.drive.faults([{ at: '*', do: 'delay', ms: SEAM_MS }]);
    const ours = await timesOf(house, size, await house.ours('ours door', { features: 'real' }));
    const guide = await timesOf(house, size, await house.start('guide', 'guide.ts'));
    await house.drive.faults([]);
    await setLocks(house, () => 600);
    return {
      figures: {
        beyond: ours.beyondMs,
        told: ours.toldMs,
        callsLocks: ours.callsLocks,
        callsUnlock: ours.callsUnlock,
      },
      told: [
        ['guide: click to unlock POST, beyond one round trip', `${guide.beyondMs.toFixed(1)} ms`],
        ['guide: lock done to message says so', `${guide.toldMs.toFixed(0)} ms`],
        ['guide: Seam calls for /locks and for an unlock', `${guide.callsLocks} and ${guide.callsUnlock}`],
        ['polls of one unlock, ours and guide', `${ours.polls.toFixed(1)} and ${guide.polls.toFixed(1)}`],
      ],
    };
  },
};

async function setLocks({ drive }: House, msOf: () => number): Promise<void> {
  const { doors } = await drive.view();
  for (let from = 0; from < doors.length; from += AT_ONCE) {
    await Promise.all(
      doors
        .slice(from, from + AT_ONCE)
        .map(({ deviceId }) => drive.door({ deviceId, fate: { kind: 'works', ms: msOf() } })),
    );
  }
}

async function timesOf(house: House, { samples }: Size, server: Server) {
  const callsSince = async (n: number) =>
    (await house.drive.calls(n)).filter(({ path }) => path !== '/events/list');
  const before = await lastCall(house);
  await house.closed(server, { deed: 'locks', lanes: LANES, most: samples });
  const listed = await callsSince(before);
  const roundTrip = median(await roundTrips(house, samples));
  const middle = await lastCall(house);
  const since = new Date().toISOString();
  const done = await house.closed(server, { deed: 'unlock', lanes: LANES, most: samples });
  const calls = await callsSince(middle);
  const { events } = ended.parse(
    await askSeam(house.seam, 'POST', '/events/list', {
      event_type: 'action_attempt.unlock_door.succeeded',
      since,
    }),
  );
  await server.stop();
  const unlocks = calls.filter(({ path }) => path === UNLOCK);
  const polls = calls.filter(({ path }) => path === POLLS);
  const beyond = done.flatMap((one) => {
    const sent = unlocks.find(({ at, body }) => body.device_id === doorOf(one) && at >= one.sentAt);
    return sent === undefined ? [] : [sent.at - one.sentAt - roundTrip];
  });
  const told = done.flatMap((one) => {
    const end = events.find(
      (event) => event.device_id === doorOf(one) && Date.parse(event.created_at) >= one.sentAt,
    );
    return end === undefined || one.finalMs === null
      ? []
      : [one.sentAt + one.finalMs - Date.parse(end.created_at)];
  });
  return {
    beyondMs: median(beyond),
    toldMs: median(told),
    callsLocks: listed.length / samples,
    callsUnlock: (calls.length - polls.length) / samples,
    polls: polls.length / samples,
  };
}

async function lastCall({ drive }: House): Promise<number> {
  return (await drive.calls()).at(-1)?.n ?? 0;
}

/** The same question that has to come before an unlock, asked by us: what nobody can save. */
async function roundTrips({ seam }: House, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await askSeam(seam, 'POST', '/devices/list', { user_identifier_key: keyOf('U000000'), limit: 1 });
    times.push(performance.now() - began);
  }
  return times;
}

/** The door's id is the last word of its button's value, ours and the guide's. */
function doorOf({ about }: Done): string {
  return about.split(' ').at(-1) ?? '';
}
