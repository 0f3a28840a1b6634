/** Slack could not be asked, or its answer could not be read. */
export class MembersError extends Error {
  override readonly name = 'MembersError';
  readonly safeToLog = true;
  /** How long Slack wants us to wait, ms, where it says so. */
  readonly waitMs: number | null;

  /** `why`: Slack's own error code, or the kind of failure. */
  constructor(why: string, waitMs: number | null) {
    super(`Slack does not say who somebody is: ${why}`);
    this.waitMs = waitMs;
  }
}

/** Slack's word for what is wrong. Anything else could be our token, given back by somebody on the way. */
export function slackCode(error: string): string {
  return /^[a-z][a-z_]{0,60}$/.test(error) ? error : 'no reason given';
}
