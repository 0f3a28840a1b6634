import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDoors, splitName } from '../../src/domain/door-name.ts';
import { fold } from '../../src/domain/fold.ts';
import { deviceId } from '../../src/domain/ids.ts';

/** Doors, each with its name for an id. */
const named = (...names: string[]) => names.map((name) => ({ id: deviceId(name), name }));
const alias = (word: string, name: string) => ({ word, deviceId: deviceId(name) });

const doors = named(
  'Front Door',
  'Back Door',
  'Büro',
  'Garage',
  'Anna’s Studio',
  '正門',
  'الباب',
  '🚪',
  'Level -1',
);
const find = (typed: string) => findDoors(typed, doors, []);

describe('a door', () => {
  test.each([
    ['Front Door', 'Front Door'],
    [' front  DOOR ', 'Front Door'],
    ['“Front Door”', 'Front Door'],
    ['front-door', 'Front Door'],
    ['Ｆｒｏｎｔ　Ｄｏｏｒ', 'Front Door'],
    ['buro', 'Büro'],
    ['BÜRO', 'Büro'],
    ['bu\u0308ro', 'Büro'],
    ['annas studio', 'Anna’s Studio'],
    ["Anna's Studio", 'Anna’s Studio'],
    ['正門', '正門'],
    ['\u200fالباب\u200f', 'الباب'],
    ['اَلبَاب', 'الباب'],
    ['🚪', '🚪'],
    ['🚪\ufe0f', '🚪'],
    ['level −1', 'Level -1'],
  ])('is found by %j', (typed, name) => {
    expect(find(typed)).toEqual({ kind: 'one', id: name });
  });

  test.each([
    ['front', ['Front Door']],
    ['fr', ['Front Door']],
    ['front d', ['Front Door']],
    ['door front', ['Front Door']],
    ['door', ['Front Door', 'Back Door']],
    ['frontdoor', ['Front Door']],
    ['fornt door', ['Front Door']],
    ['frnt', ['Front Door']],
    ['the front door please', ['Front Door']],
    ['arage', ['Garage']],
    ['garag', ['Garage']],
    ['carage', ['Garage']],
    ['buero', ['Büro']],
    ['門', ['正門']],
    ['باب', ['الباب']],
    ['level 1', ['Level -1']],
    ['attic', []],
    ['🔑', []],
    ['xyzzy plugh', []],
    ['', []],
    [' \u00a0\u200b ', []],
  ])('is only suggested for %j', (typed, near) => {
    expect(find(typed)).toEqual({ kind: 'none', near });
  });

  test('is found among those of the same name by nobody’s guess', () => {
    const two = [
      { id: deviceId('1'), name: 'Front Door' },
      { id: deviceId('2'), name: 'Back Door' },
      { id: deviceId('3'), name: 'front-door 🚪' },
    ];
    expect(findDoors('Front Door', two, [])).toEqual({ kind: 'several', ids: ['1', '3'] });
    expect(findDoors('front', two, [])).toEqual({ kind: 'none', near: ['1', '3'] });
  });

  test('that is listed twice is one', () => {
    expect(findDoors('garage', [...doors, ...doors], [])).toEqual({ kind: 'one', id: 'Garage' });
    expect(findDoors('garag', [...doors, ...doors], [])).toEqual({ kind: 'none', near: ['Garage'] });
  });

  test('is nearer where it begins so, than where a word of it does, than where it only contains it', () => {
    const near = named('Unfrontal', 'Big Front', 'Frond', 'Frontage', 'Front Door');
    expect(findDoors('front', near, [])).toEqual({
      kind: 'none',
      near: ['Frontage', 'Front Door', 'Big Front', 'Unfrontal', 'Frond'],
    });
  });

  test('of a great many is suggested with few others', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `Room ${index}`);
    expect(findDoors('room', named(...many), [])).toEqual({ kind: 'none', near: many.slice(0, 5) });
    expect(findDoors('ROOM 999', named(...many), [])).toEqual({ kind: 'one', id: 'Room 999' });
    expect(findDoors('room 999x', named(...many), [])).toEqual({
      kind: 'none',
      near: ['Room 999', 'Room 99', 'Room 199', 'Room 299', 'Room 399'],
    });
    expect(findDoors('x'.repeat(4_000), named(...many), [])).toEqual({ kind: 'none', near: [] });
    const line = `room 7 ${'for '.repeat(500)}`;
    expect(splitName(line, named(...many), [], () => false)).toMatchObject({
      meant: { kind: 'one', id: 'Room 7' },
      typed: 'room 7',
    });
  });
});

