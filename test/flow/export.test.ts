/** *Export as CSV*: a person's whole history as a file in a direct message. */
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inThePast } from '../support/past.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const MAKING =
  'The file is being made. It comes to you as a direct message from Latchbolt in a moment; ' +
  'if it does not, type /locks history and export it again.';
const NO_FILE =
  'The file of your history could not be handed to Slack. Type /locks history and try again in a minute.';
const HEADING = '\ufeffTime (Europe/Berlin),Time (UTC),Door,What happened,Who,How,Why';
const DAY_MS = 24 * 60 * 60 * 1000;

let world: World;
let front: string;
const { writeMoves, writeHappenings, forgetConnecting, asks } = inThePast(() => world);

beforeEach(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'olivia@example.com');
  await forgetConnecting(8);
  front = (await world.door('Front Door')).deviceId;
});
afterEach(() => world.close());

const filesOf = async (who: string) =>
  (await world.slack.view(who)).messages.flatMap(({ files, channelId }) =>
    files.map((file) => ({ ...file, channelId })),
  );

/** Clicks *Export as CSV* in a new history, and takes the file. */
async function exported(of = '/locks history') {
  const before = (await filesOf(OLIVIA)).length;
  await asks(OLIVIA, of);
  await world.click(OLIVIA, 'Export as CSV');
  const file = await eventually('the file is there', async () => (await filesOf(OLIVIA))[before], 20_000);
  return { file, lines: file.content.split('\r\n') };
}

const spooled = async () => (await readdir(tmpdir())).filter((name) => /^latchbolt-[0-9a-f]{8}-/.test(name));

it('hands over all that is kept, with names, reasons and two clocks, to nobody else', async () => {
  const at = Date.parse('2026-10-25T00:59:59.500Z');
  writeMoves([
    { id: 'm-1', at, deviceId: front },
    // Clocks were set back a second later: the wall shows the same hour again.
    { id: 'm-2', at: at + 1_000, deviceId: front, who: BEN, more: { via: 'workflow' } },
    {
      id: 'm-3',
      at: at + 2_000,
      deviceId: front,
      outcome: { kind: 'failed', reason: 'lock_refused', said: '=cmd|"/c calc"!A1, or so.', waitMs: null },
      more: { verb: 'lock', via: 'timer' },
    },
    { id: 'm-4', at: at + 3_000, deviceId: front, who: 'U0NOBODY', outcome: { kind: 'sent' } },
  ]);
  writeHappenings([{ id: 'h-1', at: at + 4_000, deviceId: front, kind: 'unlocked', how: 'by_hand' }]);
  const { file, lines } = await exported();
  expect(file).toMatchObject({ mimetype: 'text/csv', channelId: 'D0OLIVIA' });
  expect(file.name).toMatch(/^door-history-\d{4}-\d\d-\d\d\.csv$/);
  expect(lines).toEqual([
    HEADING,
    '2026-10-25T02:00:03+01:00,2026-10-25T01:00:03Z,Front Door,Unlocked,,by hand or with a key,',
    '2026-10-25T02:00:02+01:00,2026-10-25T01:00:02Z,Front Door,Asked to unlock,U0NOBODY,with a button in Slack,the lock did not confirm it',
    '2026-10-25T02:00:01+01:00,2026-10-25T01:00:01Z,Front Door,Not locked,Olivia Reyes,with a timer,"the lock refused: “=cmd|""/c calc""!A1, or so”"',
    '2026-10-25T02:00:00+01:00,2026-10-25T01:00:00Z,Front Door,Unlocked,Ben Carter,with a workflow,',
    '2026-10-25T02:59:59+02:00,2026-10-25T00:59:59Z,Front Door,Unlocked,Olivia Reyes,with a button in Slack,',
    '',
  ]);
  expect(await filesOf(BEN)).toEqual([]);
  const said = (await world.messages(OLIVIA)).slice(-3).map(({ text, ephemeral }) => ({ text, ephemeral }));
  expect(said).toEqual([
    { text: MAKING, ephemeral: true },
    { text: 'History of your doors, as a file with 5 lines.', ephemeral: false },
    { text: '', ephemeral: false },
  ]);
  expect(await spooled()).toEqual([]);
  const [, , upload] = (await world.slack.calls())
    .filter(({ method }) => method.startsWith('files.') || method === 'upload')
    .map(({ method, ok }) => ({ method, ok }));
  expect(upload).toEqual({ method: 'files.completeUploadExternal', ok: true });
});

it('quotes the odd name of a door', async () => {
  await world.connect(OLIVIA, 'odd@example.com');
  await forgetConnecting(0);
  const { deviceId } = await world.door('<script>alert("hi")</script>');
  writeMoves([{ id: 'm-1', at: world.time.now(), deviceId }]);
  const { lines } = await exported();
  expect(lines[1]).toContain(',"<script>alert(""hi"")</script>",Unlocked,');
});

