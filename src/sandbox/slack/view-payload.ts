import { APP, ENTERPRISE, WORKSPACE } from './cast.ts';
import type { OpenView } from './views.ts';

/** A view as payloads and the Web API give it, in an app of one workspace or of the whole organisation. */
export function asPayloadView(view: OpenView, org: boolean): Record<string, unknown> {
  const modal = view.shown.type === 'modal' ? view.shown : null;
  return {
    id: view.id,
    team_id: WORKSPACE.id,
    type: view.shown.type,
    blocks: view.shown.blocks,
    private_metadata: view.shown.private_metadata ?? '',
    callback_id: view.shown.callback_id ?? '',
    state: { values: structuredClone(view.held.values) },
    hash: view.hash,
    title: modal?.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: modal?.clear_on_close ?? false,
    notify_on_close: modal?.notify_on_close ?? false,
    close: modal?.close ?? null,
    submit: modal?.submit ?? null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: APP.id,
    external_id: view.shown.external_id ?? '',
    app_installed_team_id: org ? ENTERPRISE.id : WORKSPACE.id,
    bot_id: APP.botId,
  };
}
