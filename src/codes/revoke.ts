import type { Context } from '../context.ts';
import { isOver } from '../domain/code.ts';
import type { ConnectedAccountId } from '../domain/ids.ts';
import { ownDoor } from '../finding/own.ts';
import type { ResponseUrl } from '../slack/response-url.ts';
import type { StoredCode } from '../store/code-row.ts';
import type { StoredPerson } from '../store/people.ts';
import { lookAt } from './follow.ts';
import { look, lookAtEach } from './look.ts';
import { inTurns } from './turn.ts';

/**
 * What became of the wish that a code be gone: the lock is asked to forget it, or it was gone already (`done`); its maker
 * computed it, so that nobody can take it back (`cannot`); its door is not this person's (`not_yours`).
 */
export interface Revoking {
  readonly kind: 'done' | 'cannot' | 'not_yours';
  readonly code: StoredCode;
}

/**
 * Asks the lock to forget a code of this person's, once, and has it followed until it does. Ownership is asked of Seam right
 * before. Throws a SeamError or a StoreError when it was not asked, or nobody knows.
 */
export async function revoke(
  context: Context,
  person: StoredPerson,
  code: StoredCode,
  responseUrl: ResponseUrl | null = null,
): Promise<Revoking> {
  const { seam, store, time, log } = context;
  if (isOver(code.standing)) return { kind: 'done', code };
  if (code.offline) return { kind: 'cannot', code };
  const door = await ownDoor(context, person, code.deviceId, { leaving: true });
  if (door === null) return { kind: 'not_yours', code };
  await store.codes.revoking(code.id, responseUrl, time.now());
  await lookAt(context, code.id, time.now());
  const wanted = { ...code, revokedAt: time.now() };
  // Without an id it is looked for first, and removed where it is found.
  if (code.accessCodeId !== null) await seam.deleteCode(code.accessCodeId);
  log.info({ user: person.userId, codeId: code.id, device: code.deviceId }, 'a code was revoked');
  try {
    return { kind: 'done', code: await look(context, wanted) };
  } catch (error) {
    // It was asked for all the same, and is looked at again.
    log.warn({ codeId: code.id, err: error }, 'a revoked code could not be looked at');
    return { kind: 'done', code: wanted };
  }
}

/** How long it is waited until locks have forgotten codes, ms: a person waits for it. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 400;

/** What became of the codes of an account: how many are gone, and which may still open a door. */
interface AllRevoked {
  readonly revoked: number;
  readonly left: readonly StoredCode[];
}

/**
 * Revokes all codes that this person had made on the doors of an account, and waits a little until they are gone. Those of
 * others on the same account stay. Whoever asks for it tells what became of them.
 */
export async function revokeAll(
  context: Context,
  person: StoredPerson,
  accountId: ConnectedAccountId,
): Promise<AllRevoked> {
  const { store, time } = context;
  const open = (await store.codes.open(person)).filter((code) => code.accountId === accountId);
  const ids = open.map(({ id }) => id);
  return inTurns(ids, async () => {
    const codes = await waitUntilGone(context, await revokeEach(context, person, open));
    for (const { id, standing } of codes) await store.codes.told(id, standing, null, time.now());
    const left = codes.filter(({ standing }) => !isOver(standing));
    return { revoked: codes.length - left.length, left };
  });
}

async function revokeEach(
  context: Context,
  person: StoredPerson,
  codes: readonly StoredCode[],
): Promise<readonly StoredCode[]> {
  const asked: StoredCode[] = [];
  for (const code of codes) {
    try {
      asked.push((await revoke(context, person, code)).code);
    } catch (error) {
      context.log.warn({ codeId: code.id, err: error }, 'a code could not be revoked');
      asked.push(code);
    }
  }
  return asked;
}

async function waitUntilGone(context: Context, codes: readonly StoredCode[]): Promise<readonly StoredCode[]> {
  const { time, tasks, log } = context;
  const began = time.elapsed();
  let looked = codes;
  while (looked.some(isOnItsWay) && time.elapsed() - began < PATIENCE_MS && !tasks.stopping.aborted) {
    await time.sleep(PAUSE_MS, tasks.stopping);
    try {
      looked = await lookAtEach(context, looked);
    } catch (error) {
      log.warn({ err: error }, 'revoked codes could not be looked at');
    }
  }
  return looked;
}

/** Whether waiting a little may help. */
function isOnItsWay({ standing }: StoredCode): boolean {
  return standing.kind === 'removing' && !standing.delayed;
}