it('is of one door where the history is, and of thousands of lines in slices', async () => {
  const garage = (await world.door('Garage')).deviceId;
  const start = world.time.now() - 200 * DAY_MS;
  writeMoves(
    Array.from({ length: 1_500 }, (_, n) => ({ id: `m-${n}`, at: start + 2_000 * n, deviceId: front })),
  );
  writeHappenings(
    Array.from({ length: 1_500 }, (_, n) => ({
      id: `h-${n}`,
      at: start + 2_000 * n + 1_000,
      deviceId: n % 3 === 0 ? garage : front,
      kind: 'locked',
      how: 'by_itself',
    })),
  );
  const { lines } = await exported('/locks history front door');
  const moments = lines.slice(1, -1).map((line) => Date.parse(line.split(',')[1] ?? ''));
  expect(moments).toHaveLength(2_500);
  expect(moments).toEqual(moments.toSorted((one, other) => other - one));
  expect(lines.filter((line) => line.includes('Garage'))).toEqual([]);
  await world.sees(OLIVIA, () => true);
  expect((await world.messages(OLIVIA)).map(({ text }) => text)).toContain(
    'History of Front Door, as a file with 2500 lines.',
  );
});

it('takes 50,000 lines, the newest, and says that there is more', async () => {
  const start = world.time.now() - 300 * DAY_MS;
  writeHappenings(
    Array.from({ length: 50_003 }, (_, n) => ({
      id: `h-${n}`,
      at: start + 1_000 * n,
      deviceId: front,
      kind: 'locked',
    })),
  );
  const { lines } = await exported();
  expect(lines).toHaveLength(50_002);
  const utc = (n: number) => `${new Date(start + 1_000 * n).toISOString().slice(0, 19)}Z`;
  expect([lines[1], lines.at(-2)].map((line) => line?.split(',')[1])).toEqual([utc(50_002), utc(3)]);
  expect((await world.messages(OLIVIA)).map(({ text }) => text)).toContain(
    'History of your doors, as a file with 50000 lines. There is more, but a file takes no more than this: the newest are in it.',
  );
}, 60_000);

it.each([
  ['gives no address', 'files.getUploadURLExternal', 'error'],
  ['does not take the bytes', 'upload', 'status'],
  ['does not show it', 'files.completeUploadExternal', 'error'],
] as const)('says so when Slack %s, and nothing is left', async (_, at, kind) => {
  await asks(OLIVIA, '/locks history');
  await world.slack.faults([
    kind === 'error' ? { at, do: 'error', error: 'fatal_error' } : { at, do: 'status', status: 503 },
  ]);
  await world.click(OLIVIA, 'Export as CSV');
  await world.sees(OLIVIA, ({ text, ephemeral }) => text === NO_FILE && ephemeral);
  // A direct message that announced the file does not go on saying so.
  expect((await world.messages(OLIVIA)).filter(({ text }) => text.includes('as a file'))).toEqual([]);
  expect(await filesOf(OLIVIA)).toEqual([]);
  expect(await spooled()).toEqual([]);
  const problems = world.log().filter(({ msg }) => msg === 'a history was not exported');
  expect(problems).toEqual([expect.objectContaining({ user: OLIVIA })]);
  expect(world.logged.join('')).not.toContain('/upload/v1/');
});

it('makes one at a time for a person, and none from an old message', async () => {
  const shown = await asks(OLIVIA, '/locks history');
  const button = world.button(shown, 'Export as CSV');
  await world.slack.faults([{ at: 'files.getUploadURLExternal', do: 'delay', ms: 400 }]);
  await world.forge(OLIVIA, button);
  await world.forge(OLIVIA, button);
  await eventually('the second was told', async () =>
    (await world.messages(OLIVIA)).some(({ text }) =>
      text.startsWith('A file of your history is being made'),
    ),
  );
  await eventually('the first is there', async () => (await filesOf(OLIVIA)).length === 1);
  await world.forge(OLIVIA, button, {
    container: {
      type: 'message',
      channel_id: 'C0GENERAL',
      is_ephemeral: true,
      message_ts: `${Math.floor(world.time.now() / 1000) - 13 * 3600}.000100`,
    },
  });
  await world.sees(OLIVIA, ({ text }) => text.startsWith('This history is too old'));
  expect(await filesOf(OLIVIA)).toHaveLength(1);
});

it('a click that is delivered three times makes one file', async () => {
  await asks(OLIVIA, '/locks history');
  await world.slack.faults([{ at: 'delivery', do: 'duplicate', copies: 3, times: 1 }]);
  await world.click(OLIVIA, 'Export as CSV');
  await eventually('the file is there', async () => (await filesOf(OLIVIA)).length > 0);
  const calls = (await world.slack.calls()).filter(({ method }) => method === 'files.getUploadURLExternal');
  expect(calls).toHaveLength(1);
});
