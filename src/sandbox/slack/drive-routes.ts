/** The drive API over HTTP: what `drive.ts` says, for pages of this very server and for programs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { type Acts, Impossible, personOf } from './acts.ts';
import type { Calls } from './calls.ts';
import type { Clock } from './clock.ts';
import { parseJson } from './content.ts';
import type { Delivery } from './delivery.ts';
import type * as drive from './drive.ts';
import type * as sent from './drive-acts.ts';
import { type Faults, faultList } from './faults.ts';
import { type Answer, json, readBody, send } from './http.ts';
import type { ModalActs } from './modal-acts.ts';
import type { SocketMode } from './socket-mode.ts';
import type { StartActs } from './start-acts.ts';
import type { World } from './world.ts';
import { isZone } from './zones.ts';

const KEEP_ALIVE_MS = 15_000;

export interface DriveNeeds {
  world: World;
  acts: Acts;
  modalActs: ModalActs;
  startActs: StartActs;
  calls: Calls;
  clock: Clock;
  faults: Faults;
  delivery: Delivery;
  socketMode: SocketMode | null;
}

const id = z.string();
const picked = z.union([z.string(), z.array(z.string())]);
const click = {
  as: id,
  in: z.union([
    z.strictObject({ message: id }),
    z.strictObject({ modal: id }),
    z.strictObject({ home: z.literal(true) }),
  ]),
  block_id: id,
  action_id: id,
  picked: picked.exactOptional(),
  postedMsAgo: z.number().min(0).exactOptional(),
};
const flag = z.boolean().exactOptional();
const shapes = {
  command: z.strictObject({ as: id, channel: id, text: z.string().min(1) }),
  click: z.strictObject(click),
  suggest: z.strictObject({ ...click, query: z.string() }),
  submit: z.strictObject({ as: id, viewId: id, values: z.record(id, z.record(id, picked)) }),
  dismiss: z.strictObject({ as: id, viewId: id }),
  home: z.strictObject({ as: id, tab: z.enum(['home', 'messages']).exactOptional() }),
  shortcut: z.strictObject({ as: id, callback_id: id, message: id.exactOptional() }),
  workflow: z.strictObject({
    as: id,
    callback_id: id,
    inputs: z.record(id, z.string()).exactOptional(),
  }),
  share: z.strictObject({ as: id, message: id, channel: id }),
  person: z.strictObject({
    id,
    deleted: flag,
    is_bot: flag,
    is_restricted: flag,
    is_ultra_restricted: flag,
    is_stranger: flag,
    tz: z.string().refine(isZone, { error: 'IANA knows no such time zone' }).exactOptional(),
  }),
  deliver: z.strictObject({
    kind: z.enum(['slash_commands', 'interactive', 'events_api']),
    body: z.record(id, z.unknown()),
  }),
  clock: z.strictObject({ advanceMs: z.number().min(0) }),
  socket: z.strictObject({ how: z.enum(['routine', 'cut']) }),
};

type Run = (sent: unknown) => Promise<unknown>;

/** An act whose JSON is judged before it is done. */
function act<T>(shape: z.ZodType<T, unknown>, run: (act: T) => Promise<unknown> | unknown): Run {
  return async (sent) => run(shape.parse(sent));
}

