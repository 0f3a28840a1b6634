import type { Clock } from './clock.ts';
import { Refusal } from './http.ts';

/** Seam's documented limits, each for one device and one minute. */
export const PER_MINUTE = {
  unlock_door: 15,
  lock_door: 15,
  create_access_code: 10,
  update_access_code: 10,
  delete_access_code: 20,
} as const;

const MINUTE_MS = 60_000;

/** Counts what is asked of each device, and refuses what is too much with 429 and `Retry-After`. */
export class Limits {
  readonly #clock: Clock;
  readonly #times = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one more, or refuses. */
  count(action: keyof typeof PER_MINUTE, deviceId: string): void {
    const key = `${action} ${deviceId}`;
    const now = this.#clock.now();
    const recent = (this.#times.get(key) ?? []).filter((at) => at > now - MINUTE_MS);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= PER_MINUTE[action]) {
      this.#times.set(key, recent);
      const seconds = Math.ceil((oldest + MINUTE_MS - now) / 1000);
      throw new Refusal(
        429,
        'rate_limit_exceeded',
        `Too many requests for this device: ${action}`,
        {},
        {
          'retry-after': String(seconds),
        },
      );
    }
    this.#times.set(key, [...recent, now]);
  }
}
