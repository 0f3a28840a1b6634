import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { inHome } from '../support/home.ts';
import { startBotProcess } from '../support/process.ts';
import { inTrouble } from '../support/trouble.ts';
import { BEN, eventually, GWEN, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
const home = inHome(() => world);

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

/** How many happenings of this kind were written down. */
const happened = (kind: string) => world.rows('happening').filter((row) => row.kind === kind).length;
const moved = () => happened('locked') + happened('unlocked');

const ASKED = 'As of <moment>, and what was heard since.';
const ACCOUNTS = [
  '# Your accounts',
  'August, olivia@example.com\nSigned in',
  '[Connect another account]',
  'To take an account away again, type `/locks disconnect`.',
];
const SETTINGS = [
  '# Settings',
  'Opening your doors from Slack is on.',
  '[Messages to you] [Pause opening doors]',
  'Type `/locks help` in any channel to see all that you can do. Only you see the answer.',
];

describe('somebody who opens Home', () => {
  it('and has connected nothing is told what it is, at no call to Seam', async () => {
    const before = (await world.seamCalls()).length;
    expect(await home.opened(OLIVIA, 'Welcome')).toEqual([
      '# Welcome to Latchbolt',
      'Latchbolt opens and locks your own doors from Slack. Connect the account of your smart locks, and your doors are here and in /locks, for you alone.',
      '[Connect your lock account]',
      'Latchbolt keeps who you are in Slack, which lock accounts are yours, and what happens to their doors. Your password is never seen by Latchbolt. To take an account away again, type `/locks disconnect`.',
    ]);
    expect(await world.seamCalls()).toHaveLength(before);
    expect(await world.messages(OLIVIA)).toEqual([]);
  });

  it('sees doors, accounts, what happened and settings, at two calls to Seam', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    const before = (await world.seamCalls()).length;
    expect(await home.opened(OLIVIA, 'Front Door')).toEqual([
      '# Your doors',
      'Front Door [Unlock]',
      ':lock: *Locked* · Online',
      'Back Gate [Unlock]',
      ':lock: *Locked* when it was last online · *Offline*',
      'Garage [Unlock]',
      ':lock: *Locked* · Online · Battery low (12%)',
      'Server Room [Unlock]',
      ':lock: *Locked* · Online',
      'Studio [Unlock]',
      ':lock: *Locked* · Online',
      'Cellar [Unlock]',
      ':lock: *Locked* · Online',
      'Loft [Unlock]',
      ':lock: *Locked* · Online',
      'Keypad Only',
      ':lock: *Locked* · Online · Cannot be unlocked from afar · A bridge or hub would make it possible',
      '[Refresh]',
      ASKED,
      ...ACCOUNTS,
      '# Recent activity',
      'Back Gate The lock went offline <moment>',
      ...SETTINGS,
    ]);
    const calls = (await world.seamCalls()).slice(before).map(({ path }) => path);
    expect(calls.toSorted()).toEqual(['/connected_accounts/list', '/devices/list']);
    expect(await home.published(BEN)).toEqual([]);
  });

  it('is answered the same where Slack calls the bot, once however often it tells', async () => {
    await world.close();
    world = await startWorld({ mode: 'http' });
    await world.connect(OLIVIA, 'olivia@example.com');
    const { delivered } = await home.open(OLIVIA);
    await home.has(OLIVIA, 'Front Door');
    await world.slack.deliver(delivered);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await home.published(OLIVIA)).toHaveLength(1);
  });

  it('and is a guest reads that, and nothing of any door', async () => {
    expect(await home.opened(GWEN, 'Latchbolt')).toEqual([
      '# Latchbolt',
      expect.stringContaining('Latchbolt opens and locks your own doors from Slack.'),
      'Guests of this workspace cannot use it. The person who set up Latchbolt can allow it; then your doors can be here too.',
    ]);
    expect(world.rows('listing')).toEqual([]);
    expect(await world.messages(GWEN)).toEqual([]);
  });

  it('and is a guest where guests may sees their doors like anybody', async () => {
    await world.close();
    world = await startWorld({ allowGuests: true });
    await world.connect(GWEN, 'gwen@example.com');
    await home.opened(GWEN, 'Guest House');
  });

  it('and has become a guest since sees no door any more, whatever happens there', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await home.opened(OLIVIA, 'Front Door');
    inTrouble(() => world).inDatabase(`update person set standing = 'guest'`);
    const { deviceId } = await world.door('Front Door');
    await world.seam.door({ deviceId, locked: false });
    await home.has(OLIVIA, 'Guests of this workspace cannot use it.');
    expect(JSON.stringify(await home.lines(OLIVIA))).not.toContain('Front Door');
  });

  it('when Seam cannot be asked sees that and *Try again*, and then the doors', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.seam.faults([{ at: '*', do: 'status', status: 503 }]);
    expect(await home.opened(OLIVIA, 'Try again')).toEqual([
      '# Your doors cannot be shown right now',
      'That did not work. Seam, the service that speaks to the locks, has a fault right now. Try again in a minute.',
      '[Try again]',
    ]);
    await world.seam.faults([]);
    await home.click(OLIVIA, 'Try again');
    await home.has(OLIVIA, 'Front Door');
    // Once it was there, what was last known stays, and says how old it is.
    await world.seam.faults([{ at: '*', do: 'status', status: 503 }]);
    const [, trouble, front] = await home.opened(OLIVIA, 'That did not work');
    expect([trouble, front]).toEqual([
      'That did not work. Seam, the service that speaks to the locks, has a fault right now. Try again in a minute.\nWhat is shown was last asked for <moment>. [Try again]',
      'Front Door [Unlock]',
    ]);
    expect(await home.rowOf(OLIVIA, 'Front Door')).toBe(':lock: *Locked* · Online');
    world.time.advance(13 * 60 * 60 * 1000);
    const last = (await world.slack.calls()).at(-1)?.n;
    await home.open(OLIVIA);
    await eventually('it is drawn', async () => (await home.published(OLIVIA, last)).length > 0);
    expect(await home.rowOf(OLIVIA, 'Front Door')).toBe(
      ':grey_question: *Nobody knows whether it is locked* · Online',
    );
    await world.seam.faults([]);
    await home.click(OLIVIA, 'Try again');
    await eventually('all is well', async () => !(await home.lines(OLIVIA)).join().includes('Try again'));
    expect(await home.rowOf(OLIVIA, 'Front Door')).toBe(':lock: *Locked* · Online');
    expect(await world.messages(OLIVIA)).toHaveLength(1);
  });
});

