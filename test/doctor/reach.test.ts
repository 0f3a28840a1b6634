import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { judgeAddress, judgeReach } from '../../src/doctor/address.ts';
import { examine } from '../../src/doctor/examine.ts';
import { render } from '../../src/doctor/report.ts';
import { deploy, overHttp, plain, reportOn, serve, withWebhook } from './deployment.ts';
import { expected, RUNNING } from './expected.ts';

const json = (value: unknown) => JSON.stringify(value);

describe('the doctor, about the settings', () => {
  it('all that is wrong with them, and what waits for them', async () => {
    const neverAsked = () => Promise.reject(new Error('nobody is to be asked'));
    const env = { SLACK_BOT_TOKEN: 'xoxp-secret', SLACK_APP_TOKEN: 'xapp-1', ENCRYPTION_KEY: 'short' };
    const findings = await examine(() => readConfig(env, { dotEnv: 'PORT=many' }), {
      ask: neverAsked,
      disk: neverAsked,
    });
    expect(render(findings)).toBe(
      `${[
        "fault    Settings: SLACK_BOT_TOKEN holds a person's user token. api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (begins with xoxb-).",
        'fault    Settings: SEAM_API_KEY is not set. console.seam.co → Developer → API Keys → Add API Key (begins with seam_).',
        'fault    Settings: ENCRYPTION_KEY is not 32 bytes in base64. Make one with: openssl rand -base64 32',
        'fault    Settings: PORT is not a number from 0 to 65535. Any free port from 1 to 65535; 0 lets the system choose one.',
        ...['Slack', 'Seam', 'Database', 'Port', 'Public address', 'Clock'].map(
          (about) => `skipped  ${about}: because the settings have to be complete first.`,
        ),
        '',
        'There are 4 faults. Mend them, then run npm run doctor again.',
      ].join('\n')}\n`,
    );
  });

  it('the emergency stop', async () => {
    const { config } = await deploy();
    expect(await reportOn({ ...config, unlocksPaused: true })).toBe(
      expected({
        Settings: [
          'ok       Settings: they are complete, for Socket Mode: the bot calls Slack.',
          'note     Settings: UNLOCKS_PAUSED is 1, so that no door is opened. Remove it when that is over.',
        ],
      }),
    );
  });
});

describe('the doctor, about the clock', () => {
  it.each([
    [3_600_000, /3(59|60)\d s ahead of/g, 'N s ahead of'],
    [-90_000, /[89]\d s behind/g, 'N s behind'],
  ])('it is %d ms off', async (aheadMs, measured, plainly) => {
    const { config } = await deploy();
    const report = await reportOn(config, { aheadMs });
    expect(report.replaceAll(measured, plainly)).toBe(
      expected({
        Clock: [
          `fault    Clock: it is ${plainly} Slack and ${plainly} Seam. From 5 minutes on, what they send is refused. Let the system set its clock from the network (NTP).`,
        ],
      }),
    );
  });

  it('it is a little off', async () => {
    const { config } = await deploy();
    expect(await reportOn(config, { aheadMs: 50_000 })).toBe(expected());
  });
});

describe('the doctor, about the port', () => {
  it.each([
    [
      'another program',
      (path: string) => (path === '/healthz' ? { status: 200, body: 'ok' } : { status: 404, body: '' }),
      'fault    Port: another program is listening on PORT. Set PORT to a free one, or stop that program.',
    ],
    [
      'a Latchbolt in trouble',
      () => ({ status: 503, body: json({ status: 'failing', failing: ['slack'] }) }),
      'fault    Port: a Latchbolt is running on PORT, and something is wrong with: slack. Its log says what.',
    ],
  ])('%s is there', async (_, answer, line) => {
    const { config } = await deploy();
    const url = await serve((request, response) => {
      const { status, body } = answer(request.url ?? '');
      response.writeHead(status).end(body);
    });
    expect(await reportOn({ ...config, port: Number(new URL(url).port) })).toBe(expected({ Port: [line] }));
  });

  it('the system chooses it', async () => {
    const { config } = await deploy();
    expect(await reportOn({ ...config, port: 0 })).toBe(
      expected({ Port: ['skipped  Port: because PORT is 0, so that the system chooses one.'] }),
    );
  });
});

