/**
 * Why the database did not do what was asked. `busy`: somebody else held it for longer than we wait. `full`: no
 * room on its disk. `broken`: anything else.
 */
export type StoreErrorKind = 'busy' | 'full' | 'broken';

/** The only error that leaves the store; nothing of the failed step was written. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly safeToLog = true;
  readonly kind: StoreErrorKind;
  /** The driver's code, e.g. `SQLITE_FULL`. */
  readonly code: string;

  constructor(kind: StoreErrorKind, code: string, options?: ErrorOptions) {
    super(`store: ${kind} (${code})`, options);
    this.kind = kind;
    this.code = code;
  }
}

/** Sorts a driver's error; the kinds that pass by themselves are `busy`. */
export function toStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new StoreError('busy', code, { cause: error });
  }
  const full = code === 'SQLITE_FULL' || code === 'ENOSPC' || code.startsWith('SQLITE_IOERR_WRITE');
  return new StoreError(full ? 'full' : 'broken', code, { cause: error });
}
