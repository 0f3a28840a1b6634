import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** An answer as it passed by. */
export interface Recorded {
  method: string;
  path: string;
  status: number;
  requestId: string | null;
  body: unknown;
}

/** A server in front of another that passes everything on and notes each answer. */
export async function recorder(target: string): Promise<{ url: string; answers: Recorded[] }> {
  const answers: Recorded[] = [];
  const server = createServer((req, res) => {
    void buffer(req).then(async (asked) => {
      const url = new URL(req.url ?? '/', target);
      const method = req.method ?? 'GET';
      const answer = await fetch(url, {
        method,
        headers: {
          authorization: req.headers.authorization ?? '',
          'content-type': req.headers['content-type'] ?? 'application/json',
        },
        ...(asked.length > 0 ? { body: new Uint8Array(asked) } : {}),
      });
      const text = await answer.text();
      const requestId = answer.headers.get('seam-request-id');
      answers.push({ method, path: url.pathname, status: answer.status, requestId, body: JSON.parse(text) });
      res.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It does not listen');
  return { url: `http://127.0.0.1:${address.port}`, answers };
}