describe('the doctor, about the public address', () => {
  const NOT_RUNNING = 'because no Latchbolt is running here yet. Start it, then run npm run doctor again.';
  const unproven = ['skipped  Webhook route: because Latchbolt does not answer at PUBLIC_URL.'];

  it('no bot runs yet', async () => {
    const config = withWebhook(await deploy());
    expect(await reportOn(config)).toBe(
      expected({
        'Public address': [`skipped  Public address: ${NOT_RUNNING}`],
        'Webhook route': unproven,
        'Seam webhook': RUNNING['Seam webhook'] ?? [],
      }),
    );
  });

  it.each([
    [502, `skipped  Public address: ${NOT_RUNNING}`],
    [
      401,
      "fault    Public address: what answers at PUBLIC is not Latchbolt (status 401). Let the proxy there pass every path on to this machine's PORT, without a login of its own.",
    ],
    [
      302,
      "fault    Public address: what answers at PUBLIC is not Latchbolt (status 302). Let the proxy there pass every path on to this machine's PORT, without a login of its own.",
    ],
  ])('no bot runs yet, and the proxy before it says %d', async (status, line) => {
    const deployment = await deploy();
    const config = withWebhook(deployment);
    const publicUrl = await serve((request, response) => {
      // Whoever followed to the login would take it for a Latchbolt.
      if (request.url === '/login') response.end(json({ status: 'ok' }));
      else response.writeHead(status, { location: '/login' }).end();
    });
    const report = await reportOn({ ...config, publicUrl });
    expect(report.replaceAll(publicUrl, 'PUBLIC')).toBe(
      expected({
        'Public address': [line],
        'Webhook route': unproven,
        'Seam webhook': [
          'fault    Seam webhook: Seam has none for PUBLIC/seam/webhooks. Add it at https://console.seam.co, under Developer, Webhooks, and copy its secret into SEAM_WEBHOOK_SECRET.',
        ],
      }),
    );
  });

  it('the bot that answers runs with other settings', async () => {
    const deployment = await deploy();
    const config = overHttp(withWebhook(deployment), 'f'.repeat(32));
    await deployment.run();
    const report = await reportOn(config);
    const unknown = 'the Latchbolt that answers does not know it: it runs with other settings. Restart it.';
    expect(report.split('\n').filter((line) => line.startsWith('fault'))).toEqual([
      `fault    Webhook route: ${unknown}`,
      `fault    Slack route: ${unknown}`,
    ]);
  });

  it('somebody on the way takes what is not signed', async () => {
    const deployment = await deploy();
    const config = withWebhook(deployment);
    const publicUrl = await serve((request, response) => {
      response.end(request.url === '/healthz' ? json({ status: 'ok' }) : '');
    });
    const report = await reportOn({ ...config, publicUrl });
    expect(plain(report, config)).toContain(
      '\nfault    Webhook route: what is not signed got the status 200 and not 401. Let the proxy at PUBLIC_URL pass this path on unchanged.\n',
    );
  });

  it.each([
    ['ENOTFOUND', 'fault'],
    ['CERT_HAS_EXPIRED', 'fault'],
    ['ECONNREFUSED', 'skipped'],
    ['timeout', 'skipped'],
  ] as const)('%s is a %s where no bot runs, and a fault where one does', (code, kind) => {
    const [url, there] = ['https://locks.example', { kind: 'silent', code }] as const;
    const says =
      kind === 'skipped'
        ? NOT_RUNNING
        : `nobody can be reached at ${url} (${code}). Check PUBLIC_URL, its name in the DNS, its certificate and the firewall.`;
    const about = 'Public address';
    expect(judgeAddress(url, there, { kind: 'silent', code: 'ECONNREFUSED' })).toEqual({ kind, about, says });
    for (const here of [{ kind: 'ours', failing: [] } as const, null]) {
      expect(judgeAddress(url, there, here)).toMatchObject({ kind: 'fault', about });
    }
  });

  it('is of no use to the real Seam when it leads to this machine only', () => {
    expect(judgeReach('http://localhost:3000', 'https://connect.getseam.com')).toEqual({
      kind: 'fault',
      about: 'Public address',
      says: 'http://localhost:3000 leads to this machine only. Set PUBLIC_URL to its address on the internet.',
    });
    expect(judgeReach('http://localhost:3000', 'http://127.0.0.1:4000')).toBe(null);
    expect(judgeReach('https://locks.example', 'https://connect.getseam.com')).toBe(null);
  });
});
