import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BEN, eventually, GWEN, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const asks = ['/devices/list', '/connected_accounts/list', '/locks/unlock_door', '/locks/lock_door'];
/** What Seam was asked meanwhile, by path and with how many devices were wanted at most. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const before = (await world.seamCalls(...asks)).length;
  await work();
  return (await world.seamCalls(...asks))
    .slice(before)
    .map(({ path, body }) => (path === '/devices/list' ? `${path} ${body.limit ?? ''}`.trim() : path));
}
const moves = () =>
  world.rows('move').map(({ slack_user_id, verb, via, outcome }) => ({
    slack_user_id,
    verb,
    via,
    outcome: JSON.parse(String(outcome)),
  }));
const says = async (who: string, text: string, begins: string) => {
  const before = (await world.messages(who)).at(-1)?.id;
  await world.type(who, text);
  return world.sees(who, (message) => message.id !== before && message.text.startsWith(begins));
};
/** Connects another account of the same address. */
async function connectYale(who: string, email: string): Promise<void> {
  await says(who, '/locks connect', 'Here is your private link');
  await world.click(who, 'Sign in to your lock account');
  const ids = (await world.seamCalls('/client_sessions/grant_access')).at(-1)?.body.connect_webview_ids;
  const connectWebviewId = Array.isArray(ids) ? String(ids[0]) : '';
  await world.seam.login({ connectWebviewId, provider: 'yale', email, password: '1234' });
  await world.sees(who, (message) => message.text.startsWith('Connected'));
}

