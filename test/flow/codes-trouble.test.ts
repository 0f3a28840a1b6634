import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pinIn, seen, withCodes } from '../support/codes.ts';
import { behindLiar } from '../support/lying-seam.ts';
import { BEN, eventually, GWEN, OLIVIA, SAM, startWorld, type World } from '../support/world.ts';

const CREATE = '/access_codes/create';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let world: World;
const { enter, makePin, goBy, standings, creations, deletions } = withCodes(() => world);
beforeEach(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'codes@example.com');
});
afterEach(() => world.close());

const starts = (who: string, words: string) => world.sees(who, ({ text }) => text.startsWith(words), 8_000);
const unknown =
  'Porch: Nobody can say yet whether the code was made: the answer got lost on its way back. ' +
  'Latchbolt looks for it; check /locks codes in a few minutes.';

describe('one request', () => {
  it.each([
    ['is cut off', { at: CREATE, do: 'reset', times: 1, after: true }],
    ['is answered by a proxy', { at: CREATE, do: 'status', status: 502, times: 1, after: true }],
  ] as const)('that %s is not sent again: the code is found by its name', async (_, fault) => {
    await world.seam.faults([fault]);
    await world.type(OLIVIA, '/locks code porch for 2h');
    await starts(OLIVIA, unknown);
    expect(standings()).toEqual([{ kind: 'unknown' }]);
    await goBy(11_000);
    const shown = await world.sees(OLIVIA, (message) => pinIn(message) !== null);
    expect(await enter('Porch', pinIn(shown) ?? '')).toBe(true);
    expect(await creations()).toHaveLength(1);
    expect(await world.seamCalls('/access_codes/list')).toHaveLength(1);
  });

  it('that never reached Seam is not sent again: there is no code', async () => {
    await world.seam.faults([{ at: CREATE, do: 'status', status: 503, times: 1 }]);
    await world.type(OLIVIA, '/locks code porch for 2h');
    await starts(OLIVIA, unknown);
    for (let looks = 0; looks < 14; looks += 1) {
      await goBy(11_000);
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    await starts(OLIVIA, 'Porch: No code was made: the answer got lost, and the lock has no such code.');
    expect(standings()).toEqual([{ kind: 'ended', why: 'not_made' }]);
    expect(await creations()).toHaveLength(1);
  });

  it.each([
    [
      'rate_limit_exceeded',
      429,
      'seam_busy',
      'Seam, the service that speaks to the locks, gets too many requests right now.',
    ],
    ['device_not_supported', 400, 'no_codes', 'This lock takes no codes from afar.'],
    ['invalid_input', 400, 'lock_refused', 'The lock or its maker refused.'],
  ])('that Seam refuses (%s) makes no code', async (type, status, why, line) => {
    const body = JSON.stringify({ error: { type, message: 'No' }, ok: false });
    await world.seam.faults([{ at: CREATE, do: 'status', status, body, times: 1 }]);
    await world.type(OLIVIA, '/locks code porch for 2h');
    const shown = await starts(OLIVIA, 'Porch: No code was made.');
    expect(shown.text).toContain(line);
    expect(standings()).toMatchObject([{ kind: 'refused', why }]);
    expect(await creations()).toHaveLength(1);
  });

  it('is not sent where nobody can say whose the door is', async () => {
    await world.seam.faults([{ at: '/devices/list', do: 'status', status: 500 }]);
    await world.type(OLIVIA, '/locks code porch for 2h');
    await starts(
      OLIVIA,
      'That did not work. Seam, the service that speaks to the locks, has a fault right now.',
    );
    const { deviceId } = await world.door('Porch');
    await world.forge(OLIVIA, { action_id: 'codes:pick', value: `${OLIVIA} ${deviceId} for 2h` });
    await eventually('two answers', async () => (await world.messages(OLIVIA)).length > 2);
    expect(await creations()).toEqual([]);
  });

  it('is not sent for a lock that takes no codes', async () => {
    const liar = await behindLiar(world, {
      answer: ({ path }, body) => {
        const { devices } = body;
        if (path !== '/devices/list' || !Array.isArray(devices)) return body;
        return {
          ...body,
          devices: devices.map((one: object) => ({ ...one, can_program_online_access_codes: false })),
        };
      },
    });
    await world.type(OLIVIA, '/locks code porch for 2h');
    await starts(OLIVIA, 'Porch: no code was made. This lock takes no codes from afar.');
    expect(await creations()).toEqual([]);
    liar.close();
  });
});

describe('a crash', () => {
  /** Puts the row back to what it was before Seam was asked, or before its answer was written. */
  const rewrite = (sql: string) => {
    const sqlite = new Sqlite(world.house.config.database.file);
    sqlite.exec(sql);
    sqlite.close();
  };

  it('before the answer was written leaves one code, which the next run finds', async () => {
    const pin = await makePin('porch for 2h for Anna');
    await world.house.bot.close();
    rewrite(`update code set access_code_id = null, standing = '{"kind":"asking"}', told = null, told_at = null;
             update timer set due_at = 0`);
    world.time.advance(30_000);
    await world.house.restart();
    await eventually('it is found', () => typeof world.rows('code')[0]?.access_code_id === 'string');
    await eventually('it was told', () => world.rows('code')[0]?.told === '{"kind":"set"}');
    expect(standings()).toEqual([{ kind: 'set' }]);
    expect(await creations()).toHaveLength(1);
    expect(await enter('Porch', pin)).toBe(true);
  });

  it('before Seam was asked leaves none, and says so', async () => {
    await makePin('porch for 2h');
    await world.house.bot.close();
    rewrite(`update code set sent_at = null, lock_name = null, access_code_id = null,
               standing = '{"kind":"asking"}', told = null, told_at = null;
             update timer set due_at = 0`);
    world.time.advance(30_000);
    await world.house.restart();
    await starts(OLIVIA, 'Porch: No code was made. Latchbolt was restarted before it could ask for it.');
    expect(standings()).toEqual([{ kind: 'refused', why: 'not_sent', waitMs: null }]);
    expect(await creations()).toHaveLength(1);
  });
});

describe('a code of somebody else', () => {
  it('is neither shown nor changed, whatever is sent', async () => {
    await world.connect(BEN, 'ben@example.com');
    const pin = await makePin('porch for 2h');
    const id = String(world.rows('code')[0]?.id);
    const refusal =
      'This code is not one of yours, so nothing was shown or changed. Type /locks codes to see your codes.';
    for (const action_id of ['codes:pin', 'codes:revoke', 'codes:again']) {
      for (const value of [
        `${BEN} ${id}`,
        `${OLIVIA} ${id}`,
        `${OLIVIA} ${id} 0`,
        '',
        'a b c',
        `${BEN} ../x`,
      ]) {
        const before = (await world.messages(BEN)).length;
        await world.forge(BEN, { action_id, value });
        await eventually('an answer', async () => (await world.messages(BEN)).length >= before + 2);
        expect((await world.newest(BEN)).text).toBe(refusal);
        await goBy(2_000);
      }
    }
    await world.type(BEN, '/locks codes');
    await starts(BEN, 'You have no codes right now.');
    expect(await deletions()).toEqual([]);
    expect((await world.messages(BEN)).map(({ raw }) => JSON.stringify(raw)).join()).not.toContain(
      [...pin].join(' '),
    );
    expect(await enter('Porch', pin)).toBe(true);
  });

  it('of a door of somebody else is not made, by button or form', async () => {
    await world.connect(BEN, 'ben@example.com');
    const { deviceId } = await world.door('Porch');
    await world.forge(BEN, { action_id: 'codes:pick', value: `${BEN} ${deviceId} for 2h` });
    await starts(BEN, 'The door of this code is not one of yours right now');
    await world.forge(BEN, { action_id: 'codes:make', value: `${BEN} ${deviceId} Porch` });
    await world.type(BEN, '/locks code');
    const modal = await eventually('the form', async () => (await world.slack.view(BEN)).modals.at(-1));
    const at = { as: BEN, in: { modal: modal.viewId }, block_id: 'door', action_id: 'codes:door' };
    await world.slack.suggest({ ...at, query: '' });
    const shed = await world.door('Bike Shed');
    const end = String(Math.floor((world.time.now() + HOUR_MS) / 1000));
    const sent = await world.slack.submit({
      as: BEN,
      viewId: modal.viewId,
      values: { door: { 'codes:door': shed.deviceId }, end: { at: end } },
    });
    await starts(BEN, 'Bike Shed: The PIN works.');
    const forged = JSON.parse(
      JSON.stringify(sent.delivered.body)
        .replaceAll(shed.deviceId, deviceId)
        .replace(/"trigger_id":"/, '"trigger_id":"9'),
    );
    await world.slack.deliver({ kind: 'interactive', body: forged });
    // One form is one code at most: it takes another form to ask at all.
    const other = JSON.parse(
      JSON.stringify(forged)
        .replaceAll(modal.viewId, 'V0OTHER')
        .replace(/"trigger_id":"/, '"trigger_id":"8'),
    );
    await world.slack.deliver({ kind: 'interactive', body: other });
    await starts(BEN, 'No code was made. This door is not one of yours.');
    expect((await creations()).map(({ body }) => body.device_id)).toEqual([shed.deviceId]);
  });

  it('is not for guests, other companies, or messages of long ago', async () => {
    await makePin('porch for 2h');
    const id = String(world.rows('code')[0]?.id);
    await world.type(GWEN, '/locks code porch for 2h');
    await starts(GWEN, 'Guests cannot use Latchbolt here');
    const action = { action_id: 'codes:pin', value: `${OLIVIA} ${id}` };
    await world.forge(OLIVIA, action, {
      user: { id: SAM, team_id: 'T0OTHER', username: 'sam', name: 'sam' },
    });
    await starts(OLIVIA, 'These doors belong to people of another workspace');
    const long = Math.floor(world.time.now() / 1000) - 13 * 3600;
    const container = {
      type: 'message',
      message_ts: `${long}.000100`,
      channel_id: 'C0GENERAL',
      is_ephemeral: true,
    };
    await world.forge(OLIVIA, action, { container });
    await starts(OLIVIA, 'This message is more than 12 hours old');
    expect(await creations()).toHaveLength(1);
  });
});

it('shows no PIN of a door that is not theirs any more', async () => {
  await makePin('porch for 2h');
  await world.seam.account({ email: 'codes@example.com', signedIn: true });
  const sqlite = new Sqlite(world.house.config.database.file);
  sqlite.exec("update account set status = 'leaving'");
  sqlite.close();
  const id = String(world.rows('code')[0]?.id);
  await world.forge(OLIVIA, { action_id: 'codes:pin', value: `${OLIVIA} ${id}` });
  const shown = await starts(OLIVIA, 'The door of this code is not one of yours right now');
  expect(seen(shown).buttons).toEqual([]);
});
