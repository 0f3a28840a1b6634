/** Modals, and the questions that elements ask before they are used. */
import type { Modal, View } from '../slack/drive.ts';
import { dismissModal, submitModal } from './acts.ts';
import { drawBlocks } from './blocks.ts';
import { h, type Tree } from './dom.ts';
import { appFace } from './faces.ts';
import { icon } from './icons.ts';
import { decoded } from './mrkdwn.ts';
import { type Confirming, modalSurface, type Page } from './state.ts';
import { plain, textObject } from './text.ts';

function modalHead(modal: Modal, close: () => void): Tree {
  return h(
    'header',
    { class: 'dialog-head' },
    appFace(),
    h('h2', { id: 'modal-title' }, decoded(modal.title)),
    h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': 'Close dialog', onclick: close },
      icon('close'),
    ),
  );
}

function modalFoot(page: Page, modal: Modal, close: () => void): Tree {
  const busy = page.state.busy.has(modal.viewId);
  return h(
    'footer',
    { class: 'dialog-foot' },
    h(
      'button',
      { type: 'button', class: 'button default', onclick: close },
      decoded(modal.close ?? (modal.submit === null ? 'Close' : 'Cancel')),
    ),
    modal.submit !== null &&
      h(
        'button',
        { type: 'submit', class: 'button primary', 'aria-busy': busy ? 'true' : null },
        decoded(modal.submit),
      ),
  );
}

/** Draws the top modal; those below it come back when it closes, as in Slack. */
export function topModal(page: Page, view: View): Tree | null {
  const modal = view.modals.at(-1);
  if (!modal) return null;
  const close = () => void dismissModal(page, modal);
  const unread = view.notices.filter(({ id }) => !page.state.noticesRead.has(id));
  return h(
    'div',
    { class: 'veil', key: modal.viewId, inert: page.state.confirming !== null },
    h(
      'form',
      {
        class: view.modals.length > 1 ? 'dialog modal stacked' : 'dialog modal',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-labelledby': 'modal-title',
        tabindex: '-1',
        novalidate: true,
        'data-layer': `modal ${modal.viewId}`,
        onsubmit: (event) => {
          event.preventDefault();
          if (modal.submit !== null) void submitModal(page, modal);
        },
      },
      modalHead(modal, close),
      h(
        'div',
        { class: 'dialog-body' },
        unread.map(({ id, text }) => h('p', { key: id, class: 'fault general', role: 'alert' }, text)),
        drawBlocks(page, view, modalSurface(modal), modal.blocks, modal.errors),
      ),
      modalFoot(page, modal, close),
    ),
  );
}

/** Takes the question away without using the element. */
export function deny(page: Page): void {
  page.state.confirming = null;
  page.redraw();
}

/** Draws the question that an element asks. */
export function confirmDialog(page: Page, view: View, { dialog, proceed }: Confirming): Tree {
  const accept = () => {
    page.state.confirming = null;
    page.redraw();
    proceed();
  };
  return h(
    'div',
    { class: 'veil', key: 'confirm' },
    h(
      'div',
      {
        class: 'dialog confirm',
        role: 'dialog',
        'aria-modal': 'true',
        'aria-labelledby': 'confirm-title',
        'aria-describedby': 'confirm-text',
        'data-layer': 'confirm',
      },
      h('h2', { id: 'confirm-title' }, dialog.title ? plain(dialog.title) : 'Are you sure?'),
      h('div', { id: 'confirm-text', class: 'text' }, textObject(view, dialog.text)),
      h(
        'footer',
        { class: 'dialog-foot' },
        h(
          'button',
          { type: 'button', class: 'button default', onclick: () => deny(page) },
          dialog.deny ? plain(dialog.deny) : 'Cancel',
        ),
        h(
          'button',
          {
            type: 'button',
            class: `button ${dialog.style ?? 'primary'}`,
            'data-first': true,
            onclick: accept,
          },
          dialog.confirm ? plain(dialog.confirm) : 'Yes',
        ),
      ),
    ),
  );
}