describe('a door in Home', () => {
  beforeEach(async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await home.opened(OLIVIA, 'Front Door');
  });

  it('is unlocked and locked there, and says so there and in what happened', async () => {
    const told = (await world.messages(OLIVIA)).length;
    await home.click(OLIVIA, 'Unlock', 'Front Door');
    await home.has(OLIVIA, 'The lock has confirmed it.');
    expect(await home.rowOf(OLIVIA, 'Front Door')).toBe(
      ':unlock: <moment> Unlocked. The lock has confirmed it.',
    );
    await home.click(OLIVIA, 'Lock', 'Front Door');
    await home.has(OLIVIA, 'Locked. The lock has confirmed it.');
    expect((await home.part(OLIVIA, 'Recent activity')).slice(0, 2)).toEqual([
      'Front Door *Locked* by you, with a button in the app’s Home <moment>',
      'Front Door *Unlocked* by you, with a button in the app’s Home <moment>',
    ]);
    await eventually('both are told', () => world.rows('move').every(({ told_at }) => told_at !== null));
    expect(world.rows('move').map(({ verb, via }) => [verb, via])).toEqual([
      ['unlock', 'home'],
      ['lock', 'home'],
    ]);
    expect(await world.messages(OLIVIA)).toHaveLength(told);
    // What the lock itself told of it is not told twice.
    await eventually('Seam told too', () => moved() === 2);
    world.time.advance(4_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await home.part(OLIVIA, 'Recent activity')).toHaveLength(3);
  });

  it('is drawn with the others when several are clicked at once', async () => {
    await Promise.all([
      home.click(OLIVIA, 'Unlock', 'Front Door'),
      home.click(OLIVIA, 'Unlock', 'Studio'),
      home.click(OLIVIA, 'Unlock', 'Server Room'),
    ]);
    await eventually('all are told', () => {
      const rows = world.rows('move');
      return rows.length === 3 && rows.every(({ told_at }) => told_at !== null);
    });
    expect(
      await Promise.all(['Front Door', 'Studio', 'Server Room'].map((name) => home.rowOf(OLIVIA, name))),
    ).toEqual([
      ':unlock: <moment> Unlocked. The lock has confirmed it.',
      ':warning: <moment> Not unlocked. The bolt is jammed. Pull or push the door a little, then try again.',
      ':unlock: <moment> Sent, but the lock has not confirmed it. Try the door.',
    ]);
  });

  it('that is clicked twice at once is asked once, and both clicks are told', async () => {
    await Promise.all([
      home.click(OLIVIA, 'Unlock', 'Front Door'),
      home.click(OLIVIA, 'Unlock', 'Front Door'),
    ]);
    await eventually('both are told', () => {
      const rows = world.rows('move');
      return rows.length === 2 && rows.every(({ told_at }) => told_at !== null);
    });
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
    expect(await home.rowOf(OLIVIA, 'Front Door')).toBe(
      ':unlock: <moment> Unlocked. The lock has confirmed it.',
    );
  });

  it('of a page that was left meanwhile is told of directly', async () => {
    await world.connect(OLIVIA, 'odd@example.com');
    await home.opened(OLIVIA, 'page 1');
    await home.click(OLIVIA, 'Unlock', 'Cellar');
    await home.click(OLIVIA, 'Next');
    await home.has(OLIVIA, 'page 2');
    await world.sees(OLIVIA, ({ text }) => text === 'Cellar: Unlocked. The lock has confirmed it.', 10_000);
    await home.has(OLIVIA, 'Cellar *Unlocked* by you, with a button in the app’s Home');
  });

  it('is not moved by a button of long ago, and Home says what to do', async () => {
    world.time.advance(12 * 60 * 60 * 1000 + 60_000);
    await home.click(OLIVIA, 'Unlock', 'Front Door');
    await home.has(OLIVIA, 'This was shown more than 12 hours ago');
    expect(await world.seamCalls('/locks/unlock_door')).toEqual([]);
    await home.click(OLIVIA, 'Refresh');
    await eventually('it is new', async () => !(await home.lines(OLIVIA)).join().includes('12 hours ago'));
    await home.click(OLIVIA, 'Unlock', 'Front Door');
    await home.has(OLIVIA, 'The lock has confirmed it.');
  });

  it('whose outcome Home cannot show is told of directly', async () => {
    await world.slack.faults([{ at: 'views.publish', do: 'error', error: 'internal_error' }]);
    await home.click(OLIVIA, 'Unlock', 'Front Door');
    await world.sees(OLIVIA, ({ text }) => text === 'Front Door: Unlocked. The lock has confirmed it.');
    await world.slack.faults([]);
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
  });

  it('that Seam settles late is completed there', async () => {
    await home.click(OLIVIA, 'Unlock', 'Loft');
    await home.has(OLIVIA, 'Unlocking');
    await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
    world.time.advance(16_000);
    await home.has(OLIVIA, 'Nobody can say yet whether it unlocked');
    expect(world.rows('move')).toMatchObject([{ run_id: expect.any(String) }]);
  });

  it('that became a favourite comes first, by itself', async () => {
    await world.type(OLIVIA, '/locks favourite Cellar');
    await eventually('Cellar is first', async () => (await home.lines(OLIVIA))[1] === 'Cellar [Unlock]');
  });

  it('is not moved by the button of somebody else’s Home', async () => {
    const { action_id, value } = await home.button(OLIVIA, 'Unlock', 'Front Door');
    await home.opened(BEN, 'Welcome');
    const drawn = (await home.published(OLIVIA)).length;
    const view = { id: 'V0BEN', type: 'home', callback_id: '', private_metadata: '' };
    await world.forge(BEN, { action_id, value }, { view, container: { type: 'view', view_id: 'V0BEN' } });
    await world.sees(BEN, ({ text }) => text.includes('so nothing was opened'));
    expect(await world.seamCalls('/locks/unlock_door')).toEqual([]);
    const refresh = await home.button(OLIVIA, 'Refresh');
    await world.forge(
      BEN,
      { action_id: refresh.action_id, value: refresh.value.replace(OLIVIA, BEN) },
      { view },
    );
    await world.sees(BEN, ({ text }) => text.startsWith('This list is too old.'));
    expect(await home.published(OLIVIA)).toHaveLength(drawn);
    expect(await home.lines(BEN)).toContain('# Welcome to Latchbolt');
  });
});

