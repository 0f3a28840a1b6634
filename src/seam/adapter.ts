import { Seam } from 'seam';
import type { ConnectedAccountId, UserIdentifierKey } from '../domain/ids.ts';
import type { Verb } from '../domain/move.ts';
import type { Log } from '../log.ts';
import { type Metrics, noMetrics } from '../metrics.ts';
import { accountSchema } from './account.ts';
import { createAsker } from './asked.ts';
import { attemptSchema } from './attempt.ts';
import { codeNameCalls } from './code-names.ts';
import { codeCalls } from './codes.ts';
import { deviceAsDoor } from './door.ts';
import { SeamError } from './errors.ts';
import { createHappened } from './happened.ts';
import type { Attempt, DoorPage, SeamPort } from './port.ts';
import { about, iso, readList } from './readable.ts';
import { createTransport } from './transport.ts';
import { webviewSchema } from './webview.ts';

type AcceptedProviders = NonNullable<Parameters<Seam['connectWebviews']['create']>[0]>['accepted_providers'];

/** What the adapter is told; `timeoutMs` is for each request. */
export interface SeamOptions {
  readonly apiKey: string;
  readonly endpoint: string;
  /** The brands that people may connect; null for all that Seam offers. */
  readonly acceptedProviders: readonly string[] | null;
  readonly timeoutMs: number;
  readonly log: Log;
  /** Told of each request; without it nothing is measured. */
  readonly metrics?: Metrics;
}

