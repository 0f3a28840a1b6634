import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BotProcess, startBotProcess } from '../support/process.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const keyOf = (who: string) =>
  String(world.rows('person').find((row) => row.slack_user_id === who)?.user_identifier_key);

async function accountsOf(who: string) {
  await world.type(who, '/locks disconnect');
  return world.sees(who, ({ text }) => text.startsWith('Your lock accounts'));
}

it('has nothing for someone who connected nothing, without a call to Seam', async () => {
  const before = (await world.seamCalls()).length;
  await world.type(BEN, '/locks disconnect');
  expect(await world.sees(BEN, () => true)).toMatchObject({
    text: 'You have connected no account, so there is nothing to disconnect.',
    buttons: ['Connect your lock account'],
  });
  expect((await world.seamCalls()).length).toBe(before);
});

it('deletes an account that nobody else uses, and its doors are gone', async () => {
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.connect(OLIVIA, 'gwen@example.com');
  const shown = await accountsOf(OLIVIA);
  expect(shown.lines).toEqual([
    '*Your lock accounts*',
    'August, olivia@example.com',
    'August, gwen@example.com',
  ]);
  expect(shown.raw.blocks[1]).toMatchObject({
    accessory: {
      style: 'danger',
      confirm: {
        title: { text: 'Disconnect August, olivia@example.com?' },
        text: {
          text: 'You can then no longer see or open its doors from Slack, and the codes that you made there are revoked. You can connect it again at any time, but the codes do not come back.',
        },
      },
    },
  });
  await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
  const done = await world.sees(OLIVIA, ({ text }) => text.startsWith('Disconnected'));
  expect(done).toMatchObject({
    id: shown.id,
    text: 'Disconnected: August, olivia@example.com. Its doors are gone from your list, and Latchbolt can no longer reach them.',
  });
  expect(await world.seamCalls('/connected_accounts/delete')).toHaveLength(1);
  await world.click(OLIVIA, 'Show my doors');
  const doors = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
  expect(doors.lines.filter((_, index) => index % 2 === 1)).toEqual(['Guest House']);
});