describe('what happens at the door', () => {
  it('shows in Home, in few drawings, and asks nothing of Seam', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await home.opened(OLIVIA, 'Front Door');
    const { deviceId } = await world.door('Front Door');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const seam = (await world.seamCalls()).length;
    const drawn = (await home.published(OLIVIA)).length;
    for (let turn = 0; turn < 5; turn += 1) {
      await world.seam.door({ deviceId, locked: turn % 2 === 1, by: 'card' });
    }
    await world.seam.door({ deviceId, online: false });
    await eventually('all was heard', () => moved() === 5 && happened('offline') === 2);
    world.time.advance(4_000);
    await home.has(OLIVIA, '*Offline*');
    await home.has(OLIVIA, 'The lock went offline');
    expect(await home.rowOf(OLIVIA, 'Front Door')).toBe(':unlock: *Unlocked* since <moment> · *Offline*');
    expect((await home.part(OLIVIA, 'Recent activity')).slice(0, 3)).toEqual([
      'Front Door The lock went offline <moment>',
      'Front Door *Unlocked* with a card or a phone at the lock <moment>',
      'Front Door *Locked* with a card or a phone at the lock <moment>',
    ]);
    expect((await home.published(OLIVIA)).length - drawn).toBe(2);
    expect(await world.seamCalls()).toHaveLength(seam);
  });

  it('shows a battery that is low, and no longer when it is good again', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await home.opened(OLIVIA, 'Front Door');
    const { deviceId } = await world.door('Front Door');
    await world.seam.door({ deviceId, battery: 0.1 });
    const becomes = (row: string) =>
      eventually(`Home says ${row}`, async () => {
        world.time.advance(4_000);
        return (await home.rowOf(OLIVIA, 'Front Door')) === row;
      });
    await becomes(':lock: *Locked* · Online · Battery low (10%)');
    await world.seam.door({ deviceId, battery: 0.9 });
    await becomes(':lock: *Locked* · Online');
  });

  it('shows in no Home that was never opened, and not in those of others', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await home.opened(BEN, 'Welcome');
    const drawn = (await home.published(BEN)).length;
    const { deviceId } = await world.door('Front Door');
    await world.seam.door({ deviceId, locked: false });
    await eventually('it was heard', () => moved() === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await home.published(OLIVIA)).toEqual([]);
    expect(await home.published(BEN)).toHaveLength(drawn);
  });

  it('by a colleague with the same account is told with their name', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.connect(BEN, 'olivia@example.com');
    await home.opened(OLIVIA, 'Front Door');
    await home.opened(BEN, 'Front Door');
    await home.click(BEN, 'Unlock', 'Front Door');
    await home.has(BEN, 'The lock has confirmed it.');
    world.time.advance(4_000);
    await home.has(OLIVIA, `*Unlocked* by <@${BEN}>, with a button in the app’s Home`);
    expect((await home.part(OLIVIA, 'Recent activity'))[0]).toBe(
      `Front Door *Unlocked* by <@${BEN}>, with a button in the app’s Home <moment>`,
    );
    expect(await home.rowOf(OLIVIA, 'Front Door')).toBe(':unlock: *Unlocked* since <moment> · Online');
  });
});

