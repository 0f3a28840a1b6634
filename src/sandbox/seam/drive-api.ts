import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { endSignIn, requestReauthorization, restoreSignIn } from './accounts.ts';
import type { Calls } from './calls.ts';
import { actOnDoor } from './doors.ts';
import type {
  AccountAct,
  CodeAct,
  DoorAct,
  KeypadAct,
  KeypadResult,
  LoginAct,
  LoginResult,
} from './drive.ts';
import {
  ACCOUNT_ACT,
  CLOCK_ACT,
  CODE_ACT,
  DOOR_ACT,
  FAULTS,
  KEYPAD_ACT,
  LOGIN_ACT,
} from './drive-schemas.ts';
import type { Faults } from './faults.ts';
import { type Answer, json, Refusal, readBody, send } from './http.ts';
import { enterPin, putPin, takePin } from './keypad.ts';
import { signIn } from './login.ts';
import { doorOnPanel, viewOf } from './panel.ts';
import type { Door, World } from './world.ts';

/** Many changes at once (a thousand doors) are one nudge to read again. */
const NUDGE_MS = 30;

/** `/drive/*`: how the panel, a test or a benchmark moves the doors and breaks the wire. */
export class DriveApi {
  readonly #world: World;
  readonly #faults: Faults;
  readonly #calls: Calls;

  constructor(world: World, faults: Faults, calls: Calls) {
    this.#world = world;
    this.#faults = faults;
    this.#calls = calls;
  }

  async handle(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void> {
    const cors = corsFor(req.headers.origin);
    try {
      if (req.headers.origin !== undefined && cors === null) {
        throw new Refusal(403, 'forbidden', 'Only pages of this machine may drive the local Seam');
      }
      if (req.method === 'OPTIONS') return send(res, { status: 204, headers: { ...cors }, body: '' });
      if (`${req.method} ${url.pathname}` === 'GET /drive/stream') return this.#stream(res, { ...cors });
      const answer = await this.#answer(req, url);
      send(res, { ...answer, headers: { ...answer.headers, ...cors } });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, type, message } = error;
      send(res, json(status, { error: { type, message } }, { ...cors }));
    }
  }

  async #answer(req: IncomingMessage, url: URL): Promise<Answer> {
    const read = async <S extends z.ZodType>(schema: S) => parse(schema, await readBody(req));
    switch (`${req.method} ${url.pathname}`) {
      case 'GET /drive/view':
        return json(200, viewOf(this.#world));
      case 'GET /drive/calls':
        return json(200, this.#calls.since(Number(url.searchParams.get('since') ?? 0)));
      case 'POST /drive/door':
        return json(200, this.#door(await read(DOOR_ACT)));
      case 'POST /drive/keypad':
        return json(200, this.#keypad(await read(KEYPAD_ACT)));
      case 'POST /drive/code':
        return json(200, this.#code(await read(CODE_ACT)));
      case 'POST /drive/login':
        return json(200, await this.#login(await read(LOGIN_ACT)));
      case 'POST /drive/faults':
        this.#faults.set(await read(FAULTS));
        return json(200, {});
      case 'POST /drive/clock':
        this.#world.clock.advance((await read(CLOCK_ACT)).advanceMs);
        this.#world.changed();
        return json(200, {});
      case 'POST /drive/account':
        return json(200, this.#account(await read(ACCOUNT_ACT)));
      default:
        throw new Refusal(404, 'not_found', `There is no ${req.method} ${url.pathname} here`);
    }
  }

  #door({ deviceId, ...act }: DoorAct): object {
    actOnDoor(this.#world, this.#doorOf(deviceId), act);
    return {};
  }

  #keypad({ deviceId, code }: KeypadAct): KeypadResult {
    return { opened: enterPin(this.#world, this.#doorOf(deviceId), code) };
  }

  #code({ deviceId, code, name, removed }: CodeAct): object {
    const door = this.#doorOf(deviceId);
    if (removed) takePin(this.#world, door, code);
    else putPin(this.#world, door, code, name ?? null);
    return {};
  }

  #doorOf(deviceId: string): Door {
    const door = doorOnPanel(this.#world, deviceId);
    if (!door) throw new Refusal(404, 'device_not_found', `There is no door ${deviceId}`);
    return door;
  }

  async #login(act: LoginAct): Promise<LoginResult> {
    const webview = this.#world.webviews.get(act.connectWebviewId);
    if (!webview) return { result: 'closed', connectedAccountId: null };
    const end = await signIn(this.#world, webview, act, 'code known');
    if (end.kind === 'connected') return { result: 'connected', connectedAccountId: end.accountId };
    if (end.kind === 'needs_code' || end.kind === 'wrong_code')
      throw new Error('A driven login knows its code');
    return { result: end.kind, connectedAccountId: null };
  }

  #account({ email, signedIn, reauthorize }: AccountAct): object {
    const accounts = [...this.#world.accounts.values()].filter((account) => account.email === email);
    if (accounts.length === 0) throw new Refusal(404, 'not_found', `There is no account ${email}`);
    for (const account of accounts) {
      if (signedIn) restoreSignIn(this.#world, account);
      else endSignIn(this.#world, account);
      if (reauthorize) requestReauthorization(this.#world, account);
    }
    return {};
  }

  #stream(res: ServerResponse, cors: Record<string, string>): void {
    res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', ...cors });
    res.write('retry: 500\n\n');
    let nudge: NodeJS.Timeout | null = null;
    const stop = this.#world.onChange(() => {
      nudge ??= setTimeout(() => {
        nudge = null;
        res.write('data: changed\n\n');
      }, NUDGE_MS);
    });
    res.on('close', () => {
      stop();
      if (nudge) clearTimeout(nudge);
    });
  }
}

function parse<S extends z.ZodType>(schema: S, text: string): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'invalid_input', 'The body is not valid JSON');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, 'invalid_input', z.prettifyError(parsed.error));
}

/** The CORS headers for a page of this machine, or null for any other origin and for none. */
function corsFor(origin: string | undefined): Record<string, string> | null {
  if (origin === undefined || !/^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/.test(origin)) return null;
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'content-type',
    vary: 'origin',
  };
}
