import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
let rejections: unknown[] = [];
const noteRejection = (error: unknown) => rejections.push(error);
beforeAll(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'olivia@example.com');
  process.on('unhandledRejection', noteRejection);
});
afterEach(() => {
  expect(rejections).toEqual([]);
  rejections = [];
});
afterAll(async () => {
  process.off('unhandledRejection', noteRejection);
  await world.close();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const count = async () => (await world.messages(OLIVIA)).length;
const answered = async (act: () => Promise<unknown>) => {
  const before = await count();
  await act();
  await eventually('an answer', async () => (await count()) > before, 3_000);
  return world.newest(OLIVIA);
};

describe('names that every object has', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
    '/locks %s',
    async (word) => {
      expect((await answered(() => world.type(OLIVIA, `/locks ${word}`))).text).toContain('There is no');
    },
  );
  it.each([
    '__proto__:constructor',
    'list:constructor',
    'unlock:__proto__',
    'constructor:name',
    ':',
    '',
    'list:show:x',
  ])('a button %j', async (action_id) => {
    const shown = await answered(() => world.forge(OLIVIA, { action_id, value: '__proto__' }));
    expect(shown.text).toMatch(/older Latchbolt|What you can type/);
  });
});

describe('a response_url that leads elsewhere', () => {
  it.each([
    (port: number) => `http://127.0.0.1:${port}/x`,
    (port: number) => `http://hooks.slack.com@127.0.0.1:${port}/x`,
    (port: number) => `http://hooks.slack.com.127.0.0.1.nip.io:${port}/x`,
    () => 'https://evil.example/x',
    () => 'https://hooks.slack.com.evil.example/x',
  ])('is not called (%#)', async (urlOf) => {
    let hits = 0;
    const server = createServer((_, response) => {
      hits += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const response_url = urlOf((server.address() as AddressInfo).port);
    const before = await count();
    await world.forge(OLIVIA, { action_id: 'list:show', value: OLIVIA }, { response_url });
    await eventually('a direct message', async () => (await count()) > before + 1, 3_000);
    expect(hits).toBe(0);
    expect((await world.newest(OLIVIA)).channelId).toMatch(/^D/);
    server.close();
  });
});

describe('payloads of odd shapes get an answer or are turned down, and nothing opens', () => {
  it.each<[string, Record<string, unknown>]>([
    ['no team', { team: null }],
    ['an org-wide install', { team: null, is_enterprise_install: true, enterprise: { id: 'E1', name: 'e' } }],
    ['no channel', { channel: undefined }],
    ['no container', { container: undefined }],
    ['no response_url', { response_url: undefined }],
    ['an empty response_url', { response_url: '' }],
    ['a response_url of one letter', { response_url: 'x' }],
    ['no trigger_id', { trigger_id: undefined }],
    ['a user without a team', { user: { id: OLIVIA, username: 'o', name: 'o' } }],
    ['a user id of 70 letters', { user: { id: `U${'x'.repeat(70)}`, team_id: 'T0ACME', name: 'o' } }],
    [
      'two actions, the first odd',
      {
        actions: [
          { type: 'button', action_id: 7 },
          { action_id: 'list:show', value: OLIVIA },
        ],
      },
    ],
  ])('%s', async (_, change) => {
    // So that nobody is told to slow down.
    world.time.advance(60_000);
    const { deviceId } = await world.door('Front Door');
    const before = world.logged.length;
    const shown = await count();
    const { ok } = await world.forge(OLIVIA, { action_id: 'door:unlock', value: `x ${deviceId} ` }, change);
    await pause(500);
    // Help was typed by forge itself.
    const visible = (await count()) > shown + 1;
    const logged = world.logged.slice(before).some((line) => /"level":"(warn|error)"/.test(line));
    expect({ ok, someTrace: visible || logged }).toEqual({ ok, someTrace: true });
    expect(await world.seamCalls('/locks/unlock_door')).toEqual([]);
  });
});

it('a link that goes by direct message stands in no line of the log, at level debug', async () => {
  await world.slack.faults([{ at: 'response_url', do: 'status', status: 404 }]);
  await world.type(OLIVIA, '/locks connect');
  const shown = await world.sees(
    OLIVIA,
    ({ channelId, buttons }) => channelId.startsWith('D') && buttons.includes('Sign in to your lock account'),
  );
  await world.slack.faults([]);
  const url = String(JSON.stringify(shown.raw.blocks).match(/"url":"([^"]+)"/)?.[1]);
  const secret = new URL(url).search.slice(1).split('=').at(-1) ?? url;
  const log = world.logged.join('');
  expect(url).toMatch(/^http/);
  expect(log).not.toContain(url);
  expect(log).not.toContain(secret);
  expect(log).not.toContain(encodeURIComponent(url));
  expect(log).not.toContain(world.house.slack.botToken);
});

it('500 commands at once are all answered', async () => {
  const before = await count();
  await Promise.all(Array.from({ length: 500 }, () => world.type(OLIVIA, '/locks help')));
  await eventually('all', async () => (await count()) >= before + 500, 15_000);
}, 30_000);
