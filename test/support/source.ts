import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** One import of a file. */
export interface Import {
  /** A path from the root of the project, or the name of a package. */
  readonly from: string;
  /** The names that are there when the program runs; types are gone by then. Empty: only types. */
  readonly values: readonly string[];
}

/** A file of the source, as the rules look at it. */
export interface SourceFile {
  /** From the root of the project, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** Every file under `src`. */
export function readSource(): SourceFile[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return sourceFile(relative(ROOT, file).replaceAll('\\', '/'), readFileSync(file, 'utf8'));
    })
    .toSorted((left, right) => left.path.localeCompare(right.path));
}

/** A file with this text, its imports read. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, text, imports: /\.m?ts$/.test(path) ? importsOf(path, withoutComments(text)) : [] };
}

/** The text without what is written for people. */
export function withoutComments(text: string): string {
  const TEXTS_OR_COMMENTS = /('(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return text.replaceAll(TEXTS_OR_COMMENTS, (_, quoted?: string) => quoted ?? '');
}

function importsOf(path: string, text: string): Import[] {
  const named = [...text.matchAll(/^(?:import|export)\s+(type\s)?([^'";=]*?)\s*from\s+'([^']+)'/gm)].map(
    ([, type, names = '', from = '']) => ({
      from: resolve(path, from),
      values: type === undefined ? valuesOf(names) : [],
    }),
  );
  const whole = [...text.matchAll(/(?:^import\s+|\bimport\(\s*)'([^']+)'/gm)].map(([, from = '']) => ({
    from: resolve(path, from),
    values: ['*'],
  }));
  return [...named, ...whole];
}

function valuesOf(names: string): string[] {
  return names
    .replaceAll(/[{}]/g, ',')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => name.split(/\s+as\s+/)[0] ?? name);
}

function resolve(path: string, from: string): string {
  return from.startsWith('.') ? posix.join(posix.dirname(path), from) : from;
}
