/**
 * Clicks of Olivia's that are odd only where it does not matter: each is still her click on her own door, so that each
 * has to ask Seam to unlock it exactly once. Without them, a bot that refuses everything would pass.
 */
import { BEN } from '../../support/world.ts';
import type { Facts, Payload } from './recorded.ts';

const HARMLESS: readonly ((click: Facts) => Facts)[] = [
  (click) => ({ ...click, state: null, message: [], token: '', api_app_id: 7 }),
  (click) => ({ ...click, user_id: BEN, user_name: 'ben', team_id: 'T0ELSEWHERE' }),
  (click) => ({ ...click, is_enterprise_install: 'false', enterprise: {} }),
  (click) => ({ ...click, actions: [first(click), { action_id: 7 }, 'x', null].slice(0, 2) }),
  (click) => ({ ...click, actions: [{ ...first(click), text: 'x'.repeat(50_000), block_id: [] }] }),
  (click) =>
    Object.defineProperty({ ...click }, '__proto__', { value: { user: { id: BEN } }, enumerable: true }),
  (click) => ({ ...click, constructor: { prototype: { id: BEN } }, toString: 'x', valueOf: 'x' }),
  ({ channel: _, ...click }) => click,
  ({ response_url: _, ...click }) => click,
  (click) => ({ ...click, response_url: 'javascript:alert(1)' }),
];

/** Those clicks, each on the next of these doors and with a trigger of its own. */
export function wholeClicks(click: Payload, devices: readonly string[]): Payload[] {
  return HARMLESS.map((change, n) => {
    const device = devices[n % devices.length] ?? '';
    const value = String(first(click.body).value).replace(/ [^ ]+$/, ` ${device}`);
    const actions = [{ ...first(click.body), value }];
    return { ...click, body: change({ ...click.body, trigger_id: `whole.${n}`, actions }) };
  });
}

function first({ actions }: Facts): Facts {
  const [action] = Array.isArray(actions) ? actions : [];
  return typeof action === 'object' && action !== null ? { ...action } : {};
}
