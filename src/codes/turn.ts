import type { CodeId } from '../domain/ids.ts';

/** The last work of each code in this process. */
const last = new Map<CodeId, Promise<unknown>>();

/** Does the work after all earlier work on this code, so that each sees what the one before has written and told. */
export async function inTurn<Result>(id: CodeId, work: () => Promise<Result>): Promise<Result> {
  const mine = (last.get(id) ?? Promise.resolve()).then(work);
  const settled = mine.catch(() => undefined);
  last.set(id, settled);
  try {
    return await mine;
  } finally {
    if (last.get(id) === settled) last.delete(id);
  }
}

/** The same for several codes at once. */
export function inTurns<Result>(ids: readonly CodeId[], work: () => Promise<Result>): Promise<Result> {
  // In one order, so that two who wait for the same codes never wait for each other.
  return ids.toSorted().reduce<() => Promise<Result>>((inner, id) => () => inTurn(id, inner), work)();
}
