import { ErrorCode, type WebClient } from '@slack/web-api';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { SlackUserId } from '../domain/ids.ts';
import type { Log } from '../log.ts';
import type { Time } from '../time.ts';
import type { Message } from './message.ts';
import type { ResponseUrl } from './response-url.ts';

/** Whom an answer is for, and the interaction's own way to them while it lives. */
export interface Recipient {
  readonly userId: SlackUserId;
  readonly responseUrl: ResponseUrl | null;
}

/** Where an answer went: where they are, or into a direct message. `failed`: nowhere, and the log says why. */
export type Delivery = 'in_place' | Sent | 'failed';

/** The way to a person: the message that they look at, else a direct message, never silence. */
export interface Messenger {
  /** Answers where they are: in place of the message that they clicked in if it is their own, else anew. */
  answer(to: Recipient & { readonly inOwnMessage: boolean }, message: Message): Promise<Delivery>;
  /** Shows something new that only they see; `otherwise` where that is a direct message, which stays. */
  post(to: Recipient, message: Message, otherwise?: Message): Promise<Delivery>;
  /** Shows what something else will soon follow: one try, and nothing instead where that fails. */
  hint(to: Recipient, message: Message, how: { readonly inPlace: boolean }): Promise<void>;
  /** Changes the message that they clicked in (a command has none: its answer comes anew); where that is gone, `otherwise` goes to them directly. */
  replace(to: Recipient, message: Message, otherwise: Message): Promise<Delivery>;
  /** The same, and nothing instead where that is gone: false when it was not changed. */
  redo(to: Recipient, message: Message): Promise<boolean>;
  /** Sends a direct message, which can be changed later; null when it reached nobody, and the log says why. */
  direct(userId: SlackUserId, message: Message): Promise<Sent | null>;
  /** Changes a direct message of ours. `gone`: it is not there any more. `failed`: the log says why. */
  change(sent: Sent, message: Message): Promise<'changed' | 'gone' | 'failed'>;
}

/** A direct message that was sent: what Slack needs to change it. */
export interface Sent {
  readonly channelId: string;
  readonly ts: string;
}

const sentMessage = z.object({ channelId: z.string(), ts: z.string() });
const refusal = z.object({ code: z.literal(ErrorCode.PlatformError), data: z.object({ error: z.string() }) });

/** What became of one POST to a `response_url`. */
type Posted = { kind: 'done' } | { kind: 'gone' } | { kind: 'again'; waitMs: number; why: string };

/** How long one POST may take, ms. */
const POST_TIMEOUT_MS = 3_000;
/** How long its connection may take to be made, ms: undici hears of the limit above only once there is one. */
const CONNECT_MS = 2_000;
/** ms between tries; a person waits, so they are few. */
const PAUSES = [250, 1_000, 3_000];
/** After how long of trying the direct message is taken instead, ms: a wait that Slack asks for is part of it. */
const TRY_FOR_MS = 6_000;

/** How long an idle connection is kept, ms: less than a server does, so that it is never closed under a request. */
const KEEP_ALIVE_MS = 20_000;

/**
 * Posts by `response_url` with a timeout and without redirects, and only to Slack's own host or to the
 * configured base: Bolt's `respond()` takes any URL and waits for ever.
 */
export function createMessenger(options: {
  client: WebClient;
  /** The configured base of every Slack call; its origin may be posted to. */
  slackApiUrl: string;
  time: Time;
  log: Log;
}): Messenger {
  const { client, time, log } = options;
  const ownOrigin = new URL(options.slackApiUrl).origin;
  const agent = new Agent({ connect: { timeout: CONNECT_MS }, keepAliveTimeout: KEEP_ALIVE_MS });

  const direct = async (userId: SlackUserId, { text, blocks }: Message): Promise<Sent | null> => {
    try {
      const { channel, ts } = await client.chat.postMessage({ channel: userId, text, blocks });
      return sentMessage.parse({ channelId: channel, ts });
    } catch (error) {
      log.error({ user: userId, err: error }, 'a person could not be told');
      return null;
    }
  };

  return {
    direct,
    async change({ channelId, ts }, { text, blocks }) {
      try {
        await client.chat.update({ channel: channelId, ts, text, blocks });
        return 'changed';
      } catch (error) {
        if (refusal.safeParse(error).data?.data.error === 'message_not_found') return 'gone';
        log.warn({ channel: channelId, err: error }, 'a message could not be changed');
        return 'failed';
      }
    },
    answer: (to, message) => deliver(to, { ...message, replace_original: to.inOwnMessage }, message),
    async hint(to, message, { inPlace }) {
      if (usable(to.responseUrl))
        await post(to.responseUrl.url, ephemeral({ ...message, replace_original: inPlace }));
    },
    post: (to, message, otherwise = message) =>
      deliver(to, { ...message, replace_original: false }, otherwise),
    redo: async ({ responseUrl }, message) =>
      usable(responseUrl) && answer(responseUrl.url, ephemeral({ ...message, replace_original: true })),
    replace: (to, message, otherwise) => deliver(to, { ...message, replace_original: true }, otherwise),
  };

  async function deliver(to: Recipient, body: object, otherwise: Message): Promise<Delivery> {
    if (usable(to.responseUrl) && (await answer(to.responseUrl.url, ephemeral(body)))) return 'in_place';
    return (await direct(to.userId, otherwise)) ?? 'failed';
  }

  function usable(responseUrl: ResponseUrl | null): responseUrl is ResponseUrl {
    return responseUrl !== null && responseUrl.expiresAt > time.now() && isSlacks(responseUrl.url);
  }

  function isSlacks(url: string): boolean {
    const { origin, protocol, hostname } = new URL(url);
    return origin === ownOrigin || (protocol === 'https:' && hostname === 'hooks.slack.com');
  }

  /** True when the answer is there; false when it has to take another way. */
  async function answer(url: string, body: object): Promise<boolean> {
    const began = time.elapsed();
    for (const pause of [...PAUSES, null]) {
      const posted = await post(url, body);
      if (posted.kind === 'done') return true;
      if (posted.kind === 'gone' || pause === null) return false;
      log.warn({ why: posted.why }, 'an answer did not reach Slack');
      const waitMs = Math.max(pause, posted.waitMs);
      if (time.elapsed() - began + waitMs > TRY_FOR_MS) return false;
      await time.sleep(waitMs);
    }
    return false;
  }

  async function post(url: string, body: object): Promise<Posted> {
    let status: number;
    let retryAfter: unknown;
    try {
      // Half the processor time of `fetch`, and it follows no redirect.
      const response = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(POST_TIMEOUT_MS),
      });
      status = response.statusCode;
      retryAfter = response.headers['retry-after'];
      await response.body.dump();
    } catch {
      return { kind: 'again', waitMs: 0, why: 'no answer' };
    }
    if (status >= 200 && status <= 299) return { kind: 'done' };
    if (status === 429 || status >= 500) {
      const seconds = Number(retryAfter ?? 0);
      return { kind: 'again', waitMs: Number.isFinite(seconds) ? seconds * 1000 : 0, why: `${status}` };
    }
    log.warn({ status }, 'Slack did not take an answer');
    return { kind: 'gone' };
  }
}

function ephemeral(body: object): object {
  return { response_type: 'ephemeral', ...body };
}
