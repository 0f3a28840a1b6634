import { connect } from 'node:net';
import type { Ledger } from './ledger.ts';

/** Requests of strangers, whose answers must not tell anything. */
const REQUESTS = [
  'GET /healthz HTTP/1.1\r\nhost: bot\r\nconnection: close\r\n\r\n',
  'HEAD /healthz HTTP/1.1\r\nhost: bot\r\nconnection: close\r\n\r\n',
  'TRACE /healthz HTTP/1.1\r\nhost: bot\r\nconnection: close\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: bot\r\nconnection: close\r\n\r\n',
  'GET /.env HTTP/1.1\r\nhost: bot\r\nconnection: close\r\n\r\n',
  'GET /../latchbolt.db HTTP/1.1\r\nhost: bot\r\nconnection: close\r\n\r\n',
  'POST /slack/events HTTP/1.1\r\nhost: bot\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
  'POST /seam/webhooks HTTP/1.1\r\nhost: bot\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}',
  'nonsense\r\n\r\n',
];

/** Sends them, and notes all that comes back. */
export async function probe(port: number, ledger: Ledger): Promise<void> {
  for (const request of REQUESTS) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(request));
      socket.on('data', (piece) => ledger.note('answers of the server', piece));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.setTimeout(15_000, () => socket.destroy());
    });
  }
}
