/** What one check found. `says` is one or more sentences; after `skipped` it completes "because …". */
export interface Finding {
  readonly kind: 'ok' | 'fault' | 'note' | 'skipped';
  /** What was looked at, as the operator knows it. */
  readonly about: string;
  readonly says: string;
}

export const ok = (about: string, says: string): Finding => ({ kind: 'ok', about, says });
/** What is wrong, and what to do about it. */
export const fault = (about: string, says: string): Finding => ({ kind: 'fault', about, says });
/** What is not wrong, but good to know. */
export const note = (about: string, says: string): Finding => ({ kind: 'note', about, says });
export const skipped = (about: string, because: string): Finding => ({
  kind: 'skipped',
  about,
  says: `because ${because}`,
});

/** Whether nothing has to be mended. */
export function isWell(findings: readonly Finding[]): boolean {
  return faultsAmong(findings) === 0;
}

/** The report: a line for each finding, and a sentence at its end. */
export function render(findings: readonly Finding[]): string {
  const lines = findings.map(({ kind, about, says }) => `${kind.padEnd(7)}  ${about}: ${says}`);
  return `${[...lines, '', closing(faultsAmong(findings))].join('\n')}\n`;
}

function closing(faults: number): string {
  if (faults === 0) return 'All that could be checked is well.';
  return faults === 1
    ? 'There is 1 fault. Mend it, then run npm run doctor again.'
    : `There are ${faults} faults. Mend them, then run npm run doctor again.`;
}

function faultsAmong(findings: readonly Finding[]): number {
  return findings.filter(({ kind }) => kind === 'fault').length;
}
