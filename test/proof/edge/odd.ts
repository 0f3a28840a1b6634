/**
 * Truly signed requests that are odd, and of which none may open a door. That is so for one of two reasons:
 * - the actor is one of thousands of members who own nothing (so many, that the limit for each person does not hide
 *   what is behind it): whatever is left of the click, no door is theirs;
 * - the actor is Olivia, who owns the door, but after all other changes the act itself was broken (see `breaks.ts`).
 * What by chance would still be a whole act of Olivia's on a door of hers is found by `couldOpen`, and not sent.
 */
import fc from 'fast-check';
import { OLIVIA } from '../../support/world.ts';
import { BREAKS, type Breakable } from './breaks.ts';
import { type Encoding, encodings, signed } from './encodings.ts';
import { type Change, changed, changes } from './mutations.ts';
import { type Facts, factsOf, type Payload, type Recorded } from './recorded.ts';
import type { Sent, SlackSigner } from './wire.ts';

/** What is needed to make them. */
export interface OddNeeds {
  readonly recorded: Recorded;
  /** Olivia's doors. */
  readonly devices: ReadonlySet<string>;
  /** A door that exists and is not hers. */
  readonly foreignDevice: string;
  readonly signer: SlackSigner;
}

/** One request, with what a reader of a report wants to see of it. */
export interface Odd extends Sent {
  readonly from: string;
  readonly body: Buffer;
}

/** How the ids of those begin who are members and own nothing, and how many they are. */
export const NOBODY = 'U0X';
const NOBODIES = 2_000;
/** So many are drawn at once. */
const BATCH = 500;

/** What Olivia does, broken in each way and odd in no other. */
export function brokenActs(needs: OddNeeds): Payload[] {
  return BREAKABLE.flatMap((from) =>
    BREAKS[from].map((breaks, n) => {
      const { written, body } = fresh(needs.recorded[from], `broken${from}${n}`);
      return { written, body: breaks(body, needs) };
    }),
  );
}

const BREAKABLE: readonly Breakable[] = ['click', 'submission', 'step'];

/** What a request is drawn from. */
interface Drawn {
  readonly from: string;
  readonly changes: readonly Change[];
  /** How what Olivia does is broken; null gives the payload to somebody who owns nothing. */
  readonly breaks: (typeof BREAKS)[Breakable][number] | null;
  readonly encoding: Encoding;
}

function draws(recorded: Recorded): fc.Arbitrary<Drawn> {
  const common = { changes, encoding: encodings };
  const brokenOf = (from: Breakable) =>
    fc.record({ ...common, from: fc.constant(from), breaks: fc.constantFrom(...BREAKS[from]) });
  const nobodies = (...from: string[]) =>
    fc.record({ ...common, from: fc.constantFrom(...from), breaks: fc.constant(null) });
  return fc.oneof(
    { weight: 2, arbitrary: brokenOf('click') },
    { weight: 1, arbitrary: brokenOf('submission') },
    { weight: 1, arbitrary: brokenOf('step') },
    { weight: 2, arbitrary: nobodies(...BREAKABLE) },
    { weight: 3, arbitrary: nobodies(...Object.keys(recorded)) },
  );
}

/** So many odd requests, the same for the same seed and the same payloads. `leftOut` is told of each that is not sent. */
export function* oddRequests(
  needs: OddNeeds,
  count: number,
  seed: number,
  leftOut: () => void,
): Generator<Odd> {
  const arbitrary = draws(needs.recorded);
  let made = 0;
  for (let batch = 0; made < count; batch += 1) {
    for (const drawn of fc.sample(arbitrary, {
      seed: seed + batch,
      numRuns: Math.min(BATCH, count - made),
    })) {
      const request = {
        from: drawn.from,
        ...signed(payloadOf(drawn, needs, made), drawn.encoding, needs.signer),
      };
      if (couldOpen(request.body, needs.devices)) {
        leftOut();
        continue;
      }
      made += 1;
      yield request;
    }
  }
}

