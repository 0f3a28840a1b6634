import { setTimeout as sleep } from 'node:timers/promises';
import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Log } from '../log.ts';
import { idsOf, isDeliverable, isRateNotice } from './body.ts';
import { InFlight } from './in-flight.ts';
import type { Seen } from './seen.ts';
import { isTokenFault, networkCode, PACE, type SocketPace, waitAfter } from './socket-pace.ts';
import { type Envelope, SocketSession } from './socket-session.ts';

/** What a `SocketReceiver` is made from. */
export interface SocketReceiverOptions {
  /** The app-level token, `xapp-…`. */
  readonly appToken: string;
  /** The base of Slack's Web API, e.g. `https://slack.com/api/`. */
  readonly slackApiUrl: string;
  /** How many connections are kept open; Slack allows 10, and one that moves borrows another. 2 when left out. */
  readonly connections?: number;
  readonly log: Log;
  /** Remembers the ids of envelopes. */
  readonly seen: Seen;
  /** Shortened by tests only. */
  readonly pace?: SocketPace;
}

/** How long `stop` waits for acknowledgements that are due, ms: after 3 s Slack has given up on them. */
const ACK_MS = 3_000;
/** Of a long outage one failure in so many is logged. */
const LOG_EVERY = 20;

/**
 * Slack's Socket Mode over several connections at once, so that one may move or fall while another serves.
 *
 * An outage ends nothing, however long: each connection is opened again until it succeeds, and the next try is never
 * further away than 20 s. When Slack asks a connection to move, the next is opened first and the old one serves on
 * meanwhile. An envelope that comes twice is acknowledged and not done again.
 */
export class SocketReceiver implements Receiver {
  /** Handlers that still run, acknowledged or not. */
  readonly inFlight = new InFlight();
  readonly #options: SocketReceiverOptions;
  readonly #pace: SocketPace;
  readonly #sessions = new Set<SocketSession>();
  readonly #unacknowledged = new InFlight();
  readonly #halt = new AbortController();
  readonly #first = Promise.withResolvers<void>();
  #lanes: Promise<void>[] = [];
  #connected = 0;
  #app: App | undefined;

  constructor(options: SocketReceiverOptions) {
    this.#options = options;
    this.#pace = options.pace ?? PACE;
  }

  /** Over how many connections Slack can reach us now, those that move not counted; none for long is an outage. */
  get connected(): number {
    return this.#connected;
  }

  /** Called by Bolt's App with itself. */
  init(app: App): void {
    this.#app = app;
  }

