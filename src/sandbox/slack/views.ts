import type { ShownHome, ShownModal } from './check.ts';
import type { Clock } from './clock.ts';
import type { Modal } from './drive.ts';
import { freshHeld, type Held, heldAfter } from './held.ts';

/** How many modals can lie on each other. */
export const MOST_MODALS = 3;

/** A modal or Home that the app shows to one person. */
export interface OpenView {
  id: string;
  person: string;
  hash: string;
  shown: ShownModal | ShownHome;
  held: Held;
  rootId: string;
  previousId: string | null;
  /** What the app said is wrong with the last submit, by block id. */
  errors: Record<string, string>;
}

/** The modals and Homes that are open. */
export class Views {
  private readonly clock: Clock;
  private readonly changed: () => void;
  private readonly modals = new Map<string, OpenView[]>();
  private readonly homes = new Map<string, OpenView>();
  private count = 0;

  constructor(clock: Clock, changed: () => void) {
    this.clock = clock;
    this.changed = changed;
  }

  modalsOf(person: string): OpenView[] {
    return this.modals.get(person) ?? [];
  }

  homeOf(person: string): OpenView | undefined {
    return this.homes.get(person);
  }

  /** A modal or Home by its id or by the app's own name for it. */
  find(match: { id: string } | { externalId: string }): OpenView | undefined {
    const all = [...this.homes.values(), ...[...this.modals.values()].flat()];
    return all.find((view) =>
      'id' in match ? view.id === match.id : view.shown.external_id === match.externalId,
    );
  }

  /** Shows a modal on top of those that this person has open, or in place of them. */
  open(person: string, shown: ShownModal, how: 'push' | 'alone'): OpenView {
    const below = how === 'push' ? this.modalsOf(person) : [];
    const view = this.fresh(person, shown, below);
    this.modals.set(person, [...below, view]);
    this.changed();
    return view;
  }

  publish(person: string, shown: ShownHome): OpenView {
    const known = this.homes.get(person);
    if (known !== undefined) return this.change(known, shown);
    const view = this.fresh(person, shown, []);
    this.homes.set(person, view);
    this.changed();
    return view;
  }

  change(view: OpenView, shown: ShownModal | ShownHome): OpenView {
    view.held = heldAfter(view.held, shown.blocks);
    view.shown = shown;
    view.errors = {};
    view.hash = this.hash();
    this.changed();
    return view;
  }

  setErrors(view: OpenView, errors: Record<string, string>): void {
    view.errors = errors;
    this.changed();
  }

  /** Takes a modal away, with all that lie on it. */
  close(view: OpenView): void {
    const open = this.modalsOf(view.person);
    const index = open.indexOf(view);
    if (index >= 0) this.modals.set(view.person, open.slice(0, index));
    this.changed();
  }

  closeAll(person: string): void {
    this.modals.delete(person);
    this.changed();
  }

  private fresh(person: string, shown: ShownModal | ShownHome, below: OpenView[]): OpenView {
    this.count += 1;
    const id = `V0${this.count}`;
    return {
      id,
      person,
      hash: this.hash(),
      shown,
      held: freshHeld(shown.blocks),
      rootId: below.at(0)?.id ?? id,
      previousId: below.at(-1)?.id ?? null,
      errors: {},
    };
  }

  private hash(): string {
    this.count += 1;
    return `${Math.floor(this.clock.now() / 1000)}.${this.count}`;
  }
}

/** An open modal as the drive view gives it. */
export function asModal(view: OpenView): Modal[] {
  if (view.shown.type !== 'modal') return [];
  const { title, submit, close, blocks } = view.shown;
  return [
    {
      viewId: view.id,
      title: title.text,
      submit: submit?.text ?? null,
      close: close?.text ?? null,
      blocks,
      errors: view.errors,
    },
  ];
}
