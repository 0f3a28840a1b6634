/** What the app calls: the Web API, `response_url`s and upload addresses, each call recorded, faults applied on the way. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Calls } from './calls.ts';
import type { Clock } from './clock.ts';
import { parseJson } from './content.ts';
import type { Fault } from './drive.ts';
import type { Faults } from './faults.ts';
import { type Files, MOST_FILE_BYTES } from './files.ts';
import { type Answer, type Departure, json, readBody, readBytes, send, text } from './http.ts';
import type { Args, Result } from './methods.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { WebApi } from './web-api.ts';

export interface AppNeeds {
  webApi: WebApi;
  responseUrls: ResponseUrls;
  files: Files;
  calls: Calls;
  clock: Clock;
  faults: Faults;
}

/** An answer with what the record says of it. */
interface Outcome {
  answer: Answer;
  error: string | null;
  detail: string | null;
}

/** What a form adds around the file that it carries. */
const MOST_FORM_BYTES = 64 * 1024;

const argsShape = z.record(z.string(), z.unknown());

export class AppRoutes {
  private readonly needs: AppNeeds;

  constructor(needs: AppNeeds) {
    this.needs = needs;
  }

  async webApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = url.pathname.slice('/api/'.length);
    const sent = await readBody(request);
    const { token, ...args } = readArgs(sent, request.headers['content-type'] ?? '', url);
    const bearer = /^Bearer (.*)$/i.exec(request.headers.authorization ?? '')?.[1];
    const holder = bearer ?? (typeof token === 'string' ? token : '');
    const { webApi } = this.needs;
    const run = () => apiOutcome(webApi.call(method, args, holder));
    await this.answer(response, method, unpacked(args), run, webApi.scopeHeaders(method, holder));
  }

  async responseUrl(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const secret = url.pathname.slice('/response/'.length);
    const sent = parseJson(await readBody(request));
    const body = argsShape.safeParse(sent);
    await this.answer(response, 'response_url', body.success ? body.data : { sent }, () => {
      const posted = this.needs.responseUrls.post(secret, sent);
      if (posted.ok) return { answer: text('ok'), error: null, detail: posted.warning };
      return failed(posted.error, posted.messages, posted.status);
    });
  }

  /** The bytes of a file, alone or in a form. */
  async upload(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const secret = url.pathname.slice('/upload/v1/'.length);
    const sent = await readBytes(request, MOST_FILE_BYTES + MOST_FORM_BYTES);
    const bytes = await fileIn(sent, request.headers['content-type'] ?? '');
    await this.answer(response, 'upload', { length: bytes.length }, () => {
      const uploaded = this.needs.files.upload(secret, bytes);
      if (uploaded.ok) return { answer: text(`OK - ${uploaded.bytes}`), error: null, detail: null };
      return { answer: text(uploaded.error, uploaded.status), error: uploaded.error, detail: null };
    });
  }

  /** Does what was asked unless a fault comes first, answers as the fault wants, and records it. */
  private async answer(
    response: ServerResponse,
    method: string,
    body: Record<string, unknown>,
    run: () => Outcome,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const fault = this.needs.faults.at(method);
    if (fault?.do === 'delay') await sleep(fault.ms);
    const outcome = (fault === undefined ? null : instead(fault)) ?? run();
    const { error, detail } = outcome;
    this.needs.calls.add({ at: this.needs.clock.now(), method, body, ok: error === null, error, detail });
    const { answer } = outcome;
    send(response, { ...answer, headers: { ...headers, ...answer.headers } }, departure(fault));
  }
}

/** What a fault answers in place of doing anything; null for faults that only touch the answer's way. */
function instead(fault: Fault): Outcome | null {
  const outcome = (answer: Answer, error: string) => ({ answer, error, detail: 'a fault' });
  switch (fault.do) {
    case 'status': {
      const error = fault.status === 429 ? 'ratelimited' : `http_${fault.status}`;
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      const answer = json({ ok: false, error }, fault.status, headers);
      return outcome(fault.body === undefined ? answer : { ...answer, body: fault.body }, error);
    }
    case 'error':
      return outcome(json({ ok: false, error: fault.error }), fault.error);
    case 'hang':
    case 'reset':
      return outcome(text(''), fault.do);
    default:
      return null;
  }
}

function departure(fault: Fault | undefined): Departure {
  if (fault?.do === 'hang' || fault?.do === 'reset' || fault?.do === 'truncate') return fault.do;
  return 'whole';
}

function apiOutcome(result: Result): Outcome {
  if (!result.ok) return failed(result.error, result.messages, 200, result.scope);
  return { answer: json({ ok: true, ...result.body }), error: null, detail: result.warning ?? null };
}

function failed(error: string, messages: string[], status: number, scope = {}): Outcome {
  const metadata = messages.length === 0 ? {} : { response_metadata: { messages } };
  const errors = messages.length === 0 ? {} : { errors: messages.map((one) => one.replace('[ERROR] ', '')) };
  const answer = json({ ok: false, error, ...scope, ...errors, ...metadata }, status);
  return { answer, error, detail: messages.length === 0 ? null : messages.join('\n') };
}

/** The file of a multipart form, or all that was sent; nothing where a form holds none. */
async function fileIn(sent: Buffer, contentType: string): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return sent;
  const form = new Response(new Uint8Array(sent), { headers: { 'content-type': contentType } });
  const parts = await form.formData().catch(() => new FormData());
  const file = [...parts.values()].find((part) => typeof part !== 'string');
  return file === undefined ? Buffer.alloc(0) : Buffer.from(await file.arrayBuffer());
}

/** Arguments from the address, and over them those from a JSON or form body. */
function readArgs(sent: string, contentType: string, url: URL): Args {
  const fromUrl = Object.fromEntries(url.searchParams);
  if (!contentType.includes('application/json')) {
    return { ...fromUrl, ...Object.fromEntries(new URLSearchParams(sent)) };
  }
  const parsed = argsShape.safeParse(parseJson(sent));
  return { ...fromUrl, ...(parsed.success ? parsed.data : {}) };
}

/** Arguments for the record, with JSON in strings opened up. */
function unpacked(args: Args): Args {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => {
      const packed = typeof value === 'string' && /^[[{]/.test(value) ? parseJson(value) : undefined;
      return [name, packed ?? value];
    }),
  );
}
