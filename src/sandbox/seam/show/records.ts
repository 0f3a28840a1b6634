import type { ClientSession, ConnectedAccount, ConnectWebview, Workspace } from 'seam';
import { accountsIn, doorsIn } from '../access.ts';
import type { Account, Attempt, Session, Webview, World } from '../world.ts';

/** The workspace as Seam's API shows it. */
export function showWorkspace(world: World): Workspace {
  return {
    workspace_id: world.workspace.id,
    organization_id: null,
    name: world.workspace.name,
    company_name: 'Latchbolt',
    connect_partner_name: null,
    connect_webview_customization: {},
    is_publishable_key_auth_enabled: false,
    is_sandbox: world.workspace.sandbox,
    is_suspended: false,
  };
}

/** A client session as Seam's API shows it. */
export function showSession(world: World, session: Session): ClientSession {
  const accounts = accountsIn(world, session);
  return {
    client_session_id: session.id,
    workspace_id: world.workspace.id,
    token: session.token,
    user_identifier_key: session.key,
    user_identity_ids: [],
    connect_webview_ids: [...session.webviewIds],
    connected_account_ids: accounts.map((account) => account.id),
    device_count: accounts.reduce((count, account) => count + doorsIn(world, account).length, 0),
    created_at: session.createdAt,
    expires_at: new Date(session.expiresAt).toISOString(),
  };
}

/** The page where a Connect Webview is used. */
export function webviewUrl(world: World, webview: Webview): string {
  const query = new URLSearchParams({ connect_webview_id: webview.id, auth_token: webview.authToken });
  return `${world.url}/connect_webviews/view?${query}`;
}

/** A Connect Webview as Seam's API shows it: two fields of the API are not in the SDK's type. */
export function showWebview(
  world: World,
  webview: Webview,
): ConnectWebview & { accepted_devices: string[]; any_device_allowed: boolean } {
  return {
    connect_webview_id: webview.id,
    workspace_id: world.workspace.id,
    url: webviewUrl(world, webview),
    status: webview.status,
    login_successful: webview.status === 'authorized',
    connected_account_id: webview.accountId,
    selected_provider: webview.selectedProvider,
    accepted_capabilities: webview.capabilities,
    accepted_devices: [],
    accepted_providers: webview.providers,
    any_device_allowed: webview.anyProvider,
    any_provider_allowed: webview.anyProvider,
    automatically_manage_new_devices: webview.manageNewDevices,
    device_selection_mode: webview.deviceSelectionMode,
    wait_for_device_creation: webview.waitForDevices,
    custom_metadata: webview.metadata,
    custom_redirect_url: webview.redirectUrl,
    custom_redirect_failure_url: webview.failureUrl,
    created_at: webview.createdAt,
    authorized_at: webview.authorizedAt,
  };
}

/** What is wrong with an account, in Seam's words. */
export function accountErrors(account: Account) {
  if (account.signedOutAt === null) return [];
  return [
    {
      error_code: 'account_disconnected' as const,
      is_connected_account_error: true as const,
      is_bridge_error: false as const,
      message: 'The connected account is disconnected. The owner must sign in again.',
      created_at: account.signedOutAt,
    },
  ];
}

/** What should be looked at in an account, in Seam's words. */
export function accountWarnings(account: Account) {
  if (account.reauthorizationAt === null) return [];
  return [
    {
      warning_code: 'account_reauthorization_requested' as const,
      message: 'The brand asks the owner to sign in again.',
      created_at: account.reauthorizationAt,
    },
  ];
}

/** A connected account as Seam's API shows it. */
export function showAccount(world: World, account: Account): ConnectedAccount {
  return {
    connected_account_id: account.id,
    account_type: account.brand.key,
    account_type_display_name: account.brand.name,
    display_name: account.email,
    user_identifier: { email: account.email },
    image_url: `${world.url}/assets/${account.brand.key}.svg`,
    accepted_capabilities: account.capabilities,
    automatically_manage_new_devices: account.manageNewDevices,
    custom_metadata: account.metadata,
    created_at: account.createdAt,
    errors: accountErrors(account),
    warnings: accountWarnings(account),
  };
}

/** An action attempt as Seam's API shows it. */
export function showAttempt(attempt: Attempt) {
  return {
    action_attempt_id: attempt.id,
    action_type: attempt.type,
    status: attempt.status,
    result: attempt.result,
    error: attempt.error,
  };
}
