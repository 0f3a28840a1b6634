import { Seam } from 'seam';
import {
  type ConnectedAccountId,
  connectedAccountId,
  type DeviceId,
  deviceId,
  type UserIdentifierKey,
  userIdentifierKey,
} from '../../src/domain/ids.ts';
import { createLog } from '../../src/log.ts';
import { type SeamDriver, seamDriver } from '../../src/sandbox/seam/driver.ts';
import { type LocalSeamOptions, startLocalSeam } from '../../src/sandbox/seam/server.ts';
import { createSeam, type SeamOptions } from '../../src/seam/adapter.ts';
import type { SeamPort } from '../../src/seam/port.ts';
import { START } from '../support/sights.ts';

/** Says nothing. */
export const log = createLog({ level: 'silent' });
export const DAY_MS = 24 * 60 * 60 * 1000;
export const EXPIRES = START + 180 * DAY_MS;
/** A well-made id of nothing. */
export const NOTHING = '00000000-0000-4000-8000-000000000000';

/** A local Seam whose clock only moves when it is told to, the port before it, and what drives and judges it. */
export interface SeamHouse {
  readonly url: string;
  readonly apiKey: string;
  readonly port: SeamPort & { close(): void };
  readonly drive: SeamDriver;
  /** The SDK itself, to look at what the port made. */
  readonly sdk: Seam;
  /** Connects an account as the bot does. */
  connect(key: UserIdentifierKey, email: string, provider?: string): Promise<ConnectedAccountId>;
  doorId(name: string): Promise<DeviceId>;
  /** Does the work; tells what came of it and what the local Seam was asked meanwhile. */
  asked<Answer>(
    work: () => Promise<Answer>,
  ): Promise<{ answer: Answer; calls: { path: string; body: Record<string, unknown> }[] }>;
  close(): Promise<void>;
}

export async function openSeamHouse(
  options: Partial<SeamOptions> = {},
  local: LocalSeamOptions = {},
): Promise<SeamHouse> {
  const server = await startLocalSeam({ clock: () => START, ...local });
  const { url, apiKey } = server;
  const drive = seamDriver(url);
  const port = createSeam({
    apiKey,
    endpoint: url,
    acceptedProviders: null,
    timeoutMs: 5_000,
    log,
    ...options,
  });
  const house: SeamHouse = {
    url,
    apiKey,
    port,
    drive,
    sdk: new Seam({ apiKey, endpoint: url, waitForActionAttempt: false }),

    async connect(key, email, provider = 'august') {
      await port.openClientSession(key, EXPIRES);
      const { id } = await port.createConnectWebview();
      await port.grantConnectWebview(key, id);
      const end = await drive.login({ connectWebviewId: id, provider, email, password: '1234' });
      if (end.connectedAccountId === null) throw new Error(`the login ended as ${end.result}`);
      return connectedAccountId(end.connectedAccountId);
    },

    async doorId(name) {
      const found = (await drive.view()).doors.find((door) => door.name === name);
      if (found === undefined) throw new Error(`there is no door "${name}"`);
      return deviceId(found.deviceId);
    },

    async asked(work) {
      const since = (await drive.calls()).at(-1)?.n ?? 0;
      const answer = await work();
      const calls = (await drive.calls(since)).map(({ path, body }) => ({ path, body }));
      return { answer, calls };
    },

    async close() {
      port.close();
      await server.close();
    },
  };
  return house;
}

/** The key of one of our people. */
export const keyOf = userIdentifierKey;
