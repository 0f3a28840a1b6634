/** `response_url`s: 5 posts in 30 minutes, each changing only the message that it belongs to. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { APP } from './cast.ts';
import type { Clock } from './clock.ts';
import { checkContent, type Room } from './content.ts';
import type { Person } from './drive.ts';
import type { Messages, StoredMessage } from './messages.ts';

const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;
const MOST_KEPT = 100_000;
const ROOM: Room = { text: 40_000, blocks: Number.POSITIVE_INFINITY };

/** Whose it is, where it posts, and the message that was interacted with. */
interface Budget {
  person: Person;
  channelId: string;
  /** What `replace_original` changes: the message that was clicked in. A command has none, also not among what
   * was posted through it: real Slack posts anew then (slackapi/bolt-python#1268, slackapi/bolt-js#2287). */
  original: StoredMessage | null;
  uses: number;
  at: number;
}

/** What Slack answers to a post, with what it would only warn of. */
export type Posted =
  | { ok: true; warning: string | null }
  | { ok: false; status: number; error: string; messages: string[] };

const bodyShape = z.looseObject({
  text: z.unknown().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
});
type Body = z.output<typeof bodyShape>;

export class ResponseUrls {
  private readonly clock: Clock;
  private readonly messages: Messages;
  private readonly origin: () => string;
  private readonly budgets = new Map<string, Budget>();

  constructor(clock: Clock, messages: Messages, origin: () => string) {
    this.clock = clock;
    this.messages = messages;
    this.origin = origin;
  }

  /** A fresh one: for a slash command without an original, for a click with the clicked message. The oldest go
   * when there are too many. */
  issue(person: Person, channelId: string, original: StoredMessage | null): string {
    const at = this.clock.now();
    for (const [secret, budget] of this.budgets) {
      if (at - budget.at <= LIFE_MS && this.budgets.size < MOST_KEPT) break;
      this.budgets.delete(secret);
    }
    const secret = randomBytes(18).toString('base64url');
    this.budgets.set(secret, { person, channelId, original, uses: 0, at });
    return `${this.origin()}/response/${secret}`;
  }

  /** One post. Every post counts, also one that is refused; unknown ones answer as expired ones do. */
  post(secret: string, body: unknown): Posted {
    const budget = this.budgets.get(secret);
    if (budget === undefined || this.clock.now() - budget.at > LIFE_MS) return refused('expired_url', 404);
    if (budget.uses >= MOST_USES) return refused('used_url', 404);
    budget.uses += 1;
    return this.say(budget, body);
  }

  /** What the app said in its acknowledgement of a command: as a post to the command's `response_url`, but
   * for free. */
  sayInAck(url: string, body: unknown): Posted {
    const budget = this.budgets.get(url.slice(url.lastIndexOf('/') + 1));
    return budget === undefined ? refused('expired_url', 404) : this.say(budget, body);
  }

  private say(budget: Budget, sent: unknown): Posted {
    const parsed = bodyShape.safeParse(sent);
    if (!parsed.success) return refused('invalid_payload', 400);
    if (parsed.data.delete_original === true) return this.remove(budget);
    const content = checkContent(parsed.data, ROOM);
    if (!content.ok) return { ok: false, status: 500, error: content.error, messages: content.messages };
    const said = { text: content.text, blocks: content.blocks ?? [] };
    if (parsed.data.replace_original === true && budget.original !== null) {
      if (!this.messages.isThere(budget.original)) return refused('message_not_found', 404);
      this.messages.change(budget.original, said);
      return { ok: true, warning: content.warning };
    }
    this.messages.post({
      ...said,
      channelId: budget.channelId,
      author: { kind: 'app', name: APP.name },
      reader: parsed.data.response_type === 'in_channel' ? null : budget.person.id,
    });
    return { ok: true, warning: content.warning ?? vagueness(budget, parsed.data) };
  }

  private remove(budget: Budget): Posted {
    if (budget.original === null || !this.messages.isThere(budget.original)) {
      return refused('message_not_found', 404);
    }
    this.messages.remove(budget.original);
    return { ok: true, warning: null };
  }
}

/** Slack's documentation says that this posts anew; in practice some clients saw the original replaced. */
function vagueness(budget: Budget, body: Body): string | null {
  if (budget.original === null || body.replace_original !== undefined) return null;
  return 'replace_original was not said: a new message was posted';
}

function refused(error: string, status: number): Posted {
  return { ok: false, status, error, messages: [] };
}
