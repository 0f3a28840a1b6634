import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import {
  accessCodeId,
  actionAttemptId,
  type ConnectedAccountId,
  type ConnectWebviewId,
  connectedAccountId,
  connectWebviewId,
  type DeviceId,
  deviceId,
} from '../../src/domain/ids.ts';
import { createLog } from '../../src/log.ts';
import type { Fault } from '../../src/sandbox/seam/drive.ts';
import { createSeam, type SeamOptions } from '../../src/seam/adapter.ts';
import { SeamError, type SeamErrorKind } from '../../src/seam/errors.ts';
import type { SeamPort } from '../../src/seam/port.ts';
import { START } from '../support/sights.ts';
import { EXPIRES, keyOf, log, NOTHING, openSeamHouse, type SeamHouse } from './seam-house.ts';

/** For those that wait in vain; everybody else is given the time that a busy machine takes. */
const IMPATIENT_MS = 400;
const key = keyOf('ben-key');
/** What the methods that delete work on: it is not there, so that every run is like the first. */
const nothing = {
  account: connectedAccountId(NOTHING),
  attempt: actionAttemptId(NOTHING),
  code: accessCodeId(NOTHING),
};
/** A code as somebody wants it. */
const WISH = { name: 'Guest', startsAt: null, endsAt: Date.parse('2036-01-01'), digits: null, offline: null };

let house: SeamHouse;
const known: { account: ConnectedAccountId; webview: ConnectWebviewId; door: DeviceId } = {
  account: nothing.account,
  webview: connectWebviewId(NOTHING),
  door: deviceId(NOTHING),
};

beforeAll(async () => {
  house = await openSeamHouse();
  known.account = await house.connect(key, 'ben@example.com');
  known.webview = (await house.port.createConnectWebview()).id;
  known.door = await house.doorId('Bike Shed');
});
afterAll(() => house.close());

/** A port to the house that gives up soon. */
const impatient = () => portTo(house.url, { apiKey: house.apiKey, timeoutMs: IMPATIENT_MS });

/** Every method of the port, and the paths that it asks, in order. */
const methods: [keyof SeamPort, (port: SeamPort) => Promise<unknown>, ...paths: string[]][] = [
  ['workspace', (port) => port.workspace(), '/workspaces/get'],
  ['openClientSession', (port) => port.openClientSession(key, EXPIRES), '/client_sessions/get_or_create'],
  ['createConnectWebview', (port) => port.createConnectWebview(), '/connect_webviews/create'],
  [
    'grantConnectWebview',
    (port) => port.grantConnectWebview(key, known.webview),
    '/client_sessions/grant_access',
  ],
  ['grantAccounts', (port) => port.grantAccounts(key, [known.account]), '/client_sessions/grant_access'],
  ['connectWebview', (port) => port.connectWebview(known.webview), '/connect_webviews/get'],
  ['deleteConnectWebview', (port) => port.deleteConnectWebview(known.webview), '/connect_webviews/delete'],
  ['accounts', (port) => port.accounts(key), '/connected_accounts/list'],
  ['deleteAccount', (port) => port.deleteAccount(nothing.account), '/connected_accounts/delete'],
  [
    'replaceClientSessions',
    (port) => port.replaceClientSessions(key, [known.account], EXPIRES),
    '/client_sessions/list',
    '/client_sessions/create',
    '/client_sessions/delete',
  ],
  ['doors', (port) => port.doors(key, null, 10), '/devices/list'],
  ['doorsOfAccount', (port) => port.doorsOfAccount(key, known.account), '/devices/list'],
  ['doorsById', (port) => port.doorsById(key, [known.door]), '/devices/list'],
  ['door', (port) => port.door(key, known.door), '/devices/list'],
  [
    'codeNames',
    (port) => port.codeNames([{ deviceId: known.door, codeId: nothing.code }]),
    '/access_codes/list',
    '/access_codes/unmanaged/list',
  ],
  ['move', (port) => port.move(known.door, 'unlock'), '/locks/unlock_door'],
  ['attempt', (port) => port.attempt(nothing.attempt, 'unlock'), '/action_attempts/get'],
  ['createCode', (port) => port.createCode({ deviceId: known.door, ...WISH }), '/access_codes/create'],
  ['code', (port) => port.code(nothing.code), '/access_codes/get'],
  ['codes', (port) => port.codes([nothing.code]), '/access_codes/list'],
  ['codesOf', (port) => port.codesOf(known.door), '/access_codes/list'],
  ['deleteCode', (port) => port.deleteCode(nothing.code), '/access_codes/delete'],
  ['events', (port) => port.events(START, START), '/events/list'],
];

