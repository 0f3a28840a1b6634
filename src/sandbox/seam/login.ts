import { signInAccount } from './accounts.ts';
import { type Brand, brandOf } from './brands.ts';
import type { Webview, World } from './world.ts';

/** The code that a brand which asks for one accepts, as in Seam's sandbox. */
const SANDBOX_CODE = '123456';
const SANDBOX_PASSWORD = '1234';
/** Whoever signs in with this address is refused by the brand for good. */
const LOCKED_OUT = 'locked@example.com';
/** What a brand's final refusal is called in the redirect. */
export const LOCKED_OUT_CODE = 'account_locked';

/** Why a Connect Webview takes no login (any more). */
export type Closed = 'used' | 'failed' | 'expired' | 'withdrawn';

/** How a login went. */
export type LoginEnd =
  | { kind: 'connected'; accountId: string }
  | { kind: 'needs_code' }
  | { kind: 'wrong_credentials' }
  | { kind: 'wrong_code' }
  | { kind: 'unknown_brand' }
  | { kind: 'locked_out' }
  | { kind: 'closed'; why: Closed };

/** Why a Connect Webview is closed, or null while it takes a login. */
export function closedBecause(world: World, webview: Webview): Closed | null {
  if (!world.webviews.has(webview.id)) return 'withdrawn';
  if (webview.status === 'failed') return 'failed';
  if (webview.status === 'authorized' || webview.busy) return 'used';
  return webview.expiresAt <= world.clock.now() ? 'expired' : null;
}

/** The brands that a webview offers. */
export function brandsOf(webview: Webview): Brand[] {
  return webview.providers.flatMap((key) => brandOf(key) ?? []);
}

/** Takes a password: a brand that asks for a code then waits for it, unless it is known already. */
export async function signIn(
  world: World,
  webview: Webview,
  given: { provider: string; email: string; password: string },
  code: 'code asked' | 'code known',
): Promise<LoginEnd> {
  const why = closedBecause(world, webview);
  if (why) return { kind: 'closed', why };
  const brand = brandsOf(webview).find(({ key }) => key === given.provider);
  if (!brand) return { kind: 'unknown_brand' };
  const email = given.email.trim().toLowerCase();
  if (!/^[^@\s]+@example\.com$/.test(email) || given.password !== SANDBOX_PASSWORD) {
    return { kind: 'wrong_credentials' };
  }
  if (email === LOCKED_OUT) return failForGood(world, webview);
  if (!brand.asksCode || code === 'code known') return connect(world, webview, brand, email);
  webview.awaitingCode = { provider: brand.key, email };
  return { kind: 'needs_code' };
}

/** Takes the code that a brand asks for after the password. */
export async function enterCode(world: World, webview: Webview, code: string): Promise<LoginEnd> {
  const why = closedBecause(world, webview);
  if (why) return { kind: 'closed', why };
  const waiting = webview.awaitingCode;
  const brand = waiting && brandOf(waiting.provider);
  if (!brand) return { kind: 'wrong_credentials' };
  if (code.trim() !== SANDBOX_CODE) return { kind: 'wrong_code' };
  return connect(world, webview, brand, waiting.email);
}

function failForGood(world: World, webview: Webview): LoginEnd {
  webview.status = 'failed';
  world.emit('connect_webview.login_failed', { connect_webview_id: webview.id });
  return { kind: 'locked_out' };
}

async function connect(world: World, webview: Webview, brand: Brand, email: string): Promise<LoginEnd> {
  webview.busy = true;
  webview.awaitingCode = null;
  webview.selectedProvider = brand.key;
  const accountId = await new Promise<string>((resolve) => {
    const account = signInAccount(world, webview, brand, email, () => {
      if (webview.waitForDevices) queueMicrotask(() => resolve(account.id));
    });
    if (!webview.waitForDevices) resolve(account.id);
  });
  if (!world.webviews.has(webview.id)) return { kind: 'closed', why: 'withdrawn' };
  authorize(world, webview, accountId);
  return { kind: 'connected', accountId };
}

function authorize(world: World, webview: Webview, accountId: string): void {
  webview.busy = false;
  webview.status = 'authorized';
  webview.authorizedAt = world.clock.iso();
  webview.accountId = accountId;
  for (const session of world.sessions.values()) {
    if (session.webviewIds.has(webview.id)) session.accountIds.add(accountId);
  }
  world.emit('connect_webview.login_succeeded', {
    connect_webview_id: webview.id,
    connected_account_id: accountId,
    connected_account_custom_metadata: webview.metadata,
  });
  world.changed();
}
