import { isIn, personById } from './cast.ts';
import { type Checked, checkHome, checkModal, type ShownHome, type ShownModal } from './check.ts';
import { parseJson } from './content.ts';
import { type Args, type Result, refuse, textArg } from './methods.ts';
import type { Payloads } from './payloads.ts';
import type { Triggers } from './triggers.ts';
import { MOST_MODALS, type OpenView } from './views.ts';
import type { World } from './world.ts';

const MOST_BYTES = 250_000;

export interface ViewMethodNeeds {
  world: World;
  triggers: Triggers;
  payloads: Payloads;
}

/** The methods `views.*`. */
export function viewMethods(needs: ViewMethodNeeds): [string, (args: Args) => Result][] {
  return [
    ['views.open', (args) => open(needs, args, 'alone')],
    ['views.push', (args) => open(needs, args, 'push')],
    ['views.update', (args) => update(needs, args)],
    ['views.publish', (args) => publish(needs, args)],
  ];
}

function open(needs: ViewMethodNeeds, args: Args, how: 'alone' | 'push'): Result {
  const triggerId = textArg(args, 'trigger_id');
  if (triggerId === '') return refuse('invalid_arguments', ['[ERROR] missing required field: trigger_id']);
  const modal = checked(args, checkModal);
  if ('error' in modal) return modal;
  if (isTaken(needs, modal.value)) return refuse('duplicate_external_id');
  const trigger = needs.triggers.use(triggerId);
  if ('error' in trigger) return refuse(trigger.error);
  const below = needs.world.views.modalsOf(trigger.person);
  if (how === 'push' && below.length === 0) return refuse('not_found');
  if (how === 'push' && below.length >= MOST_MODALS) return refuse('push_limit_reached');
  return shown(needs, needs.world.views.open(trigger.person, modal.value, how));
}

function update(needs: ViewMethodNeeds, args: Args): Result {
  const [id, externalId] = [textArg(args, 'view_id'), textArg(args, 'external_id')];
  if (id === '' && externalId === '') {
    return refuse('invalid_arguments', ['[ERROR] missing required field: view_id']);
  }
  const view = needs.world.views.find(id === '' ? { externalId } : { id });
  if (view === undefined) return refuse('not_found');
  const wanted = view.shown.type === 'modal' ? checked(args, checkModal) : checked(args, checkHome);
  if ('error' in wanted) return wanted;
  if (isStale(args, view)) return refuse('hash_conflict');
  if (isTaken(needs, wanted.value, view)) return refuse('duplicate_external_id');
  return shown(needs, needs.world.views.change(view, wanted.value));
}

function publish(needs: ViewMethodNeeds, args: Args): Result {
  const person = personById(textArg(args, 'user_id'));
  if (person === undefined || !isIn(person, person.dmChannelId)) return refuse('user_not_found');
  const home = checked(args, checkHome);
  if ('error' in home) return home;
  const known = needs.world.views.homeOf(person.id);
  if (known !== undefined && isStale(args, known)) return refuse('hash_conflict');
  return shown(needs, needs.world.views.publish(person.id, home.value));
}

function checked<T>(args: Args, check: (sent: unknown) => Checked<T>) {
  const sent = typeof args.view === 'string' ? parseJson(args.view) : args.view;
  if (sent === undefined) return refuse('invalid_arguments', ['[ERROR] missing required field: view']);
  if (JSON.stringify(sent).length > MOST_BYTES) return refuse('view_too_large');
  const view = check(sent);
  return view.ok ? { value: view.value } : refuse('invalid_arguments', view.messages);
}

function isStale(args: Args, view: OpenView): boolean {
  const hash = textArg(args, 'hash');
  return hash !== '' && hash !== view.hash;
}

function isTaken(needs: ViewMethodNeeds, wanted: ShownModal | ShownHome, self?: OpenView): boolean {
  if (wanted.external_id === undefined) return false;
  const holder = needs.world.views.find({ externalId: wanted.external_id });
  return holder !== undefined && holder !== self;
}

function shown(needs: ViewMethodNeeds, view: OpenView): Result {
  return { ok: true, body: { view: needs.payloads.view(view) } };
}
