import type { Move } from '../../src/store/move-row.ts';
import type { Store } from '../../src/store/store.ts';
import { aDoor } from './sights.ts';

/** Asks whether a move may be sent, for somebody who has connected the door's account. */
export async function clear({ people, accounts, moves }: Store, move: Move, name: string, now: number) {
  const { who } = move;
  const { accountId } = aDoor();
  const { key } = await people.ensure(who, () => `key of ${who.scope}:${who.userId}`, now);
  await accounts.add(key, accountId, now);
  return moves.clear(move, { name, accountId }, now);
}
