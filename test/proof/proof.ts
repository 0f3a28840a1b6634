/** One thing that was counted, and whether it is as promised. */
export interface Figure {
  readonly what: string;
  readonly value: number | string;
  readonly asPromised: boolean;
}

/** A promise of SECURITY.md, and how it is put to the test with the real bot. */
export interface Proof {
  /** What is typed: `npm run proof -- <name>`. */
  readonly name: string;
  /** The promise, in one plain sentence. */
  readonly promise: string;
  /** How much is done by CI, how much by hand (`--full`), and of what (`kills`, `requests`). */
  readonly size: { readonly ci: number; readonly full: number; readonly of: string };
  /** Does it, and counts; throws only when the proof itself cannot be made. Everything that it started has ended then. */
  run(size: number): Promise<readonly Figure[]>;
}

/** A count that must be exactly so. */
export function exactly(what: string, value: number, promised: number): Figure {
  return { what, value, asPromised: value === promised };
}

/** A measure that must not be over its bound; both in the same unit, which `what` names. */
export function atMost(what: string, value: number, bound: number): Figure {
  return { what: `${what} (at most ${bound})`, value, asPromised: value <= bound };
}

/** A figure that is told, and promises nothing. */
export function told(what: string, value: number | string): Figure {
  return { what, value, asPromised: true };
}
