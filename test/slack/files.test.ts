import { readdir } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { WebClient } from '@slack/web-api';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { createFiles } from '../../src/slack/files.ts';
import { silent } from '../sandbox/slack/support.ts';

/** A Slack that gives addresses for files, and what else of it was called. */
interface Taker {
  readonly apiUrl: string;
  readonly origin: string;
  /** Where it says that a file goes. */
  address: string;
  /** How it takes one. */
  take: (response: ServerResponse) => void;
  readonly got: { path: string; body: string; length: string | undefined }[];
}

async function taker(): Promise<Taker> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const part of request) body += String(part);
    const { url: path = '', headers } = request;
    made.got.push({ path, body, length: headers['content-length'] });
    if (path.startsWith('/api/')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, upload_url: made.address, file_id: 'F1', files: [] }));
    } else made.take(response);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const origin = `http://127.0.0.1:${port}`;
  const made: Taker = {
    apiUrl: `${origin}/api/`,
    origin,
    address: `${origin}/upload/v1/secret`,
    take: (response) => void response.end('OK'),
    got: [],
  };
  return made;
}

let made: Taker;
let count = 0;
beforeEach(async () => {
  made = await taker();
});

const filesOf = ({ apiUrl }: Taker) => {
  const client = new WebClient('xoxb-1', {
    slackApiUrl: apiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
  });
  const newId = () => {
    count += 1;
    return `files-test-${process.pid}-${count}`;
  };
  return createFiles({ client, slackApiUrl: apiUrl, newId, log: createLog({ level: 'silent' }) });
};
async function* pieces() {
  yield 'Tür,';
  yield '';
  yield '🚪\r\n';
}
const left = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith(`latchbolt-files-test-${process.pid}`));

test('a file goes in three steps, with its length in bytes first, and leaves nothing behind', async () => {
  const files = filesOf(made);
  await files.share(await files.upload('a.csv', pieces()), 'D1', 'My file');
  const calls = made.got.map(({ path, body, length }) => ({
    path,
    length,
    body: path.startsWith('/api/') ? Object.fromEntries(new URLSearchParams(body)) : body,
  }));
  expect(calls).toEqual([
    {
      path: '/api/files.getUploadURLExternal',
      length: expect.any(String),
      body: expect.objectContaining({ filename: 'a.csv', length: '11' }),
    },
    { path: '/upload/v1/secret', length: '11', body: 'Tür,🚪\r\n' },
    {
      path: '/api/files.completeUploadExternal',
      length: expect.any(String),
      body: expect.objectContaining({ channel_id: 'D1', files: '[{"id":"F1","title":"My file"}]' }),
    },
  ]);
  expect(await left()).toEqual([]);
});

describe('a file is handed to nobody', () => {
  const refused = async (message: string) => {
    await expect(filesOf(made).upload('a.csv', pieces())).rejects.toMatchObject({
      name: 'FileError',
      message,
    });
    expect(await left()).toEqual([]);
  };

  test('else than Slack', async () => {
    const other = await taker();
    made.address = `${other.origin}/upload/v1/secret`;
    await refused('an address that is not Slack’s');
    for (const odd of [
      'https://files.slack.com.example.org/upload',
      'http://files.slack.com/upload',
      'https://slack.com@example.org/upload',
    ]) {
      made.address = odd;
      await refused('an address that is not Slack’s');
    }
    made.address = 'file:///etc/passwd';
    await refused('no address');
    expect(other.got).toEqual([]);
  });

  test('whom Slack sends it on to', async () => {
    const other = await taker();
    made.take = (response) => void response.writeHead(307, { location: other.address }).end();
    await refused('status 307');
    expect(other.got).toEqual([]);
  });

  test('where its pieces fail', async () => {
    async function* broken() {
      yield 'a';
      throw new TypeError('no more');
    }
    await expect(filesOf(made).upload('a.csv', broken())).rejects.toThrow('no more');
    expect(made.got).toEqual([]);
    expect(await left()).toEqual([]);
  });
});
