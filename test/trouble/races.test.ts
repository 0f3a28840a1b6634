import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { behindLiar } from '../support/lying-seam.ts';
import { inTrouble, pause, rowOf } from '../support/trouble.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
let liar: { close(): void } | null = null;

beforeEach(async () => {
  world = await startWorld({ webhooks: false });
});
afterEach(async () => {
  liar?.close();
  liar = null;
  await world.close();
});

const { unlockPosts, outcomes, openList, inDatabase, fateOf } = inTrouble(() => world);

describe('one message, two uses', () => {
  beforeEach(async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
  });

  it('a list refreshed during an unlock does not show what was so before it', async () => {
    // Seam answers a refresh with what was so when it was asked, but late.
    let slow = false;
    liar = await behindLiar(world, {
      answer: async ({ path, asked }, body) => {
        if (path === '/devices/list' && asked.device_ids === undefined && slow) await pause(1_500);
        return body;
      },
    });
    await openList(OLIVIA);
    await fateOf('Front Door', { kind: 'works', ms: 500 });
    slow = true;
    await world.click(OLIVIA, 'Refresh');
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(OLIVIA, (shown) => rowOf(shown, 'Front Door').includes('Unlocked.'));
    await pause(2_000);
    const shown = await world.newest(OLIVIA);
    expect(rowOf(shown, 'Front Door')).not.toContain('Locked*');
    expect(rowOf(shown, 'Front Door')).toContain('Unlocked');
  });

  it('an unlock that ends does not take away the private link that took the place of its list', async () => {
    await openList(OLIVIA);
    await fateOf('Front Door', { kind: 'works', ms: 1_500 });
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(OLIVIA, ({ text }) => text.includes('Front Door: unlocking'));
    await world.click(OLIVIA, 'Connect another account');
    const link = await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    await eventually('it ended', () => outcomes()[0]);
    await pause(500);
    const now = (await world.messages(OLIVIA)).find(({ id }) => id === link.id);
    expect(now?.buttons).toContain('Sign in to your lock account');
  });

  it('a late answer about a first unlock is told, although a second one has failed since', async () => {
    await openList(OLIVIA);
    await fateOf('Front Door', { kind: 'works', ms: 60_000 });
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('it was sent', async () => (await unlockPosts()).length === 1);
    await eventually('a look', async () => (await world.seamCalls('/action_attempts/get')).length > 1);
    world.time.advance(15_000);
    await world.sees(OLIVIA, (shown) => rowOf(shown, 'Front Door').includes('Nobody can say yet'));
    await fateOf('Front Door', { kind: 'fails', type: 'device_offline', message: 'offline', ms: 100 });
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(OLIVIA, (shown) => rowOf(shown, 'Front Door').includes('Not unlocked'));
    await world.seam.clock({ advanceMs: 60_000 });
    world.time.advance(20_000);
    await eventually('Seam settled the first', () => outcomes()[0]?.kind === 'unlocked');
    await pause(500);
    expect((await world.messages(OLIVIA)).map(({ text }) => text).join('\n')).toContain(
      'Front Door: Unlocked.',
    );
  });
});

