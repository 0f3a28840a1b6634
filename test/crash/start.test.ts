import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endingOf, environmentOf } from '../support/process.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld({ webhooks: false });
  await world.house.bot.close();
});
afterEach(() => world.close());

describe('a start that cannot succeed ends with 1 and one plain sentence', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    [
      'Slack’s bot token',
      { SLACK_BOT_TOKEN: 'xoxb-wrong' },
      /^Slack does not take SLACK_BOT_TOKEN \(invalid_auth\)\./,
    ],
    [
      'Slack’s app token',
      { SLACK_APP_TOKEN: 'xapp-wrong' },
      /^Slack does not take SLACK_APP_TOKEN\. Make a new one/m,
    ],
    ['Seam’s key', { SEAM_API_KEY: 'seam_wrong' }, /^Seam does not take SEAM_API_KEY\. Copy it anew/],
    [
      'no Slack there',
      { SLACK_API_URL: 'http://127.0.0.1:9/' },
      /^Slack cannot be reached\. Check the network/,
    ],
    ['a database that cannot be', { DATABASE_URL: 'file:/nowhere/at/all.db' }, /^The database file/],
  ])('%s', async (_, changed, words) => {
    const { code, stderr } = await endingOf({
      ...environmentOf(world.house.config),
      ...changed,
      LOG_LEVEL: 'fatal',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).not.toContain(Object.values(changed)[0]?.startsWith('http') ? 'xoxb-' : 'wrong');
  });
});
