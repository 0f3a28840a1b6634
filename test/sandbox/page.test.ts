import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { COMMAND } from '../../src/answer.ts';
import { features } from '../../src/features/index.ts';
import { isSendable, suggestionsFor } from '../../src/sandbox/page/commands.ts';
import { dateText, localMoment, momentOf } from '../../src/sandbox/page/dates.ts';
import { emojiText, withEmoji } from '../../src/sandbox/page/emoji.ts';
import { type Inline, inlines, parseMrkdwn, safeUrl } from '../../src/sandbox/page/mrkdwn.ts';
import { readRoute, writeRoute } from '../../src/sandbox/page/route.ts';
import { readSuggestions } from '../../src/sandbox/page/suggestions.ts';
import { pageFile, sandboxPages } from '../../src/sandbox/pages.ts';

const text = (words: string): Inline => ({ kind: 'text', text: words });

describe('mrkdwn', () => {
  test('marks bold, italic, struck and code text', () => {
    expect(inlines('*a* _b_ ~c~ `d`')).toEqual([
      { kind: 'bold', of: [text('a')] },
      text(' '),
      { kind: 'italic', of: [text('b')] },
      text(' '),
      { kind: 'strike', of: [text('c')] },
      text(' '),
      { kind: 'code', text: 'd' },
    ]);
  });

  test('nests marks', () => {
    expect(inlines('*a _b_*')).toEqual([
      { kind: 'bold', of: [text('a '), { kind: 'italic', of: [text('b')] }] },
    ]);
  });

  test.each(['snake_case_name', '2*3*4', '* a *', '*a\nb*', '**', '*', 'a * b', '~'])(
    'leaves marks alone that mark nothing: %j',
    (words) => {
      const plain = inlines(words).map((part) =>
        part.kind === 'break' ? '\n' : 'text' in part ? part.text : '',
      );
      expect(plain.join('')).toBe(words);
    },
  );

  test('does not end a mark inside code or a link', () => {
    expect(inlines('*a `b*` c*')).toEqual([
      { kind: 'bold', of: [text('a '), { kind: 'code', text: 'b*' }, text(' c')] },
    ]);
  });

  test('turns entities into characters, and never into marks or links', () => {
    expect(inlines('&lt;https://a.example&gt; &amp;amp;').map((part) => part.kind)).toEqual([
      'text',
      'link',
      'text',
    ]);
    expect(inlines('&lt;!channel&gt; &amp;lt;')).toEqual([text('<!channel> &lt;')]);
  });

  test('reads links, with and without words, and bare addresses', () => {
    expect(inlines('<https://a.example/?b=1&amp;c=2|here>')).toEqual([
      { kind: 'link', url: 'https://a.example/?b=1&c=2', text: 'here' },
    ]);
    expect(inlines('<https://a.example>')).toEqual([
      { kind: 'link', url: 'https://a.example', text: 'https://a.example' },
    ]);
    expect(inlines('See https://a.example/b.')).toEqual([
      text('See '),
      { kind: 'link', url: 'https://a.example/b', text: 'https://a.example/b' },
      text('.'),
    ]);
  });

  test.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    ' https://a',
    'vbscript:x',
  ])('makes no link of %j', (url) => {
    expect(safeUrl(url)).toBeNull();
    expect(inlines(`<${url}|click>`)).toEqual([text('click')]);
  });

  test('reads mentions, specials, dates and emoji', () => {
    expect(inlines('<@U0BEN> <#C0GENERAL|general> <!here> <!subteam^S1|@crew> :lock:')).toEqual([
      { kind: 'user', id: 'U0BEN', label: null },
      text(' '),
      { kind: 'channel', id: 'C0GENERAL', label: 'general' },
      text(' '),
      { kind: 'special', range: 'here' },
      text(' '),
      { kind: 'group', id: 'S1', label: '@crew' },
      text(' '),
      { kind: 'emoji', name: 'lock' },
    ]);
    expect(inlines('<!date^60^{time}^https://a.example|then>')).toEqual([
      { kind: 'date', at: 60, format: '{time}', url: 'https://a.example', fallback: 'then' },
    ]);
    expect(inlines('<!date^soon^{time}|then>')).toEqual([text('then')]);
  });

  test('groups quotes, bullets and preformatted text', () => {
    expect(parseMrkdwn('a\n> b\n&gt; c\n• d\n• e\n```\nf *g*\n```\nh')).toEqual([
      { kind: 'text', of: [text('a')] },
      { kind: 'quote', of: [text('b'), { kind: 'break' }, text('c')] },
      { kind: 'bullets', items: [[text('d')], [text('e')]] },
      { kind: 'pre', text: 'f *g*' },
      { kind: 'text', of: [text('h')] },
    ]);
  });

  test('takes long and hostile text in its stride', () => {
    for (const piece of ['*', '_a', '<', '`', '```', '<@', '&lt;', 'https://', ':a']) {
      expect(() => parseMrkdwn(piece.repeat(3000 / piece.length))).not.toThrow();
    }
  });
});

