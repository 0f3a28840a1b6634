/** Olivia before the app's modals. */
import { plain, type Rig } from './support.ts';

export const input = {
  type: 'input',
  block_id: 'name',
  label: plain('Name'),
  element: { type: 'plain_text_input', action_id: 'text', min_length: 3 },
};
export const modal = (title: string, more: object = {}) => ({
  type: 'modal',
  title: plain(title),
  blocks: [{ type: 'divider' }],
  ...more,
});
export const form = modal('Form', {
  submit: plain('Save'),
  callback_id: 'form',
  private_metadata: 'kept',
  blocks: [input],
});

/** A trigger of Olivia's. */
export async function trigger(made: Rig) {
  const ack = await made.drive.command({ as: 'U0OLIVIA', channel: 'C0GENERAL', text: '/locks' });
  return ack.delivered.body.trigger_id;
}

export const titles = async (made: Rig) =>
  (await made.drive.view('U0OLIVIA')).modals.map(({ title }) => title);

/** The form, open before Olivia. */
export async function opened(made: Rig, view: object = form): Promise<string> {
  await made.api('views.open', { trigger_id: await trigger(made), view });
  return (await made.drive.view('U0OLIVIA')).modals.at(-1)?.viewId ?? 'none';
}
