import { WebClient } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { long, only, type Rig, rig, silent } from './support.ts';

const CSV = 'door,when\nFront Door,“10:00”\n';
const BYTES = Buffer.byteLength(CSV);

const announce = (made: Rig, args: object = {}) =>
  made.api('files.getUploadURLExternal', { filename: 'history.csv', length: BYTES, ...args });
const complete = (made: Rig, id: unknown, args: object = {}) =>
  made.api('files.completeUploadExternal', { files: [{ id }], channel_id: 'D0BEN', ...args });

async function send(url: unknown, body: string | FormData) {
  const response = await fetch(String(url), { method: 'POST', body });
  return { status: response.status, said: await response.text() };
}

/** A file whose bytes are there. */
async function uploaded(made: Rig): Promise<unknown> {
  const { upload_url, file_id } = await announce(made);
  await send(upload_url, CSV);
  return file_id;
}

const file = (id: unknown) => ({ id, name: 'history.csv', mimetype: 'text/csv', size: BYTES, content: CSV });

test('a file is announced, sent, and shared with the people of one channel', async () => {
  const made = await rig();
  const { upload_url, file_id, ...rest } = await announce(made);
  expect(rest).toEqual({ ok: true });
  expect(await send(upload_url, CSV)).toEqual({ status: 200, said: `OK - ${BYTES}` });
  expect((await made.drive.view('U0BEN')).messages).toEqual([]);
  const answer = await complete(made, file_id, { initial_comment: 'Your history' });
  expect(answer).toEqual({
    ok: true,
    files: [
      {
        id: file_id,
        name: 'history.csv',
        title: 'history.csv',
        mimetype: 'text/csv',
        filetype: 'csv',
        user: 'U0LATCHBOLT',
        user_team: 'T0ACME',
        size: BYTES,
        mode: 'hosted',
        is_external: false,
        is_public: false,
      },
    ],
  });
  expect(only((await made.drive.view('U0BEN')).messages)).toEqual({
    id: expect.any(String),
    ts: expect.any(String),
    channelId: 'D0BEN',
    author: { kind: 'app', name: 'Latchbolt' },
    ephemeral: false,
    edited: false,
    text: 'Your history',
    blocks: [],
    files: [file(file_id)],
    threadTs: null,
    shared: null,
  });
  expect((await made.drive.view('U0OLIVIA')).messages).toEqual([]);
  expect((await made.drive.calls()).map(({ method, body, ok }) => ({ method, body, ok }))).toEqual([
    { method: 'files.getUploadURLExternal', body: { filename: 'history.csv', length: BYTES }, ok: true },
    { method: 'upload', body: { length: BYTES }, ok: true },
    {
      method: 'files.completeUploadExternal',
      body: { files: [{ id: file_id }], channel_id: 'D0BEN', initial_comment: 'Your history' },
      ok: true,
    },
  ]);
});

test('Slack’s own client does all of it in one call, to a thread too, and with several files', async () => {
  const made = await rig();
  const client = new WebClient(made.slack.botToken, { slackApiUrl: made.slack.apiUrl, logger: silent });
  const one = await client.filesUploadV2({
    channel_id: 'D0BEN',
    filename: 'history.csv',
    content: CSV,
    initial_comment: 'Your history',
    title: 'All of it',
  });
  expect(one).toMatchObject({ ok: true, files: [{ ok: true, files: [{ title: 'All of it' }] }] });
  const [first] = (await made.drive.view('U0BEN')).messages;
  await client.files.uploadV2({
    channel_id: 'D0BEN',
    thread_ts: first?.ts ?? '',
    file_uploads: [
      { filename: 'a.txt', content: 'A' },
      { filename: 'b.bin', file: Buffer.from('B') },
    ],
  });
  const seen = (await made.drive.view('U0BEN')).messages.map(({ text, files, threadTs }) => ({
    text,
    files: files.map(({ name, mimetype, content }) => ({ name, mimetype, content })),
    threadTs,
  }));
  expect(seen).toEqual([
    {
      text: 'Your history',
      files: [{ name: 'history.csv', mimetype: 'text/csv', content: CSV }],
      threadTs: null,
    },
    {
      text: '',
      files: [
        { name: 'a.txt', mimetype: 'text/plain', content: 'A' },
        { name: 'b.bin', mimetype: 'application/octet-stream', content: 'B' },
      ],
      threadTs: first?.ts,
    },
  ]);
});

test('a message with a file carries it in payloads, without what is in it', async () => {
  const made = await rig();
  await complete(made, await uploaded(made), { initial_comment: 'Your history' });
  const { id } = only((await made.drive.view('U0BEN')).messages);
  const { delivered } = await made.drive.shortcut({
    as: 'U0BEN',
    callback_id: 'shortcut:message',
    message: id,
  });
  expect(delivered.body.message).toMatchObject({ text: 'Your history', files: [{ name: 'history.csv' }] });
  expect(JSON.stringify(delivered.body)).not.toContain('Front Door');
});

