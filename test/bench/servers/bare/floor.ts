/** A server of `node:http` and nothing else, for its start and memory: `floor.ts PORT`. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

createServer(async (request, response) => {
  const hmac = createHmac('sha256', 'secret');
  for await (const piece of request) hmac.update(piece);
  hmac.digest();
  response.writeHead(200).end();
}).listen(Number(process.argv[2]), '127.0.0.1');
