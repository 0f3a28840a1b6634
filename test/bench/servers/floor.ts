/** The floor: `node:http`, the signature, 200. `parsed` also reads the body and looks who it is in a Map. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { parse } from 'node:querystring';
import { z } from 'zod';
import { settingsOf } from '../worker.ts';
import { measure } from './measured.ts';
import { SIGNING_SECRET, siteSettings } from './site.ts';

const { port, parsed } = settingsOf(siteSettings.extend({ parsed: z.boolean() }));
const handlers = new Map([
  ['/locks', 200],
  ['bench:ack', 200],
]);
const action = z.object({ actions: z.tuple([z.object({ action_id: z.string() })]) });

const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const body = Buffer.concat(pieces);
    const signature = String(request.headers['x-slack-signature']);
    const date = String(request.headers['x-slack-request-timestamp']);
    const hmac = createHmac('sha256', SIGNING_SECRET).update(`v0:${date}:`).update(body).digest();
    const given = Buffer.from(signature.slice(3), 'hex');
    const recent = Math.abs(Date.now() / 1000 - Number(date)) < 300;
    const genuine = recent && given.length === hmac.length && timingSafeEqual(hmac, given);
    const status = parsed ? (handlers.get(wordOf(body)) ?? 404) : 200;
    response.writeHead(genuine ? status : 401, { 'content-length': 0 }).end();
  });
});

function wordOf(body: Buffer): string {
  const fields = parse(body.toString());
  if (typeof fields.payload !== 'string') return String(fields.command);
  return action.parse(JSON.parse(fields.payload)).actions[0].action_id;
}

server.listen(port, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
measure({
  port: typeof address === 'object' && address !== null ? address.port : 0,
  async close() {
    server.closeAllConnections();
    server.close();
  },
});
