import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { COMMAND } from '../src/answer.ts';
import { features } from '../src/features/index.ts';
import { STEP } from '../src/sandbox/slack/cast.ts';
import { readSource, withoutComments } from './support/source.ts';

const text = readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8');
/** Everything that it may say: what is not in here would ask people for more than is needed. */
const manifest = z
  .strictObject({
    display_information: z.strictObject({
      name: z.string().max(35),
      description: z.string().max(140),
      background_color: z.string().regex(/^#[0-9a-f]{6}$/),
    }),
    features: z.strictObject({
      app_home: z.record(z.string(), z.boolean()),
      bot_user: z.strictObject({ display_name: z.string().max(80), always_online: z.boolean() }),
      slash_commands: z.array(
        z.strictObject({
          command: z.string().max(32),
          url: z.url().optional(),
          description: z.string().max(2_000),
          usage_hint: z.string().max(1_000),
          should_escape: z.boolean(),
        }),
      ),
      shortcuts: z.array(
        z.strictObject({
          name: z.string().max(24),
          type: z.enum(['global', 'message']),
          callback_id: z.string().max(255),
          description: z.string().max(150),
        }),
      ),
    }),
    oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()) }) }),
    settings: z.strictObject({
      interactivity: z.strictObject({
        is_enabled: z.boolean(),
        request_url: z.url().optional(),
        message_menu_options_url: z.url().optional(),
      }),
      event_subscriptions: z.strictObject({ bot_events: z.array(z.string()) }),
      org_deploy_enabled: z.boolean(),
      socket_mode_enabled: z.boolean(),
      token_rotation_enabled: z.boolean(),
    }),
  })
  .parse(parse(text));

/** Slack's own: which scope a method of the Web API needs; null for none. */
const SCOPE_OF: Readonly<Record<string, string | null>> = {
  'auth.test': null,
  'apps.connections.open': null,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'files.completeUploadExternal': 'files:write',
  'files.getUploadURLExternal': 'files:write',
  'conversations.open': 'im:write',
  // A step that is under way is its app's to end.
  'functions.completeError': null,
  'functions.completeSuccess': null,
  'users.info': 'users:read',
  'views.open': null,
  'views.publish': null,
  'views.update': null,
};

