/** Keys and presses that belong to the page as a whole. */
import { dismissModal } from './acts.ts';
import { deny } from './dialogs.ts';
import type { Page } from './state.ts';
import { putAway } from './workflow.ts';

/** Closes whatever is on top, one layer at a time. */
function closeTop(page: Page): void {
  const { state } = page;
  const modal = state.view?.modals.at(-1);
  if (state.popover) page.closePopover();
  else if (state.confirming) deny(page);
  else if (modal) void dismissModal(page, modal);
  else if (state.starting) putAway(page);
  else {
    state.drawer = 'none';
    page.redraw();
  }
}

/** As in Slack, typing goes to the composer when nothing else takes it. */
function typeInComposer(event: KeyboardEvent): void {
  const { target, key } = event;
  const plain = key.length === 1 && key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!plain || !(target instanceof Element)) return;
  const taken = target.closest('textarea, [data-layer], input:not([type=radio]):not([type=checkbox])');
  if (!taken && !document.querySelector('[data-layer]')) document.getElementById('composer')?.focus();
}

function pressOutside(page: Page, event: Event): void {
  const { popover } = page.state;
  if (!popover || !(event.target instanceof Element)) return;
  const anchor = document.getElementById(popover.anchor);
  if (event.target.closest('.floating') || anchor?.contains(event.target)) return;
  page.closePopover();
}

/** Starts listening. */
export function listenToPage(page: Page): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeTop(page);
    else typeInComposer(event);
  });
  document.addEventListener('pointerdown', (event) => pressOutside(page, event));
  const follow = () => {
    if (page.state.popover) page.redraw();
  };
  addEventListener('resize', follow);
  document.addEventListener('scroll', follow, { capture: true, passive: true });
  document.addEventListener('visibilitychange', () => void page.refresh());
}
