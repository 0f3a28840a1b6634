/** What follows from the app's acknowledgement, or from there being none. */
import * as z from 'zod';
import { optionGroups, options } from './block-parts.ts';
import type { Calls } from './calls.ts';
import { APP } from './cast.ts';
import { checkModal } from './check.ts';
import type { Clock } from './clock.ts';
import type { Person } from './drive.ts';
import type { Picked } from './element-state.ts';
import { EMPTY } from './outgoing.ts';
import type { ResponseUrls } from './response-urls.ts';
import { MOST_MODALS, type OpenView } from './views.ts';
import { asMessage, complaintsOf } from './words.ts';
import type { World } from './world.ts';

type Why = 'operation_timeout' | 'dispatch_failed';

const TROUBLE = 'We had some trouble connecting. Try again?';

const suggestionShape = z.union([
  z.object({ options: z.union([options, z.tuple([])]) }),
  z.object({ option_groups: optionGroups }),
]);
const submitShape = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);

export class AckEffects {
  private readonly world: World;
  private readonly responseUrls: ResponseUrls;
  private readonly calls: Calls;
  private readonly clock: Clock;

  constructor(world: World, responseUrls: ResponseUrls, calls: Calls, clock: Clock) {
    this.world = world;
    this.responseUrls = responseUrls;
    this.calls = calls;
    this.clock = clock;
  }

  /** A command's acknowledgement may say something at once. */
  afterCommand(person: Person, channelId: string, command: string, url: string, response: unknown): void {
    if (response === EMPTY) return;
    const body = typeof response === 'string' ? { text: response } : response;
    const posted = this.responseUrls.sayInAck(url, body);
    this.record(body, posted.ok ? null : posted.error, posted.ok ? [] : posted.messages);
    if (!posted.ok) {
      this.world.notify(person, channelId, `${command} failed with the error "${posted.error}"`);
    }
  }

  commandFailed(person: Person, channelId: string, command: string, why: Why): void {
    const words = why === 'operation_timeout' ? 'because the app did not respond' : `with the error "${why}"`;
    this.world.notify(person, channelId, `${command} failed ${words}`);
  }

  interactionFailed(person: Person, channelId: string, why: Why): void {
    const words = why === 'operation_timeout' ? 'did not respond in time' : 'could not be reached';
    this.world.notify(person, channelId, `${APP.name} ${words} (${why})`);
  }

  /** A modal's submit that came to nothing: the modal stays. */
  submitFailed(person: Person): void {
    this.world.notify(person, person.dmChannelId, TROUBLE);
  }

  /** The options that the app suggested, null when they are not fit to show. */
  suggestions(response: unknown): Picked[] | null {
    const parsed = suggestionShape.safeParse(response, { reportInput: true });
    const messages = parsed.success ? [] : complaintsOf(parsed.error.issues).map(asMessage);
    this.record(response, parsed.success ? null : 'invalid_options', messages);
    if (!parsed.success) return null;
    return 'options' in parsed.data
      ? parsed.data.options
      : parsed.data.option_groups.flatMap((group) => group.options);
  }

  /** A submit's acknowledgement closes the modal, or does what its `response_action` says. */
  afterSubmit(person: Person, view: OpenView, response: unknown): void {
    if (response === EMPTY) {
      this.world.views.close(view);
      return;
    }
    const wrong = this.followSubmit(view, response);
    this.record(response, wrong === null ? null : 'invalid_arguments', wrong ?? []);
    if (wrong !== null) this.submitFailed(person);
  }

  /** What is wrong with the answer, null when it was followed. */
  private followSubmit(view: OpenView, response: unknown): string[] | null {
    const parsed = submitShape.safeParse(response, { reportInput: true });
    if (!parsed.success) return complaintsOf(parsed.error.issues).map(asMessage);
    const answer = parsed.data;
    const { views } = this.world;
    if (answer.response_action === 'clear') {
      views.closeAll(view.person);
      return null;
    }
    if (answer.response_action === 'errors') return this.showErrors(view, answer.errors);
    const modal = checkModal(answer.view);
    if (!modal.ok) return modal.messages;
    if (answer.response_action === 'update') views.change(view, modal.value);
    else if (views.modalsOf(view.person).length >= MOST_MODALS) return ['[ERROR] push_limit_reached'];
    else views.open(view.person, modal.value, 'push');
    return null;
  }

  private showErrors(view: OpenView, errors: Record<string, string>): string[] | null {
    const inputs = view.shown.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
    const unknown = Object.keys(errors).filter((id) => !inputs.includes(id));
    if (unknown.length > 0) return unknown.map((id) => `[ERROR] no input block [json-pointer:/errors/${id}]`);
    if (Object.keys(errors).length === 0) return ['[ERROR] no errors given [json-pointer:/errors]'];
    this.world.views.setErrors(view, errors);
    return null;
  }

  private record(response: unknown, error: string | null, messages: string[]): void {
    const isObject = typeof response === 'object' && response !== null;
    this.calls.add({
      at: this.clock.now(),
      method: 'ack',
      body: isObject ? { ...response } : { text: response },
      ok: error === null,
      error,
      detail: messages.length === 0 ? null : messages.join('\n'),
    });
  }
}
