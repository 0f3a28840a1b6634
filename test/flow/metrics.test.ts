import { afterEach, expect, it } from 'vitest';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

const TOKEN = 'CANARY-of-the-metrics';

let world: World;
afterEach(() => world.close());

async function read(): Promise<string> {
  const url = `http://127.0.0.1:${world.house.bot.port}/metrics`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** Connects, unlocks one door, and sees another refused. */
async function live(): Promise<void> {
  await world.connect(OLIVIA, 'olivia@example.com');
  await world.type(OLIVIA, '/locks');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Your doors'));
  const { value, action_id } = world.button(await world.newest(OLIVIA), 'Unlock', 'Front Door');
  await world.click(OLIVIA, 'Unlock', 'Front Door');
  await world.sees(OLIVIA, ({ lines }) => lines.some((line) => line.includes('Unlocked')));
  await world.forge(BEN, { action_id, value });
  await eventually('it was refused', () => world.rows('move').length === 2);
}

/** Every row of ours, with the figures that cannot be foretold left out, and a line for each histogram. */
function told(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('latchbolt_') && !/_(bucket|sum)\b/.test(line))
    .map((line) => (/^latchbolt_(unlocks|work|slack)/.test(line) ? line : line.replace(/ \d+$/, ' N')))
    .toSorted();
}

it('tells of a connect and an unlock, and of nobody', async () => {
  world = await startWorld({ mode: 'http', metricsToken: TOKEN });
  await live();
  await eventually('all is done', async () => (await read()).includes('latchbolt_work_under_way 0'));
  const text = await read();
  expect(told(text)).toMatchInlineSnapshot(`
    [
      "latchbolt_http_request_duration_seconds_count{path="/metrics"} N",
      "latchbolt_http_request_duration_seconds_count{path="/seam/webhooks"} N",
      "latchbolt_http_request_duration_seconds_count{path="/slack/events"} N",
      "latchbolt_http_requests_total{path="/metrics",status="200"} N",
      "latchbolt_http_requests_total{path="/seam/webhooks",status="200"} N",
      "latchbolt_http_requests_total{path="/slack/events",status="200"} N",
      "latchbolt_seam_request_duration_seconds_count{call="action_attempts/get",result="ok"} N",
      "latchbolt_seam_request_duration_seconds_count{call="client_sessions/get_or_create",result="ok"} N",
      "latchbolt_seam_request_duration_seconds_count{call="client_sessions/grant_access",result="ok"} N",
      "latchbolt_seam_request_duration_seconds_count{call="connect_webviews/create",result="ok"} N",
      "latchbolt_seam_request_duration_seconds_count{call="connect_webviews/get",result="ok"} N",
      "latchbolt_seam_request_duration_seconds_count{call="connected_accounts/list",result="ok"} N",
      "latchbolt_seam_request_duration_seconds_count{call="devices/list",result="ok"} N",
      "latchbolt_seam_request_duration_seconds_count{call="locks/unlock_door",result="ok"} N",
      "latchbolt_seam_request_duration_seconds_count{call="workspaces/get",result="ok"} N",
      "latchbolt_unlocks_total{outcome="refused",reason="not_yours"} 1",
      "latchbolt_unlocks_total{outcome="unlocked",reason=""} 1",
      "latchbolt_work_under_way 0",
    ]
  `);

  const { slack, seam, encryptionKey } = world.house.config;
  const rows = ['person', 'move', 'account', 'listing', 'run'].flatMap((table) => world.rows(table));
  const values = rows.flatMap(Object.values).filter((value) => typeof value === 'string' && /\d/.test(value));
  const secrets = [
    TOKEN,
    slack.botToken,
    slack.mode === 'http' ? slack.signingSecret : '',
    seam.apiKey,
    seam.webhookSecret,
    encryptionKey?.toString('base64'),
  ];
  const doors = (await world.seam.view()).doors.flatMap(({ name, deviceId }) => [name, deviceId]);
  const known = [...values, ...secrets, ...doors, OLIVIA, BEN, 'olivia', 'T0ACME'].map(String);
  expect(known.length).toBeGreaterThan(20);
  expect(known.filter((one) => text.includes(one))).toEqual([]);
});

it('shows over how many connections Slack reaches this process', async () => {
  world = await startWorld({ metricsToken: TOKEN });
  await eventually('both are there', async () => (await read()).includes('latchbolt_slack_connections 2\n'));
});

it('is not there without a token', async () => {
  world = await startWorld();
  const url = `http://127.0.0.1:${world.house.bot.port}/metrics`;
  const answers = [await fetch(url), await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })];
  expect(answers.map(({ status }) => status)).toEqual([404, 404]);
});
