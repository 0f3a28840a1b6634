/**
 * What may be handed to Bolt. Bolt takes a body apart before any listener or error handler sees it, and throws on
 * many that are merely odd (a null channel, an event that is a number), so the receivers ask here first.
 */
import type { ReceiverEvent } from '@slack/bolt';

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** True when Bolt can work with this body: an event, a command or an interaction with the parts that Bolt reads. */
export function isDeliverable(body: unknown): body is ReceiverEvent['body'] {
  if (!isFields(body) || !isRepliable(body)) return false;
  if (body.event !== undefined) {
    return isEvent(body.event) && isAuthorized(body.authorizations) && isWholeStep(body.event, body);
  }
  if (body.command !== undefined) return isCommand(body);
  return isInteraction(body);
}

/** True for Slack's notice that it holds back events because there are too many: nothing in it is for Bolt. */
export function isRateNotice(body: unknown): body is Fields {
  return isFields(body) && body.type === 'app_rate_limited';
}

/** What names a body in the log: its kind, team and user, where they are texts. */
export function idsOf(body: unknown): Record<string, string> {
  if (!isFields(body)) return {};
  const event = isFields(body.event) ? body.event : {};
  const ids = {
    kind: event.type ?? body.command ?? body.type,
    team: body.team_id ?? idIn(body.team),
    user: body.user_id ?? idIn(body.user) ?? idIn(event.user) ?? event.user,
  };
  return Object.fromEntries(
    Object.entries(ids).filter((entry): entry is [string, string] => isText(entry[1])),
  );
}

function idIn(value: unknown): unknown {
  return isFields(value) ? value.id : undefined;
}

function isRepliable({ response_url: url, response_urls: urls }: Fields): boolean {
  if (url !== undefined && !isText(url)) return false;
  return urls === undefined || (Array.isArray(urls) && urls.every(isFields));
}

/** The parts of an event that Bolt looks into by name: a text, or an object. */
const EVENT_PARTS = ['channel', 'user'];
/** The same for parts that are always objects. */
const EVENT_OBJECTS = ['item', 'subteam'];

function isEvent(event: unknown): event is Fields {
  if (!isFields(event) || !isText(event.type)) return false;
  return (
    EVENT_PARTS.every((part) => !(part in event) || isText(event[part]) || isFields(event[part])) &&
    EVENT_OBJECTS.every((part) => !(part in event) || isFields(event[part]))
  );
}

/** Bolt throws at a step of a workflow without an id, and takes the id from elsewhere where there is an elsewhere. */
function isWholeStep(
  { type, function_execution_id: id }: Fields,
  { function_data: elsewhere }: Fields,
): boolean {
  return type !== 'function_executed' || (isText(id) && id !== '' && elsewhere === undefined);
}

function isAuthorized(authorizations: unknown): boolean {
  return !Array.isArray(authorizations) || authorizations.every(isFields);
}

function isCommand(body: Fields): boolean {
  return isText(body.command) && isText(body.user_id) && isText(body.channel_id);
}

const INTERACTIONS = new Set(['block_suggestion', 'dialog_submission', 'shortcut', 'message_action']);
const VIEW_INTERACTIONS = new Set(['view_submission', 'view_closed']);

function isInteraction(body: Fields): boolean {
  return hasKnownKind(body) && isFields(body.user) && isText(body.user.id) && hasSoundPlace(body);
}

/** A part that Bolt reads must be sound even where the type says that another kind is meant: Bolt looks at it first. */
function hasKnownKind({ type, name, actions, view }: Fields): boolean {
  const hasActions = Array.isArray(actions) && actions.length > 0 && actions.every(isFields);
  if (actions !== undefined && !hasActions) return false;
  if (isText(type) && VIEW_INTERACTIONS.has(type)) return isFields(view);
  return hasActions || name !== undefined || (isText(type) && INTERACTIONS.has(type));
}

/** Team and enterprise are null where the app is installed for a whole organization; a channel is absent or there. */
function hasSoundPlace({ team, enterprise, channel }: Fields): boolean {
  const orNone = (value: unknown): boolean => value === undefined || value === null || isFields(value);
  return orNone(team) && orNone(enterprise) && (channel === undefined || isFields(channel));
}
