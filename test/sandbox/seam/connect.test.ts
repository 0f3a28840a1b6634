import { expect, test } from 'vitest';
import { DAY, openSeam, refused } from './support.ts';

/** A browser without scripts: it reads a page, and sends its form as it stands with what is typed. */
async function read(url: string) {
  const answer = await fetch(url, { redirect: 'manual' });
  return opened(answer);
}

async function opened(answer: Response) {
  const html = await answer.text();
  const title = /<h1>(.*?)<\/h1>/.exec(html)?.[1] ?? null;
  const complaint = /role="alert">(.*?)</.exec(html)?.[1] ?? null;
  const links = [...html.matchAll(/class="brand" href="([^"]+)"/g)].map((link) => unescaped(link[1] ?? ''));
  const action = unescaped(/<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '');
  const fields = new URLSearchParams();
  for (const input of html.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(input[0])?.[1];
    if (name) fields.set(name, unescaped(/value="([^"]*)"/.exec(input[0])?.[1] ?? ''));
  }
  const submit = (typed: Record<string, string>) => send(action, fields, typed);
  return { status: answer.status, headers: answer.headers, html, title, complaint, links, fields, submit };
}

async function send(action: string, fields: URLSearchParams, typed: Record<string, string>) {
  const body = new URLSearchParams(fields);
  for (const [name, value] of Object.entries(typed)) body.set(name, value);
  return opened(await fetch(action, { method: 'POST', body, redirect: 'manual' }));
}

const unescaped = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&quot;', '"');
const OLIVIA = { email: 'olivia@example.com', password: '1234' };

test('a person chooses a brand, signs in and is told to go back', async () => {
  const { seam } = await openSeam();
  const { url, connect_webview_id } = await seam.connectWebviews.create({
    accepted_providers: ['august', 'nuki', 'ecobee'],
    wait_for_device_creation: true,
  });
  const start = await read(url);
  expect([start.status, start.title, start.links]).toEqual([
    200,
    'Connect your locks',
    [`${url}&brand=august`, `${url}&brand=nuki`],
  ]);
  const form = await read(`${url}&brand=nuki`);
  expect(form.title).toBe('Sign in to Nuki');
  const end = await form.submit(OLIVIA);
  expect([end.status, end.title]).toEqual([200, 'You are connected']);
  expect(await seam.connectWebviews.get({ connect_webview_id })).toMatchObject({
    status: 'authorized',
    selected_provider: 'nuki',
  });
  expect(await seam.devices.list({ connect_webview_id })).toHaveLength(9);

  const again = await read(url);
  expect([again.status, again.title]).toEqual([410, 'This link was used']);
  expect((await form.submit(OLIVIA)).title).toBe('This link was used');
});

test('a wrong password is said, keeps the address typed, and leaves the webview pending', async () => {
  const { seam } = await openSeam();
  const { url, connect_webview_id } = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  const form = await read(url);
  const wrong = await form.submit({ email: '"><script>x</script>@example.com', password: 'nope' });
  expect([wrong.status, wrong.complaint]).toEqual([401, 'That e-mail or password is wrong. Try again.']);
  expect(wrong.html).not.toContain('<script>');
  expect(wrong.html).toContain('value="&quot;&gt;&lt;script&gt;x&lt;/script&gt;@example.com"');
  expect((await form.submit({ email: 'olivia@example.org', password: '1234' })).complaint).toBe(
    wrong.complaint,
  );
  expect(await seam.connectWebviews.get({ connect_webview_id })).toMatchObject({ status: 'pending' });
  expect((await form.submit(OLIVIA)).title).toBe('You are connected');
});

test('a brand that asks for a code asks after the password', async () => {
  const { seam } = await openSeam();
  const { url, connect_webview_id } = await seam.connectWebviews.create({ accepted_providers: ['schlage'] });
  const code = await (await read(url)).submit(OLIVIA);
  expect([code.status, code.title]).toEqual([200, 'Enter your code']);
  expect(await seam.connectWebviews.get({ connect_webview_id })).toMatchObject({ status: 'pending' });
  const wrong = await code.submit({ code: '000000' });
  expect([wrong.status, wrong.complaint]).toEqual([401, 'That code is wrong. Try again.']);
  expect((await wrong.submit({ code: '123456' })).title).toBe('You are connected');
});

test('a code before any password opens nothing', async () => {
  const { seam } = await openSeam();
  const { url, connect_webview_id } = await seam.connectWebviews.create({ accepted_providers: ['schlage'] });
  const { fields, submit } = await read(url);
  expect(fields.get('form_token')).toMatch(/^[\w-]{32}$/);
  await submit({ code: '123456' });
  expect(await seam.connectWebviews.get({ connect_webview_id })).toMatchObject({ status: 'pending' });
});

test('after the login the browser is sent on, where the app asked for it', async () => {
  const { seam } = await openSeam();
  const { url, connect_webview_id } = await seam.connectWebviews.create({
    accepted_providers: ['yale'],
    custom_redirect_url: 'http://127.0.0.1:9/back?from=seam',
  });
  const form = await read(url);
  expect(form.headers.get('content-security-policy')).toContain("form-action 'self' http://127.0.0.1:9");
  const end = await form.submit(OLIVIA);
  expect([end.status, end.headers.get('location')]).toEqual([
    303,
    `http://127.0.0.1:9/back?from=seam&connect_webview_id=${connect_webview_id}`,
  ]);
});

