import type { Context } from '../context.ts';
import type { TypedCode } from '../domain/happening.ts';
import type { AccessCodeId } from '../domain/ids.ts';

/**
 * What codes are called that were typed: those that were made here after their guests, at no call to Seam; the others
 * as on their locks. Where Seam does not say, a code has no name, and what it did is told all the same.
 */
export async function codeNames(
  { store, seam, log }: Context,
  typed: readonly TypedCode[],
): Promise<ReadonlyMap<AccessCodeId, string>> {
  const guests = await store.codes.guests(typed.map(({ codeId }) => codeId));
  try {
    return new Map([...(await seam.codeNames(typed.filter(({ codeId }) => !guests.has(codeId)))), ...guests]);
  } catch (error) {
    log.warn({ err: error }, 'the names of codes could not be asked');
    return guests;
  }
}
