/**
 * CSV as RFC 4180 writes it. A cell that a spreadsheet would take for a formula begins with an apostrophe instead, which
 * spreadsheets take for "this is text".
 */

/** What makes a formula, also after what some spreadsheets take away first: quotes, apostrophes, spaces. */
const FORMULA = /^["'\s\u200b\ufeff]*[=+\-@\t\r\n|%＝＋－＠]/;

/** Tells a spreadsheet that what follows is UTF-8, so that it reads accents. */
export const BYTE_ORDER_MARK = '\ufeff';

/** One line of a table, with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(value: string): string {
  const text = asText(value.toWellFormed());
  return /[",\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The same for one that could be taken for a formula, with an apostrophe before it. */
function asText(value: string): string {
  return FORMULA.test(value) ? `'${value}` : value;
}
