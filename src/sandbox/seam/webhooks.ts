import { createHmac, randomUUID } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { SeamOccurrence } from './world.ts';

/** The pauses before the next try. Seam's own go on for 28 hours. */
const PAUSES_MS = [250, 1_000, 4_000, 15_000];
/** A receiver that takes longer has failed. */
const PATIENCE_MS = 10_000;
/** So many are under way at once; the rest wait their turn. */
const AT_ONCE = 4;

export interface Webhook {
  url: string;
  secret: string;
}

interface Delivery {
  id: string;
  body: string;
  tries: number;
  to: Webhook;
}

/** Delivers events to the app, signed as Svix signs them. A try that fails is repeated with the same `svix-id`. */
export class Webhooks {
  readonly #clock: Clock;
  readonly #waiting: Delivery[] = [];
  readonly #underWay = new Set<AbortController>();
  #to: Webhook | null = null;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Where events go from now on, or null for nowhere. */
  set(to: Webhook | null): void {
    if (to) secretKey(to.secret);
    this.#to = to;
  }

  /** Sends an event, sooner or later. */
  send(event: SeamOccurrence): void {
    if (!this.#to || this.#closed) return;
    const id = `msg_${randomUUID().replaceAll('-', '')}`;
    this.#waiting.push({ id, body: JSON.stringify(event), tries: 0, to: this.#to });
    this.#next();
  }

  /** Stops at once. */
  close(): void {
    this.#closed = true;
    this.#waiting.length = 0;
    for (const controller of this.#underWay) controller.abort();
  }

  #next(): void {
    while (this.#underWay.size < AT_ONCE) {
      const delivery = this.#waiting.shift();
      if (!delivery) return;
      const controller = new AbortController();
      this.#underWay.add(controller);
      void this.#deliver(delivery, controller.signal).finally(() => {
        this.#underWay.delete(controller);
        this.#next();
      });
    }
  }

  async #deliver(delivery: Delivery, signal: AbortSignal): Promise<void> {
    delivery.tries += 1;
    const taken = await post(delivery, signal).catch(() => false);
    const pause = PAUSES_MS[delivery.tries - 1];
    if (taken || pause === undefined || this.#closed) return;
    this.#clock.after(pause, () => {
      this.#waiting.push(delivery);
      this.#next();
    });
  }
}

async function post({ id, body, to }: Delivery, signal: AbortSignal): Promise<boolean> {
  // The receiver compares with its own clock, so this is the real time, not the one that tests move.
  const timestamp = String(Math.floor(Date.now() / 1000));
  const answer = await fetch(to.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Svix-Webhooks/local',
      'svix-id': id,
      'svix-timestamp': timestamp,
      'svix-signature': sign(to.secret, id, timestamp, body),
    },
    body,
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
  });
  await answer.body?.cancel();
  return answer.ok;
}

/** Svix's signature of a delivery. */
function sign(secret: string, id: string, timestamp: string, body: string): string {
  const mac = createHmac('sha256', secretKey(secret)).update(`${id}.${timestamp}.${body}`);
  return `v1,${mac.digest('base64')}`;
}

function secretKey(secret: string): Buffer {
  if (!secret.startsWith('whsec_')) throw new Error('A webhook secret begins with whsec_');
  return Buffer.from(secret.slice('whsec_'.length), 'base64');
}
