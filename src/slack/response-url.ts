/** Slack's address for answers to one interaction: five posts within 30 minutes. It is a secret. */
export interface ResponseUrl {
  readonly url: string;
  /** ms since the epoch. */
  readonly expiresAt: number;
}

/** How long a `response_url` lives, ms: Slack's own figure. */
export const RESPONSE_URL_LIFE_MS = 30 * 60 * 1000;
