import { ErrorCode, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ExecutionId } from '../domain/ids.ts';
import type { Log } from '../log.ts';

/** How a step of a workflow ends: with what later steps can use, or in a sentence that stops the workflow. */
export type StepEnd =
  | { readonly kind: 'success'; readonly outputs: Readonly<Record<string, string>> }
  | { readonly kind: 'error'; readonly sentence: string };

/** Ending steps of workflows. */
export interface Steps {
  /**
   * Ends a step. Slack takes the first end only, so that it may be told twice. `over`: it had ended before, or is not there
   * any more. `failed`: Slack was not reached, and the log says why.
   */
  end(id: ExecutionId, how: StepEnd): Promise<'ended' | 'over' | 'failed'>;
}

const refusal = z.object({ code: z.literal(ErrorCode.PlatformError), data: z.object({ error: z.string() }) });
/** Slack's words for a step that nobody can end any more. */
const OVER = new Set(['execution_not_in_running_state', 'function_execution_not_found']);

/** Ends steps with `client`, which tries again by itself. */
export function createSteps(client: WebClient, log: Log): Steps {
  return {
    async end(id, how) {
      try {
        await (how.kind === 'success'
          ? client.functions.completeSuccess({ function_execution_id: id, outputs: how.outputs })
          : client.functions.completeError({ function_execution_id: id, error: how.sentence }));
        return 'ended';
      } catch (error) {
        const refused = refusal.safeParse(error).data?.data.error;
        if (refused !== undefined && OVER.has(refused)) return 'over';
        log.warn({ execution: id, err: error }, 'a step of a workflow could not be ended');
        return 'failed';
      }
    },
  };
}