  /**
   * Opens the connections, once in a receiver's life; resolves when the first is there, however long that takes, or
   * when `stop` is called before. Rejects, and stops, when Slack refuses the token before any connection was open:
   * that is a mistake in the configuration.
   */
  async start(): Promise<void> {
    const { connections = 2 } = this.#options;
    this.#lanes = Array.from({ length: connections }, () => this.#keepOpen());
    try {
      await this.#first.promise;
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /**
   * Takes no new envelopes, waits up to 3 s for acknowledgements that are due, then closes the connections. Handlers
   * run on: see `inFlight`.
   */
  async stop(): Promise<void> {
    this.#halt.abort();
    this.#first.resolve();
    await this.#unacknowledged.drained(ACK_MS);
    await Promise.all([...this.#sessions].map((session) => session.close()));
    await Promise.all(this.#lanes);
  }

  /** Keeps one connection open until we stop. Never rejects. */
  async #keepOpen(): Promise<void> {
    let failures = 0;
    let missed = 0;
    let moving: SocketSession | undefined;
    while (!this.#halt.signal.aborted) {
      const session = this.#newSession();
      const trouble = await this.#tryOpen(session, missed);
      if (trouble !== undefined) {
        missed += 1;
        failures += 1;
        await Promise.all([this.#drop(session), this.#pause(this.#waitAfter(failures, trouble.fault))]);
        continue;
      }
      missed = 0;
      if (moving !== undefined) void this.#retire(moving);
      const { why, livedMs } = await this.#serve(session);
      moving = why === 'asked' ? session : undefined;
      if (why === 'lost') await this.#drop(session);
      failures = livedMs < this.#pace.stableMs ? failures + 1 : 0;
      // The first early end is met at once: whoever waits at a door should not notice it.
      await this.#pause(this.#waitAfter(Math.max(0, failures - 1), undefined));
    }
  }

  #newSession(): SocketSession {
    const session = new SocketSession({
      appToken: this.#options.appToken,
      slackApiUrl: this.#options.slackApiUrl,
      openMs: this.#pace.openMs,
      pongMs: this.#pace.pongMs,
      onEnvelope: (envelope, from) => this.#take(envelope, from),
    });
    this.#sessions.add(session);
    return session;
  }

  /** What went wrong, or undefined when the connection is open. */
  async #tryOpen(session: SocketSession, missed: number): Promise<{ fault: unknown } | undefined> {
    const { log } = this.#options;
    try {
      await session.open();
      log.info({ missed }, 'connected to Slack');
      this.#first.resolve();
      return undefined;
    } catch (fault) {
      // The first line says that it began; the rest of an outage of hours must not fill the log.
      if (missed % LOG_EVERY === 0 && !this.#halt.signal.aborted) {
        const facts = { err: fault, network: networkCode(fault), tries: missed + 1 };
        log.warn(facts, 'Slack cannot be connected to; trying on');
      }
      if (isTokenFault(fault)) this.#first.reject(fault);
      return { fault };
    }
  }

  async #serve(session: SocketSession): Promise<{ why: 'asked' | 'lost'; livedMs: number }> {
    const since = performance.now();
    this.#connected += 1;
    const why = await session.leaving;
    this.#connected -= 1;
    const livedMs = performance.now() - since;
    this.#options.log.info({ why, livedMs: Math.round(livedMs) }, 'a connection to Slack ends');
    return { why, livedMs };
  }

  /** Lets a connection serve a little longer: what Slack sent into it before it knew of the next one. */
  async #retire(session: SocketSession): Promise<void> {
    await this.#pause(this.#pace.lingerMs);
    await this.#drop(session);
  }

  async #drop(session: SocketSession): Promise<void> {
    await session.close();
    this.#sessions.delete(session);
  }

  #waitAfter(failures: number, fault: unknown): number {
    return waitAfter(failures, fault, this.#pace.longestWaitMs);
  }

  /** Waits, unless we stop. */
  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#halt.signal }).catch(() => undefined);
  }

  #take(envelope: Envelope, session: SocketSession): void {
    // While stopping it stays unacknowledged, so that Slack delivers it to whoever comes after us.
    if (this.#app === undefined || this.#halt.signal.aborted) return;
    const { id, type, payload } = envelope;
    const { log } = this.#options;
    const ids = { envelope: id, type, ...idsOf(payload) };
    if (!this.#options.seen.first(id)) {
      log.info(ids, 'an envelope came twice and was not done again');
      session.acknowledge(id, undefined);
    } else if (isDeliverable(payload)) {
      this.#deliver(this.#app, envelope, payload, session);
    } else {
      // Acknowledged, for sent again it would be no better.
      session.acknowledge(id, undefined);
      if (isRateNotice(payload)) log.warn(ids, 'Slack holds back events: there are too many');
      else log.warn(ids, 'Slack sent an envelope of no kind that we know');
    }
  }

  #deliver(app: App, envelope: Envelope, body: ReceiverEvent['body'], session: SocketSession): void {
    const { id, retryNum, retryReason } = envelope;
    const due = Promise.withResolvers<void>();
    let acknowledged = false;
    const ack = async (response?: unknown): Promise<void> => {
      if (acknowledged) return;
      const sent = session.acknowledge(id, response);
      acknowledged = true;
      due.resolve();
      if (sent) return;
      // The work goes on: should Slack send the envelope again, it is acknowledged as a duplicate.
      const ids = { envelope: id, ...idsOf(body) };
      this.#options.log.warn(ids, 'an acknowledgement was lost with its connection');
    };
    const event: ReceiverEvent = {
      body,
      ack,
      ...(retryNum !== undefined && { retryNum }),
      ...(retryReason !== undefined && { retryReason }),
    };
    this.#unacknowledged.track(due.promise);
    this.inFlight.track(this.#process(app, event, id).then(due.resolve));
  }

  async #process(app: App, event: ReceiverEvent, envelope: string): Promise<void> {
    try {
      await app.processEvent(event);
    } catch (error) {
      this.#options.log.error({ err: error, envelope, ...idsOf(event.body) }, 'handling an envelope failed');
    }
  }
}
