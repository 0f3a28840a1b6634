import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Config } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { eventTypes } from '../../src/seam/events.ts';
import { seamWebhookRoute } from '../../src/seam/webhooks.ts';
import { systemTime } from '../../src/time.ts';
import { type Deployment, deploy, reportOn, serve, withWebhook } from './deployment.ts';
import { expected, RUNNING } from './expected.ts';

const other = (config: Config, seam: Partial<Config['seam']>): Config => ({
  ...config,
  seam: { ...config.seam, ...seam },
});

describe('the doctor, about Seam', () => {
  it('a key that Seam does not take', async () => {
    const { config } = await deploy();
    expect(await reportOn(other(config, { apiKey: 'seam_wrong' }))).toBe(
      expected({
        'Seam key': [
          'fault    Seam key: Seam does not take SEAM_API_KEY. Copy it anew from https://console.seam.co, under Developer, API Keys.',
        ],
      }),
    );
  });

  it('an address where nobody is', async () => {
    const { config } = await deploy();
    expect(await reportOn(other(config, { endpoint: `http://127.0.0.1:${config.port}` }))).toBe(
      expected({
        'Seam key': [
          'fault    Seam key: Seam cannot be reached (ECONNREFUSED). Check the network, and SEAM_ENDPOINT if it is set.',
        ],
        Clock: ['ok       Clock: it agrees with Slack.'],
      }),
    );
  });

  it('an address where somebody else is', async () => {
    const { config } = await deploy();
    const endpoint = await serve((_, response) => response.end('welcome'));
    expect(await reportOn(other(config, { endpoint }))).toBe(
      expected({
        'Seam key': [
          'fault    Seam key: what answers is not Seam, or Seam is out of order (status 200). Check SEAM_ENDPOINT if it is set, or try again later.',
        ],
      }),
    );
  });

  it('brands, which only Seam can judge', async () => {
    const { config } = await deploy();
    expect(await reportOn(other(config, { acceptedProviders: ['august', 'yael'] }))).toBe(
      expected({
        'Seam brands': [
          'note     Seam brands: people may connect august, yael. Whether Seam knows these names shows in Slack: type /locks connect.',
        ],
      }),
    );
  });
});

const LEFT_OUT = ['connect_webview.login_succeeded', 'lock.unlocked'];

describe("the doctor, about Seam's webhook", () => {
  /** A running bot whose webhook at Seam was changed. */
  async function reportWith(change: (hooks: Deployment['hooks'], hook: object) => void): Promise<string> {
    const deployment = await deploy();
    const config = withWebhook(deployment);
    await deployment.run(config);
    const [hook] = deployment.hooks.splice(0);
    change(deployment.hooks, z.looseObject({}).parse(hook));
    return reportOn(config);
  }

  it.each<[string, (hooks: Deployment['hooks'], hook: object) => void, string]>([
    [
      'none for this address',
      (hooks, hook) => hooks.push({ ...hook, url: 'https://elsewhere.example/seam/webhooks' }),
      'fault    Seam webhook: Seam has none for http://127.0.0.1:PORT/seam/webhooks. Add it at https://console.seam.co, under Developer, Webhooks, and copy its secret into SEAM_WEBHOOK_SECRET.',
    ],
    [
      'another secret',
      (hooks, hook) => hooks.push({ ...hook, secret: 'whsec_b3RoZXI=' }),
      'fault    Seam webhook: Seam signs with another secret than SEAM_WEBHOOK_SECRET. Copy it anew from https://console.seam.co, under Developer, Webhooks.',
    ],
    [
      'events that it leaves out',
      (hooks, hook) =>
        hooks.push({ ...hook, event_types: eventTypes.filter((type) => !LEFT_OUT.includes(type)) }),
      'fault    Seam webhook: Seam does not tell of connect_webview.login_succeeded, lock.unlocked. Add them to the webhook at https://console.seam.co, under Developer, Webhooks.',
    ],
    [
      'a secret that is not told',
      (hooks, hook) => hooks.push({ ...hook, event_types: [...eventTypes], secret: undefined }),
      'note     Seam webhook: Seam calls http://127.0.0.1:PORT/seam/webhooks. It does not tell the secret, so that this was not compared.',
    ],
    [
      'an answer that cannot be read',
      (hooks) => hooks.push('a webhook'),
      'skipped  Seam webhook: because Seam did not tell its webhooks.',
    ],
  ])('%s', async (_, change, line) => {
    expect(await reportWith(change)).toBe(expected({ ...RUNNING, 'Seam webhook': [line] }));
  });

  it('the events that are wanted are those that the bot makes something of, of all that Seam has', async () => {
    const types = await allEventTypes();
    const key = Buffer.alloc(24, 7).toString('base64');
    const heard: string[] = [];
    for (const type of types) {
      const route = seamWebhookRoute({
        secret: `whsec_${key}`,
        webhooks: { seen: async () => false, remember: async () => undefined, forget: async () => undefined },
        time: systemTime,
        log: createLog({ level: 'silent' }),
        heard: async () => void heard.push(type),
      });
      const rawBody = Buffer.from(
        JSON.stringify({
          event_id: 'event',
          event_type: type,
          occurred_at: new Date().toISOString(),
          device_id: 'device',
          connect_webview_id: 'webview',
          connected_account_id: 'account',
          access_code_id: 'code',
        }),
      );
      const at = String(Math.floor(Date.now() / 1000));
      const mac = createHmac('sha256', Buffer.from(key, 'base64'))
        .update(`m.${at}.${rawBody}`)
        .digest('base64');
      const headers = { 'svix-id': 'm', 'svix-timestamp': at, 'svix-signature': `v1,${mac}` };
      await route.handle({
        method: 'POST',
        path: route.path,
        query: new URLSearchParams(),
        headers,
        rawBody,
      });
    }
    expect(types.length).toBeGreaterThan(90);
    expect(heard.toSorted()).toEqual([...eventTypes].toSorted());
  });
});

/** From Seam's published OpenAPI. */
async function allEventTypes(): Promise<string[]> {
  const file = new URL('../../node_modules/@seamapi/types/lib/seam/connect/openapi.js', import.meta.url);
  const variant = z.object({
    properties: z.object({ event_type: z.object({ enum: z.array(z.string()) }) }),
  });
  const openapi = z.object({
    default: z.object({
      components: z.object({ schemas: z.object({ event: z.object({ oneOf: z.array(variant) }) }) }),
    }),
  });
  const { event } = openapi.parse(await import(file.href)).default.components.schemas;
  return event.oneOf.flatMap(({ properties }) => properties.event_type.enum);
}
