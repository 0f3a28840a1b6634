/** A workflow with the app's step: what its builder has set, its start, and how its runs ended. */
import type { Execution, View, Workflow } from '../slack/drive.ts';
import { startWorkflow } from './acts.ts';
import { fieldText, h, type Tree } from './dom.ts';
import { appFace } from './faces.ts';
import { icon } from './icons.ts';
import type { Page, Starting } from './state.ts';

/** Opens the dialog of a workflow. */
export function openWorkflow(page: Page, workflow: Workflow): void {
  page.state.starting = { workflow, inputs: {} };
  page.redraw();
}

/** Closes it; runs go on. */
export function putAway(page: Page): void {
  page.state.starting = null;
  page.redraw();
}

function inputField(page: Page, starting: Starting, { name, title }: Workflow['inputs'][number]): Tree {
  const id = `workflow-${name}`;
  return h(
    'div',
    { class: 'block input' },
    h('label', { class: 'label', for: id }, title),
    h('input', {
      id,
      type: 'text',
      class: 'field',
      autocomplete: 'off',
      value: starting.inputs[name] ?? '',
      oninput: (event) => {
        starting.inputs[name] = fieldText(event);
        page.redraw();
      },
    }),
  );
}

function howItEnded({ ended }: Execution): string {
  if (ended === null) return 'Running…';
  return ended.ok ? `Completed: ${pairs(ended.outputs)}` : `Stopped: ${ended.error}`;
}

function pairs(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${String(value)}`)
    .join(', ');
}

/** What was set; who started it is the reader. */
function started({ inputs }: Execution, { inputs: declared }: Workflow): string {
  return pairs(Object.fromEntries(declared.map(({ name }) => [name, inputs[name]])));
}

function runs(view: View, workflow: Workflow): Tree | null {
  const own = view.executions.filter(({ callback_id }) => callback_id === workflow.callback_id).toReversed();
  return h(
    'div',
    { class: 'runs', role: 'log', 'aria-label': 'Runs' },
    own.length > 0 && h('h3', {}, 'Runs'),
    h(
      'ol',
      {},
      own.map((run) =>
        h('li', { key: run.id }, h('strong', {}, started(run, workflow)), h('p', {}, howItEnded(run))),
      ),
    ),
  );
}

/** Draws the dialog. */
export function workflowDialog(page: Page, view: View, starting: Starting): Tree {
  const { workflow, inputs } = starting;
  const ready = workflow.inputs.every(({ name }) => (inputs[name] ?? '').trim() !== '');
  const close = () => putAway(page);
  return h(
    'div',
    { class: 'veil', key: 'workflow', inert: view.modals.length > 0 || page.state.confirming !== null },
    h(
      'form',
      {
        class: 'dialog',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-labelledby': 'workflow-title',
        'data-layer': 'workflow',
        onsubmit: (event) => {
          event.preventDefault();
          if (ready) void startWorkflow(page, starting);
        },
      },
      h(
        'header',
        { class: 'dialog-head' },
        appFace(),
        h('h2', { id: 'workflow-title' }, workflow.title),
        h(
          'button',
          { type: 'button', class: 'icon-button', 'aria-label': 'Close dialog', onclick: close },
          icon('close'),
        ),
      ),
      h(
        'div',
        { class: 'dialog-body' },
        h('p', { class: 'quiet' }, 'A workflow of one step. You start it; whoever built it has set:'),
        workflow.inputs.map((input) => inputField(page, starting, input)),
        runs(view, workflow),
      ),
      h(
        'footer',
        { class: 'dialog-foot' },
        h('button', { type: 'button', class: 'button default', onclick: close }, 'Close'),
        h(
          'button',
          {
            type: 'submit',
            class: 'button primary',
            disabled: !ready,
            'aria-busy': page.state.busy.has('workflow') ? 'true' : null,
          },
          'Start workflow',
        ),
      ),
    ),
  );
}
