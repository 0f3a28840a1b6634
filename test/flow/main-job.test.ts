import { afterEach, describe, expect, it } from 'vitest';
import { still } from '../support/words.ts';
import { BEN, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe.each(['socket', 'http'] as const)('the main job over %s', (mode) => {
  it('connects, lists, opens, and refuses the colleague', async () => {
    world = await startWorld({ mode });

    const acknowledged = await world.type(OLIVIA, '/locks');
    expect(acknowledged).toMatchObject({ ok: true, response: '' });
    expect(await world.sees(OLIVIA, () => true)).toMatchObject({
      ephemeral: true,
      lines: [
        'You have no doors here yet. Connect the account of your smart locks, and you can open them from Slack.',
      ],
      buttons: ['Connect your lock account'],
    });

    const connected = await world.connect(OLIVIA, 'olivia@example.com');
    expect(connected).toMatchObject({
      ephemeral: true,
      lines: [
        'Connected: August, olivia@example.com. 8 doors: Front Door, Back Gate, Garage, Server Room, Studio, Cellar, Loft, Keypad Only.',
      ],
      buttons: ['Show my doors'],
    });

    await world.click(OLIVIA, 'Show my doors');
    const list = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
    expect(list.id).toBe(connected.id);
    expect(list.lines).toEqual([
      '*Your doors*',
      'Front Door',
      ':lock: *Locked*, as Seam reports it now · Online',
      'Back Gate',
      ':lock: *Locked* when it was last online · *Offline*',
      'Garage',
      ':lock: *Locked*, as Seam reports it now · Online · Battery low (12%)',
      'Server Room',
      ':lock: *Locked*, as Seam reports it now · Online',
      'Studio',
      ':lock: *Locked*, as Seam reports it now · Online',
      'Cellar',
      ':lock: *Locked*, as Seam reports it now · Online',
      'Loft',
      ':lock: *Locked*, as Seam reports it now · Online',
      'Keypad Only',
      ':lock: *Locked*, as Seam reports it now · Online · Cannot be unlocked from afar · A bridge or hub would make it possible',
    ]);
    expect(list.buttons).toEqual([...Array(7).fill('Unlock'), 'Refresh', 'Connect another account']);
    expect(list.text).toBe(
      'Your doors. Front Door: locked. Back Gate: locked, offline. Garage: locked, battery low (12%). ' +
        'Server Room: locked. Studio: locked. Cellar: locked. Loft: locked. Keypad Only: locked, cannot be unlocked from afar, a bridge or hub would make it possible.',
    );

    const door = await world.door('Front Door');
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    const opened = await world.sees(OLIVIA, ({ text }) => text.includes('Unlocked.'));
    expect(opened.lines.slice(0, 4).map(still)).toEqual([
      '*Your doors*',
      'Front Door',
      ':unlock: <moment> Unlocked. The lock has confirmed it.',
      'Back Gate',
    ]);
    expect(await world.door('Front Door')).toMatchObject({ locked: false });
    expect((await world.seamCalls('/devices/list', '/locks/unlock_door')).slice(-2)).toMatchObject([
      {
        path: '/devices/list',
        body: {
          device_ids: door.deviceId,
          user_identifier_key: world.rows('person')[0]?.user_identifier_key,
        },
      },
      { path: '/locks/unlock_door', body: { device_id: door.deviceId }, status: 200 },
    ]);
    expect(world.rows('move')).toMatchObject([
      {
        slack_user_id: OLIVIA,
        device_id: door.deviceId,
        door_name: 'Front Door',
        state: 'ended',
        outcome: '{"kind":"unlocked"}',
      },
    ]);

    // Ben sees nothing of it, and Olivia's own button in his hands opens nothing.
    await world.type(BEN, '/locks');
    expect(await world.sees(BEN, () => true)).toMatchObject({ buttons: ['Connect your lock account'] });
    const button = opened.raw.blocks.find(
      (block) => block.type === 'section' && block.accessory !== undefined,
    );
    expect(button).toBeDefined();
    const stolen = await world.clickAs(BEN, OLIVIA, 'Unlock', 'Front Door');
    expect(stolen.ok).toBe(true);
    expect(await world.sees(BEN, ({ text }) => text.startsWith('This door'))).toMatchObject({
      ephemeral: true,
      lines: ['This door is not one of yours, so nothing was opened. Type /locks to see your doors.'],
      buttons: [],
    });
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
    expect(world.rows('move')[1]).toMatchObject({
      slack_user_id: BEN,
      device_id: door.deviceId,
      door_name: null,
      state: 'ended',
      outcome: '{"kind":"refused","why":"not_yours"}',
    });
  });
});