describe('a person’s own word', () => {
  test('is for its door, however it is typed', () => {
    const aliases = [alias('HQ', 'Front Door'), alias('Zuhäuse', 'Garage')];
    for (const typed of ['hq', 'Hq', '“hq”', ' HQ!']) {
      expect(findDoors(typed, doors, aliases)).toEqual({ kind: 'one', id: 'Front Door' });
    }
    expect(findDoors('zuhause', doors, aliases)).toEqual({ kind: 'one', id: 'Garage' });
    expect(findDoors('garage', doors, aliases)).toEqual({ kind: 'one', id: 'Garage' });
  });

  test('wins over names', () => {
    expect(findDoors('garage', doors, [alias('garage', 'Front Door')])).toEqual({
      kind: 'one',
      id: 'Front Door',
    });
  });

  test('for two doors is for neither', () => {
    const aliases = [alias('home', 'Garage'), alias('HOME', 'Front Door')];
    expect(findDoors('home', doors, aliases)).toEqual({
      kind: 'several',
      ids: ['Front Door', 'Garage'],
    });
  });

  test('twice for one door is once', () => {
    const aliases = [alias('home', 'Garage'), alias('Home!', 'Garage')];
    expect(findDoors('home', doors, aliases)).toEqual({ kind: 'one', id: 'Garage' });
  });

  test('for a door that is gone counts for nothing', () => {
    expect(findDoors('hq', doors, [alias('hq', 'Gone')])).toEqual({ kind: 'none', near: [] });
    expect(findDoors('garage', doors, [alias('garage', 'Gone')])).toEqual({ kind: 'one', id: 'Garage' });
  });

  test('is suggested, too', () => {
    expect(findDoors('hom', doors, [alias('home', 'Garage')])).toEqual({ kind: 'none', near: ['Garage'] });
  });

  test('that cannot be seen is for nothing', () => {
    expect(findDoors('', doors, [alias('\u200b', 'Garage')])).toEqual({ kind: 'none', near: [] });
  });
});

