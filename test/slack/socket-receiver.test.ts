import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { SocketSession } from '../../src/slack/socket-session.ts';
import { acknowledge, bodies } from './bolt-app.ts';
import { mutated } from './odd-bodies.ts';
import type { Link, SmallSlack } from './small-slack.ts';
import { PACE, Rig, until } from './socket-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = new Rig();
  await rig.slack.up();
});
afterEach(() => rig.end());

describe('envelopes', () => {
  test('every kind reaches Bolt and is acknowledged once', async () => {
    const [first, second] = await rig.connected();
    const sent = Object.values(bodies);
    for (const [index, body] of sent.entries()) {
      const type = 'event' in body ? 'events_api' : 'command' in body ? 'slash_commands' : 'interactive';
      (index % 2 === 0 ? first : second).send(rig.envelope(type, body));
    }
    await until(() => expect(rig.slack.acknowledged).toHaveLength(sent.length));
    expect(rig.given.map(({ body }) => body)).toEqual(expect.arrayContaining(sent));
    expect(new Set(rig.slack.acknowledged).size).toBe(sent.length);
    expect(rig.lines.filter((line) => !line.includes('connected to Slack'))).toEqual([]);
  });

  test.each([
    [undefined, {}],
    ['hällo', { text: 'hällo' }],
    [{ response_action: 'clear' }, { response_action: 'clear' }],
  ])('acknowledging with %j, and again, sends the first', async (response, payload) => {
    const [first] = await rig.connected();
    rig.listener = async (args) => {
      await acknowledge(args, response);
      await acknowledge(args, 'second');
    };
    first.send(rig.envelope('interactive', bodies.submission));
    await until(() => expect(first.acks).toEqual([{ envelope_id: 'e1', payload }]));
    await until(() => expect(rig.receiver.inFlight.size).toBe(0));
    expect(first.acks).toHaveLength(1);
  });

  test('retries say so', async () => {
    const [first] = await rig.connected();
    first.send(rig.envelope('events_api', bodies.home, { retry_attempt: 2, retry_reason: 'timeout' }));
    first.send(rig.envelope('events_api', bodies.reaction, { retry_attempt: null, retry_reason: '' }));
    await until(() => expect(rig.given).toHaveLength(2));
    expect(rig.given[0]?.context).toMatchObject({ retryNum: 2, retryReason: 'timeout' });
    expect(rig.given[1]?.context.retryNum).toBeUndefined();
  });

  test('what comes twice, on whichever connection, is acknowledged and not done again', async () => {
    const [first, second] = await rig.connected();
    const message = rig.command();
    for (const link of [first, second, first]) link.send(message);
    await until(() => expect(rig.slack.acknowledged).toEqual(['e1', 'e1', 'e1']));
    expect(rig.given).toHaveLength(1);
    expect(rig.told('came twice')).toHaveLength(2);
  });

  test('a listener that throws is one line in the log', async () => {
    const [first] = await rig.connected();
    rig.listener = async () => {
      throw new TypeError('https://hooks.slack.com/commands/s3cr3t');
    };
    first.send(rig.command());
    await until(() => expect(rig.lines.join()).toContain('handling an envelope failed'));
    expect(JSON.parse(rig.lines.at(-1) ?? '')).toMatchObject({ envelope: 'e1', kind: '/locks', team: 'T1' });
    rig.listener = acknowledge;
    first.send(rig.command());
    await until(() => expect(first.acks).toHaveLength(1));
  });

  test('an acknowledgement whose connection is gone does not stop the work', async () => {
    const [first] = await rig.connected();
    const done = vi.fn();
    rig.listener = async (args) => {
      first.socket.terminate();
      await sleep(30);
      await acknowledge(args);
      done();
    };
    first.send(rig.command());
    await until(() => expect(done).toHaveBeenCalled());
    expect(rig.lines.join()).toContain('an acknowledgement was lost with its connection');
    await rig.both();
  });

  test('odd messages are let go, and acknowledged where that is possible', async () => {
    const [first] = await rig.connected();
    const odd = fc.oneof(
      mutated.map((payload) => rig.envelope('events_api', payload)),
      fc.jsonValue().map((payload) => rig.envelope('events_api', payload)),
      fc.jsonValue(),
      fc.record({
        type: fc.constantFrom('error', 'close', 'connected', 'ws_message', 5),
        payload: fc.jsonValue(),
      }),
    );
    for (const message of fc.sample(odd, 500)) first.send(message);
    first.send(rig.envelope('events_api', { type: 'app_rate_limited', team_id: 'T1' }));
    first.socket.send('no JSON');
    first.socket.send(Buffer.from('{"type":"disconnect"}'), { binary: true });
    first.send(rig.command());
    await until(() => expect(rig.slack.acknowledged).toHaveLength(rig.envelopes));
    expect([rig.receiver.connected, rig.slack.links.length]).toEqual([2, 2]);
    expect(rig.lines.join()).toContain('holds back events');
    expect(rig.told('"level":"error"')).toEqual([]);
  });
});

