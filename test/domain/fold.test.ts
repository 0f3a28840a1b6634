import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/domain/fold.ts';
import { isVisible } from '../../src/domain/name.ts';

describe('folded', () => {
  test.each([
    ['Front Door', 'front door'],
    ['  FRONT \t door\u00a0', 'front door'],
    ['Front-Door', 'front door'],
    ['Front_Door!', 'front door'],
    ['“Front Door”', 'front door'],
    ['»Front« (Door)', 'front door'],
    ['Ｆｒｏｎｔ　Ｄｏｏｒ　２', 'front door 2'],
    ['Fr\u200bont Do\u00ador', 'front door'],
    ['🚪 Front Door', 'front door'],
    // Accents, composed and not.
    ['Büro', 'buro'],
    ['BU\u0308RO', 'buro'],
    ['Café', 'cafe'],
    ['Ångström', 'angstrom'],
    ['Phòng khách', 'phong khach'],
    ['Кладовая ёжика', 'кладовая ежика'],
    ['Πύλη ΟΔΟΣ', 'πυλη οδοσ'],
    // Letters that are none with an accent.
    ['Straße', 'strasse'],
    ['STRASSE', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Smørrebrød', 'smorrebrod'],
    ['Łódź', 'lodz'],
    ['KAPI', 'kapi'],
    ['Kapı', 'kapi'],
    ['İstanbul', 'istanbul'],
    ['Þór Æsir', 'thor aesir'],
    // Apostrophes.
    ['Anna’s Door', 'annas door'],
    ["Anna's Door", 'annas door'],
    ['Anna´s Door', 'annas door'],
    ['Anna＇s Door', 'annas door'],
    ['’t Huis', 't huis'],
    // Digits.
    ['Room №5', 'room no5'],
    ['Room ②', 'room 2'],
    ['Room 1️⃣', 'room 1'],
    ['باب ٣', 'باب 3'],
    ['باب ۳', 'باب 3'],
    ['Level -1', 'level -1'],
    ['Level −1', 'level -1'],
    ['Level 1', 'level 1'],
    ['Door-1', 'door 1'],
    ['Door - 1', 'door 1'],
    ['Room 1.5', 'room 1 5'],
    // Other writing.
    ['正門', '正門'],
    ['가게 문', '가게 문'],
    ['ｶﾞﾚｰｼﾞ', 'ガレージ'],
    ['がっこう', 'がっこう'],
    ['かっこう', 'かっこう'],
    ['الباب الأمامي', 'الباب الامامي'],
    ['اَلْبَابُ', 'الباب'],
    ['بـــاب', 'باب'],
    ['\u200fباب\u200e \u202bأمامي\u202c', 'باب امامي'],
    ['דֶּלֶת', 'דלת'],
    ['בית־ספר', 'בית ספר'],
    ['की', 'की'],
    ['का', 'का'],
    ['ประตู', 'ประตู'],
    // Nothing but signs.
    ['🚪', '🚪'],
    ['❤️', '❤'],
    ['  🚪  🔑 ', '🚪 🔑'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['!?', '!?'],
    ['！', '!'],
    ['´', '´'],
    ['’', '’'],
    ['ـ', 'ـ'],
    // Their marks in the order that Unicode gives them, whatever kept them apart.
    ['“´\ufe0fﾞ', '“ \u3099\u0301'],
    // Nothing at all.
    ['', ''],
    [' \u00a0\u200b\u200f\ufe0f', ''],
    ['\u0301', ''],
  ])('%j is %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  const anything = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(...' -−‐.\'’´"“İıßſςΣﬀ½①ｶﾞか\u0301\u0308\u20e3\ufe0f\u200d\u0640१٣🚪💂🏻'),
    }),
  );

  test('again, it is the same', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 10_000 },
    );
  });

  test('what can be seen is something', () => {
    fc.assert(
      fc.property(anything, (text) => {
        if (isVisible(text)) expect(fold(text)).not.toBe('');
        expect(fold(text)).toBe(fold(text).trim());
      }),
      { numRuns: 10_000 },
    );
  });

  test('every single character is something, and the same again', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      const folded = fold(character);
      if (fold(folded) !== folded || (folded === '' && isVisible(character))) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  test('the case makes no difference', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aäéñøłßzç dœ1-’') }), (text) => {
        expect(fold(text.toUpperCase())).toBe(fold(text));
      }),
    );
  });
});
