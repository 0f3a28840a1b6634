/** Moves the focus into a layer (modal, question, menu) that opens, and back when it closes. */

interface Layer {
  name: string;
  /** What had the focus before; found again by its id when it was drawn anew. */
  before: Element | null;
}

const layers: Layer[] = [];

const focusable = 'input:not([type=hidden]), select, textarea, button, a[href], [tabindex="0"]';

function enter(layer: HTMLElement): void {
  const first =
    layer.querySelector<HTMLElement>('[data-first]') ??
    layer.querySelector<HTMLElement>(`.dialog-body :is(${focusable})`) ??
    layer.querySelector<HTMLElement>(layer.matches('.modal') ? '.dialog-foot button' : focusable);
  (first ?? layer).focus();
}

function leave(before: Element | null): void {
  const again = before?.isConnected ? before : before?.id ? document.getElementById(before.id) : null;
  const target = again?.closest('[inert]') ? null : again;
  const fallback = document.querySelector<HTMLElement>('#composer');
  if (target instanceof HTMLElement && target !== document.body) target.focus();
  else if (!document.querySelector('[data-layer]')) fallback?.focus();
}

/** Call after drawing, with what had the focus before it. */
export function settleFocus(before: Element | null): void {
  const now = [...document.querySelectorAll<HTMLElement>('[data-layer]')];
  const names = now.map((layer) => layer.dataset.layer ?? '');
  const closed = layers.filter((layer) => !names.includes(layer.name));
  const returnTo = closed[0]?.before ?? null;
  layers.splice(0, layers.length, ...layers.filter((layer) => names.includes(layer.name)));
  const opened = now.filter((_, index) => !layers.some(({ name }) => name === names[index]));
  for (const layer of opened) layers.push({ name: layer.dataset.layer ?? '', before: returnTo ?? before });
  const top = opened.at(-1);
  if (top) enter(top);
  else if (closed.length > 0) leave(returnTo);
}
