import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDeed } from '../../src/slack/payloads.ts';
import { aClick, aCommand } from '../support/payloads.ts';
import { START } from '../support/sights.ts';

const who = {
  actor: { userId: 'U0OLIVIA', teamId: 'T0HOME' },
  interaction: '1.2.trigger:T0HOME:U0OLIVIA',
  triggerId: '1.2.trigger',
};
const LIVES = START + 30 * 60 * 1000;

describe('a command', () => {
  test('is who, what, and the way back', () => {
    expect(readDeed(aCommand({ text: 'connect' }), START)).toEqual({
      ...who,
      responseUrl: { url: 'https://hooks.slack.com/commands/T0HOME/1/secret', expiresAt: LIVES },
      act: { kind: 'command', command: '/locks', word: 'connect', args: [], rest: '' },
    });
  });

  test.each([
    [undefined, 'list', [], ''],
    ['', 'list', [], ''],
    ['  \u00a0 ', 'list', [], ''],
    ['  help \n me\tnow ', 'help', ['me', 'now'], 'me\tnow'],
    ['<@U1|ben> *x*', '<@U1|ben>', ['*x*'], '*x*'],
    ['alias “Front  Door” hq', 'alias', ['“Front', 'Door”', 'hq'], '“Front  Door” hq'],
  ])('of the words %j', (text, word, args, rest) => {
    expect(readDeed(aCommand({ text }), START)?.act).toEqual({
      kind: 'command',
      command: '/locks',
      word,
      args,
      rest,
    });
  });

  test.each([undefined, 'nonsense', 'javascript:alert(1)', 'file:///etc/passwd', 7])(
    'may have no way back that can be used: %j',
    (response_url) => {
      for (const body of [aCommand({ response_url }), aClick({ response_url })]) {
        expect(readDeed(body, START)).toMatchObject({ ...who, responseUrl: null });
      }
    },
  );

  test.each([
    ['command', undefined],
    ['user_id', undefined],
    ['user_id', ''],
    ['user_id', 'U'.repeat(65)],
    ['user_id', ['U0OLIVIA', 'U0BEN']],
    ['team_id', undefined],
    ['team_id', null],
    ['team_id', ''],
    ['trigger_id', undefined],
    ['trigger_id', ''],
    ['text', ['a', 'b']],
  ])('is nothing with the %s %j', (field, value) => {
    expect(readDeed(aCommand({ [field]: value }), START)).toBeNull();
  });
});

describe('a click', () => {
  const click = {
    kind: 'click',
    actionId: 'door:unlock',
    owner: 'U0OLIVIA',
    args: ['listing-1', 'door-1'],
    private: true,
    copy: false,
    postedAt: 1_200,
    place: 'message',
    view: null,
  };

  test('is who, what, and the way back', () => {
    expect(readDeed(aClick(), START)).toEqual({
      ...who,
      responseUrl: { url: 'https://hooks.slack.com/actions/T0HOME/1/secret', expiresAt: LIVES },
      act: click,
    });
  });

  test('is of the person who clicked, with their own team, wherever the message is', () => {
    const deed = readDeed(
      aClick({ user: { id: 'U0STRANGER', team_id: 'T0AWAY' }, team: { id: 'T0HOME', domain: 'home' } }),
      START,
    );
    expect(deed).toMatchObject({
      actor: { userId: 'U0STRANGER', teamId: 'T0AWAY' },
      interaction: '1.2.trigger:T0AWAY:U0STRANGER',
    });
  });

  test.each([
    [{ container: { type: 'message', is_ephemeral: true } }, true],
    [{ container: { type: 'message', is_ephemeral: false } }, false],
    [{ container: { type: 'message' } }, false],
    [{ container: undefined }, false],
    [{ container: { type: 'message' }, channel: { id: 'D0DIRECT', name: 'directmessage' } }, true],
    [{ container: { type: 'message' }, channel: undefined }, false],
  ])('with %j is in a message that only they see: %s', (facts, expected) => {
    expect(readDeed(aClick(facts), START)?.act).toEqual({ ...click, private: expected, postedAt: null });
  });

  test('is in a message of a time, as Slack writes it, or of none', () => {
    const posted = (message_ts: unknown) =>
      readDeed(aClick({ container: { type: 'message', message_ts } }), START)?.act;
    expect(posted('1700000000.000100')).toEqual({ ...click, private: false, postedAt: 1_700_000_000_000 });
    expect(posted(undefined)).toEqual({ ...click, private: false, postedAt: null });
    for (const odd of ['', 'now', '1e3', '-1.2', '1.2.3', 17]) {
      expect(posted(odd)).toEqual({ ...click, private: false, postedAt: null });
    }
  });

  test('may be in a copy that somebody shared', () => {
    const container = { type: 'message_attachment', message_ts: '1700000000.000100', is_ephemeral: false };
    expect(readDeed(aClick({ container }), START)?.act).toMatchObject({ copy: true, private: false });
  });

  test('on a link has no value; the first of several counts', () => {
    const actions = [
      { action_id: 'connect:open', type: 'button' },
      { action_id: 'door:unlock', value: 'x' },
    ];
    expect(readDeed(aClick({ actions }), START)?.act).toEqual({
      kind: 'click',
      actionId: 'connect:open',
      owner: '',
      args: [],
      private: true,
      copy: false,
      postedAt: 1_200,
      place: 'message',
      view: null,
    });
  });

  test.each([
    ['type', 'view_submission'],
    ['type', undefined],
    ['user', { id: 'U0OLIVIA' }],
    ['user', { id: '', team_id: 'T0HOME' }],
    ['user', null],
    ['trigger_id', undefined],
    ['actions', []],
    ['actions', undefined],
    ['actions', [{ value: 'x' }]],
    ['actions', [{ action_id: 'door:unlock', value: 7 }]],
  ])('is nothing with the %s %j', (field, value) => {
    expect(readDeed(aClick({ [field]: value }), START)).toBeNull();
  });
});

describe('anything else', () => {
  test.each([null, undefined, '', 7, [], {}, { type: 'event_callback', event: { type: 'message' } }])(
    'is nothing: %j',
    (body) => {
      expect(readDeed(body, START)).toBeNull();
    },
  );

  test('never throws, whatever is in it', async () => {
    await fc.assert(
      fc.property(fc.object(), fc.object(), (facts, more) => {
        for (const body of [facts, aCommand(facts), aClick(facts), aClick({ user: more, ...facts })]) {
          expect(() => readDeed(body, START)).not.toThrow();
        }
      }),
    );
  });

  test('with a blank user is nothing too', () => {
    expect(readDeed(aCommand({ user_id: ' ' }), START)).toBeNull();
  });
});