test('without a channel nobody sees the file', async () => {
  const made = await rig();
  const id = await uploaded(made);
  expect(await made.api('files.completeUploadExternal', { files: [{ id }] })).toMatchObject({ ok: true });
  expect((await made.drive.view('U0BEN')).messages).toEqual([]);
});

describe('an upload address', () => {
  test('takes what was announced and nothing else, until it is completed', async () => {
    const made = await rig();
    const { upload_url, file_id } = await announce(made);
    const form = new FormData();
    form.append('filename', 'history.csv');
    form.append('file', new Blob([CSV]), 'history.csv');
    const answers = [
      await send(upload_url, CSV.slice(1)),
      await send(upload_url, `${CSV}x`),
      await send(upload_url, new FormData()),
      await send(upload_url, form),
      await send(upload_url, CSV),
      await complete(made, file_id).then(({ ok }) => ok),
      await send(upload_url, CSV),
      await send(`${made.slack.url}/upload/v1/made-up`, CSV),
    ];
    expect(answers).toEqual([
      { status: 400, said: `${BYTES} bytes were announced, ${BYTES - 1} came` },
      { status: 400, said: `${BYTES} bytes were announced, ${BYTES + 1} came` },
      { status: 400, said: `${BYTES} bytes were announced, 0 came` },
      { status: 200, said: `OK - ${BYTES}` },
      { status: 200, said: `OK - ${BYTES}` },
      true,
      { status: 404, said: 'not found' },
      { status: 404, said: 'not found' },
    ]);
  });

  test('can fail like everything else', async () => {
    const made = await rig();
    await made.drive.faults([{ at: 'upload', do: 'status', status: 503, times: 1 }]);
    const { upload_url, file_id } = await announce(made);
    expect((await send(upload_url, CSV)).status).toBe(503);
    expect(await complete(made, file_id)).toEqual({ ok: false, error: 'file_not_found' });
    expect((await send(upload_url, CSV)).status).toBe(200);
    expect(await complete(made, file_id)).toMatchObject({ ok: true });
  });
});

describe('is refused', () => {
  test.each([
    ['without a name', { filename: '' }, 'invalid_arguments'],
    ['without a length', { length: undefined }, 'invalid_arguments'],
    ['of a length that is none', { length: 'long' }, 'invalid_arguments'],
    ['of half a byte', { length: 0.5 }, 'invalid_arguments'],
    ['that is empty', { length: 0 }, 'missing_argument'],
    ['that is too large', { length: 10 * 1024 * 1024 + 1 }, 'file_upload_size_restricted'],
    ['with a long description', { alt_txt: long(1_001) }, 'alt_txt_too_large'],
  ])('to announce a file %s', async (_what, args, error) => {
    expect(await announce(await rig(), args)).toMatchObject({ ok: false, error });
  });

  test.each([
    ['that is not listed', { files: undefined }, 'invalid_arguments'],
    ['in a list of none', { files: [] }, 'invalid_arguments'],
    ['that nobody announced', { files: [{ id: 'F0NONE' }] }, 'file_not_found'],
    ['in a channel that is not there', { channel_id: 'C0NONE' }, 'channel_not_found'],
    ['in a person', { channel_id: 'U0BEN' }, 'channel_not_found'],
    ['in a thread that is not there', { thread_ts: '1.1' }, 'invalid_thread_ts'],
    ['with a comment that is too long', { initial_comment: long(40_001) }, 'msg_too_long'],
  ])('to complete a file %s', async (_what, args, error) => {
    const made = await rig();
    const id = await uploaded(made);
    expect(await complete(made, id, args)).toMatchObject({ ok: false, error });
    // What was refused took nothing away.
    expect(await complete(made, id)).toMatchObject({ ok: true });
  });

  test('to complete a file twice, or one with others of which one is not there', async () => {
    const made = await rig();
    const [one, other] = [await uploaded(made), await uploaded(made)];
    const { file_id: empty } = await announce(made);
    const answers = [
      await complete(made, one, { files: [{ id: one }, { id: one }] }),
      await complete(made, one, { files: [{ id: one }, { id: empty }] }),
      await complete(made, one),
      await complete(made, one),
      await complete(made, one, { files: [{ id: other }, { id: one }] }),
    ];
    expect(answers.map(({ error }) => error ?? 'shared')).toEqual([
      'invalid_arguments',
      'file_not_found',
      'shared',
      'file_update_failed',
      'file_update_failed',
    ]);
    expect(only((await made.drive.view('U0BEN')).messages).files).toEqual([file(one)]);
  });

  test('both without the scope', async () => {
    const made = await rig({ scopes: ['chat:write'] });
    const missing = { ok: false, error: 'missing_scope', needed: 'files:write', provided: 'chat:write' };
    expect([await announce(made), await complete(made, 'F0NONE')]).toEqual([missing, missing]);
  });
});
