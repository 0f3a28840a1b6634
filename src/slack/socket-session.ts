import { LogLevel, SocketModeClient, type SocketModeOptions } from '@slack/socket-mode';
import type { FetchFunction } from '@slack/web-api';

/** A message of Slack's over Socket Mode that carries something for the app. */
export interface Envelope {
  /** Slack's id of it; the acknowledgement names it. */
  readonly id: string;
  /** `slash_commands`, `interactive` or `events_api`. */
  readonly type: string;
  /** What HTTP mode would have as its body; not checked. */
  readonly payload: unknown;
  readonly retryNum?: number;
  readonly retryReason?: string;
}

/** What a `SocketSession` is made from. */
export interface SocketSessionOptions {
  /** The app-level token, `xapp-…`. */
  readonly appToken: string;
  /** The base of Slack's Web API, for `apps.connections.open`. */
  readonly slackApiUrl: string;
  /** How long opening may take in all, ms. */
  readonly openMs: number;
  /** How long Slack may leave a ping unanswered before the connection counts as lost, ms. */
  readonly pongMs: number;
  /** Called for every envelope; must not throw. */
  readonly onEnvelope: (envelope: Envelope, session: SocketSession) => void;
}

/** How long Slack may take to answer our goodbye, ms: it often leaves the connection open instead. */
const GOODBYE_MS = 500;

/**
 * One connection of Socket Mode, from opening to end. It is never opened again; whoever needs another makes one.
 *
 * It is a SocketModeClient, which opens the connection and watches it with pings, without that client's two habits
 * that are fatal: reconnecting (an outage there ends in an unhandled rejection) and reading messages (a payload without
 * an inner event, such as `app_rate_limited`, does too). It also closes at once when Slack asks it to move, so that
 * what Slack still sends is lost; here the connection serves on until `close`.
 */
export class SocketSession {
  /** Resolves to `asked` when Slack wants us to move to another connection, to `lost` when this one is gone. */
  readonly leaving: Promise<'asked' | 'lost'>;
  readonly #options: SocketSessionOptions;
  readonly #client: Client;
  readonly #leave: (why: 'asked' | 'lost') => void;
  readonly #aborter = new AbortController();
  #fault: unknown;
  #closed: Promise<void> | undefined;

  constructor(options: SocketSessionOptions) {
    const { promise, resolve } = Promise.withResolvers<'asked' | 'lost'>();
    this.leaving = promise;
    this.#leave = resolve;
    this.#options = options;
    this.#client = new Client(this.#clientOptions(), (message) => this.#hear(message));
    this.#client.on('error', (error: unknown) => {
      this.#fault = error;
    });
    this.#client.on('disconnected', () => resolve('lost'));
    // The client cannot be stopped between having the address and connecting to it.
    this.#client.on('connecting', () => {
      if (this.#closed !== undefined) queueMicrotask(() => this.#cut());
    });
  }

  /** Resolves once Slack has said hello. Rejects with what went wrong, also when it takes too long. */
  async open(): Promise<void> {
    const deadline = setTimeout(() => {
      this.#fault = new SocketTimeout();
      void this.close();
    }, this.#options.openMs);
    try {
      await this.#client.start();
    } catch (error) {
      throw this.#fault ?? error ?? new SocketLost();
    } finally {
      clearTimeout(deadline);
    }
  }

  /**
   * Acknowledges an envelope; false when the connection is no longer there to do it.
   *
   * @param payload what Slack does with it: nothing, a text to show, or an object. Throws when it is not JSON.
   */
  acknowledge(envelopeId: string, payload: unknown): boolean {
    const shown = typeof payload === 'string' ? { text: payload } : (payload ?? {});
    const text = JSON.stringify({ envelope_id: envelopeId, payload: shown });
    const { websocket } = this.#client;
    if (websocket === undefined || !websocket.isActive()) return false;
    let sent = true;
    websocket.send(text, (error) => {
      sent = error === undefined;
    });
    return sent;
  }

  /** Says goodbye and frees everything, within half a second. What comes after the first call waits for the same end. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#aborter.abort();
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, GOODBYE_MS);
    await Promise.race([this.#client.disconnect(), patience.promise]);
    clearTimeout(timer);
    this.#cut();
  }

  /** Twice: the first asks the other side to close, the second no longer waits, and clears the timer of the first. */
  #cut(): void {
    this.#client.websocket?.disconnect();
    this.#client.websocket?.disconnect();
  }

  #hear(message: Record<string, unknown>): void {
    if (message.type === 'hello') this.#client.emit('connected');
    else if (message.type === 'disconnect') this.#leave('asked');
    else if (typeof message.type === 'string' && typeof message.envelope_id === 'string') {
      const { type, envelope_id: id, payload, retry_attempt: num, retry_reason: reason } = message;
      const retryNum = typeof num === 'number' && { retryNum: num };
      const retryReason = typeof reason === 'string' && { retryReason: reason };
      this.#options.onEnvelope({ id, type, payload, ...retryNum, ...retryReason }, this);
    }
  }

  #clientOptions(): SocketModeOptions {
    const { appToken, slackApiUrl, openMs, pongMs } = this.#options;
    const { signal } = this.#aborter;
    const abortable: FetchFunction = (url, init) => fetch(url, { ...init, signal });
    return {
      appToken,
      logger: SILENT,
      autoReconnectEnabled: false,
      clientPingTimeout: pongMs,
      // The client writes into this object, so no two may share one. Trying again is left to whoever made us.
      clientOptions: {
        slackApiUrl,
        timeout: openMs,
        fetch: abortable,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    };
  }
}

/** Opening took too long. */
class SocketTimeout extends Error {
  override readonly name = 'SocketTimeout';
  readonly safeToLog = true;
  override readonly message = 'Slack did not open the connection in time';
}

/** The connection ended before Slack said hello, and nothing says why. */
class SocketLost extends Error {
  override readonly name = 'SocketLost';
  readonly safeToLog = true;
  override readonly message = 'the connection ended before Slack said hello';
}

/** The client with its reading of messages replaced. */
class Client extends SocketModeClient {
  readonly #hear: (message: Record<string, unknown>) => void;

  constructor(options: SocketModeOptions, hear: (message: Record<string, unknown>) => void) {
    super(options);
    this.#hear = hear;
  }

  protected override async onWebSocketMessage(data: string | ArrayBuffer): Promise<void> {
    const message = typeof data === 'string' ? parseMessage(data) : undefined;
    if (message !== undefined) this.#hear(message);
  }
}

function parseMessage(text: string): Record<string, unknown> | undefined {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null ? { ...message } : undefined;
  } catch {
    return undefined;
  }
}

/** The client's own lines hold payloads and one-time addresses; what an operator needs is logged by the receiver. */
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  setName: () => undefined,
  getLevel: () => LogLevel.ERROR,
};
