import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Connection } from './connection.ts';
import type { People } from './people.ts';
import { asForm, asPayload, type Body, clickOf, commandOf, signed } from './requests.ts';
import type { SmallSlack } from './slack.ts';

/** What a person does: ask for nothing, list their doors, or open one of those that they were shown. */
export const deeds = z.enum(['ack command', 'ack click', 'locks', 'unlock']);
export type Deed = z.output<typeof deeds>;

/** One thing that was done: times in ms, `sentAt` since the epoch; null for what did not come. */
export const doneSchema = z.object({
  sentAt: z.number(),
  status: z.number(),
  ackMs: z.number(),
  finalMs: z.number().nullable(),
  /** The value of the clicked button, or the person's id. */
  about: z.string(),
});
export type Done = z.output<typeof doneSchema>;

/** How much a closed loop does: until the time is over, or it was done so often in all. */
export interface Closed {
  readonly lanes: number;
  readonly forMs: number;
  readonly most: number;
}

/** How long a last message is waited for, ms: longer than the bot's own patience. */
const PATIENCE_MS = 25_000;

/** A message that is to be followed by another. */
const UNDER_WAY = 'hourglass_flowing_sand';

/** Where deeds are sent: one server, and the people who use it. */
export class Stage {
  readonly #slack: SmallSlack;
  readonly #port: number;
  readonly #people: People;
  #idle: Connection[] = [];

  constructor(slack: SmallSlack, port: number, people: People) {
    this.#slack = slack;
    this.#port = port;
    this.#people = people;
  }

  /** As many lanes as told, each doing one thing after the other, for so long or so often. */
  async closed(deed: Deed, { lanes, forMs, most }: Closed): Promise<Done[]> {
    const until = performance.now() + forMs;
    const done: Done[] = [];
    let begun = 0;
    const lane = async (): Promise<void> => {
      while (performance.now() < until && begun < most) {
        begun += 1;
        done.push(await this.#do(deed));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return done;
  }

  /** So many a second whatever becomes of them, taking turns among the deeds; then waits for the last. */
  async open(
    kinds: readonly Deed[],
    perSecond: number,
    forMs: number,
  ): Promise<{ done: Done[]; backlog: number }> {
    const began = performance.now();
    const all: Promise<Done>[] = [];
    let pending = 0;
    for (let n = 0; n < (perSecond * forMs) / 1000; n += 1) {
      await sleep(Math.max(0, began + (n * 1000) / perSecond - performance.now()));
      const deed = kinds[n % kinds.length];
      if (deed === undefined) break;
      pending += 1;
      all.push(this.#do(deed).finally(() => (pending -= 1)));
    }
    const backlog = pending;
    return { done: await Promise.all(all), backlog };
  }

  async #do(deed: Deed): Promise<Done> {
    const person = this.#people.next(deed === 'unlock' ? 'with doors' : 'anyone');
    const last = Promise.withResolvers<string>();
    const waits = deed === 'locks' || deed === 'unlock';
    const url = this.#slack.responseUrl(
      waits
        ? (body) => {
            if (!body.includes(UNDER_WAY)) last.resolve(body);
          }
        : undefined,
    );
    const { body, about } = this.#bodyOf(deed, person, url);
    const connection = this.#idle.pop() ?? new Connection(this.#port);
    const request = signed(body);
    const sent = performance.now();
    const status = await connection.send(request);
    const ackMs = performance.now() - sent;
    this.#idle.push(connection);
    let finalMs: number | null = null;
    if (waits && status === 200) {
      const message = await Promise.race([last.promise, sleep(PATIENCE_MS, null, { ref: false })]);
      if (message !== null) finalMs = performance.now() - sent;
      if (message !== null && deed === 'locks') this.#people.saw(person, message);
    }
    this.#slack.forget(url);
    this.#people.free(person);
    return { sentAt: performance.timeOrigin + sent, status, ackMs, finalMs, about };
  }

  #bodyOf(deed: Deed, person: string, url: string): { body: Body; about: string } {
    switch (deed) {
      case 'ack command':
        return { body: asForm(commandOf(person, 'ack', url)), about: person };
      case 'ack click': {
        const button = { actionId: 'bench:ack', value: `${person} 5f0c5a3e-listing 2b7f-device` };
        return { body: asPayload(clickOf(person, button, url)), about: person };
      }
      case 'locks':
        return { body: asForm(commandOf(person, '', url)), about: person };
      case 'unlock': {
        const button = this.#people.button(person);
        return { body: asPayload(clickOf(person, button, url)), about: button.value };
      }
    }
  }
}
