import { afterEach, describe, expect, it } from 'vitest';
import { BEN, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe.each(['socket', 'http'] as const)('the main job over %s', (mode) => {
  it('connects, lists, opens, and refuses the colleague', async () => {
    world = await startWorld({ mode });
    await world.type(OLIVIA, '/locks');
    console.log(await world.sees(OLIVIA, () => true));
    const connected = await world.connect(OLIVIA, 'olivia@example.com');
    console.log(connected.lines);
    await world.click(OLIVIA, 'Show my doors');
    const list = await world.sees(OLIVIA, (m) => m.text.startsWith('Your doors'));
    console.log(list.lines, list.text);
    await world.click(OLIVIA, 'Unlock', 'Front Door');
    const seen = await world.sees(OLIVIA, (m) => m.text.includes('Unlocked.'));
    console.log(seen.lines);
    console.log(world.rows('unlock'), world.rows('person'), world.rows('account'));
    console.log((await world.seamCalls()).map((c) => [c.path, JSON.stringify(c.body), c.status].join(' ')));
    console.log(world.logged.join(''));
  });
});
