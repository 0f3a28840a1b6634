import { Writable } from 'node:stream';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';
import { createLog } from '../../src/log.ts';
import { type House, type HouseOptions, startHouse } from '../../src/sandbox/house.ts';
import type { DoorPanel, Call as SeamCall } from '../../src/sandbox/seam/drive.ts';
import { seamDriver } from '../../src/sandbox/seam/driver.ts';
import type { Acknowledged } from '../../src/sandbox/slack/drive.ts';
import { slackDriver } from '../../src/sandbox/slack/driver.ts';
import { findButton, type Shown, shownOf } from './shown.ts';
import { type MovableTime, movableTime } from './time.ts';

export type { Shown };

export const OLIVIA = 'U0OLIVIA';
export const BEN = 'U0BEN';
/** A guest of several channels, and one of a single channel. */
export const GWEN = 'U0GWEN';
export const CLEO = 'U0CLEO';
/** Deactivated. */
export const DAN = 'U0DAN';
/** A bot. */
export const ROBO = 'U0ROBO';
/** Of another company. */
export const SAM = 'U0SAM';
export const HOME = 'T0ACME';
export const ELSEWHERE = 'T0OTHER';
export const GENERAL = 'C0GENERAL';

const logLine = z.looseObject({ level: z.string(), time: z.unknown() });

/** The whole house, and what a person or the world can do in it. */
export interface World {
  readonly house: House;
  readonly time: MovableTime;
  readonly slack: ReturnType<typeof slackDriver>;
  readonly seam: ReturnType<typeof seamDriver>;
  /** Every line that the bot logged, as text. */
  readonly logged: string[];
  /** What the bot logged at level info or above, from line `since` on, but for level, time, and its connections. */
  log(since?: number): Record<string, unknown>[];
  /** Types a command in #general. */
  type(who: string, text: string): Promise<Acknowledged>;
  /** Clicks the button with this text in the newest message that has it (after confirming). */
  click(who: string, buttonText: string, near?: string): Promise<Acknowledged>;
  /**
   * Delivers a click of `who` on a button that only `owner` sees: a payload that Slack would never send, signed.
   * Its `response_url` is the clicker's own, from a command that they typed.
   */
  clickAs(who: string, owner: string, buttonText: string, near?: string): Promise<Acknowledged>;
  /** Delivers a click with this action and value, as a payload of `who`; `change` alters the payload. */
  forge(
    who: string,
    action: { action_id: string; value: string },
    change?: Record<string, unknown>,
  ): Promise<Acknowledged>;
  /** The person's newest message from the bot, once it satisfies the check. */
  sees(who: string, check: (message: Shown) => boolean, forMs?: number): Promise<Shown>;
  messages(who: string): Promise<Shown[]>;
  newest(who: string): Promise<Shown>;
  /** The button with this text, as it was sent. */
  button(message: Shown, text: string, near?: string): { block_id: string; action_id: string; value: string };
  /** Connects the account of this e-mail address, as a person would, and waits until the bot says so to all whom it concerns. */
  connect(who: string, email: string): Promise<Shown>;
  door(name: string): Promise<DoorPanel>;
  /** What the local Seam was asked since `since`, on these paths (all when none is given). */
  seamCalls(...paths: string[]): Promise<SeamCall[]>;
  rows(table: string): Record<string, unknown>[];
  close(): Promise<void>;
}

