import type { ServerResponse } from 'node:http';
import type { Fault as SeamFault } from '../../../src/sandbox/seam/drive.ts';
import type { Fault as SlackFault } from '../../../src/sandbox/slack/drive.ts';

/** Everything that is done to an answer. */
export const KINDS = ['reset', 'hang', '429', '500 in HTML', '503', 'cut short'] as const;
export type Kind = (typeof KINDS)[number];

const HTML = '<html><body><h1>Internal Server Error</h1></body></html>';
/** What a 429 asks for, s. Slack's is short, as for one message a second, so that its wait is over when the fault is. */
const [SEAM_RETRY_AFTER_S, SLACK_RETRY_AFTER_S] = [30, 5];

/** The fault for the local Seam, at one of its paths. `after`: once the work is done, so that only the answer is lost. */
export function seamFault(at: string, kind: Kind, after: boolean): SeamFault {
  switch (kind) {
    case 'reset':
      return { at, do: 'reset', after };
    case 'hang':
      return { at, do: 'hang', after };
    case 'cut short':
      return { at, do: 'truncate', after };
    case '429':
      return { at, do: 'status', status: 429, retryAfter: SEAM_RETRY_AFTER_S, after };
    case '500 in HTML':
      return { at, do: 'status', status: 500, body: HTML, contentType: 'text/html', after };
    case '503':
      return { at, do: 'status', status: 503, after };
  }
}

/** The fault for the local Slack, at one of its methods. */
export function slackFault(at: string, kind: Kind): SlackFault {
  switch (kind) {
    case 'reset':
    case 'hang':
      return { at, do: kind };
    case 'cut short':
      return { at, do: 'truncate' };
    case '429':
      return { at, do: 'status', status: 429, retryAfter: SLACK_RETRY_AFTER_S };
    case '500 in HTML':
      return { at, do: 'status', status: 500, body: HTML };
    case '503':
      return { at, do: 'status', status: 503 };
  }
}

/** Does it to an answer of the sink. */
export function spoil(response: ServerResponse, kind: Kind): void {
  switch (kind) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'cut short':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"ok":true,', () => response.destroy());
      return;
    case '429':
      response.writeHead(429, { 'retry-after': String(SLACK_RETRY_AFTER_S) }).end();
      return;
    case '500 in HTML':
      response.writeHead(500, { 'content-type': 'text/html' }).end(HTML);
      return;
    case '503':
      response.writeHead(503).end();
  }
}
