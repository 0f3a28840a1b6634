import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Canaries, Hit } from './canaries.ts';

/** Where a secret could turn up. */
export type Place = 'output' | 'database' | 'messages to Slack' | 'answers of the server';

/** Everything that the bot wrote, said or answered, to be searched when all secrets are known. */
export class Ledger {
  readonly #written = new Map<Place, Buffer[]>();

  note(place: Place, what: string | Buffer): void {
    const there = this.#written.get(place) ?? [];
    there.push(Buffer.from(what));
    this.#written.set(place, there);
  }

  /** Copies every file of the bot's folder as it is now, the key file alone left out: it holds the key by design. */
  noteFiles(folder: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith('.key')) continue;
      this.note('database', readFileSync(join(entry.parentPath, entry.name)));
    }
  }

  bytesAt(place: Place): number {
    return (this.#written.get(place) ?? []).reduce((total, piece) => total + piece.length, 0);
  }

  /** Searches one place whole, so that a secret across two pieces is found as well. */
  search(place: Place, canaries: Canaries): Hit[] {
    return canaries.findIn(Buffer.concat(this.#written.get(place) ?? []), place);
  }
}
