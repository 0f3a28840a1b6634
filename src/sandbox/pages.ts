/** Serves the sandbox's page: plain files, with the types of its TypeScript modules stripped on the way out. */
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';

/** What a server needs in order to answer a request for a part of the page. */
export interface PageAnswer {
  status: number;
  type: string;
  body: string;
}

const folder = new URL('./page/', import.meta.url);

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  ts: 'text/javascript; charset=utf-8',
};

/**
 * The file that a request path names, or null. Only a bare file name of a kind that the page is made of
 * passes, so no path can climb out of the page's folder or reach its tsconfig.
 */
export function pageFile(path: string): { name: string; type: string } | null {
  const pathname = path.split(/[?#]/, 1)[0];
  if (pathname === '/') return { name: 'index.html', type: 'text/html; charset=utf-8' };
  const match = /^\/([a-z][a-z0-9-]*\.(html|css|svg|ts))$/.exec(pathname ?? '');
  const type = types[match?.[2] ?? ''];
  return match?.[1] && type ? { name: match[1], type } : null;
}

/** Only an http(s) origin may be written into the page: it becomes part of its Content-Security-Policy. */
function originOf(seamUrl: string): string {
  const url = new URL(seamUrl);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Error(`not an http address: ${seamUrl}`);
  return url.origin;
}

async function readPage(name: string, type: string, seamOrigin: string): Promise<PageAnswer | null> {
  const source = await readFile(new URL(name, folder), 'utf8').catch(() => null);
  if (source === null) return null;
  if (name.endsWith('.ts')) return { status: 200, type, body: stripTypeScriptTypes(source) };
  if (name.endsWith('.html')) return { status: 200, type, body: source.replaceAll('%SEAM_URL%', seamOrigin) };
  return { status: 200, type, body: source };
}

/**
 * Answers requests for the page's files, for the local Slack to serve from its own origin (so that the page's
 * calls to it need no CORS). Null means "not mine". Each file is read once.
 */
export function sandboxPages(options: { seamUrl: string }): (path: string) => Promise<PageAnswer | null> {
  const seamOrigin = originOf(options.seamUrl);
  const read = new Map<string, Promise<PageAnswer | null>>();
  return async (path) => {
    const file = pageFile(path);
    if (!file) return null;
    const answer = read.get(file.name) ?? readPage(file.name, file.type, seamOrigin);
    read.set(file.name, answer);
    return answer;
  };
}