const production = readSource().filter(
  ({ path }) => path.endsWith('.ts') && !path.startsWith('src/sandbox/'),
);
/** The methods of Slack's Web API that are called anywhere in production; Seam has a client of its own. */
const callers = production.filter(({ path }) => !path.startsWith('src/seam/'));
const methods = callers.flatMap(({ text: code }) => [
  ...[...withoutComments(code).matchAll(/\bclient\.(\w+(?:\.\w+)+)\(/g)].map(([, method = '']) => method),
  ...[...code.matchAll(/\.apiCall\(\s*'([\w.]+)'/g)].map(([, method = '']) => method),
]);

describe('the manifest', () => {
  test('has the one slash command of the code', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([COMMAND]);
  });

  test('hints at words that are there', () => {
    const words = features.flatMap(({ subcommands }) => subcommands.map(({ word }) => word));
    const [command] = manifest.features.slash_commands;
    const hinted = (command?.usage_hint ?? '').match(/(?<=\[|\| )[a-z]+/g) ?? [];
    expect(hinted.length).toBeGreaterThan(0);
    expect(hinted.filter((word) => !words.includes(word))).toEqual([]);
  });

  test('has the shortcuts of the code, and says why', () => {
    const handled = features.flatMap(({ name, shortcuts = {} }) =>
      Object.keys(shortcuts).map((verb) => `${name}:${verb}`),
    );
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id)).toEqual(handled);
    expect(manifest.features.shortcuts.map(({ type }) => type)).toEqual(['global', 'message']);
    expect(text).toMatch(/# [^\n]+\n\s+shortcuts:\n/);
  });

  test('asks for the scopes of what the code calls, and for no others', () => {
    expect(methods).toContain('chat.postMessage');
    expect(methods.filter((method) => !Object.hasOwn(SCOPE_OF, method))).toEqual([]);
    const needed = new Set(['commands', ...methods.flatMap((method) => SCOPE_OF[method] ?? [])]);
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...needed].toSorted());
  });

  test('says of every scope why', () => {
    for (const scope of manifest.oauth_config.scopes.bot) {
      expect(text).toMatch(new RegExp(`# [^\\n]+\\n\\s+- ${scope}\\n`));
    }
  });

  test('lets people click, and hears nothing else of the workspace but who changes, and who opens Home', () => {
    expect(manifest.settings).toEqual({
      interactivity: { is_enabled: true },
      event_subscriptions: { bot_events: ['user_change', 'app_home_opened'] },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    });
    const heard = production.flatMap(({ text: code }) => [
      ...code.matchAll(/z\.literal\('(user_change|app_home_opened)'\)/g),
    ]);
    expect(heard.map(([, event]) => event).toSorted()).toEqual(
      manifest.settings.event_subscriptions.bot_events.toSorted(),
    );
    expect(
      production.filter(({ text: code }) => /\bapp\.(event|message|shortcut|view)\(/.test(code)),
    ).toEqual([]);
  });

  test('shows a Home only where the code fills one', () => {
    const home = manifest.features.app_home;
    expect(home).toEqual({
      home_tab_enabled: methods.includes('views.publish'),
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: true,
    });
  });

  test('says in five places what HTTP mode changes, and what to there', () => {
    const http = text.split('\n').filter((line) => /^\s+# HTTP: /.test(line));
    expect(http.map((line) => line.trim())).toEqual([
      '# HTTP: add the line  url: https://YOUR_PUBLIC_URL/slack/events',
      '# HTTP: add the line  request_url: https://YOUR_PUBLIC_URL/slack/events',
      '# HTTP: add the line  message_menu_options_url: https://YOUR_PUBLIC_URL/slack/events',
      '# HTTP: add the line  request_url: https://YOUR_PUBLIC_URL/slack/events',
      '# HTTP: change true to false',
    ]);
    expect(production.some(({ text: code }) => withoutComments(code).includes("'/slack/events'"))).toBe(true);
  });
});

describe('the manifest with a step for Workflow Builder', () => {
  const withStep = readFileSync(new URL('../manifest.workflow.yml', import.meta.url), 'utf8');
  /** Without what it begins with, which says what each is for. */
  const bodyOf = (whole: string) => whole.slice(whole.indexOf('display_information:')).split('\n');
  const functions = z
    .object({ functions: z.record(z.string(), z.looseObject({})) })
    .parse(parse(withStep)).functions;

  test('says all that the other one says, and the step, and nothing else', () => {
    const own = bodyOf(withStep);
    const from = own.indexOf('# What people put into their workflows.');
    const rest = [...own.slice(0, from), ...own.slice(own.indexOf('oauth_config:'))];
    const heard = [
      '      # To do what a step of a workflow asks for.',
      '      - function_executed',
      '  org_deploy_enabled: true',
      '  function_runtime: remote',
    ];
    expect(heard.filter((line) => !rest.includes(line))).toEqual([]);
    const others = rest.filter((line) => !heard.includes(line));
    expect(others).toEqual(bodyOf(text).filter((line) => line !== '  org_deploy_enabled: false'));
    expect(Object.keys(z.record(z.string(), z.unknown()).parse(parse(withStep))).toSorted()).toEqual(
      [...Object.keys(manifest), 'functions'].toSorted(),
    );
  });

  test('has the steps that features do, and no others', () => {
    const steps = features.flatMap(({ steps: own = {} }) => Object.keys(own));
    expect(Object.keys(functions)).toEqual(steps);
  });

  test('lets nobody choose for whom a door is opened', () => {
    const inputs = z
      .object({
        unlock_door: z.object({
          input_parameters: z.record(z.string(), z.looseObject({ type: z.string() })),
        }),
      })
      .parse(functions).unlock_door.input_parameters;
    expect(Object.values(inputs).map(({ type }) => type)).toEqual(['slack#/types/user_context', 'string']);
  });

  test('is what the local Slack plays', () => {
    const named = (parameters: readonly { name: string }[]) =>
      Object.fromEntries(parameters.map(({ name, ...others }) => [name, others]));
    const { callback_id, title, description, input_parameters, output_parameters } = STEP;
    expect(functions).toEqual({
      [callback_id]: {
        title,
        description,
        input_parameters: named(input_parameters),
        output_parameters: named(output_parameters),
      },
    });
  });
});
