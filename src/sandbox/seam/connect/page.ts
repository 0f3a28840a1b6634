import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { brandOf } from '../brands.ts';
import { type Answer, readBody, send } from '../http.ts';
import {
  brandsOf,
  type Closed,
  closedBecause,
  enterCode,
  LOCKED_OUT_CODE,
  type LoginEnd,
  signIn,
} from '../login.ts';
import { webviewUrl } from '../show/records.ts';
import type { Webview, World } from '../world.ts';
import { brandsPage, codePage, passwordPage, sayingPage } from './html.ts';

/** Serves the page where a person signs in to a brand: `GET` and `POST` of a webview's `url`. */
export async function connectPage(
  world: World,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> {
  const id = url.searchParams.get('connect_webview_id') ?? '';
  const token = url.searchParams.get('auth_token') ?? '';
  const webview = world.webviews.get(id);
  if (!webview || !isSame(webview.authToken, token)) {
    const wasReal = !webview && isSame(world.withdrawn.get(id) ?? '', token) && token !== '';
    return send(res, wasReal ? closedPage('withdrawn') : unknownPage());
  }
  if (req.method === 'GET' || req.method === 'HEAD') return send(res, shownPage(world, webview, url));
  if (req.method !== 'POST')
    return send(res, html(405, sayingPage('bad', 'Not possible', 'Open the link again.'), null));
  const form = new URLSearchParams(await readBody(req));
  if (!isSame(webview.formToken, form.get('form_token') ?? '')) {
    const text = 'This form does not belong to this link. Go back to Slack and open the link again.';
    return send(res, html(403, sayingPage('bad', 'This form is not valid', text), null));
  }
  send(res, await takeForm(world, webview, form));
}

function shownPage(world: World, webview: Webview, url: URL): Answer {
  const why = closedBecause(world, webview);
  if (why) return closedPage(why);
  const brands = brandsOf(webview);
  const chosen = brands.find(({ key }) => key === url.searchParams.get('brand'));
  const only = brands.length === 1 ? brands[0] : undefined;
  const brand = chosen ?? only;
  const here = webviewUrl(world, webview);
  if (!brand)
    return html(
      200,
      brandsPage(brands, ({ key }) => `${here}&brand=${key}`),
      webview,
    );
  return formPage(world, webview, brand.key, '', null);
}

async function takeForm(world: World, webview: Webview, form: URLSearchParams): Promise<Answer> {
  const code = form.get('code');
  if (code !== null) {
    const waiting = webview.awaitingCode;
    return afterLogin(
      world,
      webview,
      waiting?.provider ?? '',
      waiting?.email ?? '',
      await enterCode(world, webview, code),
    );
  }
  const provider = form.get('provider') ?? '';
  const email = form.get('email') ?? '';
  const given = { provider, email, password: form.get('password') ?? '' };
  return afterLogin(world, webview, provider, email, await signIn(world, webview, given, 'code asked'));
}

function afterLogin(world: World, webview: Webview, provider: string, email: string, end: LoginEnd): Answer {
  switch (end.kind) {
    case 'connected':
      return connectedPage(webview);
    case 'locked_out':
      return lockedOutPage(webview);
    case 'closed':
      return closedPage(end.why);
    case 'needs_code':
      return codeForm(world, webview, provider, null);
    case 'wrong_code':
      return codeForm(world, webview, provider, 'That code is wrong. Try again.');
    case 'unknown_brand':
      return html(
        400,
        brandsPage(brandsOf(webview), ({ key }) => `${webviewUrl(world, webview)}&brand=${key}`),
        webview,
      );
    case 'wrong_credentials':
      return formPage(world, webview, provider, email, 'That e-mail or password is wrong. Try again.');
  }
}

function formPage(
  world: World,
  webview: Webview,
  provider: string,
  email: string,
  complaint: string | null,
): Answer {
  const brands = brandsOf(webview);
  const brand = brandOf(provider) ?? brands[0];
  if (!brand) return unknownPage();
  const action = webviewUrl(world, webview);
  const back = brands.length > 1 ? action : null;
  const page = passwordPage({ brand, action, formToken: webview.formToken, back, email, complaint });
  return html(complaint === null ? 200 : 401, page, webview);
}

function codeForm(world: World, webview: Webview, provider: string, complaint: string | null): Answer {
  const brand = brandOf(provider);
  if (!brand) return unknownPage();
  const action = webviewUrl(world, webview);
  const email = webview.awaitingCode?.email ?? '';
  const page = codePage({ brand, action, formToken: webview.formToken, email, complaint });
  return html(complaint === null ? 200 : 401, page, webview);
}

function connectedPage(webview: Webview): Answer {
  if (webview.redirectUrl !== null) {
    return redirect(webview, webview.redirectUrl, { connect_webview_id: webview.id });
  }
  return html(200, sayingPage('good', 'You are connected', 'Close this page and go back to Slack.'), webview);
}

function lockedOutPage(webview: Webview): Answer {
  const to = webview.failureUrl ?? webview.redirectUrl;
  if (to !== null) {
    return redirect(webview, to, { connect_webview_id: webview.id, error_code: LOCKED_OUT_CODE });
  }
  const text = 'The brand has locked this account. Unlock it there, then ask for a new link in Slack.';
  return html(200, sayingPage('bad', 'This account is locked', text), webview);
}

const CLOSED: Record<Closed, [title: string, text: string]> = {
  used: [
    'This link was used',
    'It connected an account already. For another one, ask for a new link in Slack.',
  ],
  failed: ['This link has failed', 'The sign-in did not work. Ask for a new link in Slack.'],
  expired: ['This link has expired', 'Ask for a new link in Slack.'],
  withdrawn: ['This link was withdrawn', 'It is no longer valid. Ask for a new link in Slack.'],
};

function closedPage(why: Closed): Answer {
  const [title, text] = CLOSED[why];
  return html(410, sayingPage('bad', title, text), null);
}

function unknownPage(): Answer {
  return html(404, sayingPage('bad', 'This link is not valid', 'Open the whole link from Slack.'), null);
}

function redirect(webview: Webview, to: string, query: Record<string, string>): Answer {
  const url = new URL(to);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { ...html(303, '', webview), headers: { ...securityHeaders(webview), location: url.href } };
}

function html(status: number, body: string, webview: Webview | null): Answer {
  return { status, headers: securityHeaders(webview), body };
}

/** A form's answer may lead to the app's own pages, which `form-action` must allow. */
function securityHeaders(webview: Webview | null): Record<string, string> {
  const targets = [webview?.redirectUrl, webview?.failureUrl].flatMap((url) =>
    url ? [new URL(url).origin] : [],
  );
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; " +
      `form-action 'self' ${targets.join(' ')}`.trim(),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
  };
}

function isSame(secret: string, given: string): boolean {
  const [a, b] = [Buffer.from(secret), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
