import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wallAt } from '../../src/domain/zone.ts';
import { pinIn, seen, withCodes } from '../support/codes.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const HOUR_MS = 60 * 60 * 1000;

let world: World;
const { enter, makePin, goBy, standings, creations, isLeftBehind } = withCodes(() => world);
beforeEach(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'codes@example.com');
});
afterEach(() => world.close());

describe('by name', () => {
  it('makes a PIN that opens the door for its time, and shows it to its owner alone', async () => {
    const before = (await world.seamCalls()).length;
    await world.type(OLIVIA, '/locks code porch for 2h for Anna');
    const shown = await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    expect(seen(shown)).toEqual({
      text:
        'Porch, for Anna: The PIN works. Until <moment>. The PIN is in this message. ' +
        'Read it out, or pass it on yourself: only you see this message.',
      lines: [
        'Porch, for Anna',
        'Read it out, or pass it on yourself: only you see this message.',
        'Until <moment> The PIN works.',
      ],
      buttons: ['Revoke'],
      ephemeral: true,
    });
    const pin = pinIn(shown) ?? '';
    expect(pin).toMatch(/^\d{6}$/);
    expect(shown.raw.blocks[1]).toMatchObject({ text: { type: 'plain_text', text: [...pin].join(' ') } });
    const [hint] = (await world.messages(OLIVIA)).slice(-2);
    expect(hint === undefined ? null : seen(hint)).toEqual({
      text: 'Porch, for Anna: The code is being made. Until <moment>.',
      lines: ['Porch, for Anna', 'Until <moment> The code is being made.'],
      buttons: [],
      ephemeral: true,
    });

    const { deviceId } = await world.door('Porch');
    const [row] = world.rows('code');
    expect(row).toMatchObject({
      slack_user_id: OLIVIA,
      device_id: deviceId,
      door_name: 'Porch',
      guest: 'Anna',
      starts_at: null,
      offline: 0,
      standing: '{"kind":"set"}',
      revoked_at: null,
    });
    const calls = (await world.seamCalls()).slice(before);
    expect(calls.slice(0, 3).map(({ path, body }) => [path, body.device_ids ?? null])).toEqual([
      ['/devices/list', null],
      ['/devices/list', deviceId],
      ['/access_codes/create', null],
    ]);
    expect(calls[2]?.body).toEqual({
      device_id: deviceId,
      name: `Anna ${String(row?.id).slice(0, 8)}`,
      ends_at: new Date(Number(row?.ends_at)).toISOString(),
      preferred_code_length: 6,
    });
    expect(Number(row?.ends_at) - Number(row?.requested_at)).toBeLessThan(2 * HOUR_MS + 1_000);

    expect(await enter('Porch', pin)).toBe(true);
    await goBy(2 * HOUR_MS - 60_000);
    expect(await enter('Porch', pin)).toBe(true);
    await goBy(60_000);
    expect(await enter('Porch', pin)).toBe(false);
    await goBy(60_000);
    await eventually('it is over', () => world.rows('code')[0]?.over === 1);
    expect(standings()).toEqual([{ kind: 'ended', why: 'expired' }]);

    expect(await creations()).toHaveLength(1);
    expect(isLeftBehind(pin)).toBe(false);
    expect((await world.messages(BEN)).length).toBe(0);
    const texts = (await world.messages(OLIVIA)).map(({ text }) => text);
    expect(texts.some((text) => text.replaceAll(' ', '').includes(pin))).toBe(false);
  });

  it('takes quotes and times of the person’s own wall', async () => {
    await world.type(OLIVIA, '/locks code “Porch” from tomorrow 9am until tomorrow 17:30');
    const shown = await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    expect(seen(shown).lines).toEqual([
      'Porch',
      'Read it out, or pass it on yourself: only you see this message.',
      'From <moment> until <moment> Ready. The PIN works from the beginning of its time.',
    ]);
    const [row] = world.rows('code');
    const walls = [row?.starts_at, row?.ends_at].map((at) => wallAt(Number(at), 'Europe/Berlin'));
    expect(walls.map(({ hour, minute }) => [hour, minute])).toEqual([
      [9, 0],
      [17, 30],
    ]);
    const pin = pinIn(shown) ?? '';
    expect(await enter('Porch', pin)).toBe(false);
    await goBy(Number(row?.starts_at) - world.time.now() + 1_000);
    expect(await enter('Porch', pin)).toBe(true);
    await eventually('it is known to work', () => world.rows('code')[0]?.standing === '{"kind":"set"}');
    // That it would was said before.
    expect((await world.messages(OLIVIA)).at(-1)?.id).toBe(shown.id);
  });

  it.each([
    ['porch', 'Porch: no code was made. For how long? Say it after the door.'],
    [
      'porch 2h',
      'Porch: no code was made. “2h”: for so long, until then, or from then on? Say “for”, “until” or “from” before it.',
    ],
    ['porch for 2', 'Porch: no code was made. “2” needs a unit: minutes, hours, days or weeks.'],
    [
      'porch until 5',
      'Porch: no code was made. “5”: in the morning or in the afternoon? Say 9am, 9pm or 21:00.',
    ],
    ['porch for 2 years', expect.stringContaining('“years” is not understood.')],
    [
      'porch for 400 days',
      'Porch: no code was made. Understood: “for 400 days”. That is too long: a code works for one year at most.',
    ],
    [
      'porch from tomorrow',
      'Porch: no code was made. Understood: “from tomorrow”. When does it end? Say “until” with a day or a time, or “for” with how long.',
    ],
  ])('asks again what is not understood: %s', async (words, line) => {
    await world.type(OLIVIA, `/locks code ${words}`);
    const shown = await world.sees(OLIVIA, ({ text }) => text.includes('no code was made'));
    expect(shown.lines).toEqual([
      line,
      'For instance:\n/locks code Porch for 2h\n/locks code Porch until fri noon\n' +
        '/locks code Porch from tomorrow 9am until 24 dec\n/locks code Porch until 17:30 for Anna',
    ]);
    expect(shown.buttons).toEqual(['Choose the times']);
    expect(await creations()).toEqual([]);
    expect(world.rows('code')).toEqual([]);
  });

  it('never guesses a door: it suggests, and makes the code when one is chosen', async () => {
    await world.type(OLIVIA, '/locks code porsh for 1h for Anna');
    const shown = await world.sees(OLIVIA, ({ text }) => text.startsWith('None of your doors'));
    expect(seen(shown)).toMatchObject({
      lines: [
        'None of your doors is called “porsh”. Did you mean this one? Or type for example: /locks code Porch for 2h.',
        'Porch',
      ],
      buttons: ['This one'],
    });
    expect(await creations()).toEqual([]);
    await world.click(OLIVIA, 'This one');
    await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    expect(world.rows('code')).toMatchObject([{ door_name: 'Porch', guest: 'Anna' }]);
  });

  it('asks with a form where Slack does not say whose clock it is, but not for how long', async () => {
    await world.slack.person({ id: OLIVIA, tz: 'Europe/Berlin' });
    const { file } = world.house.config.database;
    const { default: Sqlite } = await import('better-sqlite3');
    const database = new Sqlite(file);
    database.exec('update person set tz = null');
    database.close();
    await world.type(OLIVIA, '/locks code porch until 24 dec');
    const shown = await world.sees(OLIVIA, ({ text }) => text.includes('time zone'));
    expect(shown).toMatchObject({
      text:
        'Porch: no code was made. Slack does not say in which time zone you are, so a day or a time could mean ' +
        'another moment. Choose the times, or say for how long: for 2h.',
      buttons: ['Choose the times'],
    });
    await makePin('porch for 2h');
    expect(await creations()).toHaveLength(1);
  });

  it('is one code, however often it is delivered', async () => {
    await world.slack.faults([{ at: 'delivery', do: 'duplicate', copies: 4 }]);
    const { delivered } = await world.type(OLIVIA, '/locks code porch for 2h');
    await world.slack.faults([]);
    await world.slack.deliver(delivered);
    await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    await world.slack.deliver(delivered);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(world.rows('code')).toHaveLength(1);
    expect(await creations()).toHaveLength(1);
  });

  it('makes five a minute for one lock', async () => {
    for (let count = 0; count < 5; count += 1) {
      await world.type(OLIVIA, '/locks code porch for 2h');
      await eventually('it was asked for', async () => (await creations()).length === count + 1);
    }
    await world.type(OLIVIA, '/locks code porch for 2h');
    const shown = await world.sees(OLIVIA, ({ text }) => text.startsWith('No code was made'));
    expect(shown.text).toMatch(
      /^No code was made\. Many codes were made for this lock within a minute\. Try again in \d+ seconds\.$/,
    );
    expect(await creations()).toHaveLength(5);
    expect(standings()).toContainEqual({ kind: 'refused', why: 'door_limit', waitMs: expect.any(Number) });
  });
});

