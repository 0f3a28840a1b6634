import { isVisible } from './name.ts';

/** Letters that Unicode does not take apart, by those that a keyboard without them has. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  ı: 'i',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ŧ: 't',
  ς: 'σ',
};
const NOT_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

/**
 * Accents of Latin, Greek and Cyrillic letters, the points and stretches that Arabic and Hebrew can do without, and
 * what encircles a digit. Other marks make another letter: か is not が.
 */
const ACCENTS =
  /[\u0300-\u036f]|[\p{Mn}&&\p{Script=Hebrew}]|[\u0610-\u061a]|[\u064b-\u0655]|\u0670|\u0640|[\u20d0-\u20f0]/gv;
/** The digits of Arabic and of Persian, whose last four bits are their value. */
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/gu;
/** Left out without a gap: Anna’s is Annas. */
const APOSTROPHES = /['‘’‚‛ʻʼʽ`´′]/gu;
/** Letters and digits. A minus stays with its number: level -1 is not level 1. */
const WORDS = /(?:(?<![\p{L}\p{M}\p{N}\p{Pd}−])[\p{Pd}−](?=\p{N}))?[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;
const DASH = /^[\p{Pd}−]/u;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
/** As above, without those that make one sign of several: a family, a flag. */
const INVISIBLE_ALONE = /[\p{Default_Ignorable_Code_Point}--[\u200d\u{e0020}-\u{e007f}]]/gv;

/**
 * A text as names are compared: case, accents, punctuation, spaces and full-width forms make no difference. Of one
 * without a letter or digit its signs stay, so that nothing that can be seen is folded away. Empty for what cannot.
 */
export function fold(text: string): string {
  const letters = text
    .replaceAll(APOSTROPHES, '')
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(INVISIBLE, '')
    .replaceAll(ACCENTS, '')
    .replaceAll(APOSTROPHES, '')
    .replaceAll(NOT_PLAIN, (letter) => PLAIN[letter] ?? letter)
    .replaceAll(ARABIC_DIGITS, (digit) => String(digit.charCodeAt(0) % 16));
  const words = (letters.match(WORDS) ?? []).map((word) => word.replace(DASH, '-'));
  return words.length > 0 ? words.join(' ').normalize('NFC') : signsOf(text);
}

function signsOf(text: string): string {
  const forms = ['NFKC', 'NFC'].map((form) =>
    // Once more, because marks that something invisible kept apart have an order.
    text.normalize(form).replaceAll(INVISIBLE_ALONE, '').normalize(form).trim().replaceAll(/\s+/g, ' '),
  );
  return forms.find(isVisible) ?? '';
}