type Facts = { kind: SeamErrorKind; status: number | null; code: string; waitMs: number | null };
type Without<One> = One extends Fault ? Omit<One, 'at' | 'times'> : never;
/** Something that takes the place of an answer, wherever that is. */
type Wrong = Without<Exclude<Fault, { do: 'delay' }>>;

const faults: [string, Wrong, Facts][] = [
  ...(
    [
      [400, 'rejected', 'internal_server_error'],
      [401, 'key', 'unauthorized'],
      [403, 'key', 'internal_server_error'],
      [404, 'rejected', 'internal_server_error'],
      [429, 'busy', 'rate_limit_exceeded'],
      [500, 'fault', 'internal_server_error'],
    ] as const
  ).map(([status, kind, code]): [string, Wrong, Facts] => [
    `status ${status}`,
    { do: 'status', status },
    { kind, status, code, waitMs: null },
  ]),
  [
    '429 with Retry-After',
    { do: 'status', status: 429, retryAfter: 7 },
    { kind: 'busy', status: 429, code: 'rate_limit_exceeded', waitMs: 7_000 },
  ],
  [
    'a proxy’s 502 in HTML',
    { do: 'status', status: 502, body: '<h1>Bad gateway</h1>', contentType: 'text/html' },
    { kind: 'fault', status: 502, code: 'http_502', waitMs: null },
  ],
  [
    'an empty 503 with Retry-After',
    { do: 'status', status: 503, body: '', retryAfter: 30 },
    { kind: 'fault', status: 503, code: 'http_503', waitMs: 30_000 },
  ],
  [
    'a proxy’s 404 in HTML',
    { do: 'status', status: 404, body: '<h1>Not found</h1>', contentType: 'text/html' },
    { kind: 'rejected', status: 404, code: 'http_404', waitMs: null },
  ],
  ['a reset', { do: 'reset' }, { kind: 'lost', status: null, code: 'ECONNRESET', waitMs: null }],
  ['half an answer', { do: 'truncate' }, { kind: 'lost', status: null, code: 'ECONNRESET', waitMs: null }],
];

describe.each(methods)('%s', (name, call, ...paths) => {
  test.each(paths.map((path, index) => [path, index] as const))(
    'is a SeamError for whatever goes wrong at %s, which is asked once',
    async (path, index) => {
      for (const [what, fault, facts] of faults) {
        await house.drive.faults([{ ...fault, at: path }]);
        const { answer: error, calls } = await house.asked(() => refusalOf(() => call(house.port)));
        await house.drive.faults([]);
        expect({ what, ...factsOf(error) }).toEqual({ what, name: 'SeamError', ...facts });
        expectNoSecret(error, house.apiKey);
        expect({ what, paths: calls.map((one) => one.path) }).toEqual({
          what,
          paths: paths.slice(0, index + 1),
        });
      }
    },
  );

  test('asks just that', async () => {
    const { calls } = await house.asked(() => call(house.port).catch(() => null));
    expect({ name, paths: [...new Set(calls.map(({ path }) => path))] }).toEqual({ name, paths });
  });
});

const TIMED_OUT = { name: 'SeamError', kind: 'timeout', status: null, code: 'ERR_CANCELED', waitMs: null };

test('whatever is not answered is given up in time, and not asked again', async () => {
  await house.drive.faults([{ at: '*', do: 'hang' }]);
  const port = impatient();
  const begun = performance.now();
  const { answer: errors, calls } = await house.asked(() =>
    Promise.all(methods.map(([, call]) => refusalOf(() => call(port)))),
  );
  expect(performance.now() - begun).toBeLessThan(IMPATIENT_MS + 2_000);
  await house.drive.faults([]);
  expect(errors.map(factsOf)).toEqual(methods.map(() => TIMED_OUT));
  for (const error of errors) expectNoSecret(error, house.apiKey);
  const first = methods.map(([, , path]) => path);
  expect(calls.map(({ path }) => path).toSorted()).toEqual(first.toSorted());
});

