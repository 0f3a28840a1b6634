/** The menus from which the app's shortcuts, and workflows with its step, are started. */
import type { Message, View } from '../slack/drive.ts';
import { runShortcut } from './acts.ts';
import { h, type Tree } from './dom.ts';
import { icon } from './icons.ts';
import { type MenuItem, menuButton } from './menu.ts';
import type { Page } from './state.ts';
import { openWorkflow } from './workflow.ts';

function shortcutItems(page: Page, view: View, message?: Message): MenuItem[] {
  const type = message === undefined ? 'global' : 'message';
  return view.shortcuts
    .filter((shortcut) => shortcut.type === type)
    .map((shortcut) => ({
      label: shortcut.name,
      detail: view.workspace.appName,
      run: () => void runShortcut(page, shortcut, message),
    }));
}

function workflowItems(page: Page, view: View): MenuItem[] {
  return view.workflows.map((workflow, index) => ({
    label: workflow.title,
    detail: `A step of ${view.workspace.appName}`,
    ...(index === 0 ? { heading: 'Workflows' } : {}),
    run: () => openWorkflow(page, workflow),
  }));
}

/** The composer's menu of all that can be started from anywhere; none where nothing can. */
export function startMenu(page: Page, view: View): Tree | null {
  const items = () => [...shortcutItems(page, view), ...workflowItems(page, view)];
  if (items().length === 0) return null;
  return menuButton(
    page,
    {
      id: 'shortcuts',
      label: 'Shortcuts',
      class: 'starts',
      busy: page.state.busy.has('shortcut'),
      items,
    },
    icon('bolt'),
    h('span', { class: 'starts-word' }, 'Shortcuts'),
  );
}

/** A message's own menu. As in Slack, one that only one person sees has none. */
export function messageMenu(page: Page, view: View, message: Message): Tree | null {
  const items = () => shortcutItems(page, view, message);
  if (message.ephemeral || items().length === 0) return null;
  return menuButton(
    page,
    { id: `menu-${message.id}`, label: 'More actions', class: 'icon-button message-menu', items },
    icon('dots'),
  );
}
