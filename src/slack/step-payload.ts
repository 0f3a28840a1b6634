import { z } from 'zod';
import { type Actor, interactionOf } from '../domain/access.ts';
import { type ExecutionId, executionId, type InteractionId, slackUserId } from '../domain/ids.ts';

/** A workflow has come to a step of ours. */
export interface StepDeed {
  /** Who started the workflow: Slack says so, and whoever built the workflow cannot set it to somebody else. */
  readonly actor: Actor;
  readonly interaction: InteractionId;
  readonly callbackId: string;
  readonly executionId: ExecutionId;
  /** What the workflow's builder has set, as texts: from outside, so that nothing of it is trusted. */
  readonly inputs: Readonly<Record<string, string>>;
  /** When Slack came to the step, ms. */
  readonly startedAt: number;
}

const id = z.string().regex(/^\w{1,64}$/);

const executed = z.object({
  type: z.literal('event_callback'),
  team_id: id,
  event_time: z.number(),
  event: z.object({
    type: z.literal('function_executed'),
    function: z.object({ callback_id: z.string() }),
    function_execution_id: id,
    inputs: z.looseObject({ user_context: z.object({ id }) }),
  }),
});

/** Reads Slack's event `function_executed`; null for anything else. */
export function readStep(body: unknown): StepDeed | null {
  const { data } = executed.safeParse(body);
  if (data === undefined) return null;
  const { team_id: teamId, event, event_time: seconds } = data;
  const { user_context: person, ...others } = event.inputs;
  const texts = Object.entries(others).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const actor = { userId: slackUserId(person.id), teamId };
  return {
    actor,
    interaction: interactionOf(event.function_execution_id, actor),
    callbackId: event.function.callback_id,
    executionId: executionId(event.function_execution_id),
    inputs: Object.fromEntries(texts),
    startedAt: seconds * 1000,
  };
}
