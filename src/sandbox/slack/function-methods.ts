/** The methods `functions.*`: how the app ends a step of a workflow. */
import * as z from 'zod';
import { personById, STEP } from './cast.ts';
import { parseJson } from './content.ts';
import { type Args, type Refusal, type Result, refuse, textArg, wrong } from './methods.ts';
import type { StoredExecution } from './workflows.ts';
import type { World } from './world.ts';

const outputsShape = z.record(z.string(), z.unknown());

export function functionMethods(world: World): [string, (args: Args, token: string) => Result][] {
  return [
    ['functions.completeSuccess', (args, token) => completeSuccess(world, args, token)],
    ['functions.completeError', (args, token) => completeError(world, args, token)],
  ];
}

function completeSuccess(world: World, args: Args, token: string): Result {
  const sent = typeof args.outputs === 'string' ? parseJson(args.outputs) : args.outputs;
  const outputs = outputsShape.safeParse(sent);
  if (!outputs.success) return wrong('must provide an object [json-pointer:/outputs]');
  const found = running(world, args, token);
  if ('error' in found) return found;
  const unfit = complaints(outputs.data);
  if (unfit.length > 0) return refuse('parameter_validation_failed', unfit);
  world.workflows.end(found.execution, { ok: true, outputs: outputs.data });
  return { ok: true, body: {} };
}

function completeError(world: World, args: Args, token: string): Result {
  const error = textArg(args, 'error');
  if (error === '') return wrong('missing required field: error');
  const found = running(world, args, token);
  if ('error' in found) return found;
  world.workflows.end(found.execution, { ok: false, error });
  const person = personById(found.execution.person);
  if (person !== undefined) {
    world.notify(person, person.dmChannelId, `The workflow “${STEP.title}” has stopped: ${error}`);
  }
  return { ok: true, body: {} };
}

/** The execution that is named, if it still runs and is this token's to end. */
function running(world: World, args: Args, token: string): { execution: StoredExecution } | Refusal {
  const id = textArg(args, 'function_execution_id');
  if (id === '') return wrong('missing required field: function_execution_id');
  const execution = world.workflows.find(id);
  if (execution === undefined) return refuse('function_execution_not_found');
  const own = world.workflows.ofToken(token);
  if (own !== undefined && own !== execution) return refuse('access_denied');
  if (execution.ended !== null) return refuse('execution_not_in_running_state');
  return { execution };
}

/** What is wrong with outputs: the step has none of this name, or misses one, or it is no text. */
function complaints(outputs: Record<string, unknown>): string[] {
  const declared = STEP.output_parameters;
  const unknown = Object.keys(outputs).filter((name) => !declared.some((one) => one.name === name));
  const unfit = declared.filter(({ name, is_required }) =>
    outputs[name] === undefined ? is_required : typeof outputs[name] !== 'string',
  );
  return [
    ...unknown.map((name) => `[ERROR] unknown output [json-pointer:/outputs/${name}]`),
    ...unfit.map(({ name }) => `[ERROR] must provide a string [json-pointer:/outputs/${name}]`),
  ];
}
