import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttpServer, type HttpRequest, type HttpServer, type Route } from '../../src/server/http.ts';
import { exchange, memoryLog, raw } from './raw.ts';

const QUICK = { headersMs: 200, requestMs: 700, keepAliveMs: 65_000, checkMs: 50 };

let server: HttpServer;
let port: number;
let lines: string[];
let requests: HttpRequest[];
let release: () => void;

/** Echoes what it is sent. */
const echo: Route = {
  method: 'POST',
  path: '/echo',
  maxBody: 10,
  async handle(request) {
    requests.push(request);
    return { status: 201, headers: { 'x-own': 'yes' }, body: request.rawBody.toString() };
  },
};
const page: Route = {
  method: 'GET',
  path: '/page',
  maxBody: 0,
  async handle(request) {
    requests.push(request);
    return { status: 200, body: 'ä page' };
  },
};
/** Answers when the test calls `release`. */
const slow: Route = {
  method: 'GET',
  path: '/slow',
  maxBody: 0,
  handle: (request) =>
    new Promise((resolve) => {
      requests.push(request);
      release = () => resolve({ status: 200, body: 'at last' });
    }),
};
const failing: Route = {
  method: 'GET',
  path: '/failing',
  maxBody: 0,
  async handle() {
    throw new Error('https://hooks.slack.com/commands/secret');
  },
};
const throwing: Route = {
  ...failing,
  path: '/throwing',
  handle: () => {
    throw new TypeError('at once');
  },
};
const unsendable: Route = {
  ...failing,
  path: '/unsendable',
  handle: async () => ({ status: 200, headers: { 'x-bad': 'a\r\nb: c' } }),
};

beforeEach(async () => {
  const memory = memoryLog();
  lines = memory.lines;
  requests = [];
  server = createHttpServer([echo, page, slow, failing, throwing, unsendable], memory.log, QUICK);
  port = await server.listen(0, '127.0.0.1');
});
afterEach(() => server.close(0));

const url = (path: string): string => `http://127.0.0.1:${port}${path}`;
const head = (line: string, ...headers: string[]): string =>
  `${[line, 'host: x', ...headers].join('\r\n')}\r\n\r\n`;
const alive = async (): Promise<void> => expect((await fetch(url('/page'))).status).toBe(200);

describe('routes', () => {
  test('a handler gets the request and its answer goes out', async () => {
    const answer = await fetch(url('/echo?a=1&b=%20'), { method: 'POST', body: 'hällo' });
    expect([answer.status, answer.headers.get('x-own'), await answer.text()]).toEqual([201, 'yes', 'hällo']);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/echo', rawBody: Buffer.from('hällo') });
    expect([...(requests[0]?.query ?? [])]).toEqual([
      ['a', '1'],
      ['b', ' '],
    ]);
  });

  test('HEAD gets the headers of GET and no body', async () => {
    const answer = await exchange(port, head('HEAD /page HTTP/1.1', 'connection: close'));
    expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*content-length: 7\r\n[\s\S]*\r\n\r\n$/);
    expect(requests[0]?.method).toBe('HEAD');
  });

  test.each([
    ['GET', '/nothing', 404, null],
    ['GET', '/page/', 404, null],
    ['GET', '/pag%65', 404, null],
    ['GET', '/echo', 405, 'POST'],
    ['HEAD', '/echo', 405, 'POST'],
    ['DELETE', '/page', 405, 'GET, HEAD'],
    ['OPTIONS', '/page', 405, 'GET, HEAD'],
  ])('%s %s is a %d', async (method, path, status, allow) => {
    const answer = await fetch(url(path), { method });
    expect([answer.status, answer.headers.get('allow'), await answer.text()]).toEqual([status, allow, '']);
  });

  test('two routes for one method and path are a mistake', () => {
    expect(() => createHttpServer([page, { ...page }], memoryLog().log)).toThrow('two routes for GET /page');
  });

  test('a port that is taken rejects', async () => {
    const other = createHttpServer([], memoryLog().log);
    await expect(other.listen(port, '127.0.0.1')).rejects.toThrow('EADDRINUSE');
  });

  test.each(['/failing', '/throwing', '/unsendable'])(
    '%s: a 500 without a word, and one line',
    async (path) => {
      const answer = await fetch(url(path));
      expect([answer.status, await answer.text()]).toEqual([500, '']);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(`"path":"${path}"`);
      expect(lines[0]).not.toContain('secret');
      await alive();
    },
  );
});