function payloadOf({ from, changes: drawn, breaks }: Drawn, needs: OddNeeds, n: number): Payload {
  const { written, body } = fresh(needs.recorded[from] ?? needs.recorded.click, `odd${n}`);
  if (breaks !== null) return { written, body: breaks(changed(body, drawn), needs) };
  return { written, body: changed(givenTo(`${NOBODY}${n % NOBODIES}`, body), drawn) };
}

/** With ids of its own, so that it is not taken for something that was done before. */
export function fresh({ written, body }: Payload, id: string): Payload {
  const event = factsOf(body.event);
  return {
    written,
    body: {
      ...body,
      ...('trigger_id' in body && { trigger_id: id }),
      ...('event_id' in body && { event_id: id }),
      ...('view' in body && { view: { ...factsOf(body.view), id } }),
      ...('function_execution_id' in event && { event: { ...event, function_execution_id: id } }),
    },
  };
}

/** The same done by somebody else, wherever it says who did it. */
function givenTo(userId: string, body: Facts): Facts {
  const event = factsOf(body.event);
  return {
    ...body,
    ...('user_id' in body && { user_id: userId }),
    ...('user' in body && { user: { ...factsOf(body.user), id: userId } }),
    ...('event' in body && {
      event: {
        ...event,
        ...(typeof event.user === 'string' && { user: userId }),
        ...('inputs' in event && { inputs: { ...factsOf(event.inputs), user_context: { id: userId } } }),
      },
    }),
  };
}

/**
 * Whether these bytes, however they are read, hold an act of Olivia's on a door of hers. Read as generously as can
 * be: as JSON and as a form, and without a look at anything but who, what and which door.
 */
function couldOpen(body: Buffer, devices: ReadonlySet<string>): boolean {
  const text = body.toString();
  const texts = [text, ...new URLSearchParams(text).getAll('payload')];
  return texts.some((one) => {
    const read = factsOf(parsed(one));
    return isClick(read, devices) || isSubmission(read, devices) || isStep(read);
  });
}

function isClick(read: Facts, devices: ReadonlySet<string>): boolean {
  const { user, actions } = read;
  const [action] = Array.isArray(actions) ? actions : [];
  const { action_id, value } = factsOf(action);
  const [, , device = ''] = typeof value === 'string' ? value.split(' ') : [];
  return (
    isOlivia(user) &&
    isWhole(read, 'block_actions') &&
    ['door:unlock', 'door:lock'].includes(String(action_id)) &&
    devices.has(device) &&
    String(value).split(' ').length === 3
  );
}

function isSubmission(read: Facts, devices: ReadonlySet<string>): boolean {
  const { callback_id, state, private_metadata } = factsOf(read.view);
  const door = JSON.stringify(factsOf(factsOf(state).values).door) ?? '';
  return (
    isOlivia(read.user) &&
    isWhole(read, 'view_submission') &&
    callback_id === 'shortcut:unlock' &&
    Number(private_metadata) > 1 &&
    [...devices].some((device) => door.includes(device))
  );
}

function isStep({ type, team_id, event_time, event }: Facts): boolean {
  const { type: kind, function: called, inputs } = factsOf(event);
  const { user_context, door } = factsOf(inputs);
  return (
    type === 'event_callback' &&
    team_id === 'T0ACME' &&
    Number(event_time) > 1 &&
    kind === 'function_executed' &&
    factsOf(called).callback_id === 'unlock_door' &&
    factsOf(user_context).id === OLIVIA &&
    door === 'Front Door'
  );
}

function isOlivia(user: unknown): boolean {
  return factsOf(user).id === OLIVIA && factsOf(user).team_id === 'T0ACME';
}

/** Something of another kind, or without a trigger, is none. */
function isWhole({ type, trigger_id }: Facts, kind: string): boolean {
  return type === kind && typeof trigger_id === 'string' && trigger_id !== '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