function runs(needs: DriveNeeds): Map<string, Run> {
  const { acts, modalActs, startActs } = needs;
  return new Map([
    ['command', act<sent.CommandAct>(shapes.command, (one) => acts.command(one))],
    ['click', act<sent.ClickAct>(shapes.click, (one) => acts.click(one))],
    ['suggest', act<sent.SuggestAct>(shapes.suggest, (one) => acts.suggest(one))],
    ['submit', act<sent.SubmitAct>(shapes.submit, (one) => modalActs.submit(one))],
    ['dismiss', act<sent.DismissAct>(shapes.dismiss, (one) => modalActs.dismiss(one))],
    ['home', act<sent.HomeAct>(shapes.home, (one) => acts.home(one))],
    ['shortcut', act<sent.ShortcutAct>(shapes.shortcut, (one) => startActs.shortcut(one))],
    ['workflow', act<sent.WorkflowAct>(shapes.workflow, (one) => startActs.workflow(one))],
    ['share', act<sent.ShareAct>(shapes.share, (one) => acts.share(one))],
    ['person', act<sent.PersonAct>(shapes.person, (one) => acts.person(one))],
    ['deliver', act<sent.DeliverAct>(shapes.deliver, (one) => acts.deliver(one))],
    ['faults', act(faultList, (faults) => replaceFaults(needs, faults))],
    ['clock', act<sent.ClockAct>(shapes.clock, ({ advanceMs }) => advance(needs, advanceMs))],
    ['socket', act<sent.SocketAct>(shapes.socket, ({ how }) => endConnections(needs, how))],
  ]);
}

export class DriveRoutes {
  private readonly needs: DriveNeeds;
  private readonly runs: Map<string, Run>;

  constructor(needs: DriveNeeds) {
    this.needs = needs;
    this.runs = runs(needs);
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (!isOurs(request)) {
      send(response, json({ error: 'only this server’s own pages and local programs may drive it' }, 403));
      return;
    }
    try {
      const name = url.pathname.slice('/drive/'.length);
      if (request.method === 'GET' && name === 'stream') this.stream(response, url);
      else send(response, await this.answer(request, name, url));
    } catch (error) {
      send(response, complaint(error));
    }
  }

  private async answer(request: IncomingMessage, name: string, url: URL): Promise<Answer> {
    if (request.method === 'GET') {
      if (name === 'view') return json(this.needs.world.viewFor(personOf(url.searchParams.get('as') ?? '')));
      if (name === 'calls') return json(this.needs.calls.since(Number(url.searchParams.get('since') ?? 0)));
    }
    const run = request.method === 'POST' ? this.runs.get(name) : undefined;
    if (run === undefined) return json({ error: `there is no ${request.method} ${url.pathname}` }, 404);
    return json(await run(parseJson(await readBody(request))));
  }

  /** Says `changed` at once and after each change, several changes in one. */
  private stream(response: ServerResponse, url: URL): void {
    personOf(url.searchParams.get('as') ?? '');
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    let told = false;
    const tell = () => {
      if (told) return;
      told = true;
      setImmediate(() => {
        told = false;
        if (!response.destroyed) response.write('data: changed\n\n');
      });
    };
    const stop = this.needs.world.watch(tell);
    const beat = setInterval(() => response.write(': still here\n\n'), KEEP_ALIVE_MS).unref();
    response.on('close', () => {
      stop();
      clearInterval(beat);
    });
    tell();
  }
}

/** Whether this comes from a program on this machine or from a page of this server, by names that a page
 * elsewhere cannot fake. */
function isOurs(request: IncomingMessage): boolean {
  const { host = '', origin } = request.headers;
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}

function complaint(error: unknown): Answer {
  if (error instanceof Impossible) return json({ error: error.message }, 404);
  if (error instanceof z.ZodError) return json({ error: z.prettifyError(error) }, 400);
  return json({ error: String(error) }, 500);
}

function replaceFaults(needs: DriveNeeds, faults: drive.Fault[]): { ok: true } {
  needs.faults.replace(faults);
  needs.delivery.letGo();
  return { ok: true };
}

function advance(needs: DriveNeeds, ms: number): { ok: true } {
  needs.clock.advance(ms);
  return { ok: true };
}

function endConnections(needs: DriveNeeds, how: 'routine' | 'cut'): { ok: true } {
  if (needs.socketMode === null) throw new Impossible('deliveries go over HTTP: there are no connections');
  if (how === 'routine') needs.socketMode.routine();
  else needs.socketMode.cut();
  return { ok: true };
}
