import { describe, expect, test } from 'vitest';
import { personOf } from '../../../src/sandbox/slack/acts.ts';
import { Clock } from '../../../src/sandbox/slack/clock.ts';
import { Messages } from '../../../src/sandbox/slack/messages.ts';
import { ResponseUrls } from '../../../src/sandbox/slack/response-urls.ts';
import { buttonBlock, only, type Rig, rig } from './support.ts';

const MINUTE = 60_000;
const refused = (error: string) => JSON.stringify({ ok: false, error });

/** A slash command of Olivia's, with what her view then says. */
async function asked(made: Rig) {
  const ack = await made.drive.command({ as: 'U0OLIVIA', channel: 'C0GENERAL', text: '/locks' });
  return ack.delivered.body.response_url;
}

/** What each message that this person sees says. */
async function texts(made: Rig, as = 'U0OLIVIA') {
  return (await made.drive.view(as)).messages.map((message) => message.text);
}

/** A click of this person's on the only message that they see. */
async function clicked(made: Rig, as = 'U0OLIVIA') {
  const { messages } = await made.drive.view(as);
  const ack = await made.drive.click({
    as,
    in: { message: only(messages).id },
    block_id: 'b',
    action_id: 'door:unlock',
  });
  return ack.delivered.body.response_url;
}

describe('the budget', () => {
  test('five posts, then used_url', async () => {
    const made = await rig();
    const url = await asked(made);
    const answers = [];
    for (const n of [1, 2, 3, 4, 5, 6]) answers.push(await made.respond(url, { text: `post ${n}` }));
    expect(answers).toEqual([
      ...Array.from({ length: 5 }, () => ({ status: 200, body: 'ok' })),
      { status: 404, body: refused('used_url') },
    ]);
    expect(await texts(made)).toEqual(['post 1', 'post 2', 'post 3', 'post 4', 'post 5']);
  });

  test('a refused post counts too', async () => {
    const made = await rig();
    const url = await asked(made);
    for (let n = 0; n < 5; n += 1) await made.respond(url, {});
    expect(await made.respond(url, { text: 'at last' })).toEqual({ status: 404, body: refused('used_url') });
  });

  test('thirty minutes, then expired_url', async () => {
    const made = await rig({ clock: () => 1_700_000_000_000 });
    const url = await asked(made);
    await made.drive.clock({ advanceMs: 30 * MINUTE });
    expect(await made.respond(url, { text: 'just in time' })).toEqual({ status: 200, body: 'ok' });
    await made.drive.clock({ advanceMs: 1 });
    expect(await made.respond(url, { text: 'too late' })).toEqual({
      status: 404,
      body: refused('expired_url'),
    });
    expect(await texts(made)).toEqual(['just in time']);
  });

  test('one that was never given', async () => {
    const made = await rig();
    expect(await made.respond(`${made.slack.url}/response/guess`, { text: 'hello' })).toEqual({
      status: 404,
      body: refused('expired_url'),
    });
  });
});

