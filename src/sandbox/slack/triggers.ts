import { randomBytes } from 'node:crypto';
import { WORKSPACE } from './cast.ts';
import type { Clock } from './clock.ts';

const LIFE_MS = 3_000;
const KEPT_MS = 600_000;

interface Trigger {
  person: string;
  at: number;
  used: boolean;
}

/** Trigger ids: 3 seconds, one use. */
export class Triggers {
  private readonly clock: Clock;
  private readonly known = new Map<string, Trigger>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  issue(person: string): string {
    const at = this.clock.now();
    for (const [id, trigger] of this.known) {
      if (at - trigger.at < KEPT_MS) break;
      this.known.delete(id);
    }
    const id = `${at}.${WORKSPACE.id}.${randomBytes(16).toString('hex')}`;
    this.known.set(id, { person, at, used: false });
    return id;
  }

  /** Uses it up: whose screen it opens, or Slack's error. */
  use(id: string): { person: string } | { error: string } {
    const trigger = this.known.get(id);
    if (trigger === undefined) return { error: 'invalid_trigger_id' };
    if (this.clock.now() - trigger.at > LIFE_MS) return { error: 'expired_trigger_id' };
    if (trigger.used) return { error: 'exchanged_trigger_id' };
    trigger.used = true;
    return { person: trigger.person };
  }
}