test('a brand that refuses for good fails the webview, and says so to the app', async () => {
  const { seam } = await openSeam();
  const { url, connect_webview_id } = await seam.connectWebviews.create({
    accepted_providers: ['yale'],
    custom_redirect_url: 'http://127.0.0.1:9/back',
    custom_redirect_failure_url: 'http://127.0.0.1:9/failed',
  });
  const end = await (await read(url)).submit({ email: 'locked@example.com', password: '1234' });
  expect([end.status, end.headers.get('location')]).toEqual([
    303,
    `http://127.0.0.1:9/failed?connect_webview_id=${connect_webview_id}&error_code=account_locked`,
  ]);
  expect(await seam.connectWebviews.get({ connect_webview_id })).toMatchObject({
    status: 'failed',
    login_successful: false,
  });
  expect((await read(url)).title).toBe('This link has failed');

  const plain = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  const page = await (await read(plain.url)).submit({ email: 'locked@example.com', password: '1234' });
  expect(page.title).toBe('This account is locked');
});

test('a link that was withdrawn, has expired or was never given says so', async () => {
  const { seam, drive, local } = await openSeam();
  const gone = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  const form = await read(gone.url);
  await seam.connectWebviews.delete({ connect_webview_id: gone.connect_webview_id });
  expect((await read(gone.url)).title).toBe('This link was withdrawn');
  expect((await form.submit(OLIVIA)).title).toBe('This link was withdrawn');
  const reading = seam.connectWebviews.get({ connect_webview_id: gone.connect_webview_id });
  expect(await refused(reading)).toMatchObject({ code: 'connect_webview_not_found', statusCode: 404 });

  const late = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  const lateForm = await read(late.url);
  await drive.clock({ advanceMs: 7 * DAY });
  expect((await read(late.url)).title).toBe('This link has expired');
  expect((await lateForm.submit(OLIVIA)).title).toBe('This link has expired');

  const other = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  const guessed = `${local.url}/connect_webviews/view?connect_webview_id=${other.connect_webview_id}&auth_token=x`;
  expect([(await read(guessed)).status, (await read(guessed)).title]).toEqual([
    404,
    'This link is not valid',
  ]);
  expect((await read(`${local.url}/connect_webviews/view`)).title).toBe('This link is not valid');
});

test("a form without this link's token does nothing", async () => {
  const { seam } = await openSeam();
  const one = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  const two = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  const { fields } = await read(two.url);
  const crossed = await (await read(one.url)).submit({
    ...OLIVIA,
    form_token: fields.get('form_token') ?? '',
  });
  expect([crossed.status, crossed.title]).toEqual([403, 'This form is not valid']);
  expect(await seam.connectWebviews.get({ connect_webview_id: one.connect_webview_id })).toMatchObject({
    status: 'pending',
  });
});

test('two logins at once: one of them counts', async () => {
  const { seam } = await openSeam();
  const { url } = await seam.connectWebviews.create({
    accepted_providers: ['yale'],
    wait_for_device_creation: true,
  });
  const form = await read(url);
  const ends = await Promise.all([form.submit(OLIVIA), form.submit({ ...OLIVIA, email: 'ben@example.com' })]);
  expect(ends.map((end) => end.title).sort()).toEqual(['This link was used', 'You are connected']);
  expect(await seam.connectedAccounts.list()).toHaveLength(1);
});

test('the devices are there when the webview waits for them, and come later when it does not', async () => {
  const { seam, drive } = await openSeam();
  const quick = await seam.connectWebviews.create({ accepted_providers: ['yale'] });
  await (await read(quick.url)).submit(OLIVIA);
  expect(await seam.connectWebviews.get({ connect_webview_id: quick.connect_webview_id })).toMatchObject({
    status: 'authorized',
  });
  expect(await seam.devices.list()).toEqual([]);
  await drive.clock({ advanceMs: 300 });
  expect(await seam.devices.list()).toHaveLength(9);
  expect(await seam.events.list({ event_type: 'connected_account.completed_first_sync' })).toHaveLength(1);
});

test('the page loads nothing from elsewhere and cannot be framed', async () => {
  const { seam } = await openSeam();
  const { url } = await seam.connectWebviews.create({});
  const page = await read(url);
  expect(page.links.map((link) => new URL(link).searchParams.get('brand'))).toEqual([
    'august',
    'yale',
    'schlage',
    'nuki',
    'igloohome',
    'kwikset',
    'smartthings',
  ]);
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  const form = await read(`${url}&brand=august`);
  for (const { html } of [page, form]) {
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|src=/);
    expect(html.match(/https?:\/\/[^"<]+/g)?.filter((one) => !one.startsWith('http://127.0.0.1'))).toEqual(
      html.match(/http:\/\/www\.w3\.org\/2000\/svg/g),
    );
  }
});
