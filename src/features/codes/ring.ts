import { nextLook } from '../../codes/decide.ts';
import { callOffLooks, lookAt } from '../../codes/follow.ts';
import { look } from '../../codes/look.ts';
import { inTurn } from '../../codes/turn.ts';
import type { Context } from '../../context.ts';
import { codeId } from '../../domain/ids.ts';
import { SeamError } from '../../seam/errors.ts';
import type { StoredCode } from '../../store/code-row.ts';
import type { Timer } from '../../store/timers.ts';
import { tell } from './tell.ts';

/** After how long a code is looked at again where Seam could not be asked, ms. */
const AGAIN_MS = 30_000;

/** Looks at a code whose turn it is, tells what is new of it, and sets when it is looked at next. */
export async function rung(context: Context, { subject }: Timer): Promise<void> {
  const id = codeId(subject);
  await inTurn(id, async () => {
    const { store, time, log, seamWebhooks } = context;
    const code = await store.codes.find(id);
    if (code === null) return;
    // Only what was set before is made needless by this look: what Seam tells from now on is looked at after it.
    await callOffLooks(context, id);
    let looked: StoredCode;
    try {
      looked = await look(context, code);
    } catch (error) {
      if (!(error instanceof SeamError)) throw error;
      log.warn({ codeId: id, err: error }, 'a code could not be looked at');
      await lookAt(context, id, time.now() + Math.max(AGAIN_MS, error.waitMs ?? 0));
      return;
    }
    const next = nextLook(looked, time.now(), seamWebhooks);
    if (next !== null) await lookAt(context, id, next);
    await tell(context, looked);
  });
}