describe('an account', () => {
  it('is connected from Home by a link in a modal, and its doors come by themselves', async () => {
    await home.opened(OLIVIA, 'Welcome');
    await home.click(OLIVIA, 'Connect your lock account');
    const modal = await eventually('the link', async () => {
      const [open] = (await world.slack.view(OLIVIA)).modals;
      return JSON.stringify(open ?? '').includes('Sign in to your lock account') ? open : null;
    });
    expect(modal.title).toBe('Latchbolt');
    expect(JSON.stringify(await home.lines(OLIVIA))).not.toContain('Sign in');
    const grants = (await world.seamCalls('/client_sessions/grant_access')).at(-1)?.body.connect_webview_ids;
    const connectWebviewId = Array.isArray(grants) ? String(grants[0]) : '';
    await world.seam.login({
      connectWebviewId,
      provider: 'august',
      email: 'olivia@example.com',
      password: '1234',
    });
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Connected: August, olivia@example.com.'));
    await home.has(OLIVIA, 'Front Door');
    expect(await home.part(OLIVIA, 'Your accounts')).toEqual(ACCOUNTS.slice(1));
  });

  it('that needs signing in again says so, until it was done', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await home.opened(OLIVIA, 'Front Door');
    await world.seam.account({ email: 'olivia@example.com', signedIn: false });
    await home.has(OLIVIA, 'Needs signing in again');
    expect((await home.part(OLIVIA, 'Your accounts'))[0]).toBe(
      'August, olivia@example.com\nNeeds signing in again: until then its doors cannot be opened from here. [Sign in again]',
    );
    world.time.advance(4_000);
    await world.seam.account({ email: 'olivia@example.com', signedIn: true });
    await home.has(OLIVIA, 'Signed in');
    await home.has(OLIVIA, ':lock: *Locked* · Online');
  });

  it('that needs signing in again is given a fresh link, in a modal', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.seam.account({ email: 'olivia@example.com', signedIn: false });
    await home.opened(OLIVIA, 'Sign in again');
    const told = (await world.messages(OLIVIA)).length;
    await home.click(OLIVIA, 'Sign in again');
    await eventually('the link', async () =>
      JSON.stringify((await world.slack.view(OLIVIA)).modals).includes('Sign in to your lock account'),
    );
    expect(await world.messages(OLIVIA)).toHaveLength(told);
    await world.seam.faults([{ at: '/connect_webviews/create', do: 'status', status: 503 }]);
    await home.click(OLIVIA, 'Connect another account');
    await eventually('why there is none', async () =>
      JSON.stringify((await world.slack.view(OLIVIA)).modals).includes('has a fault right now'),
    );
    await world.seam.faults([]);
    await world.slack.faults([{ at: 'views.open', do: 'error', error: 'expired_trigger_id' }]);
    await home.click(OLIVIA, 'Connect another account');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    await world.slack.faults([]);
    expect(await home.rowOf(OLIVIA, 'Front Door')).toContain('Locked');
  });

  it('that is left while Seam cannot do its part takes its doors with it too', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await home.opened(OLIVIA, 'Front Door');
    await world.type(OLIVIA, '/locks disconnect');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Disconnect'));
    await world.seam.faults([{ at: '/connected_accounts/delete', do: 'status', status: 503 }]);
    await world.click(OLIVIA, 'Disconnect');
    await home.has(OLIVIA, 'Welcome to Latchbolt');
  });

  it('that is disconnected takes its doors with it', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await home.opened(OLIVIA, 'Front Door');
    await world.type(OLIVIA, '/locks disconnect');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Disconnect'));
    await world.click(OLIVIA, 'Disconnect');
    await home.has(OLIVIA, 'Welcome to Latchbolt');
    expect(JSON.stringify(await home.lines(OLIVIA))).not.toContain('Front Door');
  });
});

