/** Ben before a message of the app's. */
import { expect } from 'vitest';
import { only, type Rig } from './support.ts';

export const user = { id: 'U0BEN', username: 'ben.carter', name: 'ben.carter', team_id: 'T0ACME' };
export const common = {
  type: 'block_actions',
  team: { id: 'T0ACME', domain: 'acme' },
  enterprise: null,
  is_enterprise_install: false,
  api_app_id: 'A0LATCHBOLT',
  token: 'local-verification-token',
  trigger_id: expect.any(String),
  channel: { id: 'C0GENERAL', name: 'general' },
  response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/response\/[\w-]{24}$/),
};

/** A message of the app's in #general, and clicks of Ben's in it. */
export async function posted(made: Rig, blocks: object[], ephemeral = false) {
  const sent = { channel: 'C0GENERAL', text: 'a door', blocks };
  if (ephemeral) await made.api('chat.postEphemeral', { ...sent, user: 'U0BEN' });
  else await made.api('chat.postMessage', sent);
  const message = only((await made.drive.view('U0BEN')).messages);
  const where = { as: 'U0BEN', in: { message: message.id } };
  const click = async (block_id: string, action_id: string, picked?: string | string[]) => {
    const act = { ...where, block_id, action_id, ...(picked === undefined ? {} : { picked }) };
    const ack = await made.drive.click(act);
    return ack.delivered.body;
  };
  return { message, click, where };
}