test('every method of the port was tried', () => {
  const { close: _, ...port } = house.port;
  expect(methods.map(([name]) => name).toSorted()).toEqual(Object.keys(port).toSorted());
});

describe('an unlock is one POST', () => {
  test.each(faults)('under %s, before and after the work, on a connection that is kept', async (_, fault) => {
    for (const after of [false, true]) {
      await house.port.workspace();
      await house.drive.faults([{ ...fault, at: '/locks/unlock_door', after }]);
      const { calls } = await house.asked(() => refusalOf(() => house.port.move(known.door, 'unlock')));
      expect(calls).toMatchObject([{ path: '/locks/unlock_door' }]);
      await house.drive.faults([]);
      // Whoever would repeat it late is given the time to.
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect((await house.asked(() => house.port.workspace())).calls).toHaveLength(1);
    }
    await house.drive.clock({ advanceMs: 61_000 });
  });

  test('under a hang, before and after the work', async () => {
    const port = impatient();
    for (const after of [false, true]) {
      await house.drive.faults([{ do: 'hang', at: '/locks/unlock_door', after }]);
      const { answer: error, calls } = await house.asked(() =>
        refusalOf(() => port.move(known.door, 'unlock')),
      );
      expect(factsOf(error)).toEqual(TIMED_OUT);
      expect(calls).toMatchObject([{ path: '/locks/unlock_door' }]);
    }
    await house.drive.faults([]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await house.asked(() => house.port.workspace())).calls).toHaveLength(1);
  });

  test('on the wire too: a kept connection that is cut under it is not tried again', async () => {
    const wire = await server((req, res, count) => {
      if (count > 1 && req.url?.startsWith('/locks/') === true) req.socket.destroy();
      else json(res, { workspace: { name: 'Wire', is_sandbox: true } });
    });
    expect(await wire.port.workspace()).toEqual({ name: 'Wire', sandbox: true });
    expect(await refusalOf(() => wire.port.move(known.door, 'unlock'))).toMatchObject({
      kind: 'lost',
      code: 'ECONNRESET',
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(wire.requests.map(({ line, from }) => [line, from])).toEqual([
      ['GET /workspaces/get', wire.requests[0]?.from],
      ['POST /locks/unlock_door', wire.requests[0]?.from],
    ]);
  });
});

describe('an answer that is none', () => {
  const odd: [string, string, string][] = [
    ['a page', 'text/html', '<p>Welcome to this café’s Wi-Fi</p>'],
    ['nothing', 'application/json', ''],
    ['null', 'application/json', 'null'],
    ['a list', 'application/json', '[]'],
    ['an empty object', 'application/json', '{}'],
    ['half of it', 'application/json', '{"workspace":{"name":'],
    [
      'nulls',
      'application/json',
      '{"action_attempt":null,"workspace":null,"connect_webview":null,"connected_accounts":null,"devices":null,' +
        '"client_sessions":null,"pagination":null}',
    ],
    [
      'things without anything',
      'application/json',
      '{"action_attempt":{},"connect_webview":{},"connected_accounts":[{}],"devices":[{}],"client_sessions":[null],' +
        '"workspace":null,"pagination":{"has_next_page":false,"next_page_cursor":null,"next_page_url":null}}',
    ],
    [
      'an attempt of an unknown kind',
      'application/json',
      '{"action_attempt":{"action_attempt_id":"a","status":"paused","result":null,"error":null}}',
    ],
  ];
  /** Those that read something of the answer. */
  const reading = methods.filter(([name]) =>
    ['workspace', 'createConnectWebview', 'accounts', 'doors', 'door', 'unlock', 'attempt'].includes(name),
  );

  test.each(odd)('(%s) is a lost one, not a TypeError and no success', async (_, type, body) => {
    const wire = await server((_req, res) => {
      res.writeHead(200, { 'content-type': type }).end(body);
    });
    for (const [name, call] of reading) {
      const error = await refusalOf(() => call(wire.port));
      expect({ method: name, ...factsOf(error) }).toMatchObject({
        method: name,
        name: 'SeamError',
        kind: 'lost',
      });
    }
  });

  test('but drips is given up in time', async () => {
    const wire = await server(
      (_req, res) => {
        res.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => res.write(' '), 20);
        res.on('close', () => clearInterval(drip));
      },
      { timeoutMs: IMPATIENT_MS },
    );
    const begun = performance.now();
    expect(await refusalOf(() => wire.port.move(known.door, 'unlock'))).toMatchObject({ kind: 'timeout' });
    expect(performance.now() - begun).toBeLessThan(IMPATIENT_MS + 2_000);
  });

  test('but sends elsewhere is not followed, least of all with the key', async () => {
    const elsewhere = await server((_req, res) =>
      json(res, { workspace: { name: 'Trap', is_sandbox: true } }),
    );
    const wire = await server((_req, res) => {
      res.writeHead(307, { location: `${elsewhere.url}/workspaces/get` }).end();
    });
    expect(await refusalOf(() => wire.port.workspace())).toMatchObject({ kind: 'lost', status: 307 });
    expect(await refusalOf(() => wire.port.move(known.door, 'unlock'))).toMatchObject({
      kind: 'lost',
      status: 307,
    });
    expect(elsewhere.requests).toEqual([]);
  });
});

