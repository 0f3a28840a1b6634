import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { sandboxPages } from '../../../src/sandbox/pages.ts';
import { startLocalSeam } from '../../../src/sandbox/seam/server.ts';
import type { LocalSlackOptions } from '../../../src/sandbox/slack/server.ts';
import { type Received, type Rig, rig } from '../../sandbox/slack/support.ts';
import { openPage, type Visit } from './stage.ts';

/** A little app in the bot's place, which shows what the bot does not use. */
export interface StandIn extends Rig {
  readonly page: Page;
  readonly seamUrl: string;
  /** Opens a modal, on a trigger of Olivia's. */
  openModal(view: object): Promise<void>;
  /** Posts a message in #general. */
  post(blocks: readonly object[]): Promise<void>;
  /** What the app got of this kind (`block_actions`, `view_submission`…), oldest first. */
  got(type: string): Record<string, unknown>[];
}

type Said = object | 'fault' | null;
/** What the app answers to a delivery: nothing, something, or that it has a fault of its own; at once, or later. */
type Answer = (body: Record<string, unknown>) => Said | Promise<Said>;

/** The page with the stand-in app behind it, until the test ends. */
export async function openStandIn(
  answer: Answer = () => null,
  visit: Visit = {},
  options: Pick<LocalSlackOptions, 'workflow'> = {},
): Promise<StandIn> {
  const seam = await startLocalSeam();
  onTestFinished(() => seam.close());
  const answerTo = async ({ body }: Received) => {
    const said = await answer(body);
    if (said === 'fault') return { status: 500 };
    return said === null ? {} : { body: JSON.stringify(said) };
  };
  const events = ['app_home_opened'];
  const made = await rig({ ...options, events, pages: sandboxPages({ seamUrl: seam.url }) }, answerTo);
  const page = await openPage([made.slack.url, seam.url], visit);
  const call = async (method: string, args: object) => {
    const said = await made.api(method, args);
    if (said.ok !== true) throw new Error(`${method}: ${JSON.stringify(said)}`);
  };
  return {
    ...made,
    page,
    seamUrl: seam.url,
    async openModal(view) {
      const { delivered } = await made.drive.command({
        as: 'U0OLIVIA',
        channel: 'C0GENERAL',
        text: '/locks',
      });
      await call('views.open', { trigger_id: delivered.body.trigger_id, view });
      await page.getByRole('dialog').waitFor();
    },
    post: (blocks) => call('chat.postMessage', { channel: 'C0GENERAL', text: 'A message', blocks }),
    got: (type) => made.received.map(({ body }) => body).filter((body) => body.type === type),
  };
}