describe('bodies', () => {
  test('as large as allowed is taken, one byte more is not', async () => {
    expect((await fetch(url('/echo'), { method: 'POST', body: 'x'.repeat(10) })).status).toBe(201);
    expect((await fetch(url('/echo'), { method: 'POST', body: 'x'.repeat(11) })).status).toBe(413);
    expect(requests).toHaveLength(1);
  });

  test('a body that says it is too large is refused before any of it is sent', async () => {
    const answer = await exchange(port, head('POST /echo HTTP/1.1', 'content-length: 11'));
    expect(answer).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close/);
  });

  test('a body that does not say how large it is, is refused where it becomes too large', async () => {
    const answer = await exchange(
      port,
      head('POST /echo HTTP/1.1', 'transfer-encoding: chunked'),
      '8\r\n12345678\r\n3\r\nabc\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(requests).toEqual([]);
  });

  test('a body where none belongs ends the connection with the answer', async () => {
    for (const [path, status] of [
      ['/nothing', 404],
      ['/page', 413],
    ]) {
      const answer = await exchange(port, head(`GET ${path} HTTP/1.1`, 'content-length: 5'));
      expect(answer.match(/HTTP.1.1 \d+|connection: \w+/g)).toEqual([
        `HTTP/1.1 ${status}`,
        'connection: close',
      ]);
    }
  });

  test('who asks before sending is told to, unless it is too much', async () => {
    const asking = (length: number): string =>
      head('POST /echo HTTP/1.1', 'expect: 100-continue', `content-length: ${length}`, 'connection: close');
    const polite = raw(port, asking(3));
    await polite.until('HTTP/1.1 100 Continue\r\n\r\n');
    polite.socket.write('abc');
    expect(await polite.closed).toMatch(/HTTP\/1.1 201 [\s\S]*abc$/);
    expect(await exchange(port, asking(11))).toMatch(/^HTTP\/1.1 413 /);
  });

  test('a body that breaks off reaches no handler', async () => {
    const { socket, closed } = raw(port, head('POST /echo HTTP/1.1', 'content-length: 9'), 'abc');
    await sleep(30);
    socket.destroy();
    await closed;
    await alive();
    expect(requests.map(({ path }) => path)).toEqual(['/page']);
    expect(lines).toEqual([]);
  });
});