describe('an answer about something else is a lost one', () => {
  const LOST = { kind: 'lost', code: 'answer_about_another' };

  test('of an attempt', async () => {
    const other = { action_attempt_id: 'other', action_type: 'UNLOCK_DOOR', status: 'pending' };
    const wire = await server((_req, res) => json(res, { action_attempt: other }));
    expect(await refusalOf(() => wire.port.attempt(nothing.attempt, 'unlock'))).toMatchObject(LOST);
  });

  test('of a link', async () => {
    const other = { connect_webview_id: 'other', url: 'https://connect.example', status: 'authorized' };
    const wire = await server((_req, res) =>
      json(res, { connect_webview: { ...other, connected_account_id: 'theirs' } }),
    );
    expect(await refusalOf(() => wire.port.connectWebview(known.webview))).toMatchObject(LOST);
  });
});

describe('a list of which some cannot be read', () => {
  test('is the others, and is counted in one line', async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const wire = await server(
      (_req, res) =>
        json(res, {
          connected_accounts: [{}, { connected_account_id: 'a1', display_name: 'Ben' }, null],
        }),
      { log: createLog({ level: 'warn', destination }) },
    );
    expect(await wire.port.accounts(key)).toEqual([{ id: 'a1', name: 'Ben', healthy: true }]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'warn', kind: 'account', leftOut: 2, fields: ['connected_account_id'] },
    ]);
  });
});

describe('a list that Seam did not filter', () => {
  const device = (id: string, account: string, capability: string) => ({
    device_id: id,
    connected_account_id: account,
    display_name: id,
    capabilities_supported: [capability],
    can_remotely_unlock: capability === 'lock',
    properties: { online: true, locked: true },
    errors: [],
    warnings: [],
  });
  const everybody = {
    devices: [device('mine', 'a1', 'lock'), device('theirs', 'a2', 'lock')],
    pagination: { has_next_page: false, next_page_cursor: null, next_page_url: null },
  };

  test('gives no door to anybody', async () => {
    const wire = await server((_req, res) => json(res, everybody));
    expect(await wire.port.door(key, deviceId('mine'))).toBeNull();
    expect(await wire.port.door(key, deviceId('theirs'))).toBeNull();
  });

  test('is no door if another came back than was asked for', async () => {
    const wire = await server((_req, res) =>
      json(res, { ...everybody, devices: [device('x', 'a1', 'lock')] }),
    );
    expect(await wire.port.door(key, deviceId('mine'))).toBeNull();
    expect(await wire.port.door(key, deviceId('x'))).toMatchObject({ id: 'x' });
  });

  test('gives an account its own doors only', async () => {
    const wire = await server((_req, res) => json(res, everybody));
    const { doors } = await wire.port.doorsOfAccount(key, connectedAccountId('a1'));
    expect(doors.map(({ id }) => id)).toEqual(['mine']);
  });

  test('of sessions deletes none of another person', async () => {
    const wire = await server((req, res) =>
      json(
        res,
        req.url?.startsWith('/client_sessions/list') === true
          ? {
              client_sessions: [
                { client_session_id: 's1', user_identifier_key: 'somebody' },
                { client_session_id: 's2', user_identifier_key: key },
                { client_session_id: 's3', user_identifier_key: null },
              ],
            }
          : {},
      ),
    );
    await wire.port.replaceClientSessions(key, [], EXPIRES);
    expect(wire.requests.map(({ line, body }) => `${line} ${body}`)).toEqual([
      `GET /client_sessions/list ?user_identifier_key=${key}&_strict=true`,
      'DELETE /client_sessions/delete ?client_session_id=s2&_strict=true',
    ]);
  });
});