describe('whatever is typed', () => {
  const aName = fc.string({ unit: fc.constantFrom(...'abAÄ -’🚪1') });
  const aText = fc.oneof(aName, fc.string({ unit: 'grapheme', maxLength: 6 }));

  test('only a door that is called exactly so is found', () => {
    fc.assert(
      fc.property(
        aText,
        fc.array(aName, { maxLength: 12 }),
        fc.array(fc.tuple(aText, fc.nat(12))),
        (typed, names, words) => {
          const all = names.map((name, index) => ({ id: deviceId(`door-${index}`), name }));
          const aliases = words.map(([word, index]) => ({ word, deviceId: deviceId(`door-${index}`) }));
          const isCalled = (id: string) =>
            aliases.some((one) => one.deviceId === id && fold(one.word) === fold(typed)) ||
            all.some((one) => one.id === id && fold(one.name) === fold(typed));
          const meant = findDoors(typed, all, aliases);
          const known = new Set<string>(all.map(({ id }) => id));
          switch (meant.kind) {
            case 'one':
              expect(known.has(meant.id) && isCalled(meant.id)).toBe(true);
              break;
            case 'several':
              expect(new Set(meant.ids).size).toBe(meant.ids.length);
              expect(meant.ids.length).toBeGreaterThan(1);
              for (const id of meant.ids) expect(known.has(id) && isCalled(id)).toBe(true);
              break;
            case 'none':
              expect(new Set(meant.near).size).toBe(meant.near.length);
              expect(meant.near.length).toBeLessThanOrEqual(5);
              for (const id of meant.near) expect(known.has(id) && !isCalled(id)).toBe(true);
          }
          if (fold(typed) === '') expect(meant).toEqual({ kind: 'none', near: [] });
          else if (all.some(({ id }) => isCalled(id))) expect(meant.kind).not.toBe('none');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('a name before other words is found, quoted or not', () => {
    const aDoor = fc.constantFrom(...doors.map(({ name }) => name));
    const aRest = fc.constantFrom('', 'for 2h', 'until fri noon for “Anna Smith”', 'for Anna’s mum');
    const quotes = fc.constantFrom(['', ''], ['“', '”'], ['"', '"'], ['„', '“'], ['‘', '’'], ['«', '»']);
    fc.assert(
      fc.property(aDoor, aRest, quotes, (name, rest, [open = '', close = '']) => {
        expect(splitName(`${open}${name}${close} ${rest}`, doors, [], () => false)).toEqual({
          meant: { kind: 'one', id: name },
          typed: name,
          rest,
        });
      }),
    );
  });
});

describe('a line that begins with a name', () => {
  const isTime = (word: string) => ['for', 'until', 'from'].includes(word.toLowerCase());
  const split = (line: string) => {
    const { meant, typed, rest } = splitName(
      line,
      [...doors, ...named('Front', 'Garage for bikes')],
      [alias('hq', 'Front Door'), alias('hq two', 'Back Door')],
      isTime,
    );
    return [meant.kind === 'one' ? meant.id : meant.kind === 'none' ? meant.near : meant.ids, typed, rest];
  };

  test.each([
    ['front door for 2h', 'Front Door', 'front door', 'for 2h'],
    ['  FRONT   door  for  2h ', 'Front Door', 'FRONT   door', 'for  2h'],
    ['front door', 'Front Door', 'front door', ''],
    ['front for 2h', 'Front', 'front', 'for 2h'],
    ['front dor for 2h', 'Front', 'front', 'dor for 2h'],
    ['hq until noon', 'Front Door', 'hq', 'until noon'],
    ['hq two until noon', 'Back Door', 'hq two', 'until noon'],
    ['garage for bikes for 2h', 'Garage for bikes', 'garage for bikes', 'for 2h'],
    ['garage for 2h', 'Garage', 'garage', 'for 2h'],
    ['🚪 for 2h', '🚪', '🚪', 'for 2h'],
    ['正門 until noon', '正門', '正門', 'until noon'],
    ['front door — for 2h', 'Front Door', 'front door —', 'for 2h'],
    ['front -2h', 'Front', 'front', '-2h'],
    ['"front door" until fri', 'Front Door', 'front door', 'until fri'],
    ['“Front Door” until fri for “Anna”', 'Front Door', 'Front Door', 'until fri for “Anna”'],
    ['«front door»', 'Front Door', 'front door', ''],
    ['"front" door until fri', 'Front', 'front', 'door until fri'],
    ['“front door for 2h', 'Front Door', '“front door', 'for 2h'],
    ['front door for “Anna', 'Front Door', 'front door', 'for “Anna'],
  ])('%j', (line, id, typed, rest) => {
    expect(split(line)).toEqual([id, typed, rest]);
  });

  test.each([
    ['back dor for 2h', ['Back Door'], 'back dor', 'for 2h'],
    ['“back” door for 2h', ['Back Door'], 'back', 'door for 2h'],
    ['back', ['Back Door'], 'back', ''],
    ['attic until noon', [], 'attic', 'until noon'],
    ['for 2h', [], '', 'for 2h'],
    ['"" for 2h', [], '', 'for 2h'],
    ['', [], '', ''],
  ])('%j names no door', (line, near, typed, rest) => {
    expect(split(line)).toEqual([near, typed, rest]);
  });

  test('that is of several', () => {
    const twins = [
      { id: deviceId('1'), name: 'Front' },
      { id: deviceId('2'), name: 'FRONT' },
    ];
    expect(splitName('front for 2h', twins, [], isTime)).toEqual({
      meant: { kind: 'several', ids: ['1', '2'] },
      typed: 'front',
      rest: 'for 2h',
    });
  });
});
