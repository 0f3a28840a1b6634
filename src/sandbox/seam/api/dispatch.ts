import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Calls } from '../calls.ts';
import type { Call } from '../drive.ts';
import { type Faults, type Spoiler, spoiledAnswer } from '../faults.ts';
import { type Answer, json, parseJsonObject, Refusal, readBody, send } from '../http.ts';
import { parseQuery } from '../input.ts';
import type { Limits } from '../limits.ts';
import type { World } from '../world.ts';
import type { Routes } from './route.ts';
import { allRoutes } from './routes.ts';

/** Takes Seam's API requests: notes them, lets faults happen, checks the key, runs the route. */
export class Api {
  readonly #routes: Routes;
  readonly #world: World;
  readonly #apiKey: string;
  readonly #faults: Faults;
  readonly #calls: Calls;

  constructor(world: World, limits: Limits, apiKey: string, faults: Faults, calls: Calls) {
    this.#world = world;
    this.#routes = allRoutes(world, limits);
    this.#apiKey = apiKey;
    this.#faults = faults;
    this.#calls = calls;
  }

  async handle(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
    const call = this.#calls.note(this.#world.clock.now(), url.pathname);
    const body = await readBody(req).catch((error: unknown) => error);
    if (req.errored) return;
    const { delayMs, spoiler } = this.#faults.take(url.pathname);
    if (delayMs > 0) await sleep(delayMs);
    const work = () => this.#answer(req, url, body, call);
    if (spoiler) return spoil(res, call, spoiler, work);
    const answer = work();
    call.status = answer.status;
    send(res, answer);
  }

  #answer(req: IncomingMessage, url: URL, body: unknown, call: Call): Answer {
    const id = { 'seam-request-id': randomUUID() };
    try {
      if (typeof body !== 'string') throw body;
      const raw = { ...parseQuery(url.searchParams), ...parseJsonObject(body) };
      call.body = raw;
      this.#checkKey(req.headers.authorization);
      const route = this.#routes[url.pathname];
      if (!route) throw new Refusal(404, 'not_found', `There is no ${url.pathname} here`);
      if (req.method !== route.method && req.method !== 'POST') {
        throw new Refusal(405, 'method_not_allowed', `${url.pathname} takes ${route.method} or POST`);
      }
      return json(200, { ...route.run(raw), ok: true }, id);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, type, message, extra, headers } = error;
      return json(status, { error: { type, message, ...extra } }, { ...id, ...headers });
    }
  }

  #checkKey(authorization: string | undefined): void {
    const given = Buffer.from(authorization ?? '');
    const wanted = Buffer.from(`Bearer ${this.#apiKey}`);
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
    throw new Refusal(401, 'unauthorized', 'The API key is missing or not valid');
  }
}

/** Lets a fault happen in the place of an answer, after the work where it says so. */
function spoil(res: ServerResponse, call: Call, fault: Spoiler, work: () => Answer): void {
  const done = fault.after === true ? work() : null;
  switch (fault.do) {
    case 'hang':
      return;
    case 'reset':
      res.socket?.resetAndDestroy();
      return;
    case 'truncate':
      truncate(res, call, done ?? json(200, { ok: true, note: 'This answer never ends' }));
      return;
    case 'status': {
      const answer = spoiledAnswer(fault);
      call.status = answer.status;
      send(res, answer);
    }
  }
}

/** Sends half of the body that its length promises, then hangs up. */
function truncate(res: ServerResponse, call: Call, answer: Answer): void {
  call.status = answer.status;
  const body = Buffer.from(answer.body);
  res.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  res.write(body.subarray(0, Math.floor(body.length / 2)), () => res.destroy());
}
