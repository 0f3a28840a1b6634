import { describe, expect, test } from 'vitest';
import { idSchema, looksLikeId } from '../../src/domain/id-schema.ts';
import * as ids from '../../src/domain/ids.ts';
import { firstVisible } from '../../src/domain/name.ts';
import { failed, type Outcome, unreachable } from '../../src/domain/outcome.ts';

describe('ids', () => {
  const constructors = Object.entries(ids);

  test.each(constructors)('%s takes a text as it is', (_, make) => {
    expect(make(' Ab-1 ')).toBe(' Ab-1 ');
  });

  test.each(constructors)(
    '%s takes nothing that is empty or blank, and says what it was to be',
    (name, make) => {
      const kind = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      for (const blank of ['', ' ', '\n', '\u00a0', '\ufeff']) {
        expect(() => make(blank)).toThrow(new TypeError(`${kind} is empty`));
      }
    },
  );

  test('are all there', () => {
    expect(constructors.map(([name]) => name).toSorted()).toEqual([
      'accessCodeId',
      'actionAttemptId',
      'codeId',
      'connectId',
      'connectWebviewId',
      'connectedAccountId',
      'deviceId',
      'executionId',
      'installationScope',
      'interactionId',
      'listingId',
      'moveId',
      'noticeId',
      'runId',
      'slackUserId',
      'timerId',
      'userIdentifierKey',
    ]);
  });
});

describe('an id from outside', () => {
  const schema = idSchema(ids.deviceId);

  test('is taken as it is', () => {
    expect(schema.parse(' Ab-1 ')).toBe(' Ab-1 ');
  });

  test.each(['', ' ', '\n', '\u00a0', '\ufeff', null, undefined, 7, ['door-1']])(
    'is a fault of what was sent when it is %j',
    (odd) => {
      expect(schema.safeParse(odd)).toMatchObject({ success: false });
    },
  );
});

describe('a text on a button', () => {
  test.each(['a', 'door-1', 'Ab_9', 'x'.repeat(64)])('could be an id of ours when it is %j', (text) => {
    expect(looksLikeId(text)).toBe(true);
  });

  test.each(['', ' ', 'door 1', 'door-1\n', 'a/b', 'a.b', 'é', '<!channel>', 'x'.repeat(65)])(
    'could not when it is %j',
    (text) => {
      expect(looksLikeId(text)).toBe(false);
    },
  );
});

describe('outcomes', () => {
  test('of a failure have all their parts', () => {
    expect(failed('offline')).toEqual({ kind: 'failed', reason: 'offline', said: null, waitMs: null });
    const outcome: Outcome = { kind: 'failed', reason: 'seam_busy', said: 'No', waitMs: 5 };
    expect(failed('seam_busy', 'No', 5)).toEqual(outcome);
  });

  test('that no case is for are a TypeError', () => {
    const odd: unknown = { kind: 'ajar' };
    expect(() => unreachable(odd as never)).toThrow(new TypeError('a case is missing for {"kind":"ajar"}'));
  });
});

describe('names', () => {
  test('are the first of which something can be seen', () => {
    expect(firstVisible([undefined, null, '', ' ', '\u200b', 'Door', 'Gate'], 'Nameless')).toBe('Door');
    expect(firstVisible(['\u202e\u2066'], 'Nameless')).toBe('Nameless');
    expect(firstVisible([], 'Nameless')).toBe('Nameless');
  });
});