describe('what it posts', () => {
  test('for the one who asked, or for all in the channel', async () => {
    const made = await rig();
    const url = await asked(made);
    await made.respond(url, { text: 'for Olivia' });
    await made.respond(url, { text: 'for all', response_type: 'in_channel' });
    expect(await texts(made)).toEqual(['for Olivia', 'for all']);
    expect(await texts(made, 'U0BEN')).toEqual(['for all']);
  });

  test('a command’s has no original: what would change or delete one posts anew, or finds nothing', async () => {
    const made = await rig();
    const url = await asked(made);
    await made.respond(url, { text: 'looking…', replace_original: true });
    await made.respond(url, { text: 'three doors', blocks: [buttonBlock], replace_original: true });
    expect(await texts(made)).toEqual(['looking…', 'three doors']);
    expect(await made.respond(url, { delete_original: true })).toEqual({
      status: 404,
      body: refused('message_not_found'),
    });
  });

  test('a click’s changes the clicked message, for all who see it', async () => {
    const made = await rig();
    await made.api('chat.postMessage', { channel: 'C0GENERAL', text: 'a door', blocks: [buttonBlock] });
    const url = await clicked(made, 'U0BEN');
    await made.respond(url, { text: 'unlocked by Ben', replace_original: true });
    expect(await texts(made)).toEqual(['unlocked by Ben']);
    await made.respond(url, { text: 'only for Ben', replace_original: false });
    expect(await texts(made, 'U0BEN')).toEqual(['unlocked by Ben', 'only for Ben']);
    expect(await texts(made)).toEqual(['unlocked by Ben']);
  });

  test('a click’s changes only its own message, also when both are ephemeral', async () => {
    const made = await rig();
    await made.respond(await asked(made), { text: 'first', blocks: [buttonBlock] });
    const url = await clicked(made);
    await made.respond(await asked(made), { text: 'second', blocks: [buttonBlock] });
    await made.respond(url, { text: 'first, changed', replace_original: true });
    expect(await texts(made)).toEqual(['first, changed', 'second']);
  });

  test('a click’s that leaves replace_original out posts anew, with a warning', async () => {
    const made = await rig();
    await made.respond(await asked(made), { text: 'a door', blocks: [buttonBlock] });
    await made.respond(await clicked(made), { text: 'what now?' });
    expect(await texts(made)).toEqual(['a door', 'what now?']);
    expect((await made.drive.calls()).at(-1)).toEqual({
      n: 2,
      at: expect.any(Number),
      method: 'response_url',
      body: { text: 'what now?' },
      ok: true,
      error: null,
      detail: 'replace_original was not said: a new message was posted',
    });
  });
});

test('what is wrong with a post is said, and recorded', async () => {
  const made = await rig();
  const url = await asked(made);
  const pointer = '[json-pointer:/blocks/0/type]';
  expect(await made.respond(url, { text: 'x', blocks: [{ type: 'nope' }] })).toEqual({
    status: 500,
    body: JSON.stringify({
      ok: false,
      error: 'invalid_blocks',
      errors: [`unsupported type: nope ${pointer}`],
      response_metadata: { messages: [`[ERROR] unsupported type: nope ${pointer}`] },
    }),
  });
  expect(await made.respond(url, {})).toEqual({ status: 500, body: refused('no_text') });
  expect(await made.respond(url, { text: 'x', response_type: 'loud' })).toEqual({
    status: 400,
    body: refused('invalid_payload'),
  });
  const calls = await made.drive.calls();
  expect(calls.map(({ method, ok, error, detail }) => ({ method, ok, error, detail }))).toEqual([
    {
      method: 'response_url',
      ok: false,
      error: 'invalid_blocks',
      detail: `[ERROR] unsupported type: nope ${pointer}`,
    },
    { method: 'response_url', ok: false, error: 'no_text', detail: null },
    { method: 'response_url', ok: false, error: 'invalid_payload', detail: null },
  ]);
});

test('what an acknowledgement says is shown, and costs nothing', async () => {
  const made = await rig({}, () => ({ body: JSON.stringify({ text: 'one moment' }) }));
  const url = await asked(made);
  expect(await texts(made)).toEqual(['one moment']);
  for (let n = 1; n <= 5; n += 1) await made.respond(url, { text: `change ${n}`, replace_original: true });
  expect(await texts(made)).toEqual(['one moment', ...[1, 2, 3, 4, 5].map((n) => `change ${n}`)]);
});

test('an acknowledgement that Slack cannot show fails the command', async () => {
  const made = await rig({}, () => ({ body: JSON.stringify({ blocks: [{ type: 'nope' }] }) }));
  await asked(made);
  const { messages, notices } = await made.drive.view('U0OLIVIA');
  expect({ messages, notices }).toEqual({
    messages: [],
    notices: [{ id: 'N1', channelId: 'C0GENERAL', text: '/locks failed with the error "invalid_blocks"' }],
  });
});

test('of very many, the oldest are forgotten', () => {
  const clock = new Clock(() => 0);
  const urls = new ResponseUrls(clock, new Messages(clock, () => {}), () => '');
  const issue = () => urls.issue(personOf('U0BEN'), 'C0GENERAL', null).replace('/response/', '');
  const secrets = Array.from({ length: 100_001 }, issue);
  const post = (secret = '') => urls.post(secret, { text: 'hello' });
  expect([post(secrets.at(0)), post(secrets.at(1))]).toEqual([
    { ok: false, status: 404, error: 'expired_url', messages: [] },
    { ok: true, warning: null },
  ]);
});