describe('where it goes', () => {
  test('a server that is not there is unreachable, and nothing was sent', async () => {
    const port = portTo('http://127.0.0.1:9');
    expect(await refusalOf(() => port.move(known.door, 'unlock'))).toMatchObject({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
    });
    const nowhere = portTo('http://latchbolt.invalid');
    expect(await refusalOf(() => nowhere.move(known.door, 'unlock'))).toMatchObject({ kind: 'unreachable' });
  });

  test('no variable of the environment changes it', async () => {
    const decoy = await server((_req, res) => json(res, { workspace: { name: 'Decoy', is_sandbox: false } }));
    const real = await server((_req, res) => json(res, { workspace: { name: 'Real', is_sandbox: true } }));
    const variables = {
      ...Object.fromEntries(
        [
          'SEAM_API_URL',
          'SEAM_ENDPOINT',
          'HTTP_PROXY',
          'HTTPS_PROXY',
          'ALL_PROXY',
          'http_proxy',
          'https_proxy',
        ].map((name) => [name, decoy.url]),
      ),
      NO_PROXY: '',
      no_proxy: '',
      NODE_USE_ENV_PROXY: '1',
      SEAM_API_KEY: 'seam_test_of_the_environment',
      SEAM_WORKSPACE_ID: NOTHING,
      SEAM_PERSONAL_ACCESS_TOKEN: 'seam_at_of_the_environment',
    };
    const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
    onTestFinished(() => {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    });
    Object.assign(process.env, variables);
    const port = portTo(real.url);
    expect(await port.workspace()).toEqual({ name: 'Real', sandbox: true });
    expect(decoy.requests).toEqual([]);
    const [request] = real.requests;
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${KEY}` });
    expect(JSON.stringify(request)).not.toContain('of_the_environment');
    expect(JSON.stringify(request)).not.toContain(NOTHING);
  });
});

const KEY = 'seam_test_0123456789abcdef';

function portTo(endpoint: string, options: Partial<SeamOptions> = {}): SeamPort {
  const port = createSeam({
    apiKey: KEY,
    endpoint,
    acceptedProviders: null,
    timeoutMs: 5_000,
    log,
    ...options,
  });
  onTestFinished(() => port.close());
  return port;
}

interface Received {
  readonly line: string;
  /** The port of the client: the same for requests on one connection. */
  readonly from: number | undefined;
  readonly headers: IncomingMessage['headers'];
  body: string;
}

/** A server of the test's own that notes what it receives, and the port before it. */
async function server(
  answer: (req: IncomingMessage, res: ServerResponse, count: number) => void,
  options: Partial<SeamOptions> = {},
): Promise<{ url: string; port: SeamPort; requests: Received[] }> {
  const requests: Received[] = [];
  const listener: RequestListener = (req, res) => {
    const path = new URL(req.url ?? '/', 'http://local').pathname;
    const received: Received = {
      line: `${req.method} ${path}`,
      from: req.socket.remotePort,
      headers: req.headers,
      body: '',
    };
    requests.push(received);
    received.body = new URL(req.url ?? '/', 'http://local').search;
    req.on('data', (part) => {
      received.body += String(part);
    });
    answer(req, res, requests.length);
  };
  const http = createServer(listener);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const address = http.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  const url = `http://127.0.0.1:${address.port}`;
  return { url, port: portTo(url, options), requests };
}

function json(res: ServerResponse, body: unknown): void {
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What it was refused with; it must be. */
async function refusalOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('it was expected to fail');
}

function factsOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof SeamError)) return { name: String(error) };
  const { name, kind, status, code, waitMs } = error;
  return { name, kind, status, code, waitMs };
}

/** Whatever a log or a crash could print of it. */
function expectNoSecret(error: unknown, apiKey: string): void {
  const printed = [
    inspect(error, { depth: Infinity, showHidden: true, getters: true }),
    JSON.stringify(error),
    String(error),
    error instanceof Error ? error.stack : '',
  ].join('\n');
  expect(printed).toContain('SeamError');
  expect(printed).not.toContain(apiKey);
  expect(printed).not.toMatch(/bearer|authorization/i);
}
