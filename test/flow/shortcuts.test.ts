import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { BEN, eventually, GENERAL, GWEN, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const options = z.object({
  options: z.array(
    z.object({
      text: z.object({ text: z.string() }),
      value: z.string(),
      description: z.object({ text: z.string() }).optional(),
    }),
  ),
});
const modalOf = async (who: string) => (await world.slack.view(who)).modals.at(-1);
const linesOf = (blocks: unknown) =>
  [...JSON.stringify(blocks ?? []).matchAll(/"text":"([^"]+)"/g)].map(([, text]) => text);
const start = async (who: string) => {
  await world.slack.shortcut({ as: who, callback_id: 'shortcut:open' });
  return eventually('the modal opens', () => modalOf(who));
};
async function suggested(who: string, viewId: string, query = '') {
  const acknowledged = await world.slack.suggest({
    as: who,
    in: { modal: viewId },
    block_id: 'door',
    action_id: 'shortcut:door',
    query,
  });
  return options.parse(acknowledged.response).options;
}
const names = (found: Awaited<ReturnType<typeof suggested>>) => found.map(({ text }) => text.text);
const submit = (who: string, viewId: string, door: string) =>
  world.slack.submit({ as: who, viewId, values: { door: { 'shortcut:door': door } } });
const says = (words: string, who = OLIVIA) =>
  eventually(`the modal says "${words}"`, async () =>
    linesOf((await modalOf(who))?.blocks).some((line) => line === words),
  );
const moves = () =>
  world.rows('move').map(({ slack_user_id, verb, via, outcome, told_at }) => ({
    slack_user_id,
    verb,
    via,
    outcome: outcome === null ? null : JSON.parse(String(outcome)),
    told: told_at !== null,
  }));

describe('the shortcut of someone with eight doors', () => {
  beforeEach(async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
  });

  it('opens a window to choose a door in, and says there what became of it', async () => {
    const modal = await start(OLIVIA);
    expect(modal).toMatchObject({ title: 'Unlock a door', submit: 'Unlock', close: 'Cancel', errors: {} });
    expect(modal.blocks).toMatchObject([
      {
        type: 'input',
        block_id: 'door',
        label: { text: 'Door' },
        element: {
          type: 'external_select',
          action_id: 'shortcut:door',
          placeholder: { text: 'Type a part of its name' },
          min_query_length: 0,
        },
      },
      { type: 'context', elements: [{ text: 'Anyone who stands in front of this door can then open it.' }] },
    ]);
    const all = await suggested(OLIVIA, modal.viewId);
    // One that cannot be unlocked from afar is not offered.
    expect(names(all)).toEqual([
      'Front Door',
      'Back Gate',
      'Garage',
      'Server Room',
      'Studio',
      'Cellar',
      'Loft',
    ]);
    const before = (await world.messages(OLIVIA)).length;
    const { deviceId } = await world.door('Front Door');
    const calls = (await world.seamCalls()).length;
    const sent = await submit(OLIVIA, modal.viewId, deviceId);
    expect(linesOf(sent.response)).toEqual(['Latchbolt', 'Close', 'Unlocking…']);
    await says('Front Door: Unlocked. The lock has confirmed it.');
    expect(await world.door('Front Door')).toMatchObject({ locked: false });
    // One for what is theirs, one for the bolt; then it is looked at until it has moved.
    expect([...new Set((await world.seamCalls()).slice(calls).map(({ path }) => path))]).toEqual([
      '/devices/list',
      '/locks/unlock_door',
      '/action_attempts/get',
    ]);
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
    await eventually('it is known to be told', () => moves()[0]?.told);
    expect(moves()).toEqual([
      { slack_user_id: OLIVIA, verb: 'unlock', via: 'shortcut', outcome: { kind: 'unlocked' }, told: true },
    ]);
    // Nothing of it is said a second time.
    expect(await world.messages(OLIVIA)).toHaveLength(before);
  });

  it('opens it once, though its one modal is sent again after that', async () => {
    const { viewId } = await start(OLIVIA);
    await suggested(OLIVIA, viewId);
    const { deviceId } = await world.door('Front Door');
    const { delivered } = await submit(OLIVIA, viewId, deviceId);
    await says('Front Door: Unlocked. The lock has confirmed it.');
    const again = JSON.stringify(delivered.body).replace(/"trigger_id":"/, '"trigger_id":"9');
    await world.slack.deliver({ kind: 'interactive', body: JSON.parse(again) });
    await world.type(OLIVIA, '/locks help');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
    expect(moves()).toHaveLength(1);
  });

  it('finds a door by a part of its name and by a name of one’s own, the favourites first', async () => {
    await world.type(OLIVIA, '/locks favourite studio');
    await eventually('it is a favourite', () => world.rows('favourite').length === 1);
    await world.type(OLIVIA, '/locks alias garage “Große Box”');
    await eventually('it has a name', () => world.rows('alias').length === 1);
    const { viewId } = await start(OLIVIA);
    expect(names(await suggested(OLIVIA, viewId)).slice(0, 2)).toEqual(['Studio', 'Front Door']);
    const calls = (await world.seamCalls('/devices/list')).length;
    expect(await suggested(OLIVIA, viewId, 'GROSSE')).toMatchObject([
      { text: { text: 'Garage' }, description: { text: 'Große Box' } },
    ]);
    expect(names(await suggested(OLIVIA, viewId, 'door fr'))).toEqual(['Front Door']);
    expect(names(await suggested(OLIVIA, viewId, 'studoi'))).toEqual(['Studio']);
    expect(await suggested(OLIVIA, viewId, 'swimming pool')).toEqual([]);
    // Letters cost nothing: what was listed is kept for a minute.
    expect(await world.seamCalls('/devices/list')).toHaveLength(calls);
    world.time.advance(61_000);
    await suggested(OLIVIA, viewId, 's');
    expect(await world.seamCalls('/devices/list')).toHaveLength(calls + 1);
  });

  it('says why a door stays shut', async () => {
    const { viewId } = await start(OLIVIA);
    await suggested(OLIVIA, viewId);
    await submit(OLIVIA, viewId, (await world.door('Studio')).deviceId);
    await says('Studio: Not unlocked. The bolt is jammed. Pull or push the door a little, then try again.');
  });

  it('tells in a direct message when its window was closed', async () => {
    const { viewId } = await start(OLIVIA);
    await suggested(OLIVIA, viewId);
    await submit(OLIVIA, viewId, (await world.door('Cellar')).deviceId);
    await says('Cellar: unlocking…');
    await world.slack.dismiss({ as: OLIVIA, viewId });
    const before = (await world.messages(OLIVIA)).length;
    const told = await world.sees(OLIVIA, ({ text }) => text === 'Cellar is unlocked.', 8_000);
    expect(told).toMatchObject({
      ephemeral: false,
      channelId: 'D0OLIVIA',
      buttons: ['Lock now', 'Settings'],
    });
    // What told the outcome has become the card.
    expect(await world.messages(OLIVIA)).toHaveLength(before + 1);
    expect(moves()).toMatchObject([{ outcome: { kind: 'unlocked' }, told: true }]);
  });

  it('tells in a direct message after a restart in the middle', { timeout: 30_000 }, async () => {
    const { viewId } = await start(OLIVIA);
    await suggested(OLIVIA, viewId);
    await submit(OLIVIA, viewId, (await world.door('Loft')).deviceId);
    await says('Loft: unlocking…');
    await world.house.bot.close();
    await world.house.restart();
    await eventually('somebody waits for it again', () =>
      world.log().some(({ msg }) => msg === 'moves were left under way'),
    );
    world.time.advance(16_000);
    const card = 'Nobody can say whether Loft is unlocked. Check the door.';
    expect(await world.sees(OLIVIA, ({ text }) => text === card)).toMatchObject({
      ephemeral: false,
      channelId: 'D0OLIVIA',
    });
    const told = (await world.messages(OLIVIA)).filter(({ ephemeral }) => !ephemeral);
    expect(told.map(({ text }) => text)).toEqual([card]);
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
  });

  it('opens nothing after twelve hours', async () => {
    const { viewId } = await start(OLIVIA);
    await suggested(OLIVIA, viewId);
    world.time.advance(13 * 60 * 60 * 1000);
    await submit(OLIVIA, viewId, (await world.door('Front Door')).deviceId);
    await says(
      'This was shown more than 12 hours ago, so nothing was opened. Type /locks to see your doors as they are now.',
    );
    expect(await world.seamCalls('/locks/unlock_door')).toEqual([]);
  });

  it('starts at a message, and reads nothing of it', async () => {
    await world.slack.command({ as: BEN, channel: GENERAL, text: 'Somebody rings' });
    const { messages } = await world.slack.view(OLIVIA);
    const message = messages.find(({ text }) => text === 'Somebody rings')?.id ?? '';
    await world.slack.shortcut({ as: OLIVIA, callback_id: 'shortcut:message', message });
    const modal = await eventually('the modal opens', () => modalOf(OLIVIA));
    expect(modal.title).toBe('Unlock a door');
    expect(JSON.stringify(await world.slack.calls())).not.toContain('Somebody rings');
  });

  it('opens nobody else’s door, however it is asked', async () => {
    await world.connect(BEN, 'ben@example.com');
    const { viewId } = await start(BEN);
    expect(names(await suggested(BEN, viewId))).toEqual(['Bike Shed']);
    const own = await world.door('Bike Shed');
    const front = await world.door('Front Door');
    const sent = await world.slack.submit({
      as: BEN,
      viewId,
      values: { door: { 'shortcut:door': own.deviceId } },
    });
    await says('Bike Shed: Unlocked. The lock has confirmed it.', BEN);
    // One modal is one unlock at most: it takes another to ask at all.
    const other = await start(BEN);
    const forged = JSON.parse(
      JSON.stringify(sent.delivered.body)
        .replaceAll(own.deviceId, front.deviceId)
        .replaceAll(viewId, other.viewId)
        .replace(/"trigger_id":"[^"]+"/, '"trigger_id":"1.2.forged"'),
    );
    await world.slack.deliver({ kind: 'interactive', body: forged });
    await says('This door is not one of yours, so nothing was opened. Type /locks to see your doors.', BEN);
    expect(moves()).toMatchObject([
      { outcome: { kind: 'unlocked' } },
      { slack_user_id: BEN, via: 'shortcut', outcome: { kind: 'refused', why: 'not_yours' } },
    ]);
    const nonsense = JSON.parse(
      JSON.stringify(forged).replaceAll(front.deviceId, '<x> y').replace('1.2.forged', '1.3.forged'),
    );
    const answer = await world.slack.deliver({ kind: 'interactive', body: nonsense });
    expect(answer.response).toEqual({
      response_action: 'errors',
      errors: { door: 'Pick one of your doors.' },
    });
    expect(await world.seamCalls('/locks/unlock_door')).toHaveLength(1);
  });
});

it('welcomes someone without doors, and sends the link as a direct message', async () => {
  world = await startWorld();
  const modal = await start(BEN);
  expect(modal.submit).toBeNull();
  expect(linesOf(modal.blocks)).toEqual([
    'You have no doors here yet. Connect the account of your smart locks, and you can open them from Slack.',
    'Connect your lock account',
    'The link comes to you in a direct message from Latchbolt.',
  ]);
  const [, row] = modal.blocks;
  await world.slack.click({
    as: BEN,
    in: { modal: modal.viewId },
    block_id: row?.block_id ?? '',
    action_id: 'connect:start',
  });
  const link = await world.sees(BEN, ({ buttons }) => buttons.includes('Sign in to your lock account'));
  expect(link).toMatchObject({ ephemeral: false, channelId: 'D0BEN' });
});

it('says why there is nothing to choose from', async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.seam.faults([{ at: '/devices/list', do: 'status', status: 503, retryAfter: 30 }]);
  await start(OLIVIA);
  await says(
    'That did not work. Seam, the service that speaks to the locks, has a fault right now. Try again in 30 seconds.',
  );
});

