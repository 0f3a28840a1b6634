import { expect, test } from 'vitest';
import { attemptSchema } from '../../src/seam/attempt.ts';

const attempt = (facts: object) => ({
  action_attempt_id: 'attempt-1',
  action_type: 'UNLOCK_DOOR',
  status: 'pending',
  result: null,
  error: null,
  ...facts,
});
const success = (result: unknown) => attempt({ status: 'success', result });
const error = (said: unknown) => attempt({ status: 'error', error: said });

test.each<[object, object]>([
  [attempt({}), { kind: 'pending' }],
  [attempt({ new_field: 1 }), { kind: 'pending' }],
  [success({ was_confirmed_by_device: true }), { kind: 'success', confirmed: true }],
  [success({ was_confirmed_by_device: false }), { kind: 'success', confirmed: false }],
  [success({}), { kind: 'success', confirmed: false }],
  [success({ was_confirmed_by_device: 'yes' }), { kind: 'success', confirmed: false }],
  [
    error({ type: 'lock_jammed', message: 'Stuck.' }),
    { kind: 'error', type: 'lock_jammed', message: 'Stuck.' },
  ],
  [error({ type: 'lock_jammed' }), { kind: 'error', type: 'lock_jammed', message: '' }],
  [error({ type: 7, message: 'Stuck.' }), { kind: 'error', type: 'unknown', message: 'Stuck.' }],
])('%j is read', (answer, facts) => {
  expect(attemptSchema.parse(answer)).toEqual({ id: 'attempt-1', verb: 'unlock', ...facts });
});

test('one of a lock says so', () => {
  const answer = { ...success({ was_confirmed_by_device: true }), action_type: 'LOCK_DOOR' };
  expect(attemptSchema.parse(answer)).toEqual({
    id: 'attempt-1',
    verb: 'lock',
    kind: 'success',
    confirmed: true,
  });
});

test.each<[unknown]>([
  [null],
  [{}],
  [attempt({ action_attempt_id: undefined })],
  [attempt({ action_attempt_id: '' })],
  [attempt({ action_type: 'CREATE_ACCESS_CODE' })],
  [attempt({ status: undefined })],
  [attempt({ status: 'cancelled' })],
  [success(null)],
  [error(null)],
  [error({})],
  [error({ type: 7, message: 7 })],
])('%j says nothing of the door', (answer) => {
  expect(attemptSchema.safeParse(answer).success).toBe(false);
});
