/** What people do with modals as a whole: submit and dismiss. */
import { acknowledged, Impossible, nothingSent, personOf, pick, type Stage } from './acts.ts';
import { elementsOf } from './block-rules.ts';
import type { Acknowledged, Person } from './drive.ts';
import type { DismissAct, SubmitAct } from './drive-acts.ts';
import { isEmpty, pickedValue } from './element-state.ts';
import { suggestionKey } from './held.ts';
import { fault } from './input-checks.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { OpenView } from './views.ts';

export class ModalActs {
  private readonly stage: Stage;
  private readonly responseUrls: ResponseUrls;

  constructor(stage: Stage, responseUrls: ResponseUrls) {
    this.stage = stage;
    this.responseUrls = responseUrls;
  }

  /** Submits the modal on top. What Slack itself finds wrong shows as the modal's errors and is not sent. */
  async submit({ as, viewId, values }: SubmitAct): Promise<Acknowledged> {
    const person = personOf(as);
    const view = this.top(person, viewId);
    fillIn(view, values);
    const errors = slackErrors(view);
    this.stage.world.views.setErrors(view, errors);
    if (Object.keys(errors).length > 0) return nothingSent('interactive');
    const body = this.stage.payloads.submission(person, view, this.urlsOf(person, view));
    const attempt = await this.stage.delivery.deliver({ kind: 'interactive', body, answers: true });
    if (attempt.ok) this.stage.effects.afterSubmit(person, view, attempt.response);
    else this.stage.effects.submitFailed(person);
    return acknowledged('interactive', body, attempt);
  }

  /** Closes the modal on top, or all of them where it clears on close. */
  async dismiss({ as, viewId }: DismissAct): Promise<Acknowledged> {
    const person = personOf(as);
    const view = this.top(person, viewId);
    const modal = view.shown.type === 'modal' ? view.shown : null;
    const clears = modal?.clear_on_close === true;
    if (clears) this.stage.world.views.closeAll(person.id);
    else this.stage.world.views.close(view);
    if (modal?.notify_on_close !== true) return nothingSent('interactive');
    const body = this.stage.payloads.closed(person, view, clears);
    const attempt = await this.stage.delivery.deliver({ kind: 'interactive', body, answers: false });
    return acknowledged('interactive', body, attempt);
  }

  private top(person: Person, viewId: string): OpenView {
    const top = this.stage.world.views.modalsOf(person.id).at(-1);
    if (top?.id !== viewId) throw new Impossible(`${person.name} has no modal ${viewId} on top`);
    return top;
  }

  /** A `response_url` for each conversation that was picked where the app asked for one. */
  private urlsOf(person: Person, view: OpenView): Record<string, unknown>[] {
    return view.shown.blocks.flatMap(elementsOf).flatMap(({ element, blockId }) => {
      if (!('response_url_enabled' in element) || element.response_url_enabled !== true) return [];
      const actionId = element.action_id ?? '';
      const value = view.held.values[blockId]?.[actionId];
      const channelId = value?.selected_conversation ?? value?.selected_channel;
      if (typeof channelId !== 'string') return [];
      const response_url = this.responseUrls.issue(person, channelId, null);
      return [{ block_id: blockId, action_id: actionId, channel_id: channelId, response_url }];
    });
  }
}

function fillIn(view: OpenView, values: SubmitAct['values']): void {
  const placed = view.shown.blocks.flatMap(elementsOf);
  for (const [blockId, byAction] of Object.entries(values)) {
    for (const [actionId, picked] of Object.entries(byAction)) {
      const element = placed.find(
        (one) => one.blockId === blockId && one.element.action_id === actionId,
      )?.element;
      if (element === undefined) throw new Impossible(`there is no element ${actionId} in block ${blockId}`);
      const suggested = view.held.suggested.get(suggestionKey(blockId, actionId)) ?? [];
      const value = pick(() => pickedValue(element, picked, suggested));
      if (value !== null) view.held.values[blockId] = { ...view.held.values[blockId], [actionId]: value };
    }
  }
}

/** What Slack's own client refuses to send, by block id. */
function slackErrors(view: OpenView): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const [index, block] of view.shown.blocks.entries()) {
    if (block.type !== 'input') continue;
    for (const { element, blockId } of elementsOf(block, index)) {
      const value = view.held.values[blockId]?.[element.action_id ?? ''];
      if (value === undefined) continue;
      const wrong = isEmpty(value)
        ? block.optional === true
          ? null
          : 'Please complete this required field.'
        : fault(element, value);
      if (wrong !== null) errors[blockId] = wrong;
    }
  }
  return errors;
}
