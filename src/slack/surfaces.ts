import type { HomeView, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SlackUserId } from '../domain/ids.ts';

/** Modals, and the app's Home. Each is one call to Slack, and throws its error: the person waits for what it shows. */
export interface Surfaces {
  /** Opens a modal where somebody clicked; the trigger lives 3 s. Gives the id by which it can be changed. */
  open(triggerId: string, modal: ModalView): Promise<string>;
  /** Changes a modal that is open. */
  change(viewId: string, modal: ModalView): Promise<void>;
  /** Shows this as the person's Home, whether they look at it now or later. */
  publish(userId: SlackUserId, home: HomeView): Promise<void>;
}

const openedView = z.object({ id: z.string().min(1) });

/** Opens modals and draws Homes with `client`. Throws what Slack’s client throws. */
export function createSurfaces(client: WebClient): Surfaces {
  return {
    async open(triggerId, modal) {
      const opened = await client.views.open({ trigger_id: triggerId, view: modal });
      return openedView.parse(opened.view).id;
    },
    async change(viewId, modal) {
      await client.views.update({ view_id: viewId, view: modal });
    },
    async publish(userId, home) {
      await client.views.publish({ user_id: userId, view: home });
    },
  };
}
