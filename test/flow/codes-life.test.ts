import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinIn, seen, withCodes } from '../support/codes.ts';
import { inHome } from '../support/home.ts';
import { pastLines } from '../support/past.ts';
import { still } from '../support/words.ts';
import { eventually, OLIVIA, type Shown, startWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let world: World;
const { enter, makePin, goBy, standings, creations, deletions, askSeam } = withCodes(() => world);
afterEach(() => world.close());

async function begin(webhooks = true) {
  world = await startWorld({ webhooks });
  await world.connect(OLIVIA, 'codes@example.com');
}

const listed = async (): Promise<Shown> => {
  await world.type(OLIVIA, '/locks codes');
  return world.sees(OLIVIA, ({ text }) => text.startsWith('You'));
};
const starts = (words: string) => world.sees(OLIVIA, ({ text }) => text.startsWith(words), 8_000);
const codeIdOf = (index = 0) => String(world.rows('code')[index]?.access_code_id);

describe.each([true, false])('with webhooks: %s', (webhooks) => {
  beforeEach(() => begin(webhooks));

  it('lists codes, and revokes one until the lock has forgotten it', async () => {
    expect(seen(await listed())).toEqual({
      text: 'You have no codes right now. Make one for a guest, and it ends by itself.',
      lines: ['You have no codes right now. Make one for a guest, and it ends by itself.'],
      buttons: ['Refresh', 'Make a code'],
      ephemeral: true,
    });
    const [first, second] = [await makePin('porch for 2h for Anna'), await makePin('lobby for 3h for Ben')];
    const list = await listed();
    expect(seen(list)).toEqual({
      text:
        'Your codes. Lobby, for Ben: The PIN works. Until <moment>. ' +
        'Porch, for Anna: The PIN works. Until <moment>.',
      lines: [
        '*Your codes*',
        'Lobby, for Ben',
        'Until <moment> The PIN works.',
        'Porch, for Anna',
        'Until <moment> The PIN works.',
      ],
      buttons: ['Show PIN', 'Revoke', 'Show PIN', 'Revoke', 'Refresh', 'Make a code'],
      ephemeral: true,
    });
    expect(list.raw.blocks[6]).toMatchObject({
      elements: [
        { accessibility_label: 'Show the PIN of Porch, for Anna' },
        {
          confirm: {
            title: { text: 'Revoke: Porch, for Anna?' },
            text: { text: 'Its PIN then no longer opens the door. You can make a new code at any time.' },
          },
        },
      ],
    });
    const revokeButton = list.raw.blocks[6];
    if (revokeButton?.type !== 'actions') throw new Error('no buttons');
    const at = { block_id: revokeButton.block_id ?? '', action_id: 'codes:revoke' };
    await world.slack.click({ as: OLIVIA, in: { message: list.id }, ...at });
    await starts('Porch, for Anna: Revoked. The PIN no longer opens the door.');
    const redrawn = (await world.messages(OLIVIA)).find(({ id }) => id === list.id);
    expect(redrawn === undefined ? [] : seen(redrawn).lines).toContain(
      'Until <moment> The lock is forgetting the PIN. Until then it may still open the door.',
    );
    expect(await enter('Porch', first)).toBe(false);
    expect(await enter('Lobby', second)).toBe(true);
    expect((await deletions()).map(({ body }) => body)).toEqual([
      { access_code_id: world.rows('code').find(({ guest }) => guest === 'Anna')?.access_code_id },
    ]);
    expect((await listed()).lines).not.toContain('Porch, for Anna');
  });

  it('says that somebody else has removed a code', async () => {
    const pin = await makePin('porch for 2h');
    await askSeam('/access_codes/delete', { access_code_id: codeIdOf() });
    await eventually('it is off the lock', async () => !(await enter('Porch', pin)));
    if (!webhooks) await listed();
    await eventually('it is known', () => world.rows('code')[0]?.over === 1);
    expect(standings()).toEqual([{ kind: 'ended', why: 'removed_elsewhere' }]);
    // That the code was typed meanwhile may be told after it.
    await eventually('it is told', async () =>
      (await world.messages(OLIVIA)).some(({ text }) =>
        text.startsWith('Porch: Somebody removed this code without Latchbolt.'),
      ),
    );
  });
});

describe('a lock', () => {
  beforeEach(() => begin());

  it('that is offline learns the PIN when it is back, and its owner hears of it', async () => {
    const { deviceId } = await world.door('Porch');
    await world.seam.door({ deviceId, online: false });
    await world.type(OLIVIA, '/locks code porch for 2h for Anna');
    const waiting = await starts('Porch, for Anna: The lock is offline.');
    expect(seen(waiting)).toEqual({
      text: 'Porch, for Anna: The lock is offline. It learns the PIN as soon as it is back, and you are told then. Until <moment>.',
      lines: [
        'Porch, for Anna',
        'Until <moment> The lock is offline. It learns the PIN as soon as it is back, and you are told then.',
      ],
      buttons: ['Show PIN', 'Revoke'],
      ephemeral: true,
    });
    // By then the command cannot be answered any more.
    await goBy(40 * MINUTE_MS);
    await world.seam.door({ deviceId, online: true });
    const ready = await starts('Porch, for Anna: The PIN works.');
    expect(seen(ready)).toMatchObject({ ephemeral: false, buttons: ['Show PIN', 'Revoke'] });
    expect(pinIn(ready)).toBeNull();
    await world.click(OLIVIA, 'Show PIN');
    const shown = await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    expect(await enter('Porch', pinIn(shown) ?? '')).toBe(true);
  });

  it('that has the same PIN already takes a new one', async () => {
    const { deviceId } = await world.door('Porch');
    await world.type(OLIVIA, '/locks code porch for 2h for Anna');
    await eventually('it was asked for', () => typeof world.rows('code')[0]?.access_code_id === 'string');
    const { access_code } = await askSeam('/access_codes/get', { access_code_id: codeIdOf() });
    const code = String((access_code as { code: string }).code);
    await world.seam.code({ deviceId, code, name: 'By hand' });
    const failed = await starts('Porch, for Anna: Not set');
    expect(seen(failed)).toEqual({
      text: 'Porch, for Anna: Not set: the lock already has another code with the same PIN. Press New PIN. Until <moment>.',
      lines: [
        'Porch, for Anna',
        'Until <moment> Not set: the lock already has another code with the same PIN. Press New PIN.',
      ],
      buttons: ['New PIN', 'Revoke'],
      ephemeral: true,
    });
    await world.click(OLIVIA, 'New PIN');
    const shown = await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    const pin = pinIn(shown) ?? '';
    expect(pin).not.toBe(code);
    expect(await enter('Porch', pin)).toBe(true);
    await eventually('the first is gone', () => world.rows('code').some(({ over }) => over === 1));
    expect(standings()).toEqual([{ kind: 'ended', why: 'revoked' }, { kind: 'set' }]);
    const [one, two] = world.rows('code');
    expect(two).toMatchObject({ ends_at: one?.ends_at, guest: 'Anna' });
    expect(await creations()).toHaveLength(2);
  });

  it('that is full says so, and one that takes six digits gets six', async () => {
    const { deviceId } = await world.door('Lobby');
    for (const code of ['901001', '901002']) await world.seam.code({ deviceId, code });
    expect(await makePin('lobby for 2h')).toMatch(/^(?!12)\d{6}$/);
    await world.type(OLIVIA, '/locks code lobby for 3h for Anna');
    const full = await starts('Lobby, for Anna: Not set');
    expect(seen(full).lines[1]).toBe(
      'Until <moment> Not set: the lock has no room for another code. Revoke one, or remove one in the lock’s own app, then press New PIN.',
    );
    expect(standings()).toEqual([{ kind: 'set' }, { kind: 'failed', why: 'no_room' }]);
  });

  it('without a connection takes codes for whole hours, which nobody can revoke', async () => {
    await world.type(OLIVIA, '/locks code shed for 90 min for Anna');
    const shown = await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    const offline =
      'This lock takes its codes without a connection: they are for whole hours, and nobody can revoke them.';
    expect(seen(shown)).toEqual({
      text:
        `Shed, for Anna: The PIN works. ${offline} From <moment> until <moment>. The PIN is in this message. ` +
        'Read it out, or pass it on yourself: only you see this message.',
      lines: [
        'Shed, for Anna',
        'Read it out, or pass it on yourself: only you see this message.',
        `From <moment> until <moment> The PIN works. ${offline}`,
      ],
      buttons: [],
      ephemeral: true,
    });
    const [row] = world.rows('code');
    const [startsAt, endsAt] = [Number(row?.starts_at), Number(row?.ends_at)];
    expect([startsAt % HOUR_MS, endsAt % HOUR_MS, row?.offline]).toEqual([0, 0, 1]);
    expect(endsAt).toBeGreaterThanOrEqual(Number(row?.requested_at) + 90 * MINUTE_MS);
    expect((await creations())[0]?.body).toMatchObject({
      is_offline_access_code: true,
      max_time_rounding: '1hour',
    });
    const pin = pinIn(shown) ?? '';
    expect(await enter('Shed', pin)).toBe(true);

    expect((await listed()).buttons).toEqual(['Show PIN', 'Refresh', 'Make a code']);
    await world.forge(OLIVIA, { action_id: 'codes:revoke', value: `${OLIVIA} ${row?.id}` });
    await starts('Shed, for Anna: this code cannot be revoked. Its lock has no connection');
    expect(await deletions()).toEqual([]);
    await goBy(endsAt - world.time.now() + MINUTE_MS);
    await eventually('it is over', () => world.rows('code')[0]?.over === 1);
    expect(await enter('Shed', pin)).toBe(false);
  });

  it('without a connection must be used within a day where its code lasts longer', async () => {
    await world.type(OLIVIA, '/locks code shed for 30 days');
    const shown = await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    expect(shown.lines[1]).toContain('It must be used for the first time within 24 hours of its start.');
    expect((await creations())[0]?.body).toMatchObject({ max_time_rounding: '1day' });
  });

  it('that does not forget a PIN says so, and is asked again', async () => {
    const pin = await makePin('porch for 2h');
    const { deviceId } = await world.door('Porch');
    await world.seam.door({ deviceId, fate: { kind: 'fails', type: 'lock_error', message: 'It is stuck.' } });
    await listed();
    await world.click(OLIVIA, 'Revoke');
    const stuck = await starts('Porch: Not removed');
    expect(stuck.text).toContain('the lock does not let go of the PIN, which may still open the door.');
    expect(await enter('Porch', pin)).toBe(true);
    await world.seam.door({ deviceId, fate: { kind: 'works' } });
    await world.click(OLIVIA, 'Revoke');
    await eventually('it is gone', () => world.rows('code')[0]?.over === 1);
    expect(await enter('Porch', pin)).toBe(false);
  });

  it('that goes offline tells that its PIN may still work', async () => {
    await makePin('porch for 2h');
    const { deviceId } = await world.door('Porch');
    await world.seam.door({ deviceId, online: false });
    await listed();
    await world.click(OLIVIA, 'Revoke');
    const waiting = await starts('Your codes. Porch: Not removed yet: the lock is offline.');
    expect(waiting.text).toContain(
      'The PIN may open the door until the lock is back, or until its time is over.',
    );
    await world.seam.door({ deviceId, online: true });
    await starts('Porch: Revoked. The PIN no longer opens the door.');
  });

  it('has its codes in pages', async () => {
    for (let count = 0; count < 10; count += 1) {
      await goBy(count === 5 ? MINUTE_MS : 0);
      await world.type(OLIVIA, `/locks code porch for 2h for Guest ${count}`);
      await eventually('it was asked for', async () => (await creations()).length === count + 1);
    }
    const isTold = () => world.rows('code').every(({ told }) => told === '{"kind":"set"}');
    await eventually('all are set, and told', isTold, 15_000);
    await world.type(OLIVIA, '/locks codes');
    const first = await starts('Your codes, page 1 of 2.');
    expect(first.buttons.filter((text) => text === 'Show PIN')).toHaveLength(8);
    await world.click(OLIVIA, 'Next');
    const second = await starts('Your codes, page 2 of 2.');
    expect(second.id).toBe(first.id);
    expect(second.lines.filter((line) => line.startsWith('Porch'))).toEqual([
      'Porch, for Guest 1',
      'Porch, for Guest 0',
    ]);
    expect(second.buttons).toContain('Previous');
  });
});

it('is called after its guest wherever it is told that it was typed, at no call to Seam', async () => {
  await begin();
  const home = inHome(() => world);
  const pin = await makePin('porch for 2h for *Anna*');
  const before = (await world.seamCalls()).length;
  expect(await enter('Porch', pin)).toBe(true);
  await starts('Porch: unlocked with the code “*Anna*”.');
  await home.opened(OLIVIA, 'Porch *Unlocked* at the keypad with the code “*Anna*”');
  await world.type(OLIVIA, '/locks history');
  const past = await starts('History of your doors');
  expect(pastLines(past).map(still)).toContain(
    '<moment> Porch: Unlocked at the keypad with the code “*Anna*”',
  );
  const calls = (await world.seamCalls()).slice(before).map(({ path }) => path);
  expect(calls.filter((path) => path.startsWith('/access_codes'))).toEqual([]);
});
