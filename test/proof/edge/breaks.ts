/** What Olivia does that would open her door, each with one thing that is wrong about it. */
import { BEN, OLIVIA } from '../../support/world.ts';
import { type Facts, factsOf } from './recorded.ts';

/** Breaks an act for a reason of its own: after it no reading makes it hers on her door. */
type Break = (act: Facts, needs: { readonly foreignDevice: string }) => Facts;

const CLICKS: readonly Break[] = [
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

/** Of the modal in which she chose a door. */
const SUBMISSIONS: readonly Break[] = [
  ({ user: _, ...rest }) => rest,
  (sent) => ({ ...sent, user: { ...factsOf(sent.user), id: BEN } }),
  (sent) => ({ ...sent, user: { ...factsOf(sent.user), team_id: 'T0ELSEWHERE' } }),
  (sent) => ({ ...sent, type: 'view_closed' }),
  (sent) => ({ ...sent, trigger_id: '' }),
  ({ view: _, ...rest }) => rest,
  (sent) => ({ ...sent, view: [sent.view] }),
  (sent) => withView(sent, { callback_id: 'shortcut:constructor' }),
  (sent) => withView(sent, { callback_id: ['shortcut:unlock'] }),
  // A modal of long ago, or nobody knows of when.
  (sent) => withView(sent, { private_metadata: '' }),
  (sent) => withView(sent, { private_metadata: '1' }),
  (sent) => withView(sent, { state: null }),
  (sent) => withView(sent, { state: { values: {} } }),
  (sent) => withView(sent, chosen(null)),
  (sent) => withView(sent, chosen({ value: '0'.repeat(36) })),
  (sent, { foreignDevice }) => withView(sent, chosen({ value: foreignDevice })),
];

/** Of the step of a workflow that she started. */
const STEPS: readonly Break[] = [
  (body) => ({ ...body, type: 'event' }),
  (body) => ({ ...body, team_id: 'T0ELSEWHERE' }),
  // Slack came to it long ago, or nobody knows when.
  (body) => ({ ...body, event_time: 1 }),
  (body) => ({ ...body, event_time: 'now' }),
  (body) => withEvent(body, { type: 'function_called' }),
  (body) => withEvent(body, { function: { callback_id: 'constructor' } }),
  (body) => withEvent(body, { function: null }),
  (body) => withEvent(body, { function_execution_id: ['Fx1'] }),
  (body) => withInputs(body, { user_context: { id: BEN } }),
  (body) => withInputs(body, { user_context: { id: [OLIVIA] } }),
  (body) => withInputs(body, { user_context: OLIVIA }),
  (body) => withInputs(body, { door: '' }),
  (body) => withInputs(body, { door: ['Front Door'] }),
  (body) => withInputs(body, { door: 'Front Doo' }),
];

/** Every way to break what she does, by what it was recorded as. */
export const BREAKS = { click: CLICKS, submission: SUBMISSIONS, step: STEPS } as const;

/** What can be broken. */
export type Breakable = keyof typeof BREAKS;

function withView(sent: Facts, changes: Facts): Facts {
  return { ...sent, view: { ...factsOf(sent.view), ...changes } };
}

function chosen(option: Facts | null): Facts {
  const picked = { type: 'external_select', selected_option: option };
  return { state: { values: { door: { 'shortcut:door': picked } } } };
}

function withEvent(body: Facts, changes: Facts): Facts {
  return { ...body, event: { ...factsOf(body.event), ...changes } };
}

function withInputs(body: Facts, changes: Facts): Facts {
  return withEvent(body, { inputs: { ...factsOf(factsOf(body.event).inputs), ...changes } });
}

function first({ actions }: Facts): Facts {
  return factsOf(Array.isArray(actions) ? actions[0] : null);
}
