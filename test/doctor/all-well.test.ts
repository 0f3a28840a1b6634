import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deploy, overHttp, reportOn, withWebhook } from './deployment.ts';
import { expected, RUNNING } from './expected.ts';

it('all is well in Socket Mode, before the first start, and nothing is left behind', async () => {
  const { config, folder } = await deploy();
  expect(await reportOn(config)).toBe(expected());
  expect(readdirSync(folder)).toEqual([]);
});

it('all is well in Socket Mode, beside the running bot', async () => {
  const deployment = await deploy({ seam: { sandbox: true } });
  const config = withWebhook(deployment);
  await deployment.run(config);
  const before = readdirSync(deployment.folder);
  expect(await reportOn(config)).toBe(
    expected({
      ...RUNNING,
      'Seam key': [
        'note     Seam key: it opens the sandbox Local sandbox, whose doors are not real. Seam answered in N ms.',
      ],
    }),
  );
  expect(readdirSync(deployment.folder)).toEqual(before);
});

it('all is well in HTTP mode, beside the running bot', async () => {
  const signingSecret = 'f'.repeat(32);
  const deployment = await deploy({ slack: { delivery: { mode: 'http', signingSecret } } });
  const config = overHttp(withWebhook(deployment), signingSecret);
  await deployment.run(config);
  expect(await reportOn(config)).toBe(
    expected({
      ...RUNNING,
      Settings: ['ok       Settings: they are complete, for HTTP mode: Slack calls the bot.'],
      'Slack app token': [
        'note     Slack signing secret: no call can check it. Start Latchbolt and type /locks help in Slack: with a wrong one Slack says that the app did not respond.',
      ],
      'Webhook route': [
        'ok       Webhook route: it refuses what is not signed.',
        'ok       Slack route: it refuses what is not signed.',
      ],
    }),
  );
});
