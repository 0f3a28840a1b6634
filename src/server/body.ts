import type { IncomingMessage } from 'node:http';

/** What became of a body: all of it, more than is allowed, or a sender that went away in the middle. */
export type Body = Buffer | 'too large' | 'gone';

/** True when the request says that it has a body, whatever its method. */
export function expectsBody(request: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

/**
 * Reads a body of at most `maxBody` bytes, and not a chunk further. Never rejects.
 *
 * @param goAhead tells a sender that asked first (`Expect: 100-continue`) to send; it is not called for a body that
 * already says that it is too large.
 */
export function readBody(request: IncomingMessage, maxBody: number, goAhead: () => void): Promise<Body> {
  if (Number(request.headers['content-length'] ?? 0) > maxBody) return Promise.resolve('too large');
  if (request.headers.expect !== undefined) goAhead();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBody) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      resolve('too large');
    });
    request.on('end', () => resolve(joined(chunks)));
    // Comes after every end, good or bad.
    request.on('close', () => resolve('gone'));
  });
}

/** Most bodies arrive as one chunk, which needs no copy. */
function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}
