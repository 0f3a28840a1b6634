import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cut, escapeMrkdwn, moment, plain } from '../../src/slack/mrkdwn.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '👩‍👩‍👧',
        '🇩🇪',
        'é',
        'e\u0301',
        '\ud83d',
        '\u202e',
        '\u200b',
        '\n',
        ' ',
        'a',
        '\u200d',
        '\ufeff',
      ),
    )
    .map((parts) => parts.join('')),
);

describe('cut', () => {
  test.each([
    ['', 5, ''],
    ['12345', 5, '12345'],
    ['123456', 5, '1234…'],
    ['123456', 1, '…'],
    ['ab🚪', 4, 'ab🚪'],
    ['abc🚪d', 5, 'abc…'],
    ['abc🚪d', 6, 'abc🚪d'],
    ['ab👩‍👩‍👧cd', 8, 'ab…'],
    ['ab👩‍👩‍👧cdefg', 11, 'ab👩‍👩‍👧…'],
    ['abe\u0301fg', 4, 'ab…'],
  ])('of %j to %i is %j', (whole, longest, expected) => {
    expect(cut(whole, longest)).toBe(expected);
  });

  test('is never too long, keeps the beginning, and halves no character', async () => {
    await fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 60 }), (whole, longest) => {
        const shown = cut(whole, longest);
        expect(shown.length).toBeLessThanOrEqual(longest);
        if (whole.length <= longest) expect(shown).toBe(whole);
        else {
          expect(shown.endsWith('…')).toBe(true);
          expect(whole.startsWith(shown.slice(0, -1))).toBe(true);
        }
        if (whole.isWellFormed()) expect(shown.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('plain', () => {
  test.each([
    ['  Front\tDoor \n', 'Front Door'],
    ['\u202edesrever', 'desrever'],
    ['a\u200bb\u0007c\u061cd\u2066e', 'abcde'],
    ['a \u200b b', 'a b'],
    ['one\u2028two\u2029three\u00a0four', 'one two three four'],
    ['👩‍👩‍👧 & <b>*x*</b>', '👩‍👩‍👧 & <b>*x*</b>'],
    ['1️⃣ ✌🏽', '1️⃣ ✌🏽'],
    ['\ud83d half', '\ufffd half'],
    ['\u200b\u202e', ''],
    ['', ''],
  ])('of %j is %j', (words, expected) => {
    expect(plain(words)).toBe(expected);
  });

  test('is 120 long at most, unless it is said otherwise', () => {
    expect(plain('x'.repeat(120))).toBe('x'.repeat(120));
    expect(plain('x'.repeat(121))).toBe(`${'x'.repeat(119)}…`);
    expect(plain('x'.repeat(121), 40)).toBe(`${'x'.repeat(39)}…`);
  });

  test('is one line of what can be seen, and stays so', async () => {
    await fc.assert(
      fc.property(text, (words) => {
        const shown = plain(words);
        expect(shown).not.toMatch(
          /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]| {2}|^ | $/u,
        );
        expect(shown.isWellFormed()).toBe(true);
        expect(plain(shown)).toBe(shown);
      }),
    );
  });
});

describe('escaping', () => {
  test('leaves nothing that Slack would act on', () => {
    expect(escapeMrkdwn('<!channel> & <@U1> &amp;')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt; &amp;amp;');
    expect(escapeMrkdwn('*bold* _it_ ~no~ `code`')).toBe('*bold* _it_ ~no~ `code`');
  });

  test('can be undone', async () => {
    const undo = (escaped: string) =>
      escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    await fc.assert(
      fc.property(text, (words) => {
        expect(escapeMrkdwn(words)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        expect(undo(escapeMrkdwn(words))).toBe(words);
      }),
    );
  });
});

test('a moment is shown in the reader’s own time, and in UTC where that is not known', () => {
  expect(moment(Date.parse('2026-06-01T08:00:59.999Z'))).toBe(
    '<!date^1780300859^{date_short_pretty} at {time}|2026-06-01 08:00 UTC>',
  );
  expect(moment(0)).toBe('<!date^0^{date_short_pretty} at {time}|1970-01-01 00:00 UTC>');
});
