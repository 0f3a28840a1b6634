import { z } from 'zod';
import type { Account } from '../domain/door.ts';
import { idSchema } from '../domain/id-schema.ts';
import { connectedAccountId } from '../domain/ids.ts';
import { firstVisible } from '../domain/name.ts';
import { optionalList, optionalText } from './readable.ts';

/** A connected account as Seam shows it. */
const connectedAccount = z.object({
  connected_account_id: idSchema(connectedAccountId),
  account_type_display_name: optionalText,
  display_name: optionalText,
  user_identifier: z
    .object({ email: optionalText, phone: optionalText, username: optionalText })
    .nullable()
    .catch(null),
  errors: optionalList(z.object({ error_code: z.string() })),
  warnings: optionalList(z.object({ warning_code: z.string() })),
});

/** Reads the account as its owner knows it. */
export const accountSchema: z.ZodType<Account> = connectedAccount.transform((account) => ({
  id: account.connected_account_id,
  name: nameOf(account),
  healthy: !wantsSignIn(account),
}));

function nameOf({
  user_identifier: who,
  account_type_display_name: brand,
  display_name,
}: z.infer<typeof connectedAccount>): string {
  const owner = firstVisible(
    [who?.email, who?.phone, who?.username, display_name, brand],
    'An account without a name',
  );
  return brand === null || brand === owner ? owner : `${brand}, ${owner}`;
}

/** Other faults, such as a bridge without a connection, are not mended by signing in again. */
function wantsSignIn({ errors, warnings }: z.infer<typeof connectedAccount>): boolean {
  return (
    errors.some((error) => error.error_code === 'account_disconnected') ||
    warnings.some((warning) => warning.warning_code === 'account_reauthorization_requested')
  );
}
