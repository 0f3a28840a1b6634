import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readQuoted } from '../../src/domain/quoted.ts';

const texts = (line: string) => readQuoted(line).words.map(({ text }) => text);

describe('the words of a line', () => {
  test.each([
    ['', []],
    ['  \u00a0 ', []],
    ['hq', ['hq']],
    [' front\u00a0door  hq ', ['front', 'door', 'hq']],
    ['“Front Door” hq', ['Front Door', 'hq']],
    ['"Front Door" hq', ['Front Door', 'hq']],
    ['„Front Door“ hq', ['Front Door', 'hq']],
    ['”Front Door” hq', ['Front Door', 'hq']],
    ['“Front Door" hq', ['Front Door', 'hq']],
    ['«Front Door» hq', ['Front Door', 'hq']],
    ['»Front Door« hq', ['Front Door', 'hq']],
    ['« Porte d’entrée » hq', ['Porte d’entrée', 'hq']],
    ['«\u00a0Porte\u00a0» hq', ['Porte', 'hq']],
    ['‹Front Door› hq', ['Front Door', 'hq']],
    ['「正 門」 hq', ['正 門', 'hq']],
    ['＂Front Door＂ hq', ['Front Door', 'hq']],
    ["'Front Door' hq", ['Front Door', 'hq']],
    ['‘Front Door’ hq', ['Front Door', 'hq']],
    ['‚Front Door‘ hq', ['Front Door', 'hq']],
    ['hq “Front Door”', ['hq', 'Front Door']],
    ['"a b" "c d"', ['a b', 'c d']],
    // A quote inside a word, or of the other kind, is a letter like others.
    ['“Anna’s ‘big’ door” hq', ['Anna’s ‘big’ door', 'hq']],
    ["'Anna's door' hq", ["Anna's door", 'hq']],
    ['Anna’s door', ['Anna’s', 'door']],
    ['pipe 5" wide', ['pipe', '5"', 'wide']],
    ['"5" pipe', ['5', 'pipe']],
    ['’t Huis', ['’t', 'Huis']],
    ['rock ’n’ roll', ['rock', 'n', 'roll']],
    ['rock ’n roll', ['rock', '’n', 'roll']],
    // Nothing between them is nothing, in its place.
    ['“” hq', ['', 'hq']],
    ['"  " hq', ['', 'hq']],
  ])('%j', (line, words) => {
    expect(readQuoted(line).kind).toBe('words');
    expect(texts(line)).toEqual(words);
  });

  test('say whether they were quoted, and where the line goes on', () => {
    expect(readQuoted(' “a b” c')).toEqual({
      kind: 'words',
      words: [
        { text: 'a b', isQuoted: true, end: 6 },
        { text: 'c', isQuoted: false, end: 8 },
      ],
    });
  });

  test.each([
    ['“Front Door hq', [], '“Front Door hq'],
    ['hq "Front Door', ['hq'], '"Front Door'],
    ['"', [], '"'],
    ['"Front"Door hq', [], '"Front"Door hq'],
    ['«Front Door hq', [], '«Front Door hq'],
    ['„Front Door’ hq', [], '„Front Door’ hq'],
    ['"a b" "c', ['a b'], '"c'],
  ])('%j has a quote that does not close', (line, words, text) => {
    expect(readQuoted(line)).toMatchObject({ kind: 'unclosed', text });
    expect(texts(line)).toEqual(words);
  });

  test('without quotes are those between spaces', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab é🚪 \t\u00a0') }), (line) => {
        expect(readQuoted(line)).toMatchObject({ kind: 'words' });
        expect(texts(line)).toEqual(line.match(/\S+/g) ?? []);
      }),
    );
  });

  test('are found again when each is put in quotes', () => {
    const aText = fc.string({ unit: fc.constantFrom(...'ab é🚪’') }).map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(aText, { maxLength: 5 }), (words) => {
        expect(texts(words.map((word) => `“${word}”`).join(' '))).toEqual(words);
      }),
    );
  });

  test('of anything lie one after the other', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab "“”\'’«') }), (line) => {
        const ends = readQuoted(line).words.map(({ end }) => end);
        expect(ends).toEqual([...new Set(ends)].toSorted((left, right) => left - right));
        expect(ends.at(-1) ?? 0).toBeLessThanOrEqual(line.length);
      }),
    );
  });
});