describe('many doors', () => {
  it('have pages in Home, each of one call to Seam, and each fits', async () => {
    await world.connect(OLIVIA, 'many@example.com');
    await home.opened(OLIVIA, 'Room 0010');
    expect((await home.lines(OLIVIA))[0]).toBe('# Your doors, page 1');
    const before = (await world.seamCalls()).length;
    await home.click(OLIVIA, 'Next');
    await home.has(OLIVIA, '# Your doors, page 2');
    await home.has(OLIVIA, 'Room 0020');
    await home.click(OLIVIA, 'Next');
    await home.has(OLIVIA, '# Your doors, page 3');
    await home.click(OLIVIA, 'Previous');
    await home.has(OLIVIA, '# Your doors, page 2');
    const calls = (await world.seamCalls()).slice(before).map(({ path }) => path);
    expect(calls).toEqual(['/devices/list', '/devices/list', '/devices/list']);
    await home.click(OLIVIA, 'Unlock', 'Room 0020');
    await home.has(OLIVIA, 'The lock has confirmed it.');
    // A door of another page is told of by name, in what happened.
    await home.click(OLIVIA, 'Previous');
    await home.has(OLIVIA, '# Your doors, page 1');
    expect((await home.part(OLIVIA, 'Recent activity'))[0]).toBe(
      'Room 0020 *Unlocked* by you, with a button in the app’s Home <moment>',
    );
    await world.seam.faults([{ at: '/devices/list', do: 'status', status: 503, times: 1 }]);
    await home.click(OLIVIA, 'Next');
    await home.has(OLIVIA, 'What is shown was last asked for');
    expect((await home.lines(OLIVIA))[0]).toBe('# Your doors, page 1');
    const refused = (await world.slack.calls()).filter(({ ok }) => !ok);
    expect(refused).toEqual([]);
  }, 30_000);

  it('are shown letter by letter, whatever they are called', async () => {
    await world.connect(OLIVIA, 'odd@example.com');
    const lines = await home.opened(OLIVIA, 'Kitchen');
    expect(lines.filter((line) => line.endsWith('[Unlock]'))).toEqual([
      'Kitchen <!channel> & *bold* [Unlock]',
      '🚪 Tür & Tor [Unlock]',
      '<script>alert("hi")</script> [Unlock]',
      '_Attic_ ~old~ `code` [Unlock]',
      `${`Long ${'corridor '.repeat(12)}`.trim().slice(0, 119)}${`Long ${'corridor '.repeat(12)}`.trim().length > 120 ? '…' : ''} [Unlock]`,
      'desrever [Unlock]',
    ]);
  });
});

