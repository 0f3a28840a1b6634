import { expect, vi } from 'vitest';
import { Seen } from '../../src/slack/seen.ts';
import { SocketReceiver, type SocketReceiverOptions } from '../../src/slack/socket-receiver.ts';
import { memoryLog } from '../server/raw.ts';
import { acknowledge, bodies, boltApp, type Given } from './bolt-app.ts';
import { type Link, SmallSlack } from './small-slack.ts';

/** As short as a loaded machine allows. */
export const PACE = { openMs: 1_000, pongMs: 2_000, longestWaitMs: 60, stableMs: 50, lingerMs: 60 };

/** A receiver and its Slack. */
export class Rig {
  readonly slack = new SmallSlack();
  readonly given: Given[] = [];
  /** What the one listener does. */
  listener: (given: Given) => Promise<void> = (given) => acknowledge(given);
  lines: string[] = [];
  envelopes = 0;
  #receiver: SocketReceiver | undefined;

  get receiver(): SocketReceiver {
    if (this.#receiver === undefined) throw new Error('make() comes first');
    return this.#receiver;
  }

  make(options: Partial<SocketReceiverOptions> = {}): SocketReceiver {
    const { log, lines } = memoryLog();
    this.lines = lines;
    const seen = new Seen({ keepMs: 600_000, max: 10_000, clock: () => performance.now() });
    const base = { appToken: 'xapp-1', slackApiUrl: this.slack.url, log, seen, pace: PACE };
    this.#receiver = new SocketReceiver({ ...base, ...options });
    const app = boltApp(this.#receiver, log, async (given) => {
      this.given.push(given);
      await this.listener(given);
    });
    app.error(async (error) => {
      throw error;
    });
    return this.#receiver;
  }

  /** Started, with every connection there. */
  async connected(options: Partial<SocketReceiverOptions> = {}): Promise<[Link, Link]> {
    await this.make(options).start();
    return this.both();
  }

  async both(): Promise<[Link, Link]> {
    await until(() => expect([this.receiver.connected, this.slack.open.length]).toEqual([2, 2]));
    const [first, second] = this.slack.open;
    if (first === undefined || second === undefined) throw new Error('not connected');
    return [first, second];
  }

  envelope(type: string, payload: unknown, more: object = {}): object {
    this.envelopes += 1;
    return { envelope_id: `e${this.envelopes}`, type, payload, accepts_response_payload: true, ...more };
  }

  command(): object {
    return this.envelope('slash_commands', bodies.command);
  }

  /** Log lines with this text. */
  told(text: string): string[] {
    return this.lines.filter((line) => line.includes(text));
  }

  async end(): Promise<void> {
    await this.receiver.stop();
    await this.slack.down();
    for (const secret of ['s3cr3t', 'xapp-1', 'legacy', 'front door']) expect(this.told(secret)).toEqual([]);
  }
}

/** Looks every few milliseconds until the check holds. */
export function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 5_000, interval: 5 });
}
