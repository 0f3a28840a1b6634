/** Senders that are slow, or never finish: each has to be answered or cut, and none may hold up the others. */
import { connect } from 'node:net';
import { headed } from './wire.ts';

/** The bot gives a whole request 11 s; on a slow machine that may come late, ms. */
const BOUND_MS = 30_000;
/** The pause before the next byte, ms. */
const DRIP_MS = 400;

const HEAD = headed('POST', '/slack/events', [['content-length', '200000']]);
const CHUNKED = headed('POST', '/slack/events', [['transfer-encoding', 'chunked']]);
const WEBHOOK = headed('POST', '/seam/webhooks', [['content-length', '200000']]);

/** What is sent at once, and what drips after it. */
const SORTS: readonly { readonly begin: Buffer; readonly drip: string }[] = [
  { begin: HEAD.subarray(0, 30), drip: '' },
  { begin: HEAD.subarray(0, -2), drip: 'x-more: a\r\n' },
  { begin: HEAD.subarray(0, -10), drip: '1' },
  { begin: HEAD, drip: '' },
  { begin: HEAD, drip: 'a' },
  { begin: WEBHOOK, drip: 'a' },
  { begin: CHUNKED, drip: '1\r\na\r\n' },
  { begin: CHUNKED, drip: '' },
];

/** Opens so many at once, and resolves to how many were neither answered nor cut in time. */
export async function slowSenders(port: number, count: number): Promise<number> {
  const held = await Promise.all(
    Array.from({ length: count }, (_, n) => {
      const { begin, drip } = SORTS[n % SORTS.length] ?? { begin: HEAD, drip: '' };
      return isHeld(port, begin, drip);
    }),
  );
  return held.filter(Boolean).length;
}

function isHeld(port: number, begin: Buffer, drip: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const dripping = setInterval(() => drip !== '' && socket.write(drip), DRIP_MS);
    const bound = setTimeout(() => end(true), BOUND_MS);
    const end = (held: boolean): void => {
      clearInterval(dripping);
      clearTimeout(bound);
      socket.destroy();
      resolve(held);
    };
    socket.on('error', () => undefined);
    socket.on('close', () => end(false));
    socket.on('data', () => end(false));
    socket.write(begin);
  });
}
