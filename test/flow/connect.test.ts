import Sqlite from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, OLIVIA, type Shown, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const MINUTE = 60_000;
const hasLink = ({ buttons }: Shown) => buttons.includes('Sign in to your lock account');

/** Asks for a link, and gives what Seam knows of it. */
async function askForLink(): Promise<{ message: Shown; webviewId: string }> {
  await world.type(OLIVIA, '/locks connect');
  const message = await world.sees(OLIVIA, hasLink);
  // The click brings the way to change this very message.
  await world.click(OLIVIA, 'Sign in to your lock account');
  return { message, webviewId: await newestWebview() };
}

async function newestWebview(): Promise<string> {
  const granted = (await world.seamCalls('/client_sessions/grant_access')).flatMap(({ body }) =>
    Array.isArray(body.connect_webview_ids) ? body.connect_webview_ids : [],
  );
  return String(granted.at(-1));
}

const signIn = (connectWebviewId: string, email = 'olivia@example.com', password = '1234') =>
  world.seam.login({ connectWebviewId, provider: 'august', email, password });

describe('the link', () => {
  it('is private, says what it does and what is kept, and was granted to this person before it was shown', async () => {
    world = await startWorld({ acceptedProviders: ['august', 'yale'] });
    const { message, webviewId } = await askForLink();
    expect(message).toMatchObject({
      ephemeral: true,
      lines: [
        'Here is your private link. Sign in there to the account of your smart locks. ' +
          'Whoever signs in with this link gives you control of their locks, so do not pass it on.',
        'The link works once, within half an hour. This message tells you when you are done. ' +
          'Latchbolt keeps who you are in Slack, which lock accounts are yours, and what happens to their doors. ' +
          'Your password is never seen by Latchbolt.',
      ],
      buttons: ['Sign in to your lock account'],
    });
    const [person] = world.rows('person');
    const key = person?.user_identifier_key;
    expect((await world.seamCalls()).slice(1)).toMatchObject([
      { path: '/client_sessions/get_or_create', body: { user_identifier_key: key } },
      {
        path: '/connect_webviews/create',
        body: {
          accepted_providers: ['august', 'yale'],
          accepted_capabilities: ['lock'],
          wait_for_device_creation: true,
          automatically_manage_new_devices: true,
        },
      },
      {
        path: '/client_sessions/grant_access',
        body: { user_identifier_key: key, connect_webview_ids: [webviewId] },
      },
    ]);
    expect(world.rows('connect')).toMatchObject([
      { slack_user_id: OLIVIA, connect_webview_id: webviewId, status: 'waiting', told_at: null },
    ]);
    // Nobody else sees it, and it stands in no row and no line of log.
    const url = String(JSON.stringify(message.raw.blocks).match(/"url":"([^"]+)"/)?.[1]);
    expect(url).toContain('http://127.0.0.1');
    expect(await world.messages('U0BEN')).toEqual([]);
    expect(JSON.stringify(world.rows('connect'))).not.toContain(url);
    expect(world.logged.join('')).not.toContain(url);
  });

  it('that was never clicked, and used elsewhere, is told of in a message anew', async () => {
    world = await startWorld();
    await world.type(OLIVIA, '/locks connect');
    const message = await world.sees(OLIVIA, hasLink);
    await signIn(await newestWebview());
    const done = await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected'));
    expect(done.id).not.toBe(message.id);
    expect(done.ephemeral).toBe(true);
  });

  it('takes no way back from somebody else who delivers a click on it', async () => {
    world = await startWorld();
    const { message, webviewId } = await askForLink();
    await world.forge('U0BEN', world.button(message, 'Sign in to your lock account'));
    await signIn(webviewId);
    expect((await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected'))).id).toBe(message.id);
    expect((await world.messages('U0BEN')).some(({ text }) => text.startsWith('Connected'))).toBe(false);
  });

  it('does nothing more when it is clicked', async () => {
    world = await startWorld();
    await askForLink();
    const before = await world.messages(OLIVIA);
    expect((await world.click(OLIVIA, 'Sign in to your lock account')).ok).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await world.messages(OLIVIA)).toEqual(before);
  });
});

describe.each([
  ['by webhook', true],
  ['by asking', false],
])('the word that it is done, %s', (_, webhooks) => {
  it('comes by itself, in the same message', async () => {
    world = await startWorld({ webhooks });
    const { message, webviewId } = await askForLink();
    await signIn(webviewId);
    const done = await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected'), 15_000);
    expect(done).toMatchObject({
      id: message.id,
      text: 'Connected: August, olivia@example.com. 8 doors: Front Door, Back Gate, Garage, Server Room, Studio, Cellar, Loft, Keypad Only.',
    });
    expect(world.rows('connect')).toMatchObject([{ status: 'connected', told_at: expect.any(Number) }]);
    expect(world.rows('account')).toHaveLength(1);
    if (webhooks) expect(await world.seamCalls('/connect_webviews/get')).toHaveLength(1);
  });

  it('says why it failed, with a fresh link that works', async () => {
    world = await startWorld({ webhooks });
    const { message, webviewId } = await askForLink();
    await signIn(webviewId, 'locked@example.com');
    const failed = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your account was not'), 15_000);
    expect(failed).toMatchObject({
      id: message.id,
      buttons: ['Sign in to your lock account'],
      lines: [
        'Your account was not connected: the maker of your locks did not accept the sign-in. ' +
          'Check that you can sign in to their own app, then try again with a new link.',
        expect.stringContaining('The link works once'),
      ],
    });
    const fresh = await newestWebview();
    expect(fresh).not.toBe(webviewId);
    await signIn(fresh);
    const done = await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected'), 15_000);
    expect(done.id).toBe(message.id);
  });
});

describe('a sign-in that failed brings no fresh link', () => {
  const LINE =
    'Your account was not connected: the maker of your locks did not accept the sign-in. ' +
    'Check that you can sign in to their own app, then try again with a new link.';
  const created = async () => (await world.seamCalls('/connect_webviews/create')).length;

  it.each([
    ['became a guest', { is_restricted: true }],
    ['has left', { deleted: true }],
  ])('to somebody who %s meanwhile', async (_, change) => {
    world = await startWorld();
    const { message, webviewId } = await askForLink();
    await world.slack.person({ id: OLIVIA, ...change });
    await eventually('it is known', () => world.rows('person')[0]?.standing !== 'member');
    await signIn(webviewId, 'locked@example.com');
    const failed = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your account was not'));
    expect(failed).toMatchObject({ id: message.id, text: LINE, lines: [LINE], buttons: ['Get a new link'] });
    expect(await created()).toBe(1);
    expect(world.rows('connect')).toMatchObject([{ status: 'failed', told_at: expect.any(Number) }]);
  });

  it('where Slack cannot say who they are', async () => {
    world = await startWorld();
    const { webviewId } = await askForLink();
    await world.slack.faults([{ at: 'users.info', do: 'error', error: 'internal_error' }]);
    const sqlite = new Sqlite(world.house.config.database.file);
    sqlite.exec('update person set standing = null, standing_at = null');
    sqlite.close();
    await signIn(webviewId, 'locked@example.com');
    const failed = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your account was not'));
    expect(failed).toMatchObject({ text: LINE, lines: [LINE], buttons: ['Get a new link'] });
    expect(await created()).toBe(1);
  });

  it('to somebody who had many links within a few minutes, until they ask again', async () => {
    world = await startWorld();
    for (let n = 1; n <= 5; n += 1) {
      await world.type(OLIVIA, '/locks connect');
      await eventually('a link', async () => (await world.messages(OLIVIA)).filter(hasLink).length === n);
    }
    const message = await world.newest(OLIVIA);
    await world.click(OLIVIA, 'Sign in to your lock account');
    await signIn(await newestWebview(), 'locked@example.com');
    const failed = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your account was not'));
    expect(failed).toMatchObject({ id: message.id, text: LINE, lines: [LINE], buttons: ['Get a new link'] });
    expect(await created()).toBe(5);
    world.time.advance(11 * MINUTE);
    await world.click(OLIVIA, 'Get a new link');
    expect((await world.sees(OLIVIA, hasLink)).id).toBe(message.id);
    expect(await created()).toBe(6);
  });
});

describe('a link that nobody uses', () => {
  it('is withdrawn after half an hour, and the message says how to get another', async () => {
    world = await startWorld({ webhooks: false });
    const { message, webviewId } = await askForLink();
    world.time.advance(29 * MINUTE);
    await eventually(
      'it was looked at',
      async () => (await world.seamCalls('/connect_webviews/get')).length > 0,
    );
    expect(await world.seamCalls('/connect_webviews/delete')).toEqual([]);
    world.time.advance(40_000);
    const withdrawn = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your link was not used'));
    expect(withdrawn).toMatchObject({
      id: message.id,
      text: 'Your link was not used in time, so it does not work any more. Nothing was connected.',
      buttons: ['Get a new link'],
    });
    expect(await world.seamCalls('/connect_webviews/delete')).toMatchObject([
      { body: { connect_webview_id: webviewId }, status: 200 },
    ]);
    await world.click(OLIVIA, 'Get a new link');
    expect((await world.sees(OLIVIA, hasLink)).id).toBe(message.id);
  });

  it('is not withdrawn when it is used at the last moment', async () => {
    world = await startWorld({ webhooks: false });
    const { webviewId } = await askForLink();
    world.time.advance(28 * MINUTE);
    await signIn(webviewId);
    world.time.advance(2 * MINUTE);
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected'));
    expect(await world.seamCalls('/connect_webviews/delete')).toEqual([]);
  });
});

describe('a restart in between', () => {
  it('loses no login', async () => {
    world = await startWorld();
    const { message, webviewId } = await askForLink();
    await world.house.bot.close();
    await signIn(webviewId);
    await world.house.restart();
    world.time.advance(2 * MINUTE);
    const done = await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected'));
    expect(done.id).toBe(message.id);
  });

  it('tells by direct message when the message can no longer be changed', async () => {
    world = await startWorld();
    const { webviewId } = await askForLink();
    await world.house.bot.close();
    await signIn(webviewId);
    world.time.advance(45 * MINUTE);
    await world.house.restart();
    const done = await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected'));
    expect(done.channelId).toMatch(/^D/);
    expect(done.ephemeral).toBe(false);
  });

  it('withdraws a link whose time ran out meanwhile', async () => {
    world = await startWorld();
    await askForLink();
    await world.house.bot.close();
    world.time.advance(45 * MINUTE);
    await world.house.restart();
    const told = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your link was not used'));
    expect(told.channelId).toMatch(/^D/);
    expect(await world.seamCalls('/connect_webviews/delete')).toHaveLength(1);
  });
});

describe('when Seam fails', () => {
  it.each(['/client_sessions/get_or_create', '/connect_webviews/create', '/client_sessions/grant_access'])(
    'at %s, no link is shown and the person is told',
    async (at) => {
      world = await startWorld();
      await world.seam.faults([{ at, do: 'status', status: 503, body: '' }]);
      await world.type(OLIVIA, '/locks connect');
      expect((await world.sees(OLIVIA, () => true)).text).toBe(
        'That did not work. Seam, the service that speaks to the locks, has a fault right now. Try again in a minute.',
      );
      expect(world.rows('connect')).toEqual([]);
    },
  );

  it.each(['/connect_webviews/get', '/client_sessions/grant_access', '/connected_accounts/list'])(
    'at %s after the login, the word comes once it works again',
    async (at) => {
      world = await startWorld({ webhooks: false });
      const { webviewId } = await askForLink();
      await world.seam.faults([{ at, do: 'status', status: 502, body: '<html>', contentType: 'text/html' }]);
      await signIn(webviewId);
      await eventually(
        'it failed',
        async () => (await world.seamCalls(at)).filter(({ status }) => status === 502).length >= 1,
        10_000,
      );
      await world.seam.faults([]);
      await eventually('the word', async () => {
        world.time.advance(30_000);
        return (await world.newest(OLIVIA)).text.startsWith('Connected');
      });
      expect((await world.messages(OLIVIA)).filter(({ text }) => text.startsWith('Connected'))).toHaveLength(
        1,
      );
    },
  );
});
