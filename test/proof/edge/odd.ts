/**
 * Truly signed requests that are odd, and of which none may open a door. That is so for one of two reasons:
 * - the actor is one of thousands of members who own nothing (so many, that the limit for each person does not hide
 *   what is behind it): whatever is left of the click, no door is theirs;
 * - the actor is Olivia, who owns the door, but after all other changes the act itself was broken (see `BREAKS`).
 * What by chance would still be a whole click of Olivia's on a door of hers is found by `couldOpen`, and not sent.
 */
import fc from 'fast-check';
import { BEN, OLIVIA } from '../../support/world.ts';
import { type Encoding, encodings, signed } from './encodings.ts';
import { type Change, changed, changes } from './mutations.ts';
import type { Facts, Payload, Recorded } from './recorded.ts';
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

/** Each breaks Olivia's click for a reason of its own: after it no reading makes the click hers on her door. */
const BREAKS: readonly ((click: Facts, needs: OddNeeds) => Facts)[] = [
  // Nobody clicks, or somebody who owns nothing, or nobody whom there can be.
  ({ user: _, ...rest }) => rest,
  (click) => ({ ...click, user: null }),
  (click) => ({ ...click, user: [click.user] }),
  (click) => ({ ...click, user: { ...factsOf(click.user), id: BEN } }),
  (click) => ({ ...click, user: { ...factsOf(click.user), id: ` ${OLIVIA}` } }),
  (click) => ({ ...click, user: { ...factsOf(click.user), id: [OLIVIA] } }),
  // Someone of another workspace is somebody else, whatever their id.
  (click) => ({ ...click, user: { ...factsOf(click.user), team_id: 'T0ELSEWHERE' } }),
  (click) => ({ ...click, user: { ...factsOf(click.user), team_id: null } }),
  // No click.
  (click) => ({ ...click, type: 'view_submission' }),
  (click) => ({ ...click, type: ['block_actions'] }),
  (click) => ({ ...click, trigger_id: '' }),
  (click) => ({ ...click, trigger_id: 7 }),
  ({ actions: _, ...rest }) => rest,
  (click) => ({ ...click, actions: [] }),
  (click) => ({ ...click, actions: { 0: first(click) } }),
  // A click on nothing: the first action counts, and it is another one.
  (click) => ({ ...click, actions: [{ ...first(click), action_id: 'list:refresh' }, first(click)] }),
  (click) => ({ ...click, actions: [{ ...first(click), action_id: '__proto__:open' }] }),
  (click) => ({ ...click, actions: [{ ...first(click), action_id: 'unlock:constructor' }] }),
  (click) => ({ ...click, actions: [{ ...first(click), action_id: ['door:unlock'] }] }),
  // No door, no door that there is, or a door of somebody else.
  (click) => ({ ...click, actions: [{ ...first(click), value: '' }] }),
  (click) => ({ ...click, actions: [{ ...first(click), value: null }] }),
  (click) => ({ ...click, actions: [{ ...first(click), value: `${OLIVIA} x __proto__` }] }),
  (click) => ({ ...click, actions: [{ ...first(click), value: `${OLIVIA} x ${'0'.repeat(36)}` }] }),
  (click) => ({ ...click, actions: [{ ...first(click), value: `${String(first(click).value)} more` }] }),
  (click, { foreignDevice }) => ({
    ...click,
    actions: [{ ...first(click), value: `${OLIVIA} x ${foreignDevice}` }],
  }),
];

/** Olivia's click, broken in each way and odd in no other. */
export function brokenClicks(needs: OddNeeds): Payload[] {
  const { written, body } = needs.recorded.click;
  return BREAKS.map((breaks, n) => ({
    written,
    body: breaks({ ...body, trigger_id: `broken.${n}` }, needs),
  }));
}

/** What a request is drawn from. */
interface Drawn {
  readonly from: string;
  readonly changes: readonly Change[];
  /** Which break, for Olivia's click; null gives the payload to somebody who owns nothing. */
  readonly broken: number | null;
  readonly encoding: Encoding;
}

function draws(recorded: Recorded): fc.Arbitrary<Drawn> {
  const common = { changes, encoding: encodings };
  return fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({
        ...common,
        from: fc.constant('click'),
        broken: fc.nat({ max: BREAKS.length - 1 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ ...common, from: fc.constant('click'), broken: fc.constant(null) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        ...common,
        from: fc.constantFrom(...Object.keys(recorded)),
        broken: fc.constant(null),
      }),
    },
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

function payloadOf({ from, changes: drawn, broken }: Drawn, needs: OddNeeds, n: number): Payload {
  const { written, body } = needs.recorded[from] ?? needs.recorded.click;
  // A trigger of its own, so that the journal does not take it for a click that it knows.
  const fresh = 'trigger_id' in body ? { ...body, trigger_id: `odd.${n}` } : body;
  const breaks = broken === null ? undefined : BREAKS[broken];
  if (breaks !== undefined) return { written, body: breaks(changed(fresh, drawn), needs) };
  return { written, body: changed(givenTo(`${NOBODY}${n % NOBODIES}`, fresh), drawn) };
}

/** The same done by somebody else, wherever it says who did it. */
function givenTo(userId: string, body: Facts): Facts {
  return {
    ...body,
    ...('user_id' in body && { user_id: userId }),
    ...('user' in body && { user: { ...factsOf(body.user), id: userId } }),
  };
}

/**
 * Whether these bytes, however they are read, hold a click of Olivia's on a door of hers. Read as generously as can
 * be: as JSON and as a form, and without a look at anything but who, what and which door.
 */
function couldOpen(body: Buffer, devices: ReadonlySet<string>): boolean {
  const text = body.toString();
  const texts = [text, ...new URLSearchParams(text).getAll('payload')];
  return texts.some((one) => {
    const { user, actions } = factsOf(parsed(one));
    const [action] = Array.isArray(actions) ? actions : [];
    const { action_id, value } = factsOf(action);
    const [, , device = ''] = typeof value === 'string' ? value.split(' ') : [];
    return (
      factsOf(user).id === OLIVIA &&
      factsOf(user).team_id === 'T0ACME' &&
      isWhole(parsed(one)) &&
      action_id === 'door:unlock' &&
      devices.has(device) &&
      String(value).split(' ').length === 3
    );
  });
}

/** A click that is no click, or without a trigger, is none. */
function isWhole(body: unknown): boolean {
  const { type, trigger_id } = factsOf(body);
  return type === 'block_actions' && typeof trigger_id === 'string' && trigger_id !== '';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function first({ actions }: Facts): Facts {
  return factsOf(Array.isArray(actions) ? actions[0] : null);
}

function factsOf(value: unknown): Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
