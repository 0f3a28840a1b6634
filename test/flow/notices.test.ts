/** What happens to doors without their people, told by direct message: each kind, really done in the local Seam. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL, endOf, read, withNotices } from '../support/notices.ts';
import { pause } from '../support/trouble.ts';
import { webhook } from '../support/webhook.ts';
import { eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;

let world: World;
const { told, hears, noted, settle, act, choose } = withNotices(() => world);
afterEach(() => world.close());

describe.each([
  { by: 'webhook', webhooks: true },
  { by: 'asking', webhooks: false },
])('heard of by $by', ({ webhooks }) => {
  beforeEach(async () => {
    world = await startWorld({ webhooks });
    await world.connect(OLIVIA, 'ben@example.com');
    await choose(OLIVIA, ALL);
  });

  /** What she is told, once it was heard. */
  const isTold = async (n = 1) => {
    // Where Seam has to be asked, it is time to.
    if (!webhooks) world.time.advance(30_000);
    await noted(n);
    return read(await hears(OLIVIA));
  };
  /** A message about one thing at one door. */
  const about = (line: string, kind: string) => ({
    text: `${line} <moment>. ${endOf(kind).spoken}`,
    lines: [line, '<moment>', endOf(kind).print],
    buttons: ['Show my doors', 'Settings', 'Turn these off'],
  });

  it('a battery that is low', async () => {
    await act('Bike Shed', { battery: 0.1 });
    expect(await isTold()).toEqual(
      about(
        'Bike Shed: the battery is low (10%). Change it soon: with an empty one the lock does not open from Slack.',
        'The battery of a lock is low',
      ),
    );
    const [shown] = await told(OLIVIA);
    expect(shown).toMatchObject({ ephemeral: false, channelId: 'D0OLIVIA' });
  });

  it('a lock that is unlocked by hand', async () => {
    await act('Bike Shed', { locked: false });
    expect(await isTold()).toEqual(
      about('Bike Shed: unlocked by hand or with a key.', 'Unlocked by hand or with a key'),
    );
  });

  it('a lock that is unlocked with a card', async () => {
    await act('Bike Shed', { locked: false, by: 'card' });
    expect(await isTold()).toEqual(
      about('Bike Shed: unlocked with a card or a phone.', 'Unlocked at the keypad or with a card'),
    );
  });

  it('a code that is used, with its name letter by letter', async () => {
    const { deviceId } = await world.door('Bike Shed');
    await world.seam.code({ deviceId, code: '2468', name: '*Cleaner* <@U0BEN>' });
    await world.seam.keypad({ deviceId, code: '2468' });
    const line = 'Bike Shed: unlocked with the code “*Cleaner* <@U0BEN>”.';
    expect(await isTold()).toEqual({
      ...about(line, 'A code was used'),
      text: `Bike Shed: unlocked with the code “*Cleaner* &lt;@U0BEN&gt;”. <moment>. ${endOf('A code was used').spoken}`,
    });
  });

  it('somebody who is not let in, however many PINs they try', async () => {
    const { deviceId } = await world.door('Bike Shed');
    for (const code of ['1111', '2222', '3333']) await world.seam.keypad({ deviceId, code });
    const shown = await isTold(3);
    const line = 'Bike Shed: somebody was not let in, 3 times. A code or a card was not accepted.';
    expect(shown.lines[0]).toBe(line);
    expect(shown.lines[1]).toBe('<moment> to <moment>');
    expect(shown.text).toBe(`${line} <moment> to <moment>. ${endOf('Somebody was not let in').spoken}`);
    expect(await told(OLIVIA)).toHaveLength(1);
  });

  it('tampering', async () => {
    await act('Bike Shed', { tampered: true });
    expect(await isTold()).toEqual(
      about(
        'Bike Shed: somebody may be tampering with the lock. Have a look, or ask somebody who is there.',
        'Somebody may be tampering with a lock',
      ),
    );
  });

  it('a lock that is removed from its account', async () => {
    await act('Bike Shed', { removed: true });
    expect(await isTold()).toEqual(
      about(
        'Bike Shed: the lock was removed from its account, and does not open from Slack any more. If that was not you, look into the app of its maker.',
        'A lock was removed from its account',
      ),
    );
  });

  it('a lock that stays offline for more than half an hour, and no blink', async () => {
    await act('Bike Shed', { online: false });
    if (!webhooks) world.time.advance(30_000);
    await eventually('its timer is set', () => world.rows('timer').length === 1);
    world.time.advance(29 * MINUTE_MS);
    await settle();
    expect(await told(OLIVIA)).toEqual([]);
    world.time.advance(MINUTE_MS);
    const line =
      'Bike Shed: the lock is offline, and does not open from Slack. Check its Wi-Fi or its bridge.';
    expect(await isTold()).toEqual({
      ...about(line, 'A lock is offline for more than 30 minutes'),
      text: `${line} Since <moment>. ${endOf('A lock is offline for more than 30 minutes').spoken}`,
      lines: [line, 'Since <moment>', endOf('A lock is offline for more than 30 minutes').print],
    });
    // Back, and gone again for a moment only.
    await act('Bike Shed', { online: true });
    await act('Bike Shed', { online: false });
    await act('Bike Shed', { online: true });
    if (!webhooks) world.time.advance(30_000);
    await eventually('its timer is called off', () => world.rows('timer').length === 0);
    world.time.advance(31 * MINUTE_MS);
    await settle();
    expect(await told(OLIVIA)).toHaveLength(1);
    expect(world.rows('condition')).toEqual([]);
  });

  it('an account that needs signing in again, with a link that is made when it is asked for', async () => {
    await world.seam.account({ email: 'ben@example.com', signedIn: false });
    const line =
      'August, ben@example.com: this account needs signing in again. Until then its doors do not open from Slack.';
    expect(await isTold()).toEqual({
      ...about(line, 'An account needs signing in again'),
      buttons: ['Sign in again', 'Settings', 'Turn these off'],
    });
    expect(JSON.stringify(await told(OLIVIA))).not.toContain('connect_webview');
    const links = async () => (await world.seamCalls('/connect_webviews/create')).length;
    expect(await links()).toBe(1);
    await world.click(OLIVIA, 'Sign in again');
    const link = await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    expect(link).toMatchObject({ channelId: 'D0OLIVIA', ephemeral: true });
    expect(await links()).toBe(2);
    // The click brings the way to change this very message.
    await world.click(OLIVIA, 'Sign in to your lock account');
    const granted = (await world.seamCalls('/client_sessions/grant_access')).flatMap(({ body }) =>
      Array.isArray(body.connect_webview_ids) ? body.connect_webview_ids : [],
    );
    await world.seam.login({
      connectWebviewId: String(granted.at(-1)),
      provider: 'august',
      email: 'ben@example.com',
      password: '1234',
    });
    await eventually('she is connected', async () => {
      world.time.advance(2_000);
      return (await world.newest(OLIVIA)).text.startsWith('Connected: ');
    });
    // Its locks were offline for that reason only, which was told; and it is over.
    world.time.advance(31 * MINUTE_MS);
    await settle();
    expect(await told(OLIVIA)).toHaveLength(1);
    expect(world.rows('condition')).toEqual([]);
  });
});