describe('with the form', () => {
  async function openForm() {
    await world.type(OLIVIA, '/locks code');
    return eventually('the form', async () => (await world.slack.view(OLIVIA)).modals.at(-1));
  }
  const seconds = (fromNowMs: number) => String(Math.floor((world.time.now() + fromNowMs) / 1000));

  it('offers the doors, says what is wrong, and follows the code in one direct message', async () => {
    const { viewId, title } = await openForm();
    expect(title).toBe('Make a code');
    const at = { as: OLIVIA, in: { modal: viewId }, block_id: 'door', action_id: 'codes:door' };
    const { deviceId } = await world.door('Porch');
    const { response } = await world.slack.suggest({ ...at, query: 'POR' });
    expect(response).toEqual({
      options: [{ text: { type: 'plain_text', text: 'Porch', emoji: false }, value: deviceId }],
    });
    const fill = (start: string, end: string) => ({
      door: { 'codes:door': deviceId },
      start: { at: start },
      end: { at: end },
      guest: { name: ' Anna ' },
    });
    const errorsOf = async (start: string, end: string) => {
      await world.slack.submit({ as: OLIVIA, viewId, values: fill(start, end) });
      return (await world.slack.view(OLIVIA)).modals.at(-1)?.errors;
    };
    expect(await errorsOf('', seconds(-HOUR_MS))).toEqual({
      end: 'That is over already. Choose a later end.',
    });
    expect(await errorsOf(seconds(2 * HOUR_MS), seconds(HOUR_MS))).toEqual({
      end: 'It would end before it starts.',
    });
    expect(await errorsOf('', seconds(366 * 24 * HOUR_MS))).toEqual({
      end: 'That is too far away: a code ends within one year.',
    });
    expect(world.rows('code')).toEqual([]);

    await world.slack.submit({ as: OLIVIA, viewId, values: fill(seconds(HOUR_MS), seconds(2 * HOUR_MS)) });
    const ready = await world.sees(OLIVIA, ({ text }) => text.includes('Ready'));
    expect(seen(ready)).toEqual({
      text: 'Porch, for Anna: Ready. The PIN works from the beginning of its time. From <moment> until <moment>.',
      lines: [
        'Porch, for Anna',
        'From <moment> until <moment> Ready. The PIN works from the beginning of its time.',
      ],
      buttons: ['Show PIN', 'Revoke'],
      ephemeral: false,
    });
    // The direct message stays, so that the PIN is not in it.
    await world.click(OLIVIA, 'Show PIN');
    const shown = await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    expect(shown.ephemeral).toBe(true);
    const pin = pinIn(shown) ?? '';
    expect(await enter('Porch', pin)).toBe(false);
    await goBy(HOUR_MS + 1_000);
    expect(await enter('Porch', pin)).toBe(true);
    const card = () => world.messages(OLIVIA).then((all) => all.find(({ id }) => id === ready.id));
    await eventually('it says that it works', async () =>
      (await card())?.text.includes('The PIN works. From'),
    );
    await goBy(HOUR_MS + 60_000);
    await eventually('it says that it is over', async () =>
      (await card())?.text.startsWith('Porch, for Anna: Its time is over.'),
    );
    expect(await enter('Porch', pin)).toBe(false);
    expect(isLeftBehind(pin)).toBe(false);
  });

  it('finds a door by a word of its person’s own, and by what is nearly its name', async () => {
    await world.type(OLIVIA, '/locks alias porch veranda');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Porch is “veranda” too'));
    const { viewId } = await openForm();
    const { deviceId } = await world.door('Porch');
    const at = { as: OLIVIA, in: { modal: viewId }, block_id: 'door', action_id: 'codes:door' };
    const porch = {
      options: [
        {
          text: { type: 'plain_text', text: 'Porch', emoji: false },
          value: deviceId,
          description: { type: 'plain_text', text: 'veranda', emoji: false },
        },
      ],
    };
    for (const query of ['veran', 'porsh']) {
      expect((await world.slack.suggest({ ...at, query })).response).toEqual(porch);
    }
    expect((await world.slack.suggest({ ...at, query: 'swimming pool' })).response).toEqual({ options: [] });
  });

  it('knows the door where its times were not clear', async () => {
    await world.type(OLIVIA, '/locks code porch for a while');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Choose the times'));
    await world.click(OLIVIA, 'Choose the times');
    const modal = await eventually('the form', async () => (await world.slack.view(OLIVIA)).modals.at(-1));
    const values = { end: { at: seconds(HOUR_MS) } };
    await world.slack.submit({ as: OLIVIA, viewId: modal.viewId, values });
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Porch: The PIN works.'));
    expect(world.rows('code')).toMatchObject([{ door_name: 'Porch', guest: null, starts_at: null }]);
  });

  it('is not opened for somebody who has no doors', async () => {
    await world.type(BEN, '/locks code');
    expect(await world.sees(BEN, () => true)).toMatchObject({
      text: 'You have no doors here yet. Connect the account of your smart locks, and you can open them from Slack.',
      buttons: ['Connect your lock account'],
    });
    expect((await world.slack.view(BEN)).modals).toEqual([]);
  });
});
