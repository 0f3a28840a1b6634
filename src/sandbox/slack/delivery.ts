/** Takes payloads to the app: within 3 seconds, through whatever faults are in force, events again if need be. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Attempt, Outgoing } from './outgoing.ts';

const ACK_WITHIN_MS = 3_000;
const RETRY_AFTER_MS = [0, 60_000, 300_000];
const REORDER_GAP_MS = 10;

/** A way to the app. */
export interface Transport {
  prepare(outgoing: Outgoing): () => Promise<Attempt>;
}

export class Delivery {
  private readonly transport: Transport;
  private readonly faults: Faults;
  private readonly clock: Clock;
  private heldBack: (() => void)[] = [];

  constructor(transport: Transport, faults: Faults, clock: Clock) {
    this.transport = transport;
    this.faults = faults;
    this.clock = clock;
  }

  /** Delivers once, and waits for the acknowledgement. */
  async deliver(outgoing: Outgoing): Promise<Attempt> {
    const fault = this.faults.at('delivery');
    if (fault?.do === 'delay') await sleep(fault.ms);
    if (fault?.do === 'reorder') await this.holdBack(fault.count);
    if (fault?.do === 'drop') return inTime(new Promise(() => {}));
    const once = this.transport.prepare(outgoing);
    const copies = fault?.do === 'duplicate' ? fault.copies : 1;
    return firstOk(Array.from({ length: copies }, () => inTime(once())));
  }

  /** Delivers an event, and again at once, after 1 minute and after 5 while the app does not take it. */
  async deliverEvent(body: Record<string, unknown>, retry?: Outgoing['retry']): Promise<Attempt> {
    const attempt = await this.deliver({
      kind: 'events_api',
      body,
      answers: false,
      ...(retry === undefined ? {} : { retry }),
    });
    const failures = retry?.num ?? 0;
    const wait = RETRY_AFTER_MS[failures];
    if (!attempt.ok && wait !== undefined) {
      const reason = attempt.why === 'operation_timeout' ? 'http_timeout' : 'http_error';
      this.clock.later(wait, () => void this.deliverEvent(body, { num: failures + 1, reason }));
    }
    return attempt;
  }

  /** Lets go of what a reordering holds back. */
  letGo(): void {
    const last = this.heldBack.reverse();
    this.heldBack = [];
    for (const [index, go] of last.entries()) setTimeout(go, index * REORDER_GAP_MS);
  }

  private holdBack(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.heldBack.push(resolve);
      if (this.heldBack.length >= count) this.letGo();
    });
  }
}

function inTime(attempt: Promise<Attempt>): Promise<Attempt> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ ok: false, why: 'operation_timeout' }), ACK_WITHIN_MS);
    void attempt.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** The first that went well, or the last that did not. */
async function firstOk(attempts: Promise<Attempt>[]): Promise<Attempt> {
  const good = attempts.map(async (one) => {
    const attempt = await one;
    if (!attempt.ok) throw attempt;
    return attempt;
  });
  return Promise.any(good).catch(async () => (await Promise.all(attempts)).at(-1) ?? never());
}

function never(): never {
  throw new Error('nothing was sent');
}
