import { randomBytes, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { liveSessions } from '../access.ts';
import { BRANDS, PROVIDER_KEYS } from '../brands.ts';
import { notFound } from '../http.ts';
import { flag, limit, list, metadataFilter, notPlayed, oneOf, pageCursor, text, uuid } from '../input.ts';
import { showWebview } from '../show/records.ts';
import type { Metadata, Webview, World } from '../world.ts';
import { hasMetadata, includesText } from './matching.ts';
import { page } from './paging.ts';
import { type Routes, route } from './route.ts';

/** How long a link can be used. Seam does not document its own. */
const LASTS_MS = 7 * 24 * 60 * 60 * 1000;
const MOST_METADATA = 50;

const CAPABILITIES = ['lock', 'thermostat', 'noise_sensor', 'access_control', 'camera'] as const;

const metadata = z
  .record(
    z
      .string()
      .min(1)
      .max(40)
      .regex(/^[^.]*$/, 'A name must not hold a dot'),
    z.union([z.string().max(500), z.boolean()]).nullable(),
  )
  .refine((pairs) => Object.keys(pairs).length <= MOST_METADATA, `At most ${MOST_METADATA} pairs`);

const webAddress = z.url({ protocol: /^https?$/ });

const CREATE = z.object({
  accepted_providers: list(oneOf(PROVIDER_KEYS)).optional(),
  excluded_providers: list(text).optional(),
  provider_category: oneOf(['stable', 'consumer_smartlocks']).optional(),
  accepted_capabilities: list(oneOf(CAPABILITIES)).optional(),
  automatically_manage_new_devices: flag.optional(),
  device_selection_mode: oneOf(['none', 'single', 'multiple']).optional(),
  wait_for_device_creation: flag.optional(),
  custom_metadata: metadata.optional(),
  custom_redirect_url: webAddress.optional(),
  custom_redirect_failure_url: webAddress.optional(),
  customer_key: notPlayed,
});

const LIST = z.object({
  user_identifier_key: text.optional(),
  custom_metadata_has: metadataFilter.optional(),
  search: text.optional(),
  limit: limit.default(500),
  page_cursor: pageCursor.default(null),
  customer_key: notPlayed,
});

const byId = z.object({ connect_webview_id: uuid });

/** `/connect_webviews/*`. Deleting one withdraws its link; an account that came of it stays with its people. */
export function webviewRoutes(world: World): Routes {
  return {
    '/connect_webviews/create': route('POST', CREATE, (input) => {
      const webview = build(world, input);
      world.webviews.set(webview.id, webview);
      return { connect_webview: showWebview(world, webview) };
    }),
    '/connect_webviews/get': route('GET', byId, ({ connect_webview_id }) => ({
      connect_webview: showWebview(world, find(world, connect_webview_id)),
    })),
    '/connect_webviews/list': route('GET', LIST, (input, raw) => {
      const wanted = [...world.webviews.values()].filter((webview) => isListed(world, webview, input));
      const { shown, pagination } = page(wanted, {
        world,
        path: '/connect_webviews/list',
        raw,
        limit: input.limit,
        cursor: input.page_cursor,
      });
      return { connect_webviews: shown.map((webview) => showWebview(world, webview)), pagination };
    }),
    '/connect_webviews/delete': route('DELETE', byId, ({ connect_webview_id }) => {
      const webview = find(world, connect_webview_id);
      world.webviews.delete(webview.id);
      world.withdrawn.set(webview.id, webview.authToken);
      for (const session of world.sessions.values()) session.webviewIds.delete(webview.id);
      return {};
    }),
  };
}

function build(world: World, input: z.output<typeof CREATE>): Webview {
  const excluded = new Set(input.excluded_providers ?? []);
  const offered = input.accepted_providers ?? BRANDS.map(({ key }) => key);
  return {
    seq: world.nextSeq(),
    id: randomUUID(),
    authToken: randomBytes(24).toString('base64url'),
    formToken: randomBytes(24).toString('base64url'),
    status: 'pending',
    providers: offered.filter((key) => !excluded.has(key)),
    anyProvider: input.accepted_providers === undefined && input.provider_category === undefined,
    capabilities: input.accepted_capabilities ?? ['lock'],
    deviceSelectionMode: input.device_selection_mode ?? 'none',
    manageNewDevices: input.automatically_manage_new_devices ?? true,
    waitForDevices: input.wait_for_device_creation ?? false,
    metadata: withoutNulls(input.custom_metadata ?? {}),
    redirectUrl: input.custom_redirect_url ?? null,
    failureUrl: input.custom_redirect_failure_url ?? null,
    createdAt: world.clock.iso(),
    expiresAt: world.clock.now() + LASTS_MS,
    authorizedAt: null,
    accountId: null,
    selectedProvider: null,
    awaitingCode: null,
    busy: false,
  };
}

function withoutNulls(pairs: Record<string, string | boolean | null>): Metadata {
  const kept: Metadata = {};
  for (const [name, value] of Object.entries(pairs)) if (value !== null) kept[name] = value;
  return kept;
}

function find(world: World, id: string): Webview {
  const webview = world.webviews.get(id);
  if (!webview) throw notFound('connect_webview', id);
  return webview;
}

function isListed(world: World, webview: Webview, wanted: z.output<typeof LIST>): boolean {
  const key = wanted.user_identifier_key;
  return (
    (key === undefined || liveSessions(world, key).some((session) => session.webviewIds.has(webview.id))) &&
    hasMetadata(webview.metadata, wanted.custom_metadata_has) &&
    includesText([webview.id, webview.accountId, ...Object.values(webview.metadata)], wanted.search)
  );
}