describe('someone with eight doors', () => {
  beforeEach(async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
  });

  it.each(['front door', '“Front Door”', '"front door"', 'FRONT  DOOR.', '‘Frönt Door’'])(
    'unlocks by name only after a click: %s',
    async (typed) => {
      const calls = await asked(async () => {
        const shown = await says(OLIVIA, `/locks unlock ${typed}`, 'Press Unlock');
        expect(shown).toMatchObject({
          ephemeral: true,
          text: 'Press Unlock to open this door. Front Door: locked.',
          lines: [
            'Press Unlock to open this door.',
            'Front Door',
            ':lock: *Locked*, as Seam reports it now · Online',
          ],
          buttons: ['Unlock', 'Refresh', 'Make a code', 'Settings', 'Add to favourites'],
        });
      });
      expect(calls).toEqual(['/devices/list 500']);
      expect(moves()).toEqual([]);
      await world.click(OLIVIA, 'Unlock');
      const opened = await world.sees(OLIVIA, ({ text }) => text.includes('Unlocked.'));
      expect(opened.text).toBe(
        'Press Unlock to open this door. Front Door: Unlocked. The lock has confirmed it.',
      );
      expect(moves()).toEqual([
        { slack_user_id: OLIVIA, verb: 'unlock', via: 'message', outcome: { kind: 'unlocked' } },
      ]);
    },
  );

  it('locks at once, and shows the outcome in a message of that door', async () => {
    const { deviceId } = await world.door('Garage');
    await world.seam.door({ deviceId, locked: false });
    const before = (await world.messages(OLIVIA)).length;
    const calls = await asked(() =>
      says(OLIVIA, '/locks lock garage', 'Your door. Garage: Locked. The lock has confirmed it.'),
    );
    expect(calls).toEqual(['/devices/list 500', '/devices/list', '/locks/lock_door']);
    expect(await world.door('Garage')).toMatchObject({ locked: true });
    expect(
      (await world.messages(OLIVIA)).slice(before).map(({ text, buttons }) => ({ text, buttons })),
    ).toEqual([
      { text: 'Garage: locking…', buttons: [] },
      {
        text: 'Your door. Garage: Locked. The lock has confirmed it.',
        buttons: ['Unlock', 'Refresh', 'Make a code', 'Settings', 'Add to favourites'],
      },
    ]);
    expect(moves()).toEqual([
      { slack_user_id: OLIVIA, verb: 'lock', via: 'name', outcome: { kind: 'locked' } },
    ]);
  });

  it('shows how one door is, and reads just that one again', async () => {
    const shown = await says(OLIVIA, '/locks status back gate', 'Your door. Back Gate');
    expect(shown.lines).toEqual([
      'Your door.',
      'Back Gate',
      ':lock: *Locked* when it was last online · *Offline*',
    ]);
    const { deviceId } = await world.door('Back Gate');
    await world.seam.door({ deviceId, online: true });
    const calls = await asked(async () => {
      await world.click(OLIVIA, 'Refresh');
      await world.sees(OLIVIA, ({ id, text }) => id === shown.id && text === 'Your door. Back Gate: locked.');
    });
    expect(calls).toEqual(['/devices/list 1']);
  });

  it('offers a code for its door and the settings of it, in the message of that door', async () => {
    const modal = async (title: string) =>
      JSON.stringify(
        await eventually(title, async () =>
          (await world.slack.view(OLIVIA)).modals.find((one) => one.title === title),
        ),
      );
    await says(OLIVIA, '/locks status front door', 'Your door.');
    await world.click(OLIVIA, 'Settings');
    expect(await modal('Door settings')).toContain('Settings of Front Door');
    await world.click(OLIVIA, 'Make a code');
    expect(await modal('Make a code')).toContain('Front Door');
  });

  it('suggests the nearest for a name that no door has, and moves nothing', async () => {
    const shown = await says(OLIVIA, '/locks lock frnt door', 'None of your doors');
    expect(shown.text).toBe(
      'None of your doors is called “frnt door”. Did you mean this one? ' +
        'Or type for example: /locks lock Front Door. Front Door: locked.',
    );
    expect(shown.buttons).toEqual(['Unlock', 'Refresh', 'Make a code', 'Settings', 'Add to favourites']);
    expect(await says(OLIVIA, '/locks unlock swimming pool', 'None of your doors')).toMatchObject({
      text:
        'None of your doors is called “swimming pool”. ' +
        'Type /locks to see your doors, then for example: /locks unlock front door.',
      buttons: [],
    });
    expect(moves()).toEqual([]);
  });

  it.each(['unlock', 'lock', 'status'])('says what is missing after %s', async (word) => {
    const calls = await asked(() => says(OLIVIA, `/locks ${word}`, 'Which door?'));
    expect(calls).toEqual([]);
    expect((await world.newest(OLIVIA)).text).toBe(
      `Which door? Type its name after /locks ${word}, for example: /locks ${word} front door. Type /locks to see your doors.`,
    );
  });

  it('lets choose among doors of one name, with their accounts, and locks none of them', async () => {
    await world.connect(OLIVIA, 'alex@example.com');
    await connectYale(OLIVIA, 'alex@example.com');
    const calls = await asked(() => says(OLIVIA, '/locks lock alex’s door', 'Several of your doors'));
    expect(calls).toEqual(['/devices/list 500', '/connected_accounts/list']);
    const shown = await world.newest(OLIVIA);
    const both = ["Alex's Door (August, alex@example.com)", "Alex's Door (Yale, alex@example.com)"];
    expect(shown).toMatchObject({
      text:
        'Several of your doors are called “alex’s door”. Choose the one that you mean. ' +
        `${both[0]}: locked. ${both[1]}: locked.`,
      buttons: ['Unlock', 'Unlock', 'Refresh'],
    });
    expect(moves()).toEqual([]);
    await world.click(OLIVIA, 'Refresh');
    await eventually('it is read again', async () => (await world.newest(OLIVIA)).raw.edited);
    expect((await world.newest(OLIVIA)).text).toBe(shown.text);
    await world.click(OLIVIA, 'Unlock', 'Yale');
    await world.sees(OLIVIA, ({ text }) => text.includes(`${both[1]}: Unlocked.`));
    expect(world.rows('move')).toMatchObject([{ via: 'message', door_name: "Alex's Door" }]);

    // A name of one's own is given by a button then, and makes the choice once and for all.
    expect(await says(OLIVIA, "/locks alias Alex's Door", 'What do you want to call')).toMatchObject({
      text: 'What do you want to call Alex\'s Door? Type the word after the door, for example: /locks alias "Alex\'s Door" hq.',
    });
    const choice = await says(OLIVIA, `/locks alias “Alex's Door” my place`, 'Several of your doors');
    expect(choice.lines.slice(1)).toEqual(both);
    expect(choice.buttons).toEqual(['Call it “my place”', 'Call it “my place”']);
    await world.click(OLIVIA, 'Call it “my place”', 'Yale');
    await world.sees(OLIVIA, ({ text }) => text.startsWith("Alex's Door is “my place” too"));
    const { device_id } = world.rows('move')[0] ?? {};
    expect(world.rows('alias')).toMatchObject([{ word: 'my place', device_id }]);
    await says(OLIVIA, '/locks favourite alex’s door', 'Several of your doors');
    await world.click(OLIVIA, 'Add to favourites', 'Yale');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('A favourite from now on'));
    expect(world.rows('favourite')).toMatchObject([{ device_id }]);
  });

  it('finds nobody else’s door, and learns nothing of it', async () => {
    await world.connect(BEN, 'ben@example.com');
    const shown = await says(OLIVIA, '/locks lock bike shed', 'None of your doors');
    expect(shown.buttons).toEqual([]);
    expect(shown.text).not.toContain('Bike Shed');
    expect(moves()).toEqual([]);
  });

  it('welcomes whoever has connected nothing, and turns guests away', async () => {
    await world.type(GWEN, '/locks lock front door');
    expect((await world.sees(GWEN, () => true)).text).toBe(
      'Guests cannot use Latchbolt here, so nothing was opened or changed. The person who set up Latchbolt can allow it.',
    );
    await says(BEN, '/locks unlock front door', 'You have no doors here yet.');
  });
});

