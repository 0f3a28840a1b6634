import { z } from 'zod';
import type { Button } from './requests.ts';

const shown = z.object({ blocks: z.array(z.unknown()).default([]) });
const buttonRow = z.object({ accessory: z.object({ action_id: z.string(), value: z.string() }) });

/** The unlock buttons in a message. */
function unlockButtons(body: string): Button[] {
  return shown.parse(JSON.parse(body)).blocks.flatMap((block) => {
    const row = buttonRow.safeParse(block);
    if (!row.success) return [];
    const { action_id: actionId, value } = row.data.accessory;
    return [{ actionId, value }];
  });
}

/** Everyone in the workspace, taken in turn, and what each was shown by one server. */
export class People {
  readonly #ids: readonly string[];
  readonly #busy = new Set<string>();
  readonly #shown = new Map<string, { readonly buttons: readonly Button[]; next: number }>();
  #turn = 0;

  constructor(ids: readonly string[]) {
    this.#ids = ids;
  }

  /** The next one who is free: nobody does two things at once. They are busy until `free`. */
  next(who: 'anyone' | 'with doors'): string {
    const ids = who === 'anyone' ? this.#ids : [...this.#shown.keys()];
    for (let tries = 0; tries < ids.length; tries += 1) {
      const id = ids[this.#turn % ids.length];
      this.#turn += 1;
      if (id === undefined || this.#busy.has(id)) continue;
      this.#busy.add(id);
      return id;
    }
    throw new Error(`nobody is free (${who}): the bench needs more people`);
  }

  free(id: string): void {
    this.#busy.delete(id);
  }

  /** Keeps what a `/locks` showed. */
  saw(id: string, body: string): void {
    const buttons = unlockButtons(body);
    if (buttons.length > 0) this.#shown.set(id, { buttons, next: 0 });
  }

  /** The button of the next of their doors. */
  button(id: string): Button {
    const seen = this.#shown.get(id);
    const button = seen?.buttons[seen.next % seen.buttons.length];
    if (seen === undefined || button === undefined) throw new Error(`${id} was shown no door`);
    seen.next += 1;
    return button;
  }
}
