import { z } from 'zod';
import { idSchema } from '../domain/id-schema.ts';
import { connectedAccountId, connectWebviewId } from '../domain/ids.ts';
import type { ConnectWebview, WebviewState } from './port.ts';

/** A link, and what has become of it. */
export interface Webview extends ConnectWebview {
  readonly state: WebviewState;
}

/** A connect webview as Seam shows it. */
const connectWebview = z.object({
  connect_webview_id: idSchema(connectWebviewId),
  url: z.url({ protocol: /^https?$/ }),
  status: z.string().catch('pending'),
  connected_account_id: idSchema(connectedAccountId).nullable().catch(null),
});

/** Reads a connect webview. */
export const webviewSchema: z.ZodType<Webview> = connectWebview.transform((webview) => ({
  id: webview.connect_webview_id,
  url: webview.url,
  state: stateOf(webview),
}));

/** One that is authorized without naming the account is not done yet. */
function stateOf({ status, connected_account_id: accountId }: z.infer<typeof connectWebview>): WebviewState {
  if (status === 'failed') return { kind: 'failed' };
  return status === 'authorized' && accountId !== null
    ? { kind: 'authorized', accountId }
    : { kind: 'pending' };
}
