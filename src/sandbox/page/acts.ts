/** What a person's doing sets off: calls to the local Slack, with the page's state kept in step. */
import type { ConfirmationDialog } from '@slack/types';
import type { Message, Modal, Shortcut } from '../slack/drive.ts';
import type { SubmitAct } from '../slack/drive-acts.ts';
import { Refused, slack } from './drive.ts';
import { modalSurface, type Page, type Picked, type Slot, type Starting, slotKey } from './state.ts';
import { tick, tickFromCommand } from './tour.ts';
import { type Holder, holdersOf, initialValue } from './values.ts';

/** Runs a call while `key` is marked busy, then reads what it changed. */
async function whileBusy(page: Page, key: string, call: () => Promise<unknown>): Promise<void> {
  const { state } = page;
  state.busy.add(key);
  state.refusal = null;
  page.redraw();
  try {
    await call();
  } catch (error) {
    if (error instanceof Refused) state.refusal = error.message;
    else state.reachable = false;
  } finally {
    state.busy.delete(key);
    await page.refresh();
  }
}

/** What an element holds now. */
export function currentValue(page: Page, slot: Slot, element: Holder): Picked {
  return page.state.picked.get(slotKey(slot)) ?? initialValue(element);
}

async function tell(page: Page, slot: Slot, picked: Picked | null): Promise<void> {
  const { me } = page.state;
  await whileBusy(page, slotKey(slot), () =>
    slack.click({
      as: me,
      in: slot.surface.in,
      block_id: slot.blockId,
      action_id: slot.actionId,
      ...(picked === null ? {} : { picked }),
    }),
  );
}

/** Asks an element's own question first, where it has one. */
export function confirmed(page: Page, dialog: ConfirmationDialog | undefined, proceed: () => void): void {
  if (!dialog) {
    proceed();
    return;
  }
  page.state.confirming = { dialog, proceed };
  page.redraw();
}

/** Presses a button, or picks from a menu that keeps nothing (overflow). One press at a time. */
export function press(
  page: Page,
  slot: Slot,
  element: { confirm?: ConfirmationDialog },
  label: string,
  picked: string | null = null,
): void {
  if (page.state.busy.has(slotKey(slot))) return;
  confirmed(page, element.confirm, () => {
    if (/^unlock\b/i.test(label)) tick(page, 'unlocked');
    void tell(page, slot, picked);
  });
}

/** Keeps what was picked or typed, and tells the app where that is due at once. */
export function pick(
  page: Page,
  slot: Slot,
  element: { confirm?: ConfirmationDialog },
  picked: Picked,
): void {
  confirmed(page, element.confirm, () => {
    page.state.picked.set(slotKey(slot), picked);
    page.redraw();
    if (slot.dispatches) void tell(page, slot, picked);
  });
}

/** Keeps what is being typed, without telling the app yet. */
export function keep(page: Page, slot: Slot, picked: Picked): void {
  page.state.picked.set(slotKey(slot), picked);
  page.redraw();
}

/** Sends what stands in the composer. */
export async function sendText(page: Page, text: string): Promise<void> {
  const { me, place } = page.state;
  tickFromCommand(page, text);
  await whileBusy(page, `composer/${me}/${place}`, () => slack.command({ as: me, channel: place, text }));
}

/** Opens one of the app's tabs, which tells the app that it was opened. */
export async function openTab(page: Page, tab: 'home' | 'messages'): Promise<void> {
  await whileBusy(page, tab, () => slack.home({ as: page.state.me, tab }));
}

/** Runs a shortcut of the app, from anywhere or at a message. */
export async function runShortcut(page: Page, { callback_id }: Shortcut, message?: Message): Promise<void> {
  const at = message === undefined ? {} : { message: message.id };
  await whileBusy(page, 'shortcut', () => slack.shortcut({ as: page.state.me, callback_id, ...at }));
}

/** Starts a workflow with what its builder has set. */
export async function startWorkflow(page: Page, { workflow, inputs }: Starting): Promise<void> {
  const { callback_id } = workflow;
  await whileBusy(page, 'workflow', () => slack.workflow({ as: page.state.me, callback_id, inputs }));
}

/** The block id of a block; the local Slack gives every block one, as Slack does. */
export function blockIdOf(block: { block_id?: string }, index: number): string {
  return block.block_id ?? `block-${index}`;
}

/** Collects what a modal's elements hold; nothing is said with an empty text or list. */
function collect(page: Page, modal: Modal): SubmitAct['values'] {
  const values: SubmitAct['values'] = {};
  const surface = modalSurface(modal);
  for (const { block, element } of holdersOf(modal.blocks)) {
    const blockId = blockIdOf(block, modal.blocks.indexOf(block));
    const actionId = element.action_id ?? '';
    const picked = page.state.picked.get(slotKey({ surface, blockId, actionId }));
    values[blockId] = { ...values[blockId], [actionId]: picked ?? initialValue(element) };
  }
  return values;
}

/** What Slack said so far has been read: the person goes on. */
function readNotices({ state }: Page): void {
  for (const { id } of state.view?.notices ?? []) state.noticesRead.add(id);
}

/** Submits a modal; the local Slack checks its inputs, as Slack's own client does, before it tells the app. */
export async function submitModal(page: Page, modal: Modal): Promise<void> {
  const { state } = page;
  if (state.busy.has(modal.viewId)) return;
  readNotices(page);
  await whileBusy(page, modal.viewId, () =>
    slack.submit({ as: state.me, viewId: modal.viewId, values: collect(page, modal) }),
  );
}

/** Closes a modal without submitting it. */
export async function dismissModal(page: Page, modal: Modal): Promise<void> {
  readNotices(page);
  await whileBusy(page, modal.viewId, () => slack.dismiss({ as: page.state.me, viewId: modal.viewId }));
}
