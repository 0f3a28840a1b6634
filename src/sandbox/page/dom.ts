/**
 * Draws trees of plain descriptions into the document, changing only what differs. The page redraws everything
 * on every change; because elements survive, so do focus, scroll, half-typed text and running animations.
 * Text only ever becomes text nodes and attributes, never markup.
 */

/** What happens on an event of an element. */
type Handler = (event: Event) => void;

type Prop = string | number | boolean | null | undefined | Handler;

/** An element as it shall be. */
export interface Tree {
  tag: string;
  /** Tells siblings apart, so that each keeps its own element when others come and go. */
  key: string | null;
  props: Record<string, Prop>;
  children: (Tree | string)[];
}

/** What may stand among an element's children; nothing is drawn for null, undefined and false. */
export type Child = Tree | string | null | undefined | false | Child[];

function flatten(children: Child[], into: (Tree | string)[] = []): (Tree | string)[] {
  for (const child of children) {
    if (Array.isArray(child)) flatten(child, into);
    else if (child !== null && child !== undefined && child !== false) into.push(child);
  }
  return into;
}

/** Describes an element. `key` is kept apart; props that begin with `on` are event handlers. */
export function h(tag: string, props: Record<string, Prop> = {}, ...children: Child[]): Tree {
  const { key, ...rest } = props;
  return { tag, key: typeof key === 'string' ? key : null, props: rest, children: flatten(children) };
}

const drawn = new WeakMap<Node, Tree>();
const handlers = new WeakMap<EventTarget, Map<string, Handler>>();

function dispatch(event: Event): void {
  const owner = event.currentTarget;
  if (owner) handlers.get(owner)?.get(event.type)?.(event);
}

function setHandler(element: Element, type: string, handler: Handler | null): void {
  const own = handlers.get(element) ?? new Map<string, Handler>();
  handlers.set(element, own);
  if (!handler) {
    own.delete(type);
    return;
  }
  if (!own.has(type)) element.addEventListener(type, dispatch);
  own.set(type, handler);
}

/** Sets what a field holds. A field in use is left alone while its value stays the same: a half-typed date reads as empty. */
function setLive(element: Element, name: string, value: Prop, before: Prop): boolean {
  const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  if (name === 'value' && isField) {
    const inUse = document.activeElement === element && before === value;
    if (!inUse && element.value !== String(value ?? '')) element.value = String(value ?? '');
    return true;
  }
  if (name === 'checked' && element instanceof HTMLInputElement) {
    element.checked = value === true;
    return true;
  }
  return false;
}

function setProp(element: Element, name: string, value: Prop, before: Prop): void {
  if (setLive(element, name, value, before)) return;
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else {
    const text = value === true ? '' : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

function setProps(element: Element, before: Tree | undefined, now: Tree): void {
  const names = new Set([...Object.keys(before?.props ?? {}), ...Object.keys(now.props)]);
  for (const name of names) {
    const value = now.props[name];
    if (name.startsWith('on')) setHandler(element, name.slice(2), typeof value === 'function' ? value : null);
    else setProp(element, name, value, before?.props[name]);
  }
}

function create(host: Element, tree: Tree): Element {
  const space = tree.tag === 'svg' ? 'http://www.w3.org/2000/svg' : host.namespaceURI;
  return document.createElementNS(space, tree.tag);
}

/** Finds, for each wanted child, an element that was drawn for the same one before. */
function matcher(host: Element): (want: Tree | string) => Node | undefined {
  const keyed = new Map<string, Node>();
  const loose = new Map<string, Node[]>();
  for (const node of host.childNodes) {
    const tree = drawn.get(node);
    const name = tree?.tag ?? '#text';
    if (tree && tree.key !== null) keyed.set(`${name} ${tree.key}`, node);
    else loose.set(name, [...(loose.get(name) ?? []), node]);
  }
  return (want) => {
    if (typeof want === 'string') return loose.get('#text')?.shift();
    if (want.key === null) return loose.get(want.tag)?.shift();
    const name = `${want.tag} ${want.key}`;
    const found = keyed.get(name);
    keyed.delete(name);
    return found;
  };
}

function drawText(node: Node | undefined, text: string): Node {
  if (!node) return document.createTextNode(text);
  if (node.nodeValue !== text) node.nodeValue = text;
  return node;
}

function drawElement(host: Element, node: Node | undefined, tree: Tree): Node {
  const element = node instanceof Element ? node : create(host, tree);
  // Children first: a select or a radio group takes its value only once they are there.
  draw(element, tree.children);
  setProps(element, drawn.get(element), tree);
  drawn.set(element, tree);
  return element;
}

/** Makes the children of `host` be `children`; elements that stay are changed in place and never moved needlessly. */
export function draw(host: Element, children: (Tree | string)[]): void {
  const match = matcher(host);
  const wanted = children.map((child) => ({ child, node: match(child) }));
  const kept = new Set(wanted.map(({ node }) => node));
  for (const node of [...host.childNodes]) if (!kept.has(node)) node.remove();
  let next = host.firstChild;
  for (const { child, node } of wanted) {
    const result = typeof child === 'string' ? drawText(node, child) : drawElement(host, node, child);
    if (result === next) next = next.nextSibling;
    else host.insertBefore(result, next);
  }
}

/** The text that a field held when it fired an event. */
export function fieldText(event: Event): string {
  const field = event.target;
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value : '';
}
