import { describe, expect, test } from 'vitest';
import { features } from '../src/features/index.ts';
import { actions } from '../src/views/actions.ts';
import { type Import, readSource, type SourceFile, sourceFile, withoutComments } from './support/source.ts';

/** What is wrong with the source, a sentence for each fault; none when the rule is kept. */
type Rule = (source: readonly SourceFile[]) => string[];

const source = readSource();
const MOST_LINES = 250;

/** A rule about single imports: the complaint about one, or null. */
function aboutImports(
  concerns: (path: string) => boolean,
  complaint: (found: Import, path: string) => string | null,
): Rule {
  return (files) =>
    files
      .filter(({ path }) => concerns(path))
      .flatMap(({ path, imports }) =>
        imports.flatMap((found) => {
          const why = complaint(found, path);
          return why === null ? [] : [`${path} imports ${found.from}: ${why}`];
        }),
      );
}

/** A rule about what stands in a file, comments left out: the complaint about each match. */
function aboutText(concerns: (path: string) => boolean, pattern: RegExp, why: string): Rule {
  return (files) =>
    files
      .filter(({ path }) => concerns(path))
      .flatMap(({ path, text }) =>
        [...withoutComments(text).matchAll(pattern)].map(
          ([found]) => `${path} has "${found.trim()}": ${why}`,
        ),
      );
}

const isIn =
  (...folders: string[]) =>
  (path: string) =>
    folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
const isPackage = (from: string) => !from.startsWith('src/');
const featureOf = (path: string) => /^src\/features\/([^/]+)\//.exec(path)?.[1] ?? null;
const isSandbox = isIn('src/sandbox');
const isPure = (path: string) =>
  isIn('src/views')(path) || /^src\/(features\/[^/]+|moving)\/(view|decide)\.ts$/.test(path);

/** The folder, for files of a part of the house; those beside `main.ts` are each for themselves. */
const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/')).replace(/^src$/, path);
/** The app's registry is a part of it. */
const isOwn = (path: string, makers: readonly string[]) =>
  path === 'src/app.ts' && makers.every((name) => name === 'createRegistry');

/** Modules that do nothing but compute; whatever else is needed comes as an argument. */
const COMPUTING = [
  'src/domain',
  'src/views',
  'src/slack/errors.ts',
  'src/slack/mrkdwn.ts',
  'src/slack/response-url.ts',
  'src/seam/errors.ts',
  'src/seam/outcomes.ts',
  'src/store/errors.ts',
];
const COMPUTES = isIn(...COMPUTING);
/** What several features do with what their Context gives. */
const CLIENT_SESSION = 'src/client-session.ts';
const MOVING = 'src/moving';
const STANDING = 'src/standing.ts';
const SHARED_WORK = isIn(CLIENT_SESSION, STANDING, MOVING);
/** Who hands the environment to src/config.ts. */
const READERS = ['src/main.ts', 'src/doctor/main.ts'];
/** What only those who put the house together may make, by module and name. */
const MAKERS: Readonly<Record<string, readonly string[]>> = {
  WebClient: ['src/context.ts'],
  App: ['src/app.ts'],
  Seam: ['src/seam/adapter.ts'],
  SeamWebhook: ['src/seam/webhooks.ts'],
  SocketModeClient: ['src/slack/socket-session.ts'],
  // The doctor only reads, and must not change what is there.
  Sqlite: ['src/store/sqlite.ts', 'src/doctor/journal.ts'],
  Kysely: ['src/store/sqlite.ts'],
};