/** The Seam port over Seam's SDK, and the connections that it keeps. */
export function createSeam(options: SeamOptions): SeamPort & { close(): void } {
  const { log } = options;
  const asker = createAsker(options.metrics ?? noMetrics);
  const { asked, unlessGone } = asker;
  const transport = createTransport();
  const seam = new Seam({
    apiKey: options.apiKey,
    // Always given: the SDK would otherwise read SEAM_ENDPOINT and SEAM_API_URL by itself.
    endpoint: options.endpoint,
    waitForActionAttempt: false,
    // An unlock is one POST. The SDK's retries would also wait as long as any Retry-After says.
    axiosRetryOptions: { retries: 0 },
    axiosOptions: { adapter: transport.adapter },
  });
  // The SDK's own timeout is one of silence: an answer that only drips would never end.
  seam.client.interceptors.request.use((request) => ({
    ...request,
    signal: AbortSignal.timeout(options.timeoutMs),
  }));

  return {
    ...createHappened(seam, asker, log),

    workspace: () =>
      asked('workspaces/get', async () => {
        const workspace = await seam.workspaces.get();
        return { name: workspace.name, sandbox: workspace.is_sandbox };
      }),

    async openClientSession(key, expiresAt) {
      await asked('client_sessions/get_or_create', () =>
        seam.clientSessions.getOrCreate({ user_identifier_key: key, expires_at: iso(expiresAt) }),
      );
    },

    createConnectWebview: () =>
      asked('connect_webviews/create', async () => {
        const created = await seam.connectWebviews.create({
          ...(options.acceptedProviders === null
            ? {}
            : { accepted_providers: providers(options.acceptedProviders) }),
          accepted_capabilities: ['lock'],
          automatically_manage_new_devices: true,
          // The login is done once the doors are there, so that we can name them.
          wait_for_device_creation: true,
        });
        const { id, url } = webviewSchema.parse(created);
        return { id, url };
      }),

    async grantConnectWebview(key, id) {
      await asked('client_sessions/grant_access', () =>
        seam.clientSessions.grantAccess({ user_identifier_key: key, connect_webview_ids: [id] }),
      );
    },

    async grantAccounts(key, ids) {
      const gone: ConnectedAccountId[] = [];
      for (const id of ids) {
        const grant = { user_identifier_key: key, connected_account_ids: [id] };
        const granted = await unlessGone('connected_account', 'client_sessions/grant_access', () =>
          seam.clientSessions.grantAccess(grant),
        );
        if (granted === null) gone.push(id);
      }
      return gone;
    },

    async connectWebview(id) {
      const webview = await unlessGone('connect_webview', 'connect_webviews/get', async () =>
        webviewSchema.parse(await seam.connectWebviews.get({ connect_webview_id: id })),
      );
      return webview === null ? { kind: 'gone' } : about(id, webview).state;
    },

    async deleteConnectWebview(id) {
      await unlessGone('connect_webview', 'connect_webviews/delete', () =>
        seam.connectWebviews.delete({ connect_webview_id: id }),
      );
    },

    accounts: (key) =>
      asked('connected_accounts/list', async () =>
        readList(
          'account',
          accountSchema,
          await seam.connectedAccounts.list({ user_identifier_key: key }),
          log,
        ),
      ),

    async deleteAccount(id) {
      await unlessGone('connected_account', 'connected_accounts/delete', () =>
        seam.connectedAccounts.delete({ connected_account_id: id }),
      );
    },

    async replaceClientSessions(key, accounts, expiresAt) {
      // The list is filtered by Seam; a session of somebody else must never be deleted, so look again.
      const old = await asked('client_sessions/list', async () =>
        (await seam.clientSessions.list({ user_identifier_key: key }))
          .filter((session) => session.user_identifier_key === key)
          .map((session) => session.client_session_id),
      );
      // An empty new session would say nothing; without one, the person simply has nothing.
      if (accounts.length > 0) await createSession(key, accounts, expiresAt);
      for (const id of old) {
        await unlessGone('client_session', 'client_sessions/delete', () =>
          seam.clientSessions.delete({ client_session_id: id }),
        );
      }
    },

    doors: (key, cursor, limit) => doorPage({ user_identifier_key: key, limit }, cursor),

    async doorsOfAccount(key, account) {
      const page = await doorPage({ user_identifier_key: key, connected_account_id: account, limit: 20 });
      return { ...page, doors: page.doors.filter((door) => door.accountId === account) };
    },

    async doorsById(key, ids) {
      // Without ids the filter would be dropped, and all doors listed.
      if (ids.length === 0) return [];
      const { doors } = await doorPage({ user_identifier_key: key, device_ids: [...ids], limit: ids.length });
      const listed = new Map(doors.map((door) => [door.id, door]));
      return [...new Set(ids)].flatMap((id) => listed.get(id) ?? []);
    },

    async door(key, id) {
      const { doors } = await doorPage({ user_identifier_key: key, device_ids: [id] });
      // The id that was asked for must be the id that came back, alone: a filter that Seam drops lists everybody's.
      const [door] = doors;
      return doors.length === 1 && door?.id === id ? door : null;
    },

    move: (id, verb) =>
      asked(`locks/${verb}_door`, async () => {
        const door = { device_id: id };
        const answer = await (verb === 'lock' ? seam.locks.lockDoor(door) : seam.locks.unlockDoor(door));
        return ofVerb(verb, attemptSchema.parse(answer));
      }),

    attempt: (id, verb) =>
      asked('action_attempts/get', async () => {
        const attempt = attemptSchema.parse(await seam.actionAttempts.get({ action_attempt_id: id }));
        return ofVerb(verb, about(id, attempt));
      }),

    ...codeCalls(seam, { asked, unlessGone }, log),
    ...codeNameCalls(seam, asker, log),

    close() {
      transport.close();
    },
  };

  function doorPage(filter: DeviceFilter, cursor: string | null = null): Promise<DoorPage> {
    return asked('devices/list', async () => {
      // A `page_cursor` in the filter would be dropped without a word: the paginator sets its own.
      const pages = seam.createPaginator(seam.devices.list(filter));
      const [devices, pagination] = await (cursor === null
        ? pages.firstPage()
        : pages.nextPage(cursor as PageCursor));
      return {
        doors: readList('device', deviceAsDoor, devices, log).filter((door) => door !== null),
        next: pagination.hasNextPage ? pagination.nextPageCursor : null,
      };
    });
  }

  async function createSession(
    key: UserIdentifierKey,
    accounts: readonly ConnectedAccountId[],
    expiresAt: number,
  ): Promise<void> {
    await asked('client_sessions/create', () =>
      seam.clientSessions.create({
        user_identifier_key: key,
        connected_account_ids: [...accounts],
        expires_at: iso(expiresAt),
      }),
    );
  }
}

/** A device list is always one person's: the key cannot be left out. */
interface DeviceFilter {
  user_identifier_key: UserIdentifierKey;
  device_ids?: string[];
  connected_account_id?: string;
  limit?: number;
}

/** The SDK's brand of what it gave us as a text, and which it does not export. */
type PageCursor = NonNullable<Parameters<ReturnType<Seam['createPaginator']>['nextPage']>[0]>;

/** An attempt about a bolt that goes the other way is no answer. */
function ofVerb(verb: Verb, attempt: Attempt): Attempt {
  if (attempt.verb === verb) return attempt;
  throw new SeamError({ kind: 'lost', code: 'answer_about_another' });
}

/** The operator's list, of which Seam knows more brands than the SDK's types: Seam itself judges them. */
function providers(keys: readonly string[]): AcceptedProviders {
  return [...keys] as AcceptedProviders;
}