describe('moving and falling', () => {
  test('a connection that is asked to move serves until the next one does', async () => {
    const [first] = await rig.connected({ pace: { ...PACE, openMs: 150 } });
    rig.slack.opening = () => undefined;
    first.send({ type: 'disconnect', reason: 'warning' });
    await until(() => expect(rig.receiver.connected).toBe(1));
    await sleep(PACE.lingerMs * 2);
    first.send(rig.command());
    await until(() => expect(first.acks).toHaveLength(1));
    rig.slack.opening = undefined;
    await until(() => expect(rig.slack.links).toHaveLength(3));
    first.send(rig.command());
    await until(() => expect(first.acks).toHaveLength(2));
    await until(() => expect(first.socket.readyState).toBe(first.socket.CLOSED));
    await rig.both();
  });

  test('nothing is lost while connections are asked to move again and again', async () => {
    await rig.connected({ pace: { ...PACE, stableMs: 0 } });
    const asked = new Set<Link>();
    for (let round = 0; round < 40; round += 1) {
      // As Slack does: into a connection that was asked to move goes only what was on its way already.
      const links = rig.slack.open.filter((link) => !asked.has(link));
      const link = links[round % Math.max(links.length, 1)] ?? [...asked].at(-1);
      link?.send(rig.command());
      if (link !== undefined && round % 5 === 0) {
        link.send({ type: 'disconnect', reason: 'refresh_requested' });
        asked.add(link);
      }
      link?.send(rig.command());
      await sleep(10);
    }
    await until(() => expect(rig.slack.acknowledged).toHaveLength(80));
    expect([rig.given.length, new Set(rig.slack.acknowledged).size]).toEqual([80, 80]);
    expect(rig.slack.links.length).toBeGreaterThanOrEqual(8);
  });

  test('connections that break are made again at once', async () => {
    const [first, second] = await rig.connected();
    await sleep(PACE.stableMs);
    first.socket.terminate();
    second.socket.close(1001);
    await until(() => expect(rig.slack.links).toHaveLength(4));
    for (const link of await rig.both()) link.send(rig.command());
    await until(() => expect(rig.slack.acknowledged).toHaveLength(2));
  });

  test('a connection that no longer answers pings is given up', async () => {
    const [first] = await rig.connected({ pace: { ...PACE, pongMs: 150 } });
    first.socket.pause();
    await until(() => expect(rig.slack.links).toHaveLength(3));
    await until(() => expect(rig.receiver.connected).toBe(2));
    first.socket.terminate();
  });

  test('a door that is slammed shut each time is not stormed', async () => {
    const [first, second] = await rig.connected({
      pace: { ...PACE, stableMs: 10_000, longestWaitMs: 2_000 },
    });
    rig.slack.opened = 0;
    const slam = setInterval(
      () =>
        rig.slack.open.forEach(({ socket }) => {
          socket.terminate();
        }),
      5,
    );
    first.socket.terminate();
    second.socket.terminate();
    await sleep(600);
    clearInterval(slam);
    expect(rig.slack.opened).toBeGreaterThan(1);
    expect(rig.slack.opened).toBeLessThan(10);
  });
});

describe('stopping', () => {
  test('waits for acknowledgements that are due, takes nothing new, and leaves handlers running', async () => {
    const [first, second] = await rig.connected();
    const [due, work] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    rig.listener = async (args) => {
      await due.promise;
      await acknowledge(args);
      await work.promise;
    };
    first.send(rig.command());
    await until(() => expect(rig.given).toHaveLength(1));
    const stopped = rig.receiver.stop();
    second.send(rig.command());
    await sleep(30);
    expect(rig.slack.open).toHaveLength(2);
    due.resolve();
    await stopped;
    expect(rig.slack.acknowledged).toEqual(['e1']);
    expect([rig.given.length, rig.receiver.inFlight.size, rig.receiver.connected]).toEqual([1, 1, 0]);
    work.resolve();
    expect(await rig.receiver.inFlight.drained(100)).toBe(true);
    await until(() => expect(rig.slack.open).toEqual([]));
  });

  test('does not wait for a Slack that says no goodbye', async () => {
    const [first, second] = await rig.connected({ pace: { ...PACE, pongMs: 10_000 } });
    for (const { socket } of [first, second]) socket.pause();
    const since = performance.now();
    await rig.receiver.stop();
    expect(performance.now() - since).toBeLessThan(1_000);
    for (const { socket } of [first, second]) socket.terminate();
  });

  test.each<[string, Partial<Pick<SmallSlack, 'opening' | 'upgrade'>>]>([
    ['asking for an address', { opening: () => undefined }],
    ['upgrading', { upgrade: 'hung' }],
    ['waiting for hello', { upgrade: 'silent' }],
  ])('in the middle of %s', async (_, trouble) => {
    Object.assign(rig.slack, trouble);
    const started = rig.make({ pace: { ...PACE, openMs: 60_000 } }).start();
    await until(() => expect(rig.slack.opened).toBe(2));
    await sleep(20);
    const since = performance.now();
    await rig.receiver.stop();
    await started;
    expect(performance.now() - since).toBeLessThan(1_000);
    await sleep(50);
    expect([rig.slack.opened, rig.slack.open.length, rig.slack.hung.size]).toEqual([2, 0, 0]);
  });

  test('between having an address and connecting to it', async () => {
    rig.make();
    const real = fetch;
    const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (...args) => {
      const answer = await (await real(...args)).text();
      void session.close();
      return new Response(answer);
    });
    onTestFinished(() => spy.mockRestore());
    const options = { appToken: 'xapp-1', slackApiUrl: rig.slack.url, openMs: 60_000, pongMs: 60_000 };
    const session = new SocketSession({ ...options, onEnvelope: () => undefined });
    await expect(session.open()).rejects.toThrow();
    await until(() => expect([rig.slack.opened, rig.slack.open.length]).toEqual([1, 0]));
  });
});