const rules: Record<string, { rule: Rule; broken: [path: string, text: string] }> = {
  'a feature never imports another feature': {
    rule: aboutImports(
      (path) => featureOf(path) !== null,
      ({ from }, path) =>
        (featureOf(from) !== null && featureOf(from) !== featureOf(path)) || from === 'src/features/index.ts'
          ? 'move what both need to src/domain (rules) or src/views (what is shown)'
          : null,
    ),
    broken: ['src/features/list/index.ts', "import { open } from '../door/open.ts';"],
  },
  'a feature reaches the world through its Context only': {
    rule: aboutImports(
      (path) => featureOf(path) !== null,
      ({ from, values }, path) =>
        values.length === 0 || COMPUTES(from) || SHARED_WORK(from) || featureOf(from) === featureOf(path)
          ? null
          : 'import its types only, and take the thing itself from the Context',
    ),
    broken: ['src/features/list/index.ts', "import { createSeam } from '../../seam/adapter.ts';"],
  },
  'a feature imports no types of the house around it': {
    rule: aboutImports(
      (path) => featureOf(path) !== null,
      ({ from }, path) =>
        featureOf(from) === featureOf(path) ||
        isIn('src/domain', 'src/slack', 'src/views', 'src/seam', 'src/store')(from) ||
        SHARED_WORK(from) ||
        ['src/feature.ts', 'src/context.ts', '@slack/types'].includes(from) ||
        featureOf(from) !== null
          ? null
          : 'a feature knows domain, slack, views, seam, store, moving, feature.ts, client-session.ts and the Context',
    ),
    broken: ['src/features/list/index.ts', "import type { Config } from '../../config.ts';"],
  },
  'what a feature may call beside its Context is given all that it needs': {
    rule: aboutImports(
      (path) => COMPUTES(path) || SHARED_WORK(path),
      ({ from, values }) =>
        values.length === 0 ||
        COMPUTES(from) ||
        SHARED_WORK(from) ||
        (isPackage(from) && !from.startsWith('node:'))
          ? null
          : 'import its types only, and take the thing itself as an argument',
    ),
    broken: [CLIENT_SESSION, "import { systemTime } from './time.ts';"],
  },
  'nothing outside the sandbox imports the sandbox': {
    rule: aboutImports(
      (path) => !isSandbox(path),
      ({ from }) =>
        isSandbox(from) ? 'production must run without it; move what is shared out of it' : null,
    ),
    broken: ['src/bot.ts', "import { startHouse } from './sandbox/house.ts';"],
  },
  'the domain imports only the domain, and zod for what its things look like': {
    rule: aboutImports(isIn('src/domain'), ({ from }) =>
      isIn('src/domain')(from) || from === 'zod'
        ? null
        : 'turn it round: let the other one import the domain',
    ),
    broken: ['src/domain/door.ts', "import type { Store } from '../store/store.ts';"],
  },
  'views and rules only compute': {
    rule: aboutImports(isPure, ({ from, values }, path) =>
      values.length === 0 || COMPUTES(from) || (isPure(from) && featureOf(from) === featureOf(path))
        ? null
        : 'what a view or a decide.ts needs is handed to it as an argument',
    ),
    broken: ['src/features/help/decide.ts', "import { readFileSync } from 'node:fs';"],
  },
  'views and rules ask neither the clock nor chance': {
    rule: aboutText(
      isPure,
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|\bfetch\(|\bprocess\.|\bset(Timeout|Interval)\(/g,
      'hand it over as an argument, so that a test can choose it',
    ),
    broken: ['src/views/door.ts', 'const age = Date.now() - at;'],
  },
  'the environment is read in one place': {
    rule: aboutText(
      (path) => !READERS.includes(path),
      /\bprocess\.env\b|from 'node:process'/g,
      'let src/config.ts read it, and hand on what it gives',
    ),
    broken: ['src/log.ts', "const level = process.env['LOG_LEVEL'];"],
  },
  'only context.ts and bot.ts put the house together': {
    rule: aboutImports(
      (path) =>
        !isSandbox(path) &&
        !['src/context.ts', 'src/bot.ts', 'src/main.ts', 'src/doctor/database.ts'].includes(path),
      ({ from, values }, path) => {
        const makers = values.filter((name) => /^(create[A-Z]|open(Sqlite|Store)$|startBot$)/.test(name));
        return isPackage(from) ||
          makers.length === 0 ||
          folderOf(from) === folderOf(path) ||
          isOwn(path, makers)
          ? null
          : `let src/context.ts call ${makers.join(', ')} and hand on what it gives`;
      },
    ),
    broken: ['src/features/list/index.ts', "import { createMessenger } from '../../slack/messenger.ts';"],
  },
  'each library has one place that makes it': {
    rule: (files) =>
      files
        .filter(({ path }) => !isSandbox(path))
        .flatMap(({ path, text }) =>
          [...withoutComments(text).matchAll(/\b(?:new|extends) (\w+)\b/g)].flatMap(([, name = '']) => {
            const places = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
            return places === undefined || places.includes(path)
              ? []
              : [`${path} makes a ${name}: only ${places.join(', ')} does; take it from there`];
          }),
        ),
    broken: ['src/slack/messenger.ts', "const client = new WebClient('xoxb');"],
  },
  'no file is longer than one can read': {
    rule: (files) =>
      files
        .filter(({ path }) => /\.(m?ts|css|html)$/.test(path))
        .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
        .filter(({ lines }) => lines > MOST_LINES)
        .map(
          ({ path, lines }) =>
            `${path} has ${lines} lines: split it by what it is for (${MOST_LINES} at most)`,
        ),
    broken: ['src/sandbox/page/style.css', '\n'.repeat(MOST_LINES + 1)],
  },
  'no type is talked away': {
    rule: aboutText(
      (path) => path.endsWith('.ts'),
      /(?<=[:<|&(,]\s*)any\b(?=\s*[\])>;,=|&[])|\bas any\b|\bas unknown as\b|^.*[^'\n]!\.\w.*$/gm,
      'say the type, or check the value with zod',
    ),
    broken: ['src/app.ts', 'const odd = body as unknown as Deed;'],
  },
  'the compiler is never told to look away': {
    rule: (files) =>
      files
        .filter(
          ({ path, text }) =>
            path.endsWith('.ts') && /@ts-(ignore|expect-error|nocheck)|biome-ignore/.test(text),
        )
        .map(({ path }) => `${path} silences a tool: mend what it complains about`),
    broken: ['src/app.ts', '// @ts-expect-error it is fine\nconst x = 1;'],
  },
};

describe.each(Object.entries(rules))('%s', (_, { rule, broken: [path, text] }) => {
  test('everywhere', () => {
    expect(rule(source)).toEqual([]);
  });

  test('or this test fails', () => {
    const others = source.filter((file) => file.path !== path);
    expect(rule([...others, sourceFile(path, text)])).toEqual([expect.stringContaining(path)]);
  });
});

test.each([
  ['const odd: any = 1;'],
  ['function odd(one: string, two: any) {}'],
  ['const odd = [] as any[];'],
  ['const odd: Map<string, any> = new Map();'],
  ['type Odd = string | any;'],
])('no type is talked away, as in %s', (text) => {
  expect(rules['no type is talked away']?.rule([sourceFile('src/odd.ts', text)])).toHaveLength(1);
});

test.each(['// any: of them', 'const anyone: Any = any(one);', 'if (!any.of) throw company;'])(
  'no type is talked away in %s',
  (text) => {
    expect(rules['no type is talked away']?.rule([sourceFile('src/odd.ts', text)])).toEqual([]);
  },
);

test('the source was read', () => {
  const find = (path: string) => source.find((file) => file.path === path);
  expect(source.length).toBeGreaterThan(100);
  expect(find('src/features/index.ts')?.imports).toContainEqual({
    from: 'src/features/list/index.ts',
    values: ['list'],
  });
  expect(find('src/store/sqlite.ts')?.imports).toContainEqual({ from: 'better-sqlite3', values: ['Sqlite'] });
  expect(find('src/slack/message.ts')?.imports).toEqual([{ from: '@slack/types', values: [] }]);
  // Whatever way an import is written, none is overlooked.
  for (const { path, text, imports } of source.filter((file) => file.path.endsWith('.ts'))) {
    const written =
      withoutComments(text).match(/^(import|export)\b[^;=]*?\bfrom '|^import '|\bimport\(/gm) ?? [];
    expect({ path, imports: imports.length }).toEqual({ path, imports: written.length });
  }
});

describe('an exception from the rules', () => {
  const textOf = (path: string) => withoutComments(source.find((file) => file.path === path)?.text ?? '');

  test.each([...COMPUTING, CLIENT_SESSION, MOVING])('is for what is there: %s', (place) => {
    expect(source.filter(({ path }) => isIn(place)(path))).not.toEqual([]);
  });

  test.each(Object.entries(MAKERS))('is for who does make a %s: %j', (name, places) => {
    for (const place of places) expect(textOf(place)).toMatch(new RegExp(`\\b(new|extends) ${name}\\b`));
  });

  test.each(READERS)('is for who does hand on the environment: %s', (reader) => {
    expect(textOf(reader)).toMatch(/\bprocess\.env\b|\bfrom 'node:process'/);
  });
});

describe('what a person can do', () => {
  const handled = features.flatMap(({ name, actions: verbs }) =>
    Object.keys(verbs).map((verb) => `${name}:${verb}`),
  );

  test('is a folder for each feature, and each is in src/features/index.ts', () => {
    const folders = new Set(source.flatMap(({ path }) => featureOf(path) ?? []));
    expect(features.map(({ name }) => name).toSorted()).toEqual([...folders].toSorted());
  });

  test('has an action id in src/views/actions.ts for each handler, and a handler for each', () => {
    expect(Object.values(actions).toSorted()).toEqual(handled.toSorted());
  });

  test('has its action id named after it: `listNext` is `list:next`', () => {
    const names = Object.values(actions).map((id) =>
      id.replaceAll(/:(\w)/g, (_, letter: string) => letter.toUpperCase()),
    );
    expect(Object.keys(actions)).toEqual(names);
  });

  test('is on a button somewhere, and no button has an action id of its own', () => {
    const shown = source.filter(({ path }) => isPure(path)).map(({ text }) => text);
    const used = new Set(
      shown.flatMap((text) => [...text.matchAll(/\bactions\.(\w+)\b(?!')/g)].map(([, name]) => name)),
    );
    expect([...used].toSorted()).toEqual(Object.keys(actions).toSorted());
    const own = source
      .filter(({ path }) => !isSandbox(path) && path !== 'src/views/actions.ts')
      .filter(({ text }) => handled.some((id) => withoutComments(text).includes(`'${id}'`)))
      .map(({ path }) => `${path} writes an action id: take it from src/views/actions.ts`);
    expect(own).toEqual([]);
  });

  test('is turned away only where it is handled', () => {
    for (const { name, actions: verbs, turnedAway = {} } of features) {
      expect({
        name,
        unknown: Object.keys(turnedAway).filter((verb) => !Object.hasOwn(verbs, verb)),
      }).toEqual({
        name,
        unknown: [],
      });
    }
  });
});
