/** `/locks history`: what happened at a person's doors, from what was asked here and what the locks tell. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inThePast, pastLines } from '../support/past.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const KEPT = 'Latchbolt keeps this for 365 days.';
const NO_DOORS =
  'You have no doors here yet. Connect the account of your smart locks, and you can open them from Slack.';
const OLD = 'This history is too old, or no longer of your doors. Type /locks history for a new one.';
const DAY_MS = 24 * 60 * 60 * 1000;

let world: World;
const { writeMoves, writeHappenings, forgetConnecting, opens, heard, asks } = inThePast(() => world);
afterEach(() => world.close());

/** Makes a code on a door, as the owner's other app would. */
async function makeCode(deviceId: string, name: string, code: string) {
  const { seam } = world.house;
  const response = await fetch(`${seam.url}/access_codes/create`, {
    method: 'POST',
    headers: { authorization: `Bearer ${seam.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ device_id: deviceId, name, code }),
  });
  const made = z.object({ access_code: z.object({ access_code_id: z.string() }) });
  const { access_code_id: id } = made.parse(await response.json()).access_code;
  await eventually('the lock has learnt it', async () => {
    const asked = await fetch(`${seam.url}/access_codes/get?access_code_id=${id}`, {
      headers: { authorization: `Bearer ${seam.apiKey}` },
    });
    return (await asked.text()).includes('"status":"set"');
  });
}

describe('with doors', () => {
  beforeEach(async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
    await forgetConnecting(8);
  });

  it('tells of moves and of what locks tell, each thing once, the newest first, in few calls', async () => {
    const { deviceId } = await world.door('Front Door');
    await opens('Front Door', 'Unlocked.');
    await opens('Studio', 'Not unlocked.');
    const first = world.rows('happening').length;
    await world.seam.door({ deviceId, locked: true, by: 'hand' });
    await heard(first + 1);
    await makeCode(deviceId, '=Cleaner <!here>', '2468');
    await world.seam.keypad({ deviceId, code: '2468' });
    await heard(first + 2);
    await world.seam.door({ deviceId, locked: true, by: 'automatic' });
    await heard(first + 3);
    await world.seam.keypad({ deviceId, code: '9999' });
    await heard(first + 4);
    await world.seam.door({ deviceId, online: false });
    await heard(first + 5);
    await world.seam.door({ deviceId, online: true });
    await heard(first + 6);
    await world.seam.door({ deviceId, tampered: true });
    await heard(first + 7);
    // She is told of some of it by itself, for which Seam is asked too.
    await eventually('what does not wait is told', () =>
      world
        .rows('notice')
        .every(({ about, state }) => String(about).includes('"kind":"offline"') || state !== 'waiting'),
    );

    const calls = (await world.seamCalls()).length;
    const shown = await asks(OLIVIA, '/locks history');
    const made = (await world.seamCalls()).slice(calls).map(({ path }) => path);
    expect(made).toEqual(['/devices/list', '/access_codes/list']);
    expect(shown.ephemeral).toBe(true);
    expect(pastLines(shown)).toEqual([
      'History of your doors',
      '<moment> Front Door: Somebody may have tampered with the lock',
      '<moment> Front Door: The lock came online',
      '<moment> Front Door: The lock went offline',
      '<moment> Front Door: Somebody was not let in',
      '<moment> Front Door: Locked by itself',
      '<moment> Front Door: Unlocked at the keypad with the code “=Cleaner <!here>”',
      '<moment> Front Door: Locked by hand or with a key',
      '<moment> Studio: Not unlocked: the bolt was jammed by you, with a button in Slack',
      '<moment> Front Door: Unlocked by you, with a button in Slack',
      KEPT,
    ]);
    // What came of our own move was heard too, and is not told a second time.
    expect(world.rows('happening').filter(({ action_attempt_id }) => action_attempt_id !== null)).not.toEqual(
      [],
    );
    expect(shown.buttons).toEqual(['Export as CSV']);
    expect(shown.text.replaceAll(/<!date[^>]*>/g, '<moment>')).toBe(
      'History of your doors. ' +
        '<moment>: Front Door: Somebody may have tampered with the lock. ' +
        '<moment>: Front Door: The lock came online. ' +
        '<moment>: Front Door: The lock went offline. ' +
        '<moment>: Front Door: Somebody was not let in. ' +
        '<moment>: Front Door: Locked by itself. ' +
        '<moment>: Front Door: Unlocked at the keypad with the code “=Cleaner &lt;!here&gt;”. ' +
        '<moment>: Front Door: Locked by hand or with a key. ' +
        '<moment>: Studio: Not unlocked: the bolt was jammed (by you, with a button in Slack). ' +
        '<moment>: Front Door: Unlocked (by you, with a button in Slack).',
    );
    const words = shown.raw.blocks
      .flatMap((block) => (block.type === 'context' ? block.elements : []))
      .find((element) => 'text' in element && element.text.includes('Cleaner'));
    expect(words?.type).toBe('plain_text');
  });

  it('tells of one door by its name, and of a refusal and a pause with the rest', async () => {
    await opens('Front Door', 'Unlocked.');
    await world.type(OLIVIA, '/locks pause');
    await eventually('it is paused', () => world.rows('pause').length === 1);
    await world.click(OLIVIA, 'Unlock', 'Garage');
    await eventually('it was refused', () => world.rows('move').length === 2);
    const one = await asks(OLIVIA, '/locks history “FRONT door”');
    expect(pastLines(one)).toEqual([
      'History of Front Door',
      '<moment> Front Door: Unlocked by you, with a button in Slack',
      KEPT,
    ]);
    expect(pastLines(await asks(OLIVIA, '/locks history'))).toEqual([
      'History of your doors',
      '<moment> Garage: Not unlocked: whoever asked had paused opening doors by you, with a button in Slack',
      '<moment> Opening doors from Slack was paused by you',
      '<moment> Front Door: Unlocked by you, with a button in Slack',
      KEPT,
    ]);
  });

  it('suggests the nearest for a name that is not there, and says when there is nothing', async () => {
    expect(await asks(OLIVIA, '/locks history helipad')).toMatchObject({
      lines: [
        'None of your doors is called “helipad”. Type /locks to see your doors, then for example: /locks history front door.',
      ],
      buttons: [],
    });
    expect(await asks(OLIVIA, '/locks history frnt dor')).toMatchObject({
      lines: [
        'None of your doors is called “frnt dor”. Did you mean this one? Or type for example: /locks history Front Door.',
        'Front Door',
      ],
      buttons: ['History'],
    });
    await world.click(OLIVIA, 'History');
    await world.sees(OLIVIA, ({ lines }) => lines[0]?.includes('History of Front Door') === true);
    expect(pastLines(await asks(OLIVIA, '/locks history garage'))).toEqual([
      'History of Garage',
      'Nothing is written down yet.',
      KEPT,
    ]);
    expect((await asks(BEN, '/locks history')).lines).toEqual([NO_DOORS]);
  });

  it('turns pages in its own message, merged from both tables, without a gap or a double', async () => {
    const { deviceId } = await world.door('Front Door');
    const start = world.time.now() - 90 * DAY_MS;
    const all = Array.from({ length: 34 }, (_, n) => ({ n, at: start + Math.floor(n / 3) * 60_000 }));
    writeMoves(
      all
        .filter(({ n }) => n % 2 === 0)
        .map(({ n, at }) => ({
          id: `id ${String(n).padStart(3, '0')}`,
          at,
          deviceId,
          outcome: { kind: 'failed', reason: 'lock_refused', said: `no ${n}`, waitMs: null },
        })),
    );
    writeHappenings(
      all
        .filter(({ n }) => n % 2 === 1)
        .map(({ n, at }) => ({ id: `id ${String(n).padStart(3, '0')}`, at, deviceId, kind: 'locked' })),
    );
    const wanted = all.toReversed().map(({ n }) => (n % 2 === 0 ? `no ${n}` : 'Locked'));
    const told = (lines: string[]) =>
      lines.slice(1, -1).map((line) => /no \d+/.exec(line)?.[0] ?? /Locked/.exec(line)?.[0]);

    const first = await asks(OLIVIA, '/locks history front door');
    expect([first.buttons, told(first.lines)]).toEqual([['Next', 'Export as CSV'], wanted.slice(0, 10)]);
    const page = async (button: string, from: number, buttons: string[]) => {
      await world.click(OLIVIA, button);
      const shown = await eventually(`the page from ${from}`, async () => {
        const found = (await world.messages(OLIVIA)).find(({ id }) => id === first.id);
        return found !== undefined && told(found.lines)[1] === wanted[from + 1] && found;
      });
      expect([shown.buttons, told(shown.lines)]).toEqual([buttons, wanted.slice(from, from + 10)]);
    };
    const both = ['Previous', 'Next', 'Export as CSV'];
    await page('Next', 10, both);
    await page('Next', 20, both);
    await page('Next', 30, ['Previous', 'Export as CSV']);
    await page('Previous', 20, both);
    await page('Previous', 10, both);
    await page('Previous', 0, ['Next', 'Export as CSV']);
    expect(world.rows('move')).toHaveLength(17);
  });

  it('tells of colleagues only where an account is shared, and names them', async () => {
    await opens('Front Door', 'Unlocked.');
    const { deviceId } = await world.door('Front Door');
    // Ben tries a door that is not his.
    await world.forge(BEN, { action_id: 'door:unlock', value: `${OLIVIA} listing-1 ${deviceId}` });
    await world.sees(BEN, ({ text }) => text.startsWith('This door is not one of yours'));
    expect((await asks(BEN, '/locks history')).lines).toEqual([NO_DOORS]);
    await world.connect(BEN, 'olivia@example.com');
    await forgetConnecting(0);
    expect(pastLines(await asks(BEN, '/locks history front door'))).toEqual([
      'History of Front Door',
      '<moment> Front Door: Not unlocked: it was not among the doors of whoever asked by you, with a button in Slack',
      `<moment> Front Door: Unlocked by <@${OLIVIA}>, with a button in Slack`,
      KEPT,
    ]);
    // What Ben tried before it was his is nobody else's to read.
    expect(pastLines(await asks(OLIVIA, '/locks history front door'))).toEqual([
      'History of Front Door',
      '<moment> Front Door: Unlocked by you, with a button in Slack',
      KEPT,
    ]);
  });

  it('a button of an account that is not theirs any more, or of somebody else’s history, shows nothing', async () => {
    const { deviceId } = await world.door('Front Door');
    writeMoves(
      Array.from({ length: 12 }, (_, n) => ({ id: `id-${n}`, at: world.time.now() - 1_000 * n, deviceId })),
    );
    const shown = await asks(OLIVIA, '/locks history front door');
    const next = world.button(shown, 'Next');
    await world.forge(BEN, next);
    await world.sees(BEN, ({ text }) => text === OLD);
    await world.forge(BEN, world.button(shown, 'Export as CSV'));
    await world.sees(BEN, ({ text }) => text === OLD);
    for (const value of ['', `${OLIVIA} all older`, `${OLIVIA} all older 1 %`, `${OLIVIA} ../x older 1 a`]) {
      await world.forge(OLIVIA, { action_id: next.action_id, value });
      await eventually(
        `an answer to ${value}`,
        async () => (await world.newest(OLIVIA)).text === OLD || null,
      );
    }
    await world.type(OLIVIA, '/locks disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Your lock accounts'));
    await world.click(OLIVIA, 'Disconnect');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Disconnected: '));
    await world.forge(OLIVIA, next);
    await world.sees(OLIVIA, ({ text }) => text === OLD);
  });

  it('is shown without the names of codes where Seam does not tell them', async () => {
    const { deviceId } = await world.door('Front Door');
    await makeCode(deviceId, 'Cleaner', '2468');
    await world.seam.keypad({ deviceId, code: '2468' });
    await heard(1);
    await world.seam.faults([{ at: '/access_codes/list', do: 'status', status: 500 }]);
    expect(pastLines(await asks(OLIVIA, '/locks history'))).toEqual([
      'History of your doors',
      '<moment> Front Door: Unlocked at the keypad with a code',
      KEPT,
    ]);
  });

  it('a row that is damaged does not hide the others', async () => {
    const { deviceId } = await world.door('Front Door');
    writeMoves([
      { id: 'one', at: world.time.now() - 3_000, deviceId },
      { id: 'two', at: world.time.now() - 2_000, deviceId, more: { outcome: 'not JSON' } },
      { id: 'three', at: world.time.now() - 1_000, deviceId, more: { verb: 'lock', via: 'timer' } },
    ]);
    expect(pastLines(await asks(OLIVIA, '/locks history'))).toEqual([
      'History of your doors',
      '<moment> Front Door: Unlocked by you, with a timer',
      '<moment> Front Door: Unlocked by you, with a button in Slack',
      KEPT,
    ]);
  });
});

describe('what is older than it is kept', () => {
  it('is removed by and by, but nothing that is under way', async () => {
    world = await startWorld();
    await world.connect(OLIVIA, 'olivia@example.com');
    await forgetConnecting(8);
    await world.house.bot.close();
    Object.assign(world.house.config, { historyDays: 30 });
    const { deviceId } = await world.door('Front Door');
    const old = world.time.now() - 31 * DAY_MS;
    const fresh = world.time.now() - 29 * DAY_MS;
    writeMoves([
      ...Array.from({ length: 1_200 }, (_, n) => ({ id: `old-${n}`, at: old - n, deviceId })),
      { id: 'joined', at: old, deviceId, more: { state: 'joined', joined_id: 'old-1' } },
      { id: 'let-go', at: old, deviceId, more: { told_at: null, run_id: null } },
      { id: 'under-way', at: old, deviceId: 'door-2', outcome: null },
      { id: 'fresh', at: fresh, deviceId },
    ]);
    writeHappenings([
      { id: 'old', at: old, deviceId, kind: 'locked' },
      { id: 'fresh', at: fresh, deviceId, kind: 'locked' },
    ]);
    await world.house.restart();
    world.time.advance(60 * 60 * 1000 + 1_000);
    await eventually('it is gone', () => !world.rows('move').some(({ id }) => id === 'old-0'));
    await eventually('all of it is gone', () => world.rows('happening').length === 1);
    const left = world.rows('move').map(({ id }) => id);
    expect(left.toSorted()).toEqual(['fresh', 'under-way']);
    expect(world.rows('happening').map(({ id }) => id)).toEqual(['fresh']);
  });
});
