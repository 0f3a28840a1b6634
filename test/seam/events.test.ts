import { describe, expect, test } from 'vitest';
import { eventOf, eventTypes, seamEventSchema } from '../../src/seam/events.ts';
import { START } from '../support/sights.ts';

const AT = '2026-06-01T08:00:00.000Z';
const event = (type: string, facts: object = {}) => ({
  event_id: 'event-1',
  event_type: type,
  occurred_at: AT,
  device_id: 'door-1',
  connected_account_id: 'account-1',
  ...facts,
});
const read = (sent: object, now = START + 5_000) => eventOf(seamEventSchema.parse(sent), now);
const happening = (kind: string, facts: object = {}) => ({
  kind: 'happened',
  happening: {
    id: 'event-1',
    deviceId: 'door-1',
    accountId: 'account-1',
    kind,
    how: null,
    codeId: null,
    attemptId: null,
    at: START,
    ...facts,
  },
});

describe('a bolt that moved', () => {
  test.each([
    ['keycode', 'keypad'],
    ['manual', 'by_hand'],
    ['automatic', 'by_itself'],
    ['remote', 'remote'],
    ['card', 'card'],
    ['mobile_key', 'card'],
    ['unknown', 'unknown'],
    ['something new', 'unknown'],
    [undefined, 'unknown'],
    [7, 'unknown'],
  ])('by %j is so: %s', (method, how) => {
    expect(read(event('lock.unlocked', { method }))).toEqual(happening('unlocked', { how }));
    expect(read(event('lock.locked', { method }))).toEqual(happening('locked', { how }));
  });

  test('says which code was typed, and what was asked of Seam', () => {
    const facts = { method: 'keycode', access_code_id: 'code-1', action_attempt_id: 'attempt-1' };
    const told = { how: 'keypad', codeId: 'code-1', attemptId: 'attempt-1' };
    expect(read(event('lock.unlocked', facts))).toEqual(happening('unlocked', told));
  });

  test('later than now moved now', () => {
    const told = read(event('lock.locked', { method: 'manual' }), START - 60_000);
    expect(told).toEqual(happening('locked', { how: 'by_hand', at: START - 60_000 }));
  });
});

test.each([
  ['lock.access_denied', 'denied'],
  ['device.disconnected', 'offline'],
  ['device.connected', 'online'],
  ['device.low_battery', 'battery_low'],
  ['device.tampered', 'tampered'],
  ['device.removed', 'removed'],
])('%s is a happening: %s', (type, kind) => {
  expect(read(event(type, { method: 'remote' }))).toEqual(happening(kind));
  expect(read(event(type, { device_id: undefined }))).toBeNull();
});

test.each([
  ['connected_account.disconnected', false],
  ['connected_account.reauthorization_requested', false],
  ['connected_account.connected', true],
])('%s tells of an account whose sign-in works: %s', (type, signedIn) => {
  expect(read(event(type))).toEqual({ kind: 'account_changed', accountId: 'account-1', signedIn });
  expect(read(event(type, { connected_account_id: null }))).toBeNull();
});

test.each([
  ['full', true],
  ['good', true],
  ['low', false],
  ['critical', false],
  [undefined, false],
  [7, false],
])('a battery that is %j is good: %s', (battery_status, isGood) => {
  const told = { kind: 'battery_changed', deviceId: 'door-1', accountId: 'account-1', isGood, at: START };
  expect(read(event('device.battery_status_changed', { battery_status }))).toEqual(told);
});

test('what becomes of a code is told of the code, and of its door', () => {
  const facts = { access_code_id: 'code-1' };
  const told = { kind: 'code_changed', codeId: 'code-1', deviceId: 'door-1' };
  expect(read(event('access_code.set_on_device', facts))).toEqual(told);
  expect(read(event('access_code.set_on_device'))).toBeNull();
  expect(read(event('access_code.unmanaged.created', facts))).toBeNull();
});

test.each(['device.added', 'thermostat.temperature_changed', '', 'constructor', '__proto__'])(
  'nobody waits for %j',
  (type) => {
    expect(read(event(type, { connect_webview_id: 'webview-1', access_code_id: 'code-1' }))).toBeNull();
  },
);

test('every type that is asked for is one that something is made of, once', () => {
  const facts = { connect_webview_id: 'webview-1', access_code_id: 'code-1' };
  expect(eventTypes.filter((type) => read(event(type, facts)) === null)).toEqual([]);
  expect(new Set(eventTypes).size).toBe(eventTypes.length);
});

test.each([
  { event_id: undefined },
  { event_id: '' },
  { occurred_at: 'yesterday' },
  { device_id: '' },
  { connect_webview_id: ' ' },
])('an event with %j is not sound', (facts) => {
  expect(seamEventSchema.safeParse(event('lock.locked', facts)).success).toBe(false);
});
