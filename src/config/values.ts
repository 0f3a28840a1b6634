/** What each variable may hold: checks that end in a sentence about it, and never repeat a value. */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { logLevels } from './variables.ts';

/** A check that fails with the sentence that `judge` gives; null means that all is well. */
function text(judge: (value: string) => string | null) {
  return z.string().superRefine((value, context) => {
    const problem = judge(value);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
}

/** What people most often paste into the wrong place, told apart without repeating it. */
const kinds: readonly (readonly [prefix: string, kind: string])[] = [
  ['xoxb-', 'a bot token; it belongs in SLACK_BOT_TOKEN'],
  ['xapp-', 'an app-level token; it belongs in SLACK_APP_TOKEN'],
  ['xoxp-', "a person's user token"],
  ['xoxe', 'a rotating token; turn token rotation off for this app'],
  ['whsec_', 'a webhook secret; it belongs in SEAM_WEBHOOK_SECRET'],
  ['seam_cst', 'a client session token, not an API key'],
  ['seam_pk', 'a publishable key, not an API key'],
  ['seam_at', 'a personal access token, not an API key'],
  ['seam_', 'a Seam API key; it belongs in SEAM_API_KEY'],
];

/** A token of the kind that begins so. A token of another kind is named by its kind. */
export function token(prefix: string) {
  return text((value) => {
    const kind = kinds.find(([start]) => value.startsWith(start));
    if (kind !== undefined && kind[0] !== prefix) return `holds ${kind[1]}.`;
    if (!value.startsWith(prefix)) return `does not begin with ${prefix}.`;
    if (/\s/.test(value)) return 'has a space or a line break in it.';
    return value.length === prefix.length ? `has nothing after ${prefix}.` : null;
  });
}

/** For secrets that begin with nothing in particular. */
function secretProblem(value: string): string | null {
  const kind = kinds.find(([start]) => value.startsWith(start));
  if (kind !== undefined) return `holds ${kind[1]}.`;
  return /\s/.test(value) ? 'has a space or a line break in it.' : null;
}

/** Slack’s signing secret: any text without a blank that is no token of another kind. */
export const signingSecret = text(secretProblem);

/** What opens `/metrics`: long enough, and of letters that a header can carry. */
export const metricsToken = text((value) => {
  const problem = secretProblem(value);
  if (problem !== null) return problem;
  if (value.length < 16) return 'has fewer than 16 characters.';
  return /^[!-~]+$/.test(value) ? null : 'has a character that no request can carry: use letters and digits.';
});

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

function urlProblem(value: string): string | null {
  const url = URL.parse(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return 'is not a web address that begins with https://.';
  }
  if (url.protocol === 'http:' && !loopback.has(url.hostname)) {
    return 'begins with http://, which would send secrets unprotected: use https://.';
  }
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password.';
  return url.search !== '' || url.hash !== '' ? 'must not hold a ? or a #.' : null;
}

/** A web address, https unless it is this machine, kept without a slash at its end. */
export const withoutSlash = text(urlProblem).transform((value) => new URL(value).href.replace(/\/+$/, ''));
/** The same, kept with a slash at its end. */
export const withSlash = withoutSlash.transform((value) => `${value}/`);

/** Brands with commas between them, kept in lower case, each once. */
export const providers = text((value) =>
  value.split(',').every((name) => /^\s*[a-z0-9_]+\s*$/i.test(name))
    ? null
    : 'is not a list of brand names (letters, digits and _) with commas between them.',
).transform((value) => [...new Set(value.split(',').map((name) => name.trim().toLowerCase()))]);

function databaseProblem(value: string): string | null {
  if (/^postgres(?:ql)?:/i.test(value)) return 'names a PostgreSQL database, which is not supported yet.';
  if (!value.startsWith('file:')) return 'does not begin with file:.';
  if (value.startsWith('file://') && !value.startsWith('file:///')) return 'names another computer.';
  if (/[?#%]/.test(value)) return 'must not hold a ?, a # or a %.';
  if (value.includes(':memory:')) return 'would keep the journal in memory only, where it does not last.';
  return value === 'file:' || value.endsWith('/') ? 'names no file.' : null;
}

/** `file:` and a path, kept as the path. */
export const databaseFile = text(databaseProblem).transform((value) =>
  value.startsWith('file:///') ? fileURLToPath(value) : value.slice('file:'.length),
);

/** 32 bytes in base64, kept as bytes. */
export const encryptionKey = text((value) => {
  const bytes = Buffer.from(value, 'base64');
  const same = bytes.toString('base64').replace(/=+$/, '') === value.replace(/=+$/, '');
  return same && bytes.length === 32 ? null : 'is not 32 bytes in base64.';
}).transform((value) => Buffer.from(value, 'base64'));

/** 0 to 65535. */
export const port = text((value) =>
  /^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? null : 'is not a number from 0 to 65535.',
).transform(Number);

/** A whole number of days, up to ten years. */
export const days = text((value) =>
  /^[1-9]\d{0,3}$/.test(value) && Number(value) <= 3_650 ? null : 'is not a whole number from 1 to 3650.',
).transform(Number);

/** A switch: 1 or 0. */
export const flag = text((value) => (/^[01]$/.test(value) ? null : 'is neither 1 nor 0.')).transform(
  (value) => value === '1',
);

/** A level of the log, in whatever case. */
export const logLevel = z
  .string()
  .toLowerCase()
  .pipe(z.enum(logLevels, { error: 'is not a level of the log.' }));