describe('dates', () => {
  const now = new Date(2026, 10, 23, 12, 0, 0);
  const at = (hours: number) => now.getTime() / 1000 + hours * 3600;

  test('fill their format in words near today', () => {
    expect(dateText(at(0), '{date_short_pretty} at {time}', 'x', now)).toBe('today at 12:00 PM');
    expect(dateText(at(-24), '{date_pretty}', 'x', now)).toBe('yesterday');
    expect(dateText(at(24), '{date_pretty}', 'x', now)).toBe('tomorrow');
    expect(dateText(at(240), '{date_short}', 'x', now)).toBe('Dec 3, 2026');
    expect(dateText(at(-2), '{ago}', 'x', now)).toBe('2 hours ago');
  });

  test('fall back when a name is unknown', () => {
    expect(dateText(at(0), '{constructor}', 'later', now)).toBe('later');
  });

  test('go to a field and back', () => {
    const seconds = String(Date.parse('2026-12-01T14:30') / 1000);
    expect(localMoment(seconds)).toBe('2026-12-01T14:30');
    expect(momentOf('2026-12-01T14:30')).toBe(seconds);
    expect(momentOf('')).toBe('');
  });
});

test('emoji that are not known stay as they were typed', () => {
  expect(withEmoji(':lock: :nonsense: 10:30:15')).toBe('🔒 :nonsense: 10:30:15');
  expect(emojiText('constructor')).toBe(':constructor:');
});

describe('the composer', () => {
  test('suggests commands while one is typed', () => {
    const words = features.flatMap(({ subcommands }) => subcommands.map(({ word }) => word));
    expect(suggestionsFor('/').map(({ text: command }) => command)).toEqual([
      COMMAND,
      ...words.filter((word) => word !== 'list').map((word) => `${COMMAND} ${word}`),
    ]);
    expect(suggestionsFor('/locks con').map(({ text: command }) => command)).toEqual(['/locks connect']);
    expect(suggestionsFor('hello')).toEqual([]);
  });

  test.each([
    ['/', false],
    ['/loc', false],
    ['/locks', true],
    ['/locks con', true],
    ['/locks front door', true],
    ['/unknown', true],
    ['hello', true],
    ['  ', false],
  ])('%j may be sent: %s', (typed, sendable) => {
    expect(isSendable(typed)).toBe(sendable);
  });
});

test('the address names a person and a place', () => {
  expect(readRoute('#U0BEN/home')).toEqual({ me: 'U0BEN', place: 'home' });
  expect(readRoute('')).toEqual({ me: 'U0OLIVIA', place: '' });
  expect(readRoute('#<script>')).toEqual({ me: 'U0OLIVIA', place: '' });
  expect(writeRoute({ me: 'U0BEN', place: 'C0GENERAL' })).toBe('#U0BEN/C0GENERAL');
});

test('suggestions are read from options and groups, and nothing else', () => {
  const option = (value: string) => ({ text: { type: 'plain_text', text: value.toUpperCase() }, value });
  const choice = (value: string, group: string | null) => ({
    value,
    text: value.toUpperCase(),
    detail: null,
    group,
  });
  expect(readSuggestions({ options: [option('a'), { value: 1 }, null] })).toEqual([choice('a', null)]);
  expect(readSuggestions({ option_groups: [{ label: { text: 'G' }, options: [option('b')] }] })).toEqual([
    choice('b', 'G'),
  ]);
  for (const nonsense of [null, 7, 'x', { options: 'x' }, []]) expect(readSuggestions(nonsense)).toEqual([]);
});

describe('the page’s files', () => {
  const pages = sandboxPages({ seamUrl: 'http://127.0.0.1:7412/any/path' });

  test.each([
    '/../pages.ts',
    '/..%2fpages.ts',
    '/page/app.ts',
    '//etc/passwd',
    '/.ts',
    '/app.ts/',
    '/app.ts\0',
    '/tsconfig.json',
    '/App.ts',
    'app.ts',
    '',
    '/constructor',
  ])('do not include %j', async (path) => {
    expect(pageFile(path)).toBeNull();
    expect(await pages(path)).toBeNull();
  });

  test('that do not exist are not answered', async () => {
    expect(await pages('/nothing.ts')).toBeNull();
  });

  test('name the local Seam, and let the page reach only the two servers', async () => {
    const page = await pages('/');
    expect(page).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(page?.body).toContain('<meta name="seam-url" content="http://127.0.0.1:7412" />');
    expect(page?.body).toContain("connect-src 'self' http://127.0.0.1:7412;");
    expect(page?.body).not.toContain('%SEAM_URL%');
    expect(await pages('/?x#y')).toEqual(page);
  });

  test('refuse a Seam that is not on the web', () => {
    expect(() => sandboxPages({ seamUrl: 'javascript:alert(1)' })).toThrow('not an http address');
  });

  test('are JavaScript once their types are stripped, and import only each other', async () => {
    const folder = new URL('../../src/sandbox/page/', import.meta.url);
    const modules = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
    for (const name of modules) {
      const page = await pages(`/${name}`);
      expect(page?.type).toBe('text/javascript; charset=utf-8');
      const imports = [...(page?.body ?? '').matchAll(/from '([^']+)'/g)].map((match) => match[1]);
      for (const source of imports) expect(modules).toContain(source?.replace('./', ''));
      expect(page?.body).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/);
    }
  });

  test('are served as they are when they are styles', async () => {
    const source = await readFile(new URL('../../src/sandbox/page/style.css', import.meta.url), 'utf8');
    expect(await pages('/style.css')).toEqual({ status: 200, type: 'text/css; charset=utf-8', body: source });
  });
});