export async function startWorld(options: Omit<HouseOptions, 'time' | 'log'> = {}): Promise<World> {
  const time = movableTime();
  const logged: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk));
      done();
    },
  });
  const house = await startHouse({ ...options, time, log: createLog({ level: 'debug', destination }) });
  const slack = slackDriver(house.slack.url);
  const seam = seamDriver(house.seam.url);

  const messages = async (who: string) =>
    (await slack.view(who)).messages.filter(({ author }) => author.kind === 'app').map(shownOf);
  const type = (who: string, text: string) => slack.command({ as: who, channel: GENERAL, text });

  const world: World = {
    house,
    time,
    slack,
    seam,
    logged,
    log: (since = 0) =>
      logged
        .slice(since)
        .map((line) => logLine.parse(JSON.parse(line)))
        .filter(({ level, msg }) => level !== 'debug' && msg !== 'connected to Slack')
        .map(({ level: _, time: __, ...said }) => said),
    type,
    messages,

    async click(who, buttonText, near) {
      for (const message of (await messages(who)).reverse()) {
        const found = findButton(message.raw.blocks, buttonText, near);
        if (found === null) continue;
        const { block_id, action_id } = found;
        return slack.click({ as: who, in: { message: message.id }, block_id, action_id });
      }
      throw new Error(`${who} sees no button "${buttonText}"${near === undefined ? '' : ` at ${near}`}`);
    },

    async clickAs(who, owner, buttonText, near) {
      for (const message of (await messages(owner)).reverse()) {
        const found = findButton(message.raw.blocks, buttonText, near);
        if (found !== null) return world.forge(who, found);
      }
      throw new Error(`${owner} sees no button "${buttonText}"`);
    },

    async forge(who, { action_id, value }, change = {}) {
      const { delivered } = await type(who, '/locks help');
      const { response_url, trigger_id, api_app_id, token } = delivered.body;
      return slack.deliver({
        kind: 'interactive',
        body: {
          type: 'block_actions',
          api_app_id,
          token,
          user: { id: who, username: who.toLowerCase(), name: who.toLowerCase(), team_id: HOME },
          team: { id: HOME, domain: 'acme' },
          enterprise: null,
          is_enterprise_install: false,
          channel: { id: GENERAL, name: 'general' },
          container: {
            type: 'message',
            message_ts: `${Math.floor(time.now() / 1000)}.000100`,
            channel_id: GENERAL,
            is_ephemeral: true,
          },
          trigger_id: `${trigger_id}.forged`,
          response_url,
          actions: [
            {
              type: 'button',
              block_id: 'b',
              action_id,
              value,
              text: { type: 'plain_text', text: 'Unlock' },
              action_ts: '1.1',
            },
          ],
          ...change,
        },
      });
    },

    async sees(who, check, forMs = 12_000) {
      const until = Date.now() + forMs;
      for (;;) {
        const newest = (await messages(who)).at(-1);
        if (newest !== undefined && check(newest)) return newest;
        if (Date.now() > until) {
          throw new Error(`${who} sees something else:\n${JSON.stringify(newest ?? null, null, 1)}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 15));
      }
    },

    async connect(who, email) {
      await type(who, '/locks connect');
      await world.sees(who, (message) => message.buttons.includes('Sign in to your lock account'));
      await world.click(who, 'Sign in to your lock account');
      const created = (await world.seamCalls('/client_sessions/grant_access')).filter(({ body }) =>
        Array.isArray(body.connect_webview_ids),
      );
      const ids = created.at(-1)?.body.connect_webview_ids;
      const connectWebviewId = Array.isArray(ids) ? String(ids[0]) : '';
      const isConnected = (message: Shown) => message.text.startsWith('Connected');
      const earlier = (await messages(who)).filter(isConnected).map(({ id }) => id);
      await seam.login({ connectWebviewId, provider: 'august', email, password: '1234' });
      // A thousand doors come with two thousand webhooks.
      const connected = await eventually(
        `${who} is told of the account`,
        async () => (await messages(who)).find((one) => isConnected(one) && !earlier.includes(one.id)),
        15_000,
      );
      // Whoever shares the account with a colleague is told so by itself, and not in the middle of what a test does.
      const isShared = (row: Record<string, unknown>) => String(row.about).includes('"shared"');
      await eventually('what is shared is told', () =>
        world.rows('notice').every((row) => !isShared(row) || row.state !== 'waiting'),
      );
      return connected;
    },

    async newest(who) {
      const newest = (await messages(who)).at(-1);
      if (newest === undefined) throw new Error(`${who} sees nothing`);
      return newest;
    },

    button(message, text, near) {
      const found = findButton(message.raw.blocks, text, near);
      if (found === null) throw new Error(`no button "${text}"`);
      return found;
    },

    async door(name) {
      const found = (await seam.view()).doors.find((door) => door.name === name);
      if (found === undefined) throw new Error(`no door "${name}"`);
      return found;
    },

    async seamCalls(...paths) {
      const calls = await seam.calls();
      return calls.filter(({ path }) => paths.length === 0 || paths.includes(path));
    },

    rows(table) {
      const sqlite = new Sqlite(house.config.database.file, { readonly: true });
      try {
        return sqlite.prepare<[], Record<string, unknown>>(`select * from ${table}`).all();
      } finally {
        sqlite.close();
      }
    },

    close: () => house.close(),
  };
  return world;
}

/** Waits until something is so, for longer than a busy machine takes; the description is for the failure. */
export async function eventually<Value>(
  what: string,
  look: () => Promise<Value | null | undefined | false> | Value | null | undefined | false,
  forMs = 12_000,
): Promise<Value> {
  const until = Date.now() + forMs;
  for (;;) {
    const value = await look();
    if (value !== null && value !== undefined && value !== false) return value;
    if (Date.now() > until) throw new Error(`it did not come to be: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
