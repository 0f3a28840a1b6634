/** What a connection gets whose bytes are not HTTP, or came too slowly. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What stands on one connection: how many requests wait for their answer, and the answer that was begun last. */
interface Standing {
  unanswered: number;
  last: ServerResponse;
}

/** By connection; they are forgotten with it. */
export type Standings = WeakMap<Duplex, Standing>;

/** Node's names of parse errors that have a status of their own; everything else is a 400. */
const PARSE_STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** Remembers that an answer is owed on the request's connection, until the response is closed. */
export function note(standings: Standings, request: IncomingMessage, response: ServerResponse): void {
  const standing = standings.get(request.socket) ?? { unanswered: 0, last: response };
  standings.set(request.socket, standing);
  standing.unanswered += 1;
  standing.last = response;
  response.once('close', () => {
    standing.unanswered -= 1;
  });
}

/** Ends a broken connection, with a status where that can be told. */
export function refuseBroken(standings: Standings, error: NodeJS.ErrnoException, socket: Duplex): void {
  const status = PARSE_STATUS[error.code ?? ''] ?? '400 Bad Request';
  if (!socket.writable || !isNextAnswer(standings.get(socket))) socket.destroy();
  else
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`, () =>
      socket.destroy(),
    );
}

/** While the answer to an earlier request is outstanding, a status line of ours would be taken for that answer. */
function isNextAnswer(standing: Standing | undefined): boolean {
  if (standing === undefined || standing.unanswered === 0) return true;
  const { unanswered, last } = standing;
  return unanswered === 1 && !last.req.complete && !last.headersSent;
}
