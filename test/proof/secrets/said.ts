import type { World } from '../../support/world.ts';
import type { Ledger } from './ledger.ts';

/** The only place for a link: the address of this button. */
const LINK_BUTTON = 'connect:open';

/**
 * Notes all that the bot said to Slack, as the local Slack took it down (the bot token, which goes along in the header
 * meant for it, is not in that). The address of the sign-in button is left out, and so is the heading of an answer that
 * only its person sees, the one place of a PIN; resolves to how many there were of each.
 */
export async function said(world: World, ledger: Ledger): Promise<{ links: number; pins: number }> {
  let [links, pins] = [0, 0];
  for (const { method, body } of await world.slack.calls()) {
    const isPrivate = method === 'response_url' && body.response_type === 'ephemeral';
    const kept = JSON.stringify({ method, body }, (_, value: unknown) => {
      if (isPrivate && isHeading(value)) {
        pins += 1;
        return 'a heading';
      }
      if (!isLinkButton(value)) return value;
      links += 1;
      return { ...value, url: 'left out' };
    });
    ledger.note('messages to Slack', `${kept}\n`);
  }
  return { links, pins };
}

function isHeading(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'type' in value && value.type === 'header';
}

function isLinkButton(value: unknown): value is { url: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'action_id' in value &&
    value.action_id === LINK_BUTTON &&
    'url' in value &&
    value.url !== 'left out'
  );
}