it('turns guests away', async () => {
  world = await startWorld();
  await world.slack.shortcut({ as: GWEN, callback_id: 'shortcut:open' });
  expect((await world.sees(GWEN, () => true)).text).toBe(
    'Guests cannot use Latchbolt here, so nothing was opened or changed. The person who set up Latchbolt can allow it.',
  );
  expect(await modalOf(GWEN)).toBeUndefined();
});

it.each([
  [
    'has become a guest',
    { is_restricted: true },
    'guest',
    'Guests cannot use Latchbolt here, so nothing was opened or changed. The person who set up Latchbolt can allow it.',
  ],
  [
    'has left',
    { deleted: true },
    'deactivated',
    'Your account in this workspace is deactivated, so nothing was opened or changed.',
  ],
])('is of no use to whoever %s since, which is written down', async (_, change, why, words) => {
  world = await startWorld();
  await world.connect(OLIVIA, 'olivia@example.com');
  const { viewId } = await start(OLIVIA);
  await suggested(OLIVIA, viewId);
  const { deviceId } = await world.door('Front Door');
  await world.slack.person({ id: OLIVIA, ...change });
  await eventually('it is known', () => world.rows('person').some(({ standing }) => standing === why));
  await submit(OLIVIA, viewId, deviceId);
  await says(words);
  expect(moves()).toEqual([
    { slack_user_id: OLIVIA, verb: 'unlock', via: 'shortcut', outcome: { kind: 'refused', why }, told: true },
  ]);
  expect(world.rows('move')).toMatchObject([{ device_id: deviceId }]);
  expect(await world.seamCalls('/locks/unlock_door')).toEqual([]);
});

it('says in its window that opening is paused', async () => {
  world = await startWorld({ unlocksPaused: true });
  await world.connect(OLIVIA, 'olivia@example.com');
  const { viewId } = await start(OLIVIA);
  await suggested(OLIVIA, viewId);
  await submit(OLIVIA, viewId, (await world.door('Front Door')).deviceId);
  await says('Not unlocked. Opening doors is paused for everybody by the person who set up Latchbolt.');
  expect(moves()).toMatchObject([{ via: 'shortcut', outcome: { kind: 'refused', why: 'paused' } }]);
});

it('offers a hundred of a thousand doors, and finds the others by typing', async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'many@example.com');
  const { viewId } = await start(OLIVIA);
  expect(await suggested(OLIVIA, viewId)).toHaveLength(100);
  expect(names(await suggested(OLIVIA, viewId, '0987'))).toEqual(['Room 0987']);
  expect(await world.seamCalls('/devices/list')).toSatisfy((calls: unknown[]) => calls.length <= 3);
});