describe('opening doors is paused', () => {
  it('by the person: Home says so above the doors and in the settings, and the door stays shut', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    inTrouble(() => world).inDatabase(`update person set paused_at = ${world.time.now()}`);
    expect((await home.opened(OLIVIA, 'Front Door'))[1]).toBe(
      '*You paused opening doors <moment>.* Type `/locks resume` to end that.',
    );
    expect((await home.part(OLIVIA, 'Settings'))[0]).toBe('Opening your doors from Slack is paused.');
    await home.click(OLIVIA, 'Unlock', 'Front Door');
    await home.has(OLIVIA, 'Not unlocked. You have paused opening doors from Slack.');
    expect(await world.seamCalls('/locks/unlock_door')).toEqual([]);
  });

  it('by the operator: Home says so above the doors', async () => {
    await world.close();
    world = await startWorld({ unlocksPaused: true });
    await world.connect(OLIVIA, 'olivia@example.com');
    const lines = await home.opened(OLIVIA, 'Front Door');
    expect(lines.slice(0, 3)).toEqual([
      '# Your doors',
      '*Opening doors is paused for everybody by the person who set up Latchbolt.* You can still lock them.',
      'Front Door [Unlock]',
    ]);
  });
});

describe('after a crash in the middle of a move from Home', () => {
  it('its outcome is shown in Home, and the door is not opened again', async () => {
    await world.close();
    world = await startWorld({ webhooks: false });
    await world.connect(OLIVIA, 'olivia@example.com');
    await home.opened(OLIVIA, 'Front Door');
    const told = (await world.messages(OLIVIA)).length;
    await world.house.bot.close();
    const crashing = await startBotProcess(world.house.config);
    await home.click(OLIVIA, 'Unlock', 'Cellar');
    await eventually('the attempt is written', () => world.rows('move')[0]?.action_attempt_id);
    await crashing.kill('SIGKILL');
    expect(world.rows('move')).toMatchObject([{ state: 'under_way', told_at: null }]);
    const next = await startBotProcess(world.house.config);
    onTestFinished(() => next.kill('SIGKILL').then(() => undefined));
    await home.has(OLIVIA, 'Unlocked. The lock has confirmed it.', 10_000);
    await eventually('told', () => world.rows('move')[0]?.told_at !== null);
    expect(await home.rowOf(OLIVIA, 'Cellar')).toBe(':unlock: <moment> Unlocked. The lock has confirmed it.');
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
    expect(await world.messages(OLIVIA)).toHaveLength(told);
  }, 30_000);
});
