/** What Seam's answers say about the key, and about the webhook that it should call. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { eventTypes } from '../seam/events.ts';
import type { Answer } from './ask.ts';
import { type Finding, fault, note, ok, skipped } from './report.ts';

const KEY = 'Seam key';
const BRANDS = 'Seam brands';
export const HOOK = 'Seam webhook';

const found = z.object({ workspace: z.object({ name: z.string(), is_sandbox: z.boolean() }) });
const listed = z.object({
  webhooks: z.array(
    z.object({
      url: z.string(),
      event_types: z.array(z.string()).optional(),
      secret: z.string().optional(),
    }),
  ),
});

/** From the answer of `/workspaces/get`. */
export function judgeKey(answer: Answer): Finding {
  if (answer.kind === 'silent') {
    return fault(
      KEY,
      `Seam cannot be reached (${answer.code}). Check the network, and SEAM_ENDPOINT if it is set.`,
    );
  }
  if (answer.status === 401 || answer.status === 403) {
    return fault(
      KEY,
      'Seam does not take SEAM_API_KEY. Copy it anew from https://console.seam.co, under Developer, API Keys.',
    );
  }
  const { data } = found.safeParse(answer.body);
  if (data === undefined) {
    return fault(
      KEY,
      `what answers is not Seam, or Seam is out of order (status ${answer.status}). Check SEAM_ENDPOINT if it is set, or try again later.`,
    );
  }
  const { name, is_sandbox: sandbox } = data.workspace;
  const speed = `Seam answered in ${answer.tookMs} ms.`;
  return sandbox
    ? note(KEY, `it opens the sandbox ${name}, whose doors are not real. ${speed}`)
    : ok(KEY, `it opens the live workspace ${name}. ${speed}`);
}

/** Seam has no list of brands to hold the names against: it judges them when a link is made. */
export function judgeBrands(brands: readonly string[] | null): Finding {
  if (brands === null) return ok(BRANDS, 'people may connect all that Seam offers.');
  return note(
    BRANDS,
    `people may connect ${brands.join(', ')}. Whether Seam knows these names shows in Slack: type /locks connect.`,
  );
}

/**
 * From the answer of `/webhooks/list`.
 *
 * @param expected where Seam should call, and the secret that it should sign with
 */
export function judgeHook(answer: Answer, expected: { url: string; secret: string }): Finding {
  const { data } = listed.safeParse(answer.kind === 'answered' ? answer.body : null);
  if (data === undefined) return skipped(HOOK, 'Seam did not tell its webhooks.');
  const hook = data.webhooks.find(({ url }) => URL.parse(url)?.href === URL.parse(expected.url)?.href);
  if (hook === undefined) {
    return fault(
      HOOK,
      `Seam has none for ${expected.url}. Add it at https://console.seam.co, under Developer, Webhooks, and copy its secret into SEAM_WEBHOOK_SECRET.`,
    );
  }
  if (hook.secret !== undefined && !isSame(hook.secret, expected.secret)) {
    return fault(
      HOOK,
      'Seam signs with another secret than SEAM_WEBHOOK_SECRET. Copy it anew from https://console.seam.co, under Developer, Webhooks.',
    );
  }
  const missing = missingEvents(hook.event_types ?? []);
  if (missing.length > 0) {
    return fault(
      HOOK,
      `Seam does not tell of ${missing.join(', ')}. Add them to the webhook at https://console.seam.co, under Developer, Webhooks.`,
    );
  }
  return hook.secret === undefined
    ? note(HOOK, `Seam calls ${expected.url}. It does not tell the secret, so that this was not compared.`)
    : ok(HOOK, `Seam calls ${expected.url} with all that is needed, and signs with the right secret.`);
}

/** A webhook that names no types, or `*`, is told everything. */
function missingEvents(types: readonly string[]): readonly string[] {
  return types.length === 0 || types.includes('*') ? [] : eventTypes.filter((type) => !types.includes(type));
}

/** In the same time whatever they are; hashed, since only texts of one length can be compared so. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
