import { connect, type Socket } from 'node:net';
import { createLog, type Log } from '../../src/log.ts';

/** A bare connection, for what no HTTP client would send. */
export interface Raw {
  socket: Socket;
  /** What has arrived so far. */
  received(): string;
  /** Resolves once `text` has arrived; rejects when the other side closes before that. */
  until(text: string): Promise<string>;
  /** Resolves to everything that arrived, once the other side has closed. */
  closed: Promise<string>;
}

export function raw(port: number, ...parts: (string | Uint8Array)[]): Raw {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  const waiting = new Set<() => void>();
  const closed = new Promise<string>((resolve) => {
    socket.on('close', () => resolve(text));
  });
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    text += chunk;
    for (const look of waiting) look();
  });
  // A reset is one way in which a server may end a connection.
  socket.on('error', () => undefined);
  for (const part of parts) socket.write(part);
  return {
    socket,
    received: () => text,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (!text.includes(wanted)) return;
          waiting.delete(look);
          resolve(text);
        };
        waiting.add(look);
        void closed.then(() => reject(new Error(`closed before ${JSON.stringify(wanted)}: ${text}`)));
        look();
      }),
    closed,
  };
}

/** Sends and resolves to all that came back, once the other side has closed. */
export function exchange(port: number, ...parts: (string | Uint8Array)[]): Promise<string> {
  return raw(port, ...parts).closed;
}

/** A log whose lines, from `info` on, a test can read. */
export function memoryLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  return { log, lines };
}
