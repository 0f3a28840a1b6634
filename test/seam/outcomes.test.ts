import { expect, test } from 'vitest';
import { actionAttemptId } from '../../src/domain/ids.ts';
import { outcomeOfAttempt, reasonOfAttempt } from '../../src/seam/outcomes.ts';

test.each([
  ['account_disconnected', 'sign_in_again'],
  ['invalid_credentials', 'sign_in_again'],
  ['missing_device_credentials', 'sign_in_again'],
  ['salto_ks_privacy_mode', 'privacy_mode'],
  ['device_low_battery', 'low_battery'],
  ['lock_jammed', 'jammed'],
  ['jammed_lock', 'jammed'],
  ['device_offline', 'offline'],
  ['device_disconnected', 'offline'],
  ['hub_disconnected', 'offline'],
  ['bridge_disconnected', 'offline'],
  ['august_lock_not_authorized', 'not_permitted'],
  ['insufficient_permissions', 'not_permitted'],
  ['subscription_required', 'not_permitted'],
  ['device_removed', 'gone'],
  ['device_not_found', 'gone'],
  ['device_not_supported', 'not_remote'],
  ['ttlock_lock_gateway_unlocking_not_enabled', 'not_remote'],
  ['constructor', 'lock_refused'],
  ['', 'lock_refused'],
] as const)('a refusal of type "%s" is about %s', (type, reason) => {
  expect(reasonOfAttempt(type, '')).toBe(reason);
});

test.each([
  ['The lock is offline right now.', 'offline'],
  ['Privacy mode is switched on.', 'privacy_mode'],
  ['Low battery: change it soon.', 'low_battery'],
  ['The bolt seems to be jammed!', 'jammed'],
  ['You are not authorized to do that.', 'not_permitted'],
  ['This is not supported by the lock.', 'not_remote'],
  ["James' lock said no.", 'lock_refused'],
  ['No.', 'lock_refused'],
] as const)('a type that says nothing leaves it to the message: %s', (message, reason) => {
  expect(reasonOfAttempt('unknown_error', message)).toBe(reason);
});

test('the type comes before the message', () => {
  expect(reasonOfAttempt('lock_jammed', 'The lock is offline.')).toBe('jammed');
});

test('an attempt has an outcome once it is settled', () => {
  const id = actionAttemptId('attempt-1');
  expect(outcomeOfAttempt({ kind: 'pending', verb: 'unlock', id })).toBeNull();
  expect(outcomeOfAttempt({ kind: 'success', verb: 'unlock', id, confirmed: true })).toEqual({
    kind: 'unlocked',
  });
  expect(outcomeOfAttempt({ kind: 'success', verb: 'unlock', id, confirmed: false })).toEqual({
    kind: 'sent',
  });
  expect(
    outcomeOfAttempt({ kind: 'error', verb: 'unlock', id, type: 'lock_jammed', message: 'It is stuck.' }),
  ).toEqual({
    kind: 'failed',
    reason: 'jammed',
    said: 'It is stuck.',
    waitMs: null,
  });
});
