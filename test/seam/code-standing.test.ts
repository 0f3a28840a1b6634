import { describe, expect, test } from 'vitest';
import type { CodeStanding } from '../../src/domain/code.ts';
import { accessCodeId, deviceId } from '../../src/domain/ids.ts';
import { accessCodeSchema } from '../../src/seam/code.ts';
import { standingOf, standingOfFailure } from '../../src/seam/code-standing.ts';
import { SeamError } from '../../src/seam/errors.ts';
import type { AccessCode } from '../../src/seam/port.ts';

const SET: CodeStanding = { kind: 'set' };
const code = (status: AccessCode['status'], errors: string[] = [], warnings: string[] = []): AccessCode => ({
  ...{ id: accessCodeId('code-1'), deviceId: deviceId('door-1'), name: 'Anna', pin: '4711' },
  ...{ status, errors, warnings },
});

describe('a code', () => {
  test.each<[AccessCode, CodeStanding]>([
    [code('setting'), { kind: 'setting', delayed: false }],
    [code('setting', [], ['delay_in_setting_on_device']), { kind: 'setting', delayed: true }],
    [code('setting', ['device_offline']), { kind: 'setting', delayed: true }],
    [code('setting', ['hub_disconnected']), { kind: 'setting', delayed: true }],
    [code('setting', ['duplicate_code_on_device']), { kind: 'failed', why: 'duplicate' }],
    [
      code('setting', ['device_offline', 'no_space_for_access_code_on_device']),
      { kind: 'failed', why: 'no_room' },
    ],
    [code('setting', ['account_disconnected']), { kind: 'failed', why: 'sign_in_again' }],
    [code('setting', ['constructor', 'a_new_one']), { kind: 'setting', delayed: false }],
    [code('unset'), { kind: 'scheduled' }],
    [code('unset', ['device_offline']), { kind: 'scheduled' }],
    [code('set'), SET],
    [code('set', ['device_offline', 'account_disconnected']), SET],
    [code('set', ['conflicting_external_modification']), { kind: 'failed', why: 'changed_elsewhere' }],
    [code('removing'), { kind: 'removing', delayed: false }],
    [code('removing', [], ['delay_in_removing_from_device']), { kind: 'removing', delayed: true }],
    [code('removing', ['failed_to_remove_from_device']), { kind: 'not_removed', why: 'lock_refused' }],
    [code('unknown', ['account_disconnected']), SET],
  ])('%j stands as %j', (known, standing) => {
    expect(standingOf(known, SET)).toEqual(standing);
  });

  test('of which Seam cannot say anything, and nothing was known, is not set', () => {
    expect(standingOf(code('unknown', ['account_disconnected']), { kind: 'asking' })).toEqual({
      kind: 'failed',
      why: 'sign_in_again',
    });
  });
});

describe('a request that failed', () => {
  const failed = (facts: ConstructorParameters<typeof SeamError>[0], offline = false) =>
    standingOfFailure(new SeamError(facts), offline);

  test.each([
    [{ kind: 'timeout', code: 'ERR_CANCELED' }],
    [{ kind: 'lost', code: 'ECONNRESET' }],
    [{ kind: 'fault', status: 500, code: 'http_500' }],
    [{ kind: 'rejected', status: 404, code: 'http_404' }],
  ] as const)('with %j may have made a code', (facts) => {
    expect(failed(facts)).toEqual({ kind: 'unknown' });
  });

  test.each([
    [{ kind: 'unreachable', code: 'ECONNREFUSED' }, false, 'seam_unreachable', null],
    [{ kind: 'busy', status: 429, code: 'rate_limit_exceeded', waitMs: 5_000 }, false, 'seam_busy', 5_000],
    [{ kind: 'key', status: 401, code: 'unauthorized' }, false, 'seam_key', null],
    [{ kind: 'rejected', status: 400, code: 'device_not_supported' }, false, 'no_codes', null],
    [{ kind: 'rejected', status: 404, code: 'device_not_found' }, false, 'gone', null],
    [{ kind: 'rejected', status: 400, code: 'invalid_input' }, false, 'lock_refused', null],
    [{ kind: 'rejected', status: 400, code: 'invalid_input' }, true, 'times', null],
  ] as const)('with %j (offline: %s) has made none: %s', (facts, offline, why, waitMs) => {
    expect(failed(facts, offline)).toEqual({ kind: 'refused', why, waitMs });
  });
});

describe('what Seam says of a code', () => {
  const whole = {
    access_code_id: 'code-1',
    device_id: 'door-1',
    name: 'Anna',
    code: '4711',
    status: 'set',
    errors: [{ error_code: 'device_offline', message: 'x' }],
    warnings: [{ warning_code: 'w' }],
  };

  test('is read', () => {
    expect(accessCodeSchema.parse(whole)).toEqual(code('set', ['device_offline'], ['w']));
  });

  test('can be odd in what can be done without', () => {
    const odd = { ...whole, name: 7, code: 'tell <you>', status: 'new', errors: null, warnings: [{}, 3] };
    expect(accessCodeSchema.parse(odd)).toEqual({ ...code('unknown'), name: null, pin: null });
  });

  test.each(['access_code_id', 'device_id'])('is nothing without %s', (field) => {
    expect(accessCodeSchema.safeParse({ ...whole, [field]: '' }).success).toBe(false);
  });
});
