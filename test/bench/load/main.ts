/** The load generator, which plays Slack: it sends what people do and takes what the app answers. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { neighbours, TEAM } from '../servers/site.ts';
import { answerParent, settingsOf } from '../worker.ts';
import { Connection } from './connection.ts';
import { deeds, Stage } from './flows.ts';
import { People } from './people.ts';
import { asForm, asJson, commandOf, eventOf, signed } from './requests.ts';
import { SmallSlack } from './slack.ts';

const { people } = settingsOf(z.object({ people: z.number() }));
const slack = new SmallSlack();
await slack.start();
const everyone = Array.from({ length: people }, (_, n) => `U${String(n).padStart(6, '0')}`);
const groups = new Map<string, readonly string[]>([
  ['everyone', everyone],
  ['neighbours', neighbours],
]);
/** By port, and by the person or the group that asks there. */
const stages = new Map<string, Stage>();

function stageAt(port: number, who: string): Stage {
  const name = `${port} ${who}`;
  const stage = stages.get(name) ?? new Stage(slack, port, new People(groups.get(who) ?? [who]));
  stages.set(name, stage);
  return stage;
}

const at = z.object({ port: z.number() });
const closed = at.extend({
  deed: deeds,
  lanes: z.number(),
  forMs: z.number(),
  most: z.number(),
  person: z.string().nullable(),
});
const open = at.extend({ deeds: z.array(deeds), perSecond: z.number(), forMs: z.number() });

answerParent({
  where: () => slack.url,
  calls: () => Object.fromEntries(slack.calls),

  closed(input) {
    const { port, deed, person, ...size } = closed.parse(input);
    return stageAt(port, person ?? (deed.startsWith('ack') ? 'neighbours' : 'everyone')).closed(deed, size);
  },

  open(input) {
    const { port, deeds: kinds, perSecond, forMs } = open.parse(input);
    return stageAt(port, 'everyone').open(kinds, perSecond, forMs);
  },

  /** Tries until something acknowledges a command; resolves with the moment, ms since the epoch. */
  async firstAck(input) {
    const { port } = at.parse(input);
    for (;;) {
      const connection = new Connection(port);
      const command = commandOf('U000000', 'help', slack.responseUrl());
      const status = await connection.send(signed(asForm(command)));
      connection.close();
      if (status === 200) return performance.timeOrigin + performance.now();
      await sleep(2);
    }
  },

  /** One command from each of the workspaces with these numbers. */
  async teams(input) {
    const { port, from, to } = at.extend({ from: z.number(), to: z.number() }).parse(input);
    const connection = new Connection(port);
    for (let n = from; n < to; n += 1) {
      const command = commandOf(`U${n}`, 'ack', slack.responseUrl(), `${TEAM}${n}`);
      await connection.send(signed(asForm(command)));
    }
    connection.close();
  },

  /** The statuses that requests get which must not be believed, and that of one which must. */
  async forged(input) {
    const { port } = at.parse(input);
    const connection = new Connection(port);
    const send = (dating: object) =>
      connection.send(signed(asForm(commandOf('U000001', 'help', slack.responseUrl())), dating));
    const statuses = {
      genuine: await send({}),
      tampered: await send({ tampered: true }),
      stale: await send({ skewS: -600 }),
      future: await send({ skewS: 600 }),
    };
    connection.close();
    return statuses;
  },

  /** So many events, one after the other. */
  async events(input) {
    const { port, count } = at.extend({ count: z.number() }).parse(input);
    const connection = new Connection(port);
    for (let n = 0; n < count; n += 1) await connection.send(signed(asJson(eventOf('U000001'))));
    connection.close();
  },

  /** Envelopes over the connections of Socket Mode that were opened last, so many under way at once. */
  async envelopes(input) {
    const { lanes, forMs, from } = z
      .object({ lanes: z.number(), forMs: z.number(), from: z.array(z.number()) })
      .parse(input);
    const sockets = from.flatMap((n) => slack.sockets[n] ?? []);
    const until = performance.now() + forMs;
    let count = 0;
    const lane = async (_: unknown, n: number): Promise<void> => {
      const socket = sockets[n % sockets.length];
      while (socket !== undefined && performance.now() < until) {
        const person = everyone[count % everyone.length] ?? '';
        count += 1;
        await slack.envelope(
          socket,
          randomUUID(),
          'slash_commands',
          commandOf(person, 'ack', slack.responseUrl()),
        );
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return count;
  },
  sockets: () => slack.sockets.length,

  stop: () => slack.close(),
});
