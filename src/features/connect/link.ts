import { openClientSession } from '../../client-session.ts';
import type { Context } from '../../context.ts';
import { connectId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { RESPONSE_URL_LIFE_MS, type ResponseUrl } from '../../slack/response-url.ts';
import type { Connect } from '../../store/connects.ts';

/**
 * How long a link may be used, ms. Just less than the message can be changed, so that the message itself can
 * say that its link was withdrawn.
 */
const LINK_LIFE_MS = RESPONSE_URL_LIFE_MS - 30_000;

/**
 * Makes a link that gives what is connected through it to this person, and writes down that it waits, before
 * anybody sees it. Three calls to Seam.
 */
export async function makeLink(
  context: Context,
  person: Person,
  responseUrl: ResponseUrl | null,
): Promise<{ connect: Connect; url: string }> {
  const { seam, store, time, newId } = context;
  await openClientSession(context, person);
  const webview = await seam.createConnectWebview();
  await seam.grantConnectWebview(person.key, webview.id);
  const now = time.now();
  const waiting = {
    id: connectId(newId()),
    who: person,
    webviewId: webview.id,
    createdAt: now,
    expiresAt: now + LINK_LIFE_MS,
    responseUrl,
  };
  await store.connects.add(waiting);
  return { connect: { ...waiting, end: null, endedAt: null, told: false }, url: webview.url };
}
