/** UNLOCKS_PAUSED: the operator's brake. No door opens; everything else goes on. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTrouble, rowOf } from '../support/trouble.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const PAUSED = 'Opening doors is paused for everybody by the person who set up Latchbolt.';
const NOT_UNLOCKED = `Not unlocked. ${PAUSED}`;

let world: World;
const { unlockPosts, outcomes, openList } = inTrouble(() => world);
afterEach(() => world.close());

const told = () =>
  eventually('the row was told', () => world.rows('move').at(-1)?.told_at !== null && world.rows('move'));

describe('while it is set', () => {
  beforeEach(async () => {
    world = await startWorld({ unlocksPaused: true });
    await world.connect(OLIVIA, 'olivia@example.com');
  });

  it('the list says so, a click is refused in place and written down, and Seam is not asked', async () => {
    const list = await openList(OLIVIA);
    expect(list.lines.slice(0, 3)).toEqual(['*Your doors*', PAUSED, 'Front Door']);
    expect(list.text).toMatch(new RegExp(`^Your doors\\. ${PAUSED} Front Door: `));
    const { deviceId } = await world.door('Front Door');
    const [, listing] = world.button(list, 'Refresh').value.split(' ');
    const calls = (await world.seamCalls()).length;
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    const shown = await world.sees(OLIVIA, (message) =>
      rowOf(message, 'Front Door').includes('Not unlocked'),
    );
    expect(shown.id).toBe(list.id);
    expect(rowOf(shown, 'Front Door')).toBe(`:warning: <moment> ${NOT_UNLOCKED}`);
    expect(shown.buttons).toEqual(list.buttons);
    expect(await told()).toEqual([
      expect.objectContaining({
        slack_user_id: OLIVIA,
        device_id: deviceId,
        listing_id: listing,
        state: 'ended',
        door_name: null,
        sent_at: null,
        action_attempt_id: null,
        outcome: JSON.stringify({ kind: 'refused', why: 'paused' }),
        run_id: null,
      }),
    ]);
    expect(await world.seamCalls()).toHaveLength(calls);
    // A door of somebody else is refused in the same words: nothing is asked about any.
    await world.forge(BEN, world.button(list, 'Unlock', 'Front Door'));
    await world.sees(BEN, ({ text }) => text === NOT_UNLOCKED);
    expect(await world.seamCalls()).toHaveLength(calls);
  });

  it('accounts are connected and disconnected as ever, and lists are refreshed', async () => {
    await openList(OLIVIA);
    await world.click(OLIVIA, 'Refresh');
    await eventually('Seam was asked anew', async () => (await world.seamCalls('/devices/list')).length > 2);
    await world.type(OLIVIA, '/locks disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your lock accounts'));
    await world.click(OLIVIA, 'Disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Disconnected: '));
    expect(world.rows('account')).toEqual([]);
    expect(await world.seamCalls('/connected_accounts/delete')).toHaveLength(1);
    expect(await unlockPosts()).toEqual([]);
  });
});

describe('set over a restart', () => {
  beforeEach(async () => {
    world = await startWorld({ webhooks: false });
    await world.connect(OLIVIA, 'olivia@example.com');
    await openList(OLIVIA);
  });

  const restart = async (unlocksPaused: boolean) => {
    await world.house.bot.close();
    Object.assign(world.house.config, { unlocksPaused });
    await world.house.restart();
  };

  it('it holds in a list of before, and ends with the next one', async () => {
    await restart(true);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    const shown = await world.sees(OLIVIA, (message) =>
      rowOf(message, 'Front Door').includes('Not unlocked'),
    );
    expect(shown.lines.slice(0, 3)).toEqual(['*Your doors*', PAUSED, 'Front Door']);
    expect(await unlockPosts()).toEqual([]);

    await restart(false);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    const open = await world.sees(OLIVIA, (message) => rowOf(message, 'Front Door').includes('Unlocked.'));
    expect(open.lines.slice(0, 2)).toEqual(['*Your doors*', 'Front Door']);
    expect(outcomes()).toEqual([{ kind: 'refused', why: 'paused' }, { kind: 'unlocked' }]);
    expect(await unlockPosts()).toHaveLength(1);
  });
});