describe('someone with 1,000 doors', () => {
  it('finds one with two calls, and the one with a name of its own with one', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'many@example.com');
    const byName = await asked(() =>
      says(OLIVIA, '/locks status room 0987', 'Your door. Room 0987: locked.'),
    );
    expect(byName).toEqual(['/devices/list 500', '/devices/list 500']);
    await says(OLIVIA, '/locks alias Room 0987 hq', 'Room 0987 is “hq” too');
    const byAlias = await asked(() =>
      says(OLIVIA, '/locks unlock HQ', 'Press Unlock to open this door. Room 0987'),
    );
    expect(byAlias).toEqual(['/devices/list 1']);
    await says(OLIVIA, '/locks favourite hq', 'A favourite from now on');
    const paged = await asked(() =>
      says(OLIVIA, '/locks', 'Your doors, page 1. Room 0987: locked. Room 0001'),
    );
    expect(paged).toEqual(['/devices/list 1', '/devices/list 10']);
  });
});

describe('while opening is paused for everybody', () => {
  it('a door is shown by name, unlocked by nobody, and locked all the same', async () => {
    world = await startWorld({ unlocksPaused: true });
    await world.connect(OLIVIA, 'olivia@example.com');
    const shown = await says(OLIVIA, '/locks unlock garage', 'Press Unlock');
    expect(shown.lines[1]).toBe('Opening doors is paused for everybody by the person who set up Latchbolt.');
    await world.click(OLIVIA, 'Unlock');
    await world.sees(OLIVIA, ({ text }) => text.includes('Garage: Not unlocked. Opening doors is paused'));
    await world.type(OLIVIA, '/locks lock garage');
    await eventually('it is locked', () => moves().some(({ verb }) => verb === 'lock'));
    await world.sees(OLIVIA, ({ text }) => text.includes('Garage: Locked.'));
    expect(moves().map(({ verb, via, outcome }) => [verb, via, outcome.kind])).toEqual([
      ['unlock', 'message', 'refused'],
      ['lock', 'name', 'locked'],
    ]);
  });
});
