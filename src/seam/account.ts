import type { Seam } from 'seam';
import type { Account } from '../domain/door.ts';
import { connectedAccountId } from '../domain/ids.ts';
import { firstVisible } from '../domain/name.ts';

/** A connected account as the SDK types it. */
export type SeamAccount = Awaited<ReturnType<Seam['connectedAccounts']['list']>>[number];

/** The account as its owner knows it. */
export function accountOf(account: SeamAccount): Account {
  const { user_identifier: who, account_type_display_name: brand } = account;
  const owner = firstVisible(
    [who?.email, who?.phone, who?.username, account.display_name, brand],
    'An account without a name',
  );
  return {
    id: connectedAccountId(account.connected_account_id),
    name: brand === undefined || brand === owner ? owner : `${brand}, ${owner}`,
    healthy: !wantsSignIn(account),
  };
}

/** Other faults, such as a bridge without a connection, are not mended by signing in again. */
function wantsSignIn({ errors, warnings }: SeamAccount): boolean {
  return (
    errors.some((error) => error.error_code === 'account_disconnected') ||
    warnings.some((warning) => warning.warning_code === 'account_reauthorization_requested')
  );
}
