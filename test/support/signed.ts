import { createHmac } from 'node:crypto';
import type { World } from './world.ts';

/** A form as Slack would sign it now; the returned function sends it, the same to the byte each time, and gives the status. */
export function signed(world: World, form: Record<string, unknown>): (port: number) => Promise<number> {
  const { slack } = world.house.config;
  if (slack.mode !== 'http') throw new Error('only requests over HTTP are signed');
  const body = new URLSearchParams(
    Object.entries(form).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  const timestamp = String(Math.floor(world.time.now() / 1000));
  const hmac = createHmac('sha256', slack.signingSecret).update(`v0:${timestamp}:${body}`);
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${hmac.digest('hex')}`,
  };
  return async (port) => {
    const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body });
    return answer.status;
  };
}
