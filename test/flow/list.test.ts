import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const lists = () => world.seamCalls('/devices/list');
const showDoors = async (who: string) => {
  await world.click(who, 'Show my doors');
  return world.sees(who, ({ text }) => text.startsWith('Your doors'));
};

describe('someone who has connected nothing', () => {
  it.each(['/locks', '/locks list', '/locks LIST', '/locks   '])(
    'is welcomed by %j, without a call to Seam',
    async (text) => {
      const before = (await world.seamCalls()).length;
      await world.type(BEN, text);
      expect(await world.sees(BEN, () => true)).toMatchObject({
        ephemeral: true,
        text: 'You have no doors here yet. Connect the account of your smart locks, and you can open them from Slack.',
        buttons: ['Connect your lock account'],
      });
      expect((await world.seamCalls()).length).toBe(before);
      expect(await world.messages(OLIVIA)).toEqual([]);
    },
  );

  it('gets one key, which stays theirs', async () => {
    await Promise.all([world.type(BEN, '/locks'), world.type(BEN, '/locks'), world.type(OLIVIA, '/locks')]);
    await eventually('both are known', () => world.rows('person').length === 2);
    const keys = () => world.rows('person').map((row) => [row.slack_user_id, row.user_identifier_key]);
    const before = keys();
    await world.type(BEN, '/locks');
    await world.sees(BEN, () => true);
    expect(keys()).toEqual(before);
    expect(new Set(before.map(([, key]) => key)).size).toBe(2);
  });
});

describe('someone with 1,000 doors', () => {
  beforeEach(async () => {
    await world.connect(OLIVIA, 'many@example.com');
  });

  it('sees a page, with one call to Seam, and turns forward and back in the same message', async () => {
    const before = (await lists()).length;
    const first = await showDoors(OLIVIA);
    expect(first.lines[0]).toBe('*Your doors, page 1*');
    expect(first.lines.filter((line) => line.startsWith('Room'))).toEqual(
      Array.from({ length: 10 }, (_, index) => `Room ${String(index + 1).padStart(4, '0')}`),
    );
    expect(first.buttons.slice(-3)).toEqual(['Next', 'Refresh', 'Connect another account']);
    expect((await lists()).length - before).toBe(1);

    await world.click(OLIVIA, 'Next');
    const second = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors, page 2.'));
    expect(second.id).toBe(first.id);
    expect(second.lines[1]).toBe('Room 0011');
    expect(second.buttons.slice(-4)).toEqual(['Previous', 'Next', 'Refresh', 'Connect another account']);
    await world.click(OLIVIA, 'Next');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors, page 3.'));
    await world.click(OLIVIA, 'Previous');
    const back = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors, page 2.'));
    expect(back.lines).toEqual(second.lines);
    await world.click(OLIVIA, 'Refresh');
    await eventually('a fifth call', async () => (await lists()).length - before === 5);
    await world.click(OLIVIA, 'Previous');
    const start = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors, page 1.'));
    expect(start.lines).toEqual(first.lines);
    expect((await lists()).length - before).toBe(6);
    expect((await lists()).slice(before).every(({ body }) => String(body.limit) === '10')).toBe(true);
  });

  it('sees the outcome of a door on a page that was left, in a message of its own', async () => {
    await showDoors(OLIVIA);
    const { deviceId } = await world.door('Room 0001');
    await world.seam.door({ deviceId, fate: { kind: 'works', ms: 1_500 } });
    await world.click(OLIVIA, 'Unlock', 'Room 0001');
    await world.sees(OLIVIA, ({ text }) => text.includes('Room 0001: unlocking.'));
    await world.click(OLIVIA, 'Next');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors, page 2.'));
    await world.sees(OLIVIA, ({ text }) => text === 'Room 0001: Unlocked. The lock has confirmed it.');
  });
});