describe('heard of in the very words of Seam', () => {
  beforeEach(async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'ben@example.com');
    await choose(OLIVIA, ALL);
  });

  /** An event of the only door. */
  const event = async (event_type: string, more: Record<string, unknown> = {}) => ({
    event_id: `${event_type} ${JSON.stringify(more)}`,
    event_type,
    occurred_at: new Date(world.time.now()).toISOString(),
    device_id: (await world.door('Bike Shed')).deviceId,
    connected_account_id: world.rows('account')[0]?.connected_account_id,
    ...more,
  });

  it('a PIN of which Seam knows no code', async () => {
    expect(await webhook(world, await event('lock.unlocked', { method: 'keycode' }))).toBe(200);
    expect((await hears(OLIVIA)).lines[0]).toBe('Bike Shed: unlocked at the keypad.');
  });

  it.each(['remote', 'automatic', 'unknown'])(
    'nothing of a bolt that moves by “%s”: it may be ours',
    async (method) => {
      expect(await webhook(world, await event('lock.unlocked', { method }))).toBe(200);
      expect(await webhook(world, await event('lock.locked', { method: 'manual' }))).toBe(200);
      await pause(100);
      expect(world.rows('notice')).toEqual([]);
    },
  );

  it('nothing of a door of nobody, or of no account', async () => {
    for (const connected_account_id of [null, '00000000-0000-4000-8000-000000000000']) {
      expect(await webhook(world, await event('device.tampered', { connected_account_id }))).toBe(200);
    }
    await pause(100);
    expect(world.rows('notice')).toEqual([]);
  });

  it('one thing once, however often and in however many events it comes', async () => {
    await act('Bike Shed', { battery: 0.1 });
    await hears(OLIVIA);
    for (let hour = 0; hour < 3; hour += 1) {
      const low = await event('device.low_battery', { event_id: `hour ${hour}` });
      expect([await webhook(world, low), await webhook(world, low)]).toEqual([200, 200]);
    }
    const byHand = await event('lock.unlocked', { method: 'manual' });
    for (let i = 0; i < 3; i += 1) expect(await webhook(world, byHand)).toBe(200);
    expect((await hears(OLIVIA, 2)).lines[0]).toBe('Bike Shed: unlocked by hand or with a key.');
    await settle();
    expect(await told(OLIVIA)).toHaveLength(2);
    // It was good again, and is low again.
    await act('Bike Shed', { battery: 0.9 });
    await eventually('it is over', () => world.rows('condition').length === 0);
    await act('Bike Shed', { battery: 0.1 });
    expect((await hears(OLIVIA, 3)).lines[0]).toMatch(/^Bike Shed: the battery is low/);
    await settle();
    expect(await told(OLIVIA)).toHaveLength(3);
  });

  it('an alarm that goes on is told of once in ten minutes', async () => {
    // All within one span of ten minutes.
    world.time.advance(10 * MINUTE_MS - (world.time.now() % (10 * MINUTE_MS)));
    for (let i = 0; i < 5; i += 1) {
      expect(await webhook(world, await event('device.tampered', { event_id: `alarm ${i}` }))).toBe(200);
    }
    await hears(OLIVIA);
    await settle();
    expect(await told(OLIVIA)).toHaveLength(1);
  });

  it('what was over before anybody was told is not told', async () => {
    await act('Bike Shed', { battery: 0.1 });
    await noted(1);
    await act('Bike Shed', { battery: 0.9 });
    await settle();
    expect(await told(OLIVIA)).toEqual([]);
    expect(world.rows('notice')).toMatchObject([{ state: 'dropped' }]);
  });

  describe('what comes late, when it is over already, is not told, and the next that is real is', () => {
    /** What was heard of late is dropped, and goes on no more. */
    const isDropped = () =>
      eventually('it is dropped', () => {
        world.time.advance(1_000);
        return world.rows('notice')[0]?.state === 'dropped';
      });
    const about = (line: string, kind: string, when = '<moment>') => ({
      text: `${line} ${when}. ${endOf(kind).spoken}`,
      lines: [line, when, endOf(kind).print],
      buttons: ['Show my doors', 'Settings', 'Turn these off'],
    });

    it('an account that needs signing in again', async () => {
      expect(await webhook(world, await event('connected_account.disconnected'))).toBe(200);
      await isDropped();
      expect(world.rows('condition')).toEqual([]);
      await world.seam.account({ email: 'ben@example.com', signedIn: false });
      expect(read(await hears(OLIVIA))).toEqual({
        ...about(
          'August, ben@example.com: this account needs signing in again. Until then its doors do not open from Slack.',
          'An account needs signing in again',
        ),
        buttons: ['Sign in again', 'Settings', 'Turn these off'],
      });
    });

    it('a lock that is offline', async () => {
      expect(await webhook(world, await event('device.disconnected'))).toBe(200);
      world.time.advance(30 * MINUTE_MS);
      await isDropped();
      expect(world.rows('condition')).toEqual([]);
      await act('Bike Shed', { online: false });
      await eventually('its timer is set', () => world.rows('timer').length === 1);
      world.time.advance(30 * MINUTE_MS);
      expect(read(await hears(OLIVIA))).toEqual(
        about(
          'Bike Shed: the lock is offline, and does not open from Slack. Check its Wi-Fi or its bridge.',
          'A lock is offline for more than 30 minutes',
          'Since <moment>',
        ),
      );
    });

    it('a battery that is low', async () => {
      expect(await webhook(world, await event('device.low_battery'))).toBe(200);
      await isDropped();
      expect(world.rows('condition')).toEqual([]);
      await act('Bike Shed', { battery: 0.1 });
      expect(read(await hears(OLIVIA))).toEqual(
        about(
          'Bike Shed: the battery is low (10%). Change it soon: with an empty one the lock does not open from Slack.',
          'The battery of a lock is low',
        ),
      );
    });
  });
});
