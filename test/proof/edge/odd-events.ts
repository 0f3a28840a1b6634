/** Webhooks with a true signature of Seam's, of events that are odd. Not one of them is a reason to open a door. */
import fc from 'fast-check';
import { changed, changes } from './mutations.ts';
import type { Odd } from './odd.ts';
import { requestOf, seamHeaders } from './wire.ts';

const BATCH = 500;
const KINDS = [
  'lock.unlocked',
  'lock.locked',
  'connect_webview.login_succeeded',
  'connect_webview.login_failed',
  'action_attempt.unlock_door.succeeded',
  '__proto__',
];

/** So many of them, about these devices; the same for the same seed. */
export function* oddEvents(
  secret: string,
  devices: ReadonlySet<string>,
  count: number,
  seed: number,
): Generator<Odd> {
  const drawn = fc.record({
    kind: fc.constantFrom(...KINDS),
    device: fc.constantFrom(...devices),
    changes,
    cut: fc.oneof(
      { weight: 5, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.nat({ max: 300 }) },
    ),
  });
  for (let made = 0; made < count; made += BATCH) {
    for (const [n, one] of fc
      .sample(drawn, { seed: seed + made, numRuns: Math.min(BATCH, count - made) })
      .entries()) {
      const event = {
        event_id: `odd.${made + n}`,
        event_type: one.kind,
        device_id: one.device,
        connect_webview_id: one.device,
        occurred_at: new Date().toISOString(),
        created_at: new Date().toISOString(),
        workspace_id: one.device,
      };
      const text = JSON.stringify(changed(event, one.changes));
      const body = Buffer.from(one.cut === null ? text : text.slice(0, one.cut));
      const headers = [
        ['content-type', 'application/json'] as const,
        ...seamHeaders(secret, body, `odd.${made + n}`),
      ];
      yield {
        from: one.kind,
        body,
        bytes: requestOf('POST', '/seam/webhooks', headers, body),
        alone: body.length > 200_000,
      };
    }
  }
}
