import { expect } from 'vitest';

/** A way back to a person, as it must stand nowhere in the clear. */
export const SECRET = 'https://hooks.slack.com/actions/T0HOME/1/secret';

/** What can become of a sealed text, made from it and from that of another row. */
export const damages: [string, (sealed: string, other: string) => string][] = [
  ['was cut short', (sealed) => sealed.slice(0, -3)],
  ['was changed', (sealed) => `${sealed.slice(0, 30)}${sealed[30] === 'A' ? 'B' : 'A'}${sealed.slice(31)}`],
  ['was moved from another row', (_, other) => other],
  ['is in the clear', () => SECRET],
];

/** What the log says of a row that was left out: which, and nothing of what stands in it. */
export function expectLogged(lines: readonly string[], row: string): void {
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 'error', row, msg: 'a row of the database cannot be read' }),
  ]);
  expect(lines.join('')).not.toMatch(/nonsense|odd|opened/);
}
