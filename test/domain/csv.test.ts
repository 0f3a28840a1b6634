import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../src/domain/csv.ts';

/** What spreadsheets and programs make of a file: RFC 4180, read by the letter. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      at += 1;
    } else cell += sign;
  }
  return rows;
}

const DANGER = /^["'\s\u200b\ufeff]*[=+\-@\t\r\n|%＝＋－＠]/;
/** What was written, of what stands in a cell. */
const unguarded = (cell: string) => (DANGER.test(cell) ? cell.slice(1) : cell);

describe('a line', () => {
  test.each([
    [['a', 'b'], 'a,b\r\n'],
    [['', ''], ',\r\n'],
    [['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"\r\n'],
    [['Büro', '🚪', 'x '], 'Büro,🚪,"x "\r\n'],
    [['=1+1', '+1', '-1', '@a'], "'=1+1,'+1,'-1,'@a\r\n"],
    [['\t=1', '\r=1'], '"\'\t=1","\'\r=1"\r\n'],
    [['"=1', "'=1", ' =1'], '"\'""=1",\'\'=1,\' =1\r\n'],
    [['＝1', '|x', '%x'], "'＝1,'|x,'%x\r\n"],
    [['\ud800'], '\ufffd\r\n'],
    [['2026-11-24T10:00:00+01:00', 'a=b'], '2026-11-24T10:00:00+01:00,a=b\r\n'],
  ])('of %j is %j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });
});

describe('whatever is in the cells', () => {
  const sign = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    '"',
    "'",
    ',',
    ' ',
    'a',
    '1',
    '＝',
    '\u200b',
  );
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: sign, maxLength: 6 }),
  );
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1 }));

  test('parsed back it is the same', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const read = parse(rows.map(csvLine).join(''));
        expect(read.map((row) => row.map(unguarded))).toEqual(
          rows.map((row) => row.map((cell) => cell.toWellFormed())),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('no cell begins a formula', () => {
    fc.assert(
      fc.property(table, (rows) => {
        for (const cell of parse(rows.map(csvLine).join('')).flat()) {
          expect(cell.trim().replace(/^"+/, '')).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
        }
      }),
      { numRuns: 500 },
    );
  });
});