describe('leaving and connecting', () => {
  it('a click whose door was given up meanwhile opens nothing', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.connect(BEN, 'olivia@example.com');
    await openList(OLIVIA);
    let slow = false;
    liar = await behindLiar(world, {
      answer: async ({ path, asked }, body) => {
        if (path === '/devices/list' && asked.device_ids !== undefined && slow) await pause(2_000);
        return body;
      },
    });
    slow = true;
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('ownership was asked', async () =>
      (await world.seamCalls('/devices/list')).some(({ body }) => body.device_ids !== undefined),
    );
    await world.type(OLIVIA, '/locks disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your lock accounts'));
    await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
    await world.sees(OLIVIA, ({ text }) => text.includes('You no longer see or open its doors'));
    expect(outcomes()).toEqual([null]);
    await eventually('the click ended', () => outcomes()[0], 10_000);
    expect(await unlockPosts()).toEqual([]);
  });

  it('a link that was open while the last account was left still connects', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.connect(BEN, 'olivia@example.com');
    await world.type(OLIVIA, '/locks connect');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    const granted = (await world.seamCalls('/client_sessions/grant_access')).flatMap(({ body }) =>
      Array.isArray(body.connect_webview_ids) ? body.connect_webview_ids : [],
    );
    await world.type(OLIVIA, '/locks disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your lock accounts'));
    await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Disconnected'));
    await world.seam.login({
      connectWebviewId: String(granted.at(-1)),
      provider: 'august',
      email: 'gwen@example.com',
      password: '1234',
    });
    await eventually(
      'the word',
      async () => {
        world.time.advance(5_000);
        return (await world.messages(OLIVIA)).some(({ text }) => text.startsWith('Connected: August, gwen'));
      },
      4_000,
    );
    await world.type(OLIVIA, '/locks');
    await world.sees(OLIVIA, ({ text }) => text.includes('Guest House'));
  });

  it('someone whose account was deleted in Seam can connect again', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    const { url, apiKey } = world.house.seam;
    await fetch(`${url}/connected_accounts/delete`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ connected_account_id: world.rows('account')[0]?.connected_account_id }),
    });
    await world.type(OLIVIA, '/locks');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Connect an account'));
    await world.click(OLIVIA, 'Connect an account');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
  });

  it('a fresh link after a failure is not withdrawn at once, however late the failure is told', async () => {
    await world.type(OLIVIA, '/locks connect');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    const granted = (await world.seamCalls('/client_sessions/grant_access')).flatMap(({ body }) =>
      Array.isArray(body.connect_webview_ids) ? body.connect_webview_ids : [],
    );
    await world.house.bot.close();
    await world.seam.login({
      connectWebviewId: String(granted.at(-1)),
      provider: 'august',
      email: 'locked@example.com',
      password: '1234',
    });
    world.time.advance(45 * 60_000);
    await world.house.restart();
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your account was not connected'));
    await pause(2_500);
    expect((await world.newest(OLIVIA)).text).toMatch(/^Your account was not connected/);
    expect(await world.seamCalls('/connect_webviews/delete')).toEqual([]);
  });

  it('a link that Seam does not speak about any more is not asked after every 1.5 s for ever', async () => {
    await world.type(OLIVIA, '/locks connect');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    await world.seam.faults([{ at: '/connect_webviews/get', do: 'status', status: 401 }]);
    world.time.advance(31 * 60_000);
    await pause(1_000);
    const before = (await world.seamCalls('/connect_webviews/get')).length;
    for (let second = 0; second < 120; second += 1) {
      world.time.advance(1_000);
      await pause(10);
    }
    expect((await world.seamCalls('/connect_webviews/get')).length - before).toBeLessThan(30);
  });
});

describe('a second click on a door that is then refused', () => {
  it('leaves no row at "Unlocking…"', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.connect(BEN, 'ben@example.com');
    let gone = false;
    liar = await behindLiar(world, {
      answer: async ({ path, asked }, body) => {
        if (path !== '/devices/list' || asked.device_ids === undefined || !gone) return body;
        await pause(1_000);
        return { ...body, devices: [] };
      },
    });
    const before = await openList(OLIVIA);
    gone = true;
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(OLIVIA, ({ text }) => text.includes('Front Door: This door is not one of yours'));
    await pause(500);
    const list = (await world.messages(OLIVIA)).find(({ id }) => id === before.id);
    expect(list && rowOf(list, 'Front Door')).not.toContain('Unlocking');
  });
});

describe('the journal under trouble', () => {
  it('an older outcome that is written late never takes the place of a newer one', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
    await fateOf('Front Door', { kind: 'works', ms: 60_000 });
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
    await eventually('a look', async () => (await world.seamCalls('/action_attempts/get')).length > 1);
    // The first outcome cannot be written for a while; the second one can.
    inDatabase(`create trigger trouble before update of outcome on move when new.outcome like '%unknown%'
      begin select raise(abort, 'trouble'); end`);
    world.time.advance(15_500);
    await eventually('it could not be written', () =>
      world.logged.some((line) => line.includes('could not be written')),
    );
    await world.seam.clock({ advanceMs: 60_000 });
    await eventually('the second is there', () => {
      world.time.advance(500);
      return outcomes()[0]?.kind === 'unlocked';
    });
    inDatabase('drop trigger trouble');
    for (let n = 0; n < 5; n += 1) {
      world.time.advance(1_000);
      await pause(50);
    }
    expect(outcomes()).toEqual([{ kind: 'unlocked' }]);
  });
});