describe('what is in a list', () => {
  it('shows names as they were written, and makes nothing of them', async () => {
    await world.connect(OLIVIA, 'odd@example.com');
    const shown = await showDoors(OLIVIA);
    expect(shown.lines).toContain('Kitchen <!channel> & *bold*');
    expect(shown.lines).toContain('<script>alert("hi")</script>');
    expect(shown.lines).toContain('desrever');
    const names = shown.raw.blocks.filter((block) => block.type === 'section').slice(1);
    expect(names.every((block) => block.type === 'section' && block.text?.type === 'plain_text')).toBe(true);
    expect(shown.text).toContain('Kitchen &lt;!channel&gt; &amp; *bold*: locked.');
    expect(shown.text).not.toContain('<');
  });

  it('says what is wrong, and how old a state is', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await world.seam.account({ email: 'olivia@example.com', signedIn: false });
    const shown = await showDoors(OLIVIA);
    expect(shown.lines[shown.lines.indexOf('Front Door') + 1]).toContain(
      'The account needs signing in again: /locks connect',
    );
  });

  it('says that it is unknown where Seam does not say', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    const { deviceId } = await world.door('Front Door');
    await world.seam.door({ deviceId, locked: null });
    const shown = await showDoors(OLIVIA);
    expect(shown.lines[shown.lines.indexOf('Front Door') + 1]).toBe(
      ':grey_question: *Nobody knows whether it is locked* · Online',
    );
  });

  it('is never silently empty: an account without doors is said to be one', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    const { url, apiKey } = world.house.seam;
    const [account] = world.rows('account');
    // Somebody deleted the account in Seam's own console.
    await fetch(`${url}/connected_accounts/delete`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ connected_account_id: account?.connected_account_id }),
    });
    await world.type(OLIVIA, '/locks');
    expect(
      await world.sees(OLIVIA, ({ text }) => text.startsWith('Your account is connected, but')),
    ).toMatchObject({ buttons: ['Look again', 'Connect an account'] });
  });

  it('renews a client session in time, and an ended one gets its accounts back', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    const day = 24 * 60 * 60 * 1000;
    const opened = async () => (await world.seamCalls('/client_sessions/get_or_create')).length;
    const before = await opened();
    world.time.advance(100 * day);
    await showDoors(OLIVIA);
    expect(await opened()).toBe(before);
    world.time.advance(40 * day);
    await world.type(OLIVIA, '/locks');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
    expect(await opened()).toBe(before + 1);
    world.time.advance(400 * day);
    await world.type(OLIVIA, '/locks');
    await world.sees(OLIVIA, ({ text }) => text.includes('Front Door'));
    expect(await opened()).toBe(before + 2);
  });
});

describe('a list of somebody else', () => {
  it('is not turned, and not answered in', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    const shown = await showDoors(OLIVIA);
    const refresh = world.button(shown, 'Refresh');
    const before = (await lists()).length;
    await world.forge(BEN, refresh);
    await world.sees(BEN, ({ text }) => text === 'This list is too old. Type /locks for a new one.');
    expect((await lists()).length).toBe(before);
    expect(await world.newest(OLIVIA)).toEqual(shown);
  });

  it('does not take the place of Olivia’s message when Ben clicks "Connect another account"', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    const shown = await showDoors(OLIVIA);
    await world.forge(BEN, world.button(shown, 'Connect another account'));
    const link = await world.sees(BEN, ({ buttons }) => buttons.includes('Sign in to your lock account'));
    expect(link.ephemeral).toBe(true);
    expect(await world.newest(OLIVIA)).toEqual(shown);
  });
});

describe('help', () => {
  it('says what there is', async () => {
    await world.type(BEN, '/locks help');
    expect((await world.sees(BEN, () => true)).lines).toEqual([
      '*What you can type*\n' +
        '`/locks list` shows your doors (the same as /locks alone)\n' +
        '`/locks unlock` and a name: shows that door, ready to be unlocked\n' +
        '`/locks lock` and a name: locks that door at once\n' +
        '`/locks status` and a name: shows how that door is\n' +
        '`/locks favourite` and a name: puts that door first in your lists, or no longer; alone: shows those\n' +
        '`/locks alias` a name and a word: gives that door a short name of your own; alone: shows those\n' +
        '`/locks autolock` reminds you of a door that stays unlocked, or locks it by itself\n' +
        '`/locks code` makes a PIN for a guest, such as /locks code front for 2h\n' +
        '`/locks codes` shows your guests’ codes, each with a button that ends it\n' +
        '`/locks connect` connects an account of smart locks\n' +
        '`/locks disconnect` takes an account away again\n' +
        '`/locks history` shows what happened at your doors; add the name of one for only that\n' +
        '`/locks notices` chooses what you get messages about, and quiet hours\n' +
        '`/locks pause` stops all opening of doors by you at once, for instance after a lost phone\n' +
        '`/locks resume` ends that\n' +
        '`/locks help` shows this',
      'You only ever see and open doors of accounts that you connected. Only you see these answers.',
    ]);
  });

  it.each([
    ['conect', 'There is no “conect”. Did you mean /locks connect?'],
    ['disc', 'There is no “disc”. Did you mean /locks disconnect?'],
    ['open-sesame', 'There is no “open-sesame”.'],
    ['<!channel>', 'There is no “<!channel>”.'],
  ])('suggests the nearest word for %s', async (word, sorry) => {
    await world.type(BEN, `/locks ${word}`);
    const shown = await world.sees(BEN, () => true);
    expect(shown.lines[0]).toBe(sorry);
    expect(shown.raw.blocks[0]).toMatchObject({ text: { type: 'plain_text' } });
    expect(shown.text).not.toContain('<');
  });
});
