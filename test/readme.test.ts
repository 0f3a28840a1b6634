import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { COMMAND } from '../src/answer.ts';
import { variables } from '../src/config/variables.ts';
import { features } from '../src/features/index.ts';

const readme = readFileSync('README.md', 'utf8');
/** The rows of the table whose first heading is this, as cells. */
function tableOf(heading: string): string[][] {
  const lines = readme.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} |`));
  const rows = lines.slice(start + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

it('has every variable in its table, in the same order, with its default', () => {
  const rows = tableOf('variable');
  expect(rows.map(([name]) => name)).toEqual(variables.map(({ name }) => `\`${name}\``));
  for (const [index, variable] of variables.entries()) {
    const [, needed, without] = rows[index] ?? [];
    if (variable.default !== null) expect(without).toBe(`\`${variable.default}\``);
    expect(needed === 'always').toBe(variable.required === 'always');
  }
});

it('has every word that can be typed', () => {
  const words = features.flatMap(({ subcommands }) => subcommands.map(({ word }) => word));
  const typed = tableOf('type').map(([cell]) => cell);
  expect(typed).toEqual(
    [COMMAND, ...words.filter((word) => word !== 'list').map((word) => `${COMMAND} ${word}`)].map(
      (text) => `\`${text}\``,
    ),
  );
});

it('shows every picture that is there, once', () => {
  const shown = [...readme.matchAll(/!\[[^\]]+\]\(docs\/pictures\/([^)]+)\)/g)].map(([, file]) => file ?? '');
  expect(shown.toSorted()).toEqual(readdirSync('docs/pictures').toSorted());
});
