/** Puts the open menu beside the control that opened it, within the window. */

const gap = 4;
const margin = 8;

/** Places a floating element below its anchor, or above where there is more room; flush with its nearer edge. */
export function placeBeside(floating: HTMLElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect();
  const below = innerHeight - at.bottom - gap - margin;
  const above = at.top - gap - margin;
  const down = below >= Math.min(floating.scrollHeight, 240) || below >= above;
  floating.style.maxHeight = `${Math.max(120, down ? below : above)}px`;
  floating.style.minWidth = `${Math.min(at.width, 420)}px`;
  const size = floating.getBoundingClientRect();
  const left = at.left + size.width > innerWidth - margin ? at.right - size.width : at.left;
  floating.style.left = `${Math.max(margin, Math.min(left, innerWidth - margin - size.width))}px`;
  floating.style.top = `${down ? at.bottom + gap : Math.max(margin, at.top - gap - size.height)}px`;
}
