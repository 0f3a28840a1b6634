/** The connections on which Seam is asked: what never became one has sent nothing, and one that is there is used again. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Server as NetServer } from 'node:net';
import { Worker } from 'node:worker_threads';
import axios from 'axios';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { deviceId } from '../../src/domain/ids.ts';
import { createLog } from '../../src/log.ts';
import { createSeam } from '../../src/seam/adapter.ts';
import { outcomeOfFailedMove, toSeamError } from '../../src/seam/errors.ts';
import { createTransport } from '../../src/seam/transport.ts';

/** As long as the bot gives one request, ms. */
const PATIENCE_MS = 5_000;
/** Ours ends within 3 s; undici's own patience for a connection is 10 s. */
const WELL_BEFORE_UNDICI_MS = 9_000;

/** What an unlock comes to that is asked of this address. */
async function unlockAt(endpoint: string) {
  const log = createLog({ level: 'silent' });
  const seam = createSeam({
    apiKey: 'seam_key',
    endpoint,
    acceptedProviders: null,
    timeoutMs: PATIENCE_MS,
    log,
  });
  onTestFinished(() => seam.close());
  const error = await seam.move(deviceId('door-1'), 'unlock').then(
    () => null,
    (thrown: unknown) => toSeamError(thrown),
  );
  if (error === null) throw new Error('the unlock went through');
  const { kind, code, status } = error;
  return { kind, code, status, outcome: outcomeOfFailedMove(error) };
}

const NOT_SENT = { kind: 'failed', reason: 'seam_unreachable', said: null, waitMs: null };

test('a connection that is never made has sent nothing, which is known before the person gives up', {
  timeout: WELL_BEFORE_UNDICI_MS,
}, async () => {
  const port = await portThatNobodyAnswers();
  expect(await unlockAt(`http://127.0.0.1:${port}`)).toEqual({
    kind: 'unreachable',
    code: 'UND_ERR_CONNECT_TIMEOUT',
    status: null,
    outcome: NOT_SENT,
  });
});

test('a certificate that nobody vouches for is sent nothing', async () => {
  let requests = 0;
  const server = createSecureServer(selfSigned(), (_, response) => {
    requests += 1;
    response.end();
  });
  const port = await listen(server);
  expect(await unlockAt(`https://127.0.0.1:${port}`)).toEqual({
    kind: 'unreachable',
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    status: null,
    outcome: NOT_SENT,
  });
  expect(requests).toBe(0);
});

test('what is asked one after the other goes over one connection', async () => {
  const server = createServer((request, response) => response.end(request.url));
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const port = await listen(server);
  const { adapter, close } = createTransport();
  onTestFinished(close);
  const client = axios.create({ adapter, baseURL: `http://127.0.0.1:${port}` });
  const answers: unknown[] = [];
  for (const path of ['/1', '/2', '/3']) answers.push((await client.post(path, { path })).data);
  expect({ answers, connections }).toEqual({ answers: ['/1', '/2', '/3'], connections: 1 });
});

/** The port of a server that is stuck, and has as many callers waiting as the system lets wait. */
async function portThatNobodyAnswers(): Promise<number> {
  const stuck = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     });`,
    { eval: true },
  );
  onTestFinished(async () => {
    await stuck.terminate();
  });
  const [said] = await once(stuck, 'message');
  const port = z.number().parse(said);
  // A queue of one holds two on Linux.
  for (let waiting = 0; waiting < 2; waiting += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    onTestFinished(() => {
      socket.destroy();
    });
    await once(socket, 'connect');
  }
  return port;
}

async function listen(server: Server | (NetServer & Pick<Server, 'closeAllConnections'>)): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A key and a certificate that it signed itself. Node reads certificates, but makes none: this is its DER by hand. */
function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const ed25519 = der(0x30, Buffer.from([0x06, 0x03, 0x2b, 0x65, 0x70]));
  const nobody = der(0x30);
  const until2049 = der(0x30, ...['700101000000Z', '491231235959Z'].map((at) => der(0x17, Buffer.from(at))));
  const serial = der(0x02, Buffer.from([1]));
  const facts = der(0x30, serial, ed25519, nobody, until2049, nobody, spkiOf(publicKey));
  const signature = der(0x03, Buffer.from([0]), sign(null, facts, privateKey));
  const cert = der(0x30, facts, ed25519, signature).toString('base64');
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert}\n-----END CERTIFICATE-----\n`,
  };
}

function spkiOf(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' });
}

/** One value of DER, of up to 255 bytes. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  const length = value.length < 0x80 ? [value.length] : [0x81, value.length];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}