describe('broken requests', () => {
  test.each([
    ['no HTTP', 'hello there\r\n\r\n', 400],
    ['TLS', new Uint8Array([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 0, 0, 0]), 400],
    ['no host', 'GET /page HTTP/1.1\r\n\r\n', 400],
    ['a header without a name', head('GET /page HTTP/1.1', ': x'), 400],
    ['a NUL in a header', head('GET /page HTTP/1.1', 'a: b\0c'), 400],
    ['two lengths', head('POST /echo HTTP/1.1', 'content-length: 3', 'content-length: 4'), 400],
    [
      'a length and chunks',
      head('POST /echo HTTP/1.1', 'content-length: 3', 'transfer-encoding: chunked'),
      400,
    ],
    ['a broken chunk', `${head('POST /echo HTTP/1.1', 'transfer-encoding: chunked')}zz\r\n`, 400],
    ['headers without end', head('GET /page HTTP/1.1', `a: ${'x'.repeat(20_000)}`), 431],
    ['many headers', head('GET /page HTTP/1.1', ...Array<string>(5000).fill('a: b')), 431],
    ['a proxy request', head('GET http://127.0.0.1/page HTTP/1.1', 'connection: close'), 400],
    ['an asterisk', head('OPTIONS * HTTP/1.1', 'connection: close'), 400],
  ])('%s', async (_, bytes, status) => {
    expect(await exchange(port, bytes)).toMatch(
      new RegExp(`^HTTP/1.1 ${status} [\\s\\S]*connection: close`, 'i'),
    );
    expect(requests).toEqual([]);
    await alive();
    expect(lines).toEqual([]);
  });

  test('what follows an unanswered request is not answered in its place', async () => {
    const answers = await exchange(port, head('GET /slow HTTP/1.1'), 'GARBAGE\r\n\r\n');
    expect(answers).toBe('');
    await alive();
  });

  test('requests sent in a row are answered in a row', async () => {
    const both = exchange(port, head('GET /slow HTTP/1.1'), head('GET /page HTTP/1.1', 'connection: close'));
    await sleep(50);
    release();
    expect(await both).toMatch(/at last[\s\S]*page$/);
  });

  test('headers and bodies that trickle are cut off', async () => {
    const since = performance.now();
    const took: number[] = [];
    const trickle = async (...start: string[]): Promise<string> => {
      const { socket, closed } = raw(port, ...start);
      const timer = setInterval(() => socket.write('x'), 90);
      const answer = await closed;
      took.push(performance.now() - since);
      clearInterval(timer);
      return answer;
    };
    const answers = await Promise.all([
      trickle('GET /page HTTP/1.1\r\nhost: x\r\na: '),
      trickle(head('POST /echo HTTP/1.1', 'transfer-encoding: chunked'), 'a\r\n'),
      exchange(port, head('POST /echo HTTP/1.1', 'content-length: 10'), 'abc'),
    ]);
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(requests).toEqual([]);
    // The headers alone get less time than the whole.
    expect(took[0]).toBeLessThan(600);
    await alive();
  });

  test('no bytes bring it down', async () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom(
        'POST /echo HTTP/1.1\r\n',
        'GET /page HTTP/1.1\r\n',
        'host: x\r\n',
        'content-length: 4\r\n',
        'transfer-encoding: chunked\r\n',
        'expect: 100-continue\r\n',
        'upgrade: websocket\r\nconnection: upgrade\r\n',
        'CONNECT x:1 HTTP/1.1\r\n',
        '\r\n',
        '4\r\nabcd\r\n0\r\n\r\n',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 8 }), async (parts) => {
        const connection = raw(port, ...parts);
        connection.socket.end();
        expect(await connection.closed).not.toMatch(/HTTP\/1.1 5/);
      }),
      { numRuns: 150 },
    );
    await alive();
  });
});

describe('closing', () => {
  test('ends idle and silent connections at once', async () => {
    const idle = raw(port, head('GET /page HTTP/1.1'));
    await idle.until('page');
    const silent = raw(port);
    await sleep(20);
    const since = performance.now();
    await Promise.all([server.close(5_000), idle.closed, silent.closed]);
    expect(performance.now() - since).toBeLessThan(500);
    await expect(fetch(url('/page'))).rejects.toThrow();
  });

  test('lets what is in flight finish', async () => {
    const inFlight = raw(port, head('GET /slow HTTP/1.1'));
    await sleep(50);
    let done = false;
    const closing = server.close(5_000).then(() => {
      done = true;
    });
    await sleep(50);
    expect(done).toBe(false);
    release();
    expect(await inFlight.closed).toMatch(/connection: close[\s\S]*at last$/);
    await closing;
  });

  test('cuts what does not finish in time', async () => {
    const stuck = raw(port, head('GET /slow HTTP/1.1'));
    await sleep(50);
    await server.close(60);
    expect(await stuck.closed).toBe('');
  });

  test('may be asked for twice, and of a server that never listened', async () => {
    await Promise.all([server.close(0), server.close(0)]);
    await createHttpServer([], memoryLog().log).close(1_000);
  });
});
