import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../http.ts';
import { QueryValue } from '../input.ts';
import type { World } from '../world.ts';

const CURSOR = z.object({ after: z.number(), filter: z.string() });

/** How a list is cut into pages. */
export interface Paging {
  world: World;
  path: string;
  /** Everything that was asked for; a cursor serves only the list that it came from. */
  raw: Record<string, unknown>;
  limit: number;
  cursor: string | null;
}

/** One page of a list, in order of making, and how to get the next. Cursors only go forward. */
export function page<T extends { seq: number }>(items: Iterable<T>, paging: Paging) {
  const filter = filterOf(paging.raw);
  const after = paging.cursor === null ? -1 : readCursor(paging.cursor, filter);
  const rest = [...items].filter((item) => item.seq > after).sort((a, b) => a.seq - b.seq);
  const shown = rest.slice(0, paging.limit);
  const last = shown.at(-1);
  const next = last !== undefined && rest.length > shown.length ? writeCursor(last.seq, filter) : null;
  return {
    shown,
    pagination: {
      has_next_page: next !== null,
      next_page_cursor: next,
      next_page_url: next === null ? null : nextUrl(paging, next),
    },
  };
}

function writeCursor(after: number, filter: string): string {
  return Buffer.from(JSON.stringify({ after, filter })).toString('base64url');
}

function readCursor(cursor: string, filter: string): number {
  try {
    const read = CURSOR.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (read.filter === filter) return read.after;
  } catch {
    // Fall through: whatever is wrong with it, it is no cursor of this list.
  }
  throw new Refusal(400, 'invalid_input', 'Invalid page_cursor for this list', {
    validation_errors: { _errors: [], page_cursor: { _errors: ['Invalid page_cursor for this list'] } },
  });
}

/** What the list is of, apart from where in it we are. */
function filterOf(raw: Record<string, unknown>): string {
  const names = Object.keys(raw).filter((name) => name !== 'page_cursor' && name !== 'limit');
  const parts = names.sort().map((name) => [name, asList(raw[name])]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
}

function asList(value: unknown): unknown {
  if (value instanceof QueryValue) return value.values;
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function nextUrl({ world, path, raw }: Paging, cursor: string): string {
  const url = new URL(path, world.url);
  for (const [name, value] of Object.entries(raw)) {
    const values = asList(value);
    if (Array.isArray(values)) for (const one of values) url.searchParams.append(name, String(one));
  }
  url.searchParams.set('page_cursor', cursor);
  return url.href;
}