it('ends only this person’s access to an account that a colleague uses too', async () => {
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.connect(OLIVIA, 'gwen@example.com');
  await world.connect(BEN, 'olivia@example.com');
  await accountsOf(OLIVIA);
  await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
  await world.sees(
    OLIVIA,
    ({ text }) =>
      text ===
      'Disconnected: August, olivia@example.com. You no longer see or open its doors. A colleague uses the same account and keeps it.',
  );
  expect(await world.seamCalls('/connected_accounts/delete')).toEqual([]);

  // Seam itself no longer lists its doors for Olivia: asked by her key, not by our own table.
  const front = await world.door('Front Door');
  await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} x ${front.deviceId}` });
  await world.sees(OLIVIA, ({ text }) => text.startsWith('This door is not one of yours'));
  const ownership = (await world.seamCalls('/devices/list')).at(-1);
  expect(ownership?.body).toMatchObject({ user_identifier_key: keyOf(OLIVIA), device_ids: front.deviceId });

  await world.type(OLIVIA, '/locks');
  const hers = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
  expect(hers.lines.filter((_, index) => index % 2 === 1)).toEqual(['Guest House']);
  await world.type(BEN, '/locks');
  const his = await world.sees(BEN, ({ text }) => text.startsWith('Your doors'));
  expect(his.lines).toContain('Front Door');
});

it('gives access back when the person connects the account again', async () => {
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.connect(BEN, 'olivia@example.com');
  await accountsOf(OLIVIA);
  await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Disconnected'));
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.click(OLIVIA, 'Show my doors');
  await world.sees(OLIVIA, ({ text }) => text.includes('Front Door'));
});

it.each([
  ['/client_sessions/create', true],
  ['/client_sessions/delete', true],
  ['/client_sessions/list', true],
  ['/connected_accounts/delete', false],
])('denies the doors at once when Seam fails at %s, and says that it is half done', async (path, shared) => {
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.connect(OLIVIA, 'gwen@example.com');
  if (shared) await world.connect(BEN, 'olivia@example.com');
  await accountsOf(OLIVIA);
  await world.seam.faults([
    { at: path, do: 'status', status: 500, body: '<html>oops</html>', contentType: 'text/html' },
  ]);
  await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
  await world.sees(
    OLIVIA,
    ({ text }) =>
      text ===
      'August, olivia@example.com: you no longer see or open its doors here, but the service that speaks to the locks has not finished its part. Type /locks disconnect in a few minutes to finish it.',
  );
  await world.seam.faults([]);
  const { deviceId } = await world.door('Front Door');
  await world.forge(OLIVIA, { action_id: 'door:unlock', value: `${OLIVIA} x ${deviceId}` });
  await world.sees(OLIVIA, ({ text }) => text.startsWith('This door is not one of yours'));
  expect(await world.seamCalls('/locks/unlock_door')).toEqual([]);
  await world.type(OLIVIA, '/locks');
  const list = await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
  expect(list.lines).not.toContain('Front Door');
});

it('that is clicked twice is done once, and both clicks are answered', async () => {
  await world.connect(OLIVIA, 'olivia@example.com');
  await accountsOf(OLIVIA);
  await world.seam.faults([{ at: '/connected_accounts/delete', do: 'delay', ms: 500 }]);
  const before = (await world.messages(OLIVIA)).map(({ id }) => id);
  await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
  await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
  const already = await world.sees(OLIVIA, ({ text }) => text.endsWith('already.'));
  expect(already).toMatchObject({ text: 'August, olivia@example.com is disconnected already.', buttons: [] });
  expect((await world.messages(OLIVIA)).filter(({ id }) => id !== already.id)).toMatchObject([
    ...before.slice(0, -1).map((id) => ({ id })),
    { id: before.at(-1), text: expect.stringMatching(/^Disconnected: August, olivia@example.com\. /) },
  ]);
  expect(await world.seamCalls('/connected_accounts/delete')).toHaveLength(1);
  expect(world.rows('account')).toEqual([]);
});

describe('that was cut off by a crash', () => {
  let bot: BotProcess | null = null;
  afterEach(async () => {
    if (bot?.child.exitCode === null && bot.child.signalCode === null) await bot.kill('SIGKILL');
    bot = null;
  });

  /** Olivia clicks while a bot of its own process runs, which is killed at this call to Seam. */
  async function cutOffAt(path: string) {
    await world.house.bot.close();
    bot = await startBotProcess(world.house.config);
    await accountsOf(OLIVIA);
    await world.seam.faults([{ at: path, do: 'hang' }]);
    await world.click(OLIVIA, 'Disconnect', 'olivia@example.com');
    await eventually('Seam was asked', async () => (await world.seamCalls(path)).length > 0);
    await bot.kill('SIGKILL');
    await world.seam.faults([]);
    await world.house.restart();
    expect(world.rows('account')).toContainEqual(expect.objectContaining({ status: 'leaving' }));
  }

  const ends = () =>
    eventually('it was seen to', () => {
      world.time.advance(10_000);
      return world.rows('timer').every(({ kind }) => kind !== 'disconnect:left');
    });
  const direct = async () =>
    (await world.messages(OLIVIA)).filter(({ channelId }) => channelId === 'D0OLIVIA');

  it.each([
    [
      'of their own',
      false,
      '/connected_accounts/delete',
      'Its doors are gone from your list, and Latchbolt can no longer reach them.',
    ],
    [
      'that a colleague uses too',
      true,
      '/client_sessions/delete',
      'You no longer see or open its doors. A colleague uses the same account and keeps it.',
    ],
  ])('goes on in the next run, and is told, of an account %s', async (_, shared, path, words) => {
    await world.connect(OLIVIA, 'olivia@example.com');
    if (shared) await world.connect(BEN, 'olivia@example.com');
    const before = (await direct()).length;
    await cutOffAt(path);
    await ends();
    const told = await direct();
    expect(told.slice(before)).toMatchObject([
      {
        ephemeral: false,
        text: `Disconnected: August, olivia@example.com. ${words}`,
        buttons: ['Show my doors'],
      },
    ]);
    expect(world.rows('account')).toHaveLength(shared ? 1 : 0);
    expect(await world.seamCalls('/connected_accounts/delete')).toHaveLength(shared ? 0 : 2);
  });

  it('is told where it cannot be finished yet', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await cutOffAt('/connected_accounts/delete');
    await world.seam.faults([{ at: '/connected_accounts/delete', do: 'status', status: 500 }]);
    await ends();
    expect((await direct()).map(({ text }) => text)).toEqual([
      'August, olivia@example.com: you no longer see or open its doors here, but the service that speaks to the locks has not finished its part. Type /locks disconnect in a few minutes to finish it.',
    ]);
  });

  it('is let be where the account was connected again since', async () => {
    await world.connect(OLIVIA, 'olivia@example.com');
    await cutOffAt('/connected_accounts/delete');
    await world.connect(OLIVIA, 'olivia@example.com');
    await ends();
    expect(await direct()).toEqual([]);
    expect(world.rows('account')).toMatchObject([{ status: 'connected' }]);
    expect(await world.seamCalls('/connected_accounts/delete')).toHaveLength(1);
  });
});

it('refuses an account of somebody else, and one that is made up', async () => {
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.connect(BEN, 'ben@example.com');
  const shown = await accountsOf(OLIVIA);
  const { action_id, value } = world.button(shown, 'Disconnect');
  const account = value.split(' ')[1];
  for (const forged of [value, `${BEN} ${account}`, `${BEN} 00000000-0000-4000-8000-000000000000`, '']) {
    await world.forge(BEN, { action_id, value: forged });
    await world.sees(BEN, ({ text }) => text.startsWith('This account is not one of yours'));
  }
  expect(await world.seamCalls('/connected_accounts/delete')).toEqual([]);
  expect(await world.newest(OLIVIA)).toEqual(shown);
  expect(world.rows('account')).toHaveLength(2);
});
