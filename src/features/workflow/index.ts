import type { Context } from '../../context.ts';
import { type ExecutionId, executionId, type SlackUserId, slackUserId, timerId } from '../../domain/ids.ts';
import type { Feature, StepAsked, StepBegun } from '../../feature.ts';
import { findByName } from '../../finding/find.ts';
import { askToMove } from '../../moving/ask.ts';
import { endStep } from '../../moving/end-step.ts';
import { stepEnd } from '../../moving/view.ts';
import type { Timer } from '../../store/timers.ts';
import { sentences } from '../../views/blocks.ts';
import { leftLine, notFoundLine } from './view.ts';

/** How long after a step has come it is looked whether it was left half done, ms. */
const FIND_FOR_MS = 60_000;
/** The same after its door was found: an unlock has ended by then. */
const MOVE_FOR_MS = 120_000;
const LEFT = 'workflow:left';
/** After how long an end that Slack did not take is told again, ms. */
const END_AGAIN_MS = 30_000;
const END = 'workflow:end';

/**
 * A step of Workflow Builder, *Unlock a door*, for the person who started the workflow. What came of the unlock ends it
 * (`src/moving/tell.ts`); a timer, set before anything else, ends what a crash has left.
 */
export const workflow: Feature = {
  name: 'workflow',
  subcommands: [],
  actions: {},
  steps: { unlock_door: { owe, run: unlock } },
  timers: { left: endWhatWasLeft, end: endAgain },
};

/** Whatever comes between, the step has an end when this is due. */
async function owe({ store, time }: Context, { executionId: id, userId }: StepBegun): Promise<void> {
  const subject = [id, userId].join(' ');
  await store.timers.set({ id: timerId(id), kind: LEFT, subject, dueAt: time.now() + FIND_FOR_MS });
}

async function unlock(context: Context, step: StepAsked): Promise<void> {
  const { store, time, log } = context;
  const { person, executionId: id } = step;
  const typed = step.inputs.door ?? '';
  const found = await findByName(context, person, typed);
  if (found.kind !== 'one') {
    const near = found.kind === 'none' ? found.near : [];
    await stop(context, id, person.userId, notFoundLine(typed, { near, several: found.kind === 'several' }));
    return;
  }
  // From here on it is this run's to unlock, or nobody's: a step that was said to be left must not open a door.
  if (!(await store.timers.postpone(timerId(id), time.now() + MOVE_FOR_MS))) {
    log.warn({ execution: id }, 'a step was held up for too long, and nothing was unlocked');
    return;
  }
  await askToMove(context, {
    userId: person.userId,
    responseUrl: null,
    person,
    verb: 'unlock',
    via: 'workflow',
    deviceId: found.door.id,
    interaction: step.interaction,
    at: step.at,
    madeAt: step.startedAt,
    listingId: null,
    executionId: id,
  });
}

/**
 * Ends a step in a sentence, and tells its person; who was told before is not told again. That Slack does not take the end
 * is no reason to leave them wondering: only Slack is told again.
 */
async function stop(context: Context, id: ExecutionId, userId: SlackUserId, sentence: string): Promise<void> {
  const { store, time, messenger } = context;
  const ended = await endStep(context, id, { kind: 'error', sentence });
  if (ended === 'over') return;
  await messenger.direct(userId, sentences(sentence));
  if (ended === 'ended') return;
  const dueAt = time.now() + END_AGAIN_MS;
  await store.timers.set({ id: timerId(`${id}:end`), kind: END, subject: `${id} ${sentence}`, dueAt });
  await store.timers.done(timerId(id));
}

async function endAgain(context: Context, { subject }: Timer): Promise<void> {
  const [, execution = '', sentence = ''] = /^(\S+) (.+)$/s.exec(subject) ?? [];
  const ended = await endStep(context, executionId(execution), { kind: 'error', sentence });
  if (ended === 'failed') throw new TypeError('a step of a workflow has no end yet');
}

/** Ends what nobody has ended. One whose end Slack does not hear of is tried again. */
async function endWhatWasLeft(context: Context, { subject }: Timer): Promise<void> {
  const [execution = '', user = ''] = subject.split(' ');
  const id = executionId(execution);
  const move = await context.store.moves.ofExecution(id);
  if (move === null) {
    await stop(context, id, slackUserId(user), leftLine);
    return;
  }
  // Its person is told as of any unlock.
  const isEnded =
    move.outcome !== null && (await endStep(context, id, stepEnd(move, move.outcome))) !== 'failed';
  if (!isEnded) throw new TypeError('a step of a workflow has no end yet');
}
