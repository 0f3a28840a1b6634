import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { json, type SmallSlack } from './small-slack.ts';
import { PACE, Rig, until } from './socket-rig.ts';

const TROUBLES: [string, Partial<Pick<SmallSlack, 'opening' | 'upgrade'>>][] = [
  ['500', { opening: (response) => void response.writeHead(500).end('<html>') }],
  ['a page', { opening: (response) => void response.writeHead(200).end('<html>') }],
  ['nothing', { opening: (response) => void response.destroy() }],
  ['no end', { opening: () => undefined }],
  ['half an answer', { opening: (response) => void response.writeHead(200).write('{"ok":') }],
  ['an error', { opening: (response) => json(response, { ok: false, error: 'internal_error' }) }],
  ['no address', { opening: (response) => json(response, { ok: true }) }],
  ['a bad address', { opening: (response) => json(response, { ok: true, url: 's3cr3t' }) }],
  ['a dead address', { opening: (response) => json(response, { ok: true, url: 'ws://127.0.0.1:1/' }) }],
  ['an upgrade refused', { upgrade: 'refused' }],
  ['an upgrade unanswered', { upgrade: 'hung' }],
  ['no hello', { upgrade: 'silent' }],
];

/** A test with a rig of its own, so that these tests, which mostly wait, can wait together. */
function rigged(work: (rig: Rig) => Promise<void>): () => Promise<void> {
  return async () => {
    const rig = new Rig();
    await rig.slack.up();
    try {
      await work(rig);
    } finally {
      await rig.end();
    }
  };
}

describe.concurrent('outages', () => {
  test(
    'the network is gone, and comes back',
    rigged(async (rig) => {
      await rig.connected();
      await rig.slack.down();
      await until(() => expect(rig.receiver.connected).toBe(0));
      await sleep(500);
      await rig.slack.up();
      const since = performance.now();
      const [first] = await rig.both();
      expect(performance.now() - since).toBeLessThan(1_000);
      first.send(rig.command());
      await until(() => expect(first.acks).toHaveLength(1));
      // One line for each connection when it began, not one for each try.
      expect(rig.told('cannot be connected')).toHaveLength(2);
    }),
  );

  test.each(TROUBLES)('Slack answers with %s for a while', (_, trouble) =>
    rigged(async (rig) => {
      Object.assign(rig.slack, trouble);
      const started = rig.make({ pace: { ...PACE, openMs: 150 } }).start();
      await until(() => expect(rig.slack.opened).toBeGreaterThanOrEqual(4));
      expect(rig.receiver.connected).toBe(0);
      expect(rig.told('cannot be connected').length).toBeGreaterThan(0);
      rig.slack.opening = undefined;
      rig.slack.upgrade = 'hello';
      await started;
      const [first] = await rig.both();
      first.send(rig.command());
      await until(() => expect(first.acks).toHaveLength(1));
    })(),
  );

  test(
    'Slack says how long to wait',
    rigged(async (rig) => {
      rig.slack.opening = (response) => {
        response.writeHead(429, { 'retry-after': '1' }).end();
      };
      const started = rig.make({ connections: 1 }).start();
      await sleep(800);
      expect(rig.slack.opened).toBe(1);
      rig.slack.opening = undefined;
      await started;
      expect(rig.slack.opened).toBe(2);
    }),
  );

  test(
    'a name that cannot be resolved ends nothing, and does not hold up the end',
    rigged(async (rig) => {
      const started = rig.make({ slackApiUrl: 'http://slack.invalid/api/' }).start();
      await until(() => expect(rig.told('ENOTFOUND')).not.toEqual([]));
      await sleep(100);
      await rig.receiver.stop();
      await started;
    }),
  );

  test(
    'a token that Slack refuses is a mistake at the start',
    rigged(async (rig) => {
      await expect(rig.make({ appToken: 'xapp-wrong' }).start()).rejects.toThrow('invalid_auth');
      expect(rig.receiver.connected).toBe(0);
      await sleep(300);
      // Both connections may have asked before the first was refused.
      expect(rig.slack.opened).toBeLessThanOrEqual(2);
    }),
  );

  test(
    'a token that Slack refuses later is an outage',
    rigged(async (rig) => {
      await rig.connected();
      rig.slack.opening = (response) => json(response, { ok: false, error: 'invalid_auth' });
      for (const { socket } of rig.slack.open) socket.terminate();
      await until(() => expect(rig.told('cannot be connected')).not.toEqual([]));
      rig.slack.opening = undefined;
      await rig.both();
    }),
  );
});
