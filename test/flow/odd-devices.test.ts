import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { behindLiar, type Lie, type LyingSeam } from '../support/lying-seam.ts';
import { eventually, OLIVIA, type Shown, startWorld, type World } from '../support/world.ts';

let world: World;
let liar: LyingSeam;

beforeAll(async () => {
  world = await startWorld({ webhooks: false });
  await world.connect(OLIVIA, 'olivia@example.com');
  liar = await behindLiar(world);
});
afterEach(() => {
  liar.lie = {};
});
afterAll(async () => {
  liar.close();
  await world.close();
});

/** A device as Seam writes it. */
interface Device {
  [field: string]: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
}
const devicesIn = (body: Record<string, unknown>) => body.devices as Device[];

/** Alters the lists of devices. */
const devices = (change: (devices: Device[]) => object[]): Lie => ({
  answer: ({ path }, body) =>
    path === '/devices/list' ? { ...body, devices: change(devicesIn(body)) } : body,
});
/** Alters the first device of each list, which is the Front Door. */
const frontDoor = (change: (device: Device) => object): Lie =>
  devices(([front, ...others]) => [...(front === undefined ? [] : [change(front)]), ...others]);
const properties = (odd: object) =>
  frontDoor((device) => ({ ...device, properties: { ...device.properties, ...odd } }));
const facts = (odd: object) => frontDoor((device) => ({ ...device, ...odd }));

/** Types /locks and waits for the list that answers. */
async function newList(): Promise<Shown> {
  const before = (await world.messages(OLIVIA)).length;
  await world.type(OLIVIA, '/locks');
  await eventually('an answer', async () => (await world.messages(OLIVIA)).length > before);
  return world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
}

describe('a door that cannot be read is left out, and hides no other', () => {
  it.each<[string, Lie]>([
    ['no properties', facts({ properties: undefined })],
    ['properties that are null', facts({ properties: null })],
    ['no account', facts({ connected_account_id: undefined })],
    ['an empty id', facts({ device_id: '' })],
    ['a name that is a number', facts({ display_name: 7 })],
  ])('%s', async (_, lie) => {
    liar.lie = lie;
    const { lines } = await newList();
    expect(lines).not.toContain('Front Door');
    expect(lines).toContain('Back Gate');
    expect(world.logged.at(-1)).toContain('"leftOut":1');
  });
});

describe('a door of which something is not said is shown all the same', () => {
  it.each<[string, Lie]>([
    ['its errors', facts({ errors: undefined })],
    ['its warnings', facts({ warnings: null })],
    ['its capabilities', facts({ capabilities_supported: undefined })],
    ['whether it is online', properties({ online: undefined })],
  ])('%s', async (_, lie) => {
    liar.lie = lie;
    const { lines } = await newList();
    expect(lines).toEqual(expect.arrayContaining(['Front Door', 'Back Gate']));
  });
});

describe('a list with an odd door can be refreshed and opened in place', () => {
  it.each<[string, Lie]>([
    ['that does not say whether it is online', properties({ online: undefined })],
    ['with a battery of a new kind', properties({ battery: { level: 0.5, status: 'medium' } })],
    ['with a problem without words', facts({ errors: [{ error_code: 'x', message: null }] })],
    [
      'with problems named as parts of every object',
      facts({ errors: ['__proto__', 'constructor'].map((error_code) => ({ error_code, message: 'x' })) }),
    ],
    ['with a name of 1 MB', facts({ display_name: 'é'.repeat(1_000_000) })],
    ['with a name of 100,000 marks on one letter', facts({ display_name: `x${'\u0301'.repeat(100_000)}` })],
  ])('%s', async (_, lie) => {
    liar.lie = lie;
    const before = await newList();
    const messages = (await world.messages(OLIVIA)).length;
    const asked = (await world.seamCalls('/devices/list')).length;
    await world.click(OLIVIA, 'Refresh');
    await eventually('it was refreshed', async () => (await world.seamCalls('/devices/list')).length > asked);
    await world.click(OLIVIA, 'Unlock', 'Server Room');
    const after = await world.sees(OLIVIA, ({ text }) => text.includes('Server Room: Sent'));
    expect(after.id).toBe(before.id);
    expect(await world.messages(OLIVIA)).toHaveLength(messages);
  });
});

it('a page longer than was asked for is shown as far as Slack takes it', async () => {
  liar.lie = devices(([front]) =>
    Array.from({ length: 60 }, (_, n) => ({ ...front, device_id: `d${n}`, display_name: `Door ${n}` })),
  );
  const { lines } = await newList();
  expect(lines.filter((line) => /^Door \d+$/.test(line))).toHaveLength(15);
});
