import { z } from 'zod';
import { accountIdsOf } from '../access.ts';
import { deleteAccount } from '../accounts.ts';
import { notFound } from '../http.ts';
import { flag, limit, metadataFilter, notPlayed, pageCursor, text, uuid } from '../input.ts';
import { showAccount } from '../show/records.ts';
import type { Account, World } from '../world.ts';
import { hasMetadata, includesText, isAmong } from './matching.ts';
import { page } from './paging.ts';
import { type Routes, route } from './route.ts';

const LIST = z.object({
  user_identifier_key: text.optional(),
  custom_metadata_has: metadataFilter.optional(),
  search: text.optional(),
  limit: limit.default(11_000),
  page_cursor: pageCursor.default(null),
  customer_key: notPlayed,
  space_id: notPlayed,
});

/** `/connected_accounts/*`. Deleting one takes it from everybody who shares it. */
export function accountRoutes(world: World): Routes {
  return {
    '/connected_accounts/get': route(
      'GET',
      z.union([z.object({ connected_account_id: uuid }), z.object({ email: text })]),
      (input) => ({ connected_account: showAccount(world, find(world, input)) }),
    ),
    '/connected_accounts/list': route('GET', LIST, (input, raw) => {
      const wanted = [...world.accounts.values()].filter((account) => isListed(world, account, input));
      const { shown, pagination } = page(wanted, {
        world,
        path: '/connected_accounts/list',
        raw,
        limit: input.limit,
        cursor: input.page_cursor,
      });
      return { connected_accounts: shown.map((account) => showAccount(world, account)), pagination };
    }),
    '/connected_accounts/delete': route(
      'DELETE',
      z.object({ connected_account_id: uuid, sync: flag.optional() }),
      (input) => {
        deleteAccount(world, find(world, input));
        return {};
      },
    ),
  };
}

function find(world: World, by: { connected_account_id: string } | { email: string }): Account {
  if ('email' in by) {
    const account = [...world.accounts.values()].find(({ email }) => email === by.email.toLowerCase());
    if (!account) throw notFound('connected_account', by.email);
    return account;
  }
  const account = world.accounts.get(by.connected_account_id);
  if (!account) throw notFound('connected_account', by.connected_account_id);
  return account;
}

function isListed(world: World, account: Account, wanted: z.output<typeof LIST>): boolean {
  const key = wanted.user_identifier_key;
  return (
    isAmong(account.id, key === undefined ? undefined : [...accountIdsOf(world, key)]) &&
    hasMetadata(account.metadata, wanted.custom_metadata_has) &&
    includesText([account.id, account.email, account.brand.key, account.brand.name], wanted.search)
  );
}
