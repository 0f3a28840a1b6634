/** The story that the local Slack tells: one workspace, one app, seven people. */
import type { Channel, Person, Shortcut, Standing } from './drive.ts';

export const WORKSPACE = { id: 'T0ACME', domain: 'acme', name: 'Acme' };
export const ENTERPRISE = { id: 'E0ACME', name: 'Acme Holdings' };
export const APP = { id: 'A0LATCHBOLT', userId: 'U0LATCHBOLT', botId: 'B0LATCHBOLT', name: 'Latchbolt' };
/** Slack's type for whoever started a workflow, which only Slack itself can fill in. */
export const USER_CONTEXT = 'slack#/types/user_context';

/** The slash commands that the app registered. */
export const COMMANDS = ['/locks'];
/** The shortcuts that the app registered. */
const SHORTCUTS: Shortcut[] = [
  { callback_id: 'shortcut:open', type: 'global', name: 'Unlock a door' },
  { callback_id: 'shortcut:message', type: 'message', name: 'Unlock a door' },
];

/** The workflow step that an org-ready install of the app registers. */
export const STEP = {
  id: 'Fn0UNLOCKDOOR',
  callback_id: 'unlock_door',
  title: 'Unlock a door',
  description: 'Unlocks a door of the person who started the workflow',
  input_parameters: [
    {
      type: USER_CONTEXT,
      name: 'user_context',
      title: 'Person',
      description: 'Who started the workflow',
      is_required: true,
    },
    { type: 'string', name: 'door', title: 'Door', description: 'The name of the door', is_required: true },
  ],
  output_parameters: [
    { type: 'string', name: 'door', title: 'Door', description: 'The name of the door', is_required: true },
    { type: 'string', name: 'outcome', title: 'Outcome', description: 'What came of it', is_required: true },
    {
      type: 'string',
      name: 'sentence',
      title: 'Sentence',
      description: 'The same in words',
      is_required: false,
    },
  ],
};

/** What the app's bot token may do; each Web API method asks for its own. */
export const SCOPES = ['commands', 'chat:write', 'files:write', 'users:read'];
/** The events that the app subscribed to. */
export const EVENTS = ['user_change', 'app_home_opened'];

const FULL: Standing = {
  deleted: false,
  is_bot: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_stranger: false,
};

export const PEOPLE: Person[] = [
  {
    id: 'U0OLIVIA',
    name: 'Olivia Reyes',
    title: 'Owner of the house',
    standing: FULL,
    tz: 'Europe/Berlin',
    teamId: WORKSPACE.id,
    dmChannelId: 'D0OLIVIA',
  },
  {
    id: 'U0BEN',
    name: 'Ben Carter',
    title: 'Colleague',
    standing: FULL,
    tz: 'America/New_York',
    teamId: WORKSPACE.id,
    dmChannelId: 'D0BEN',
  },
  {
    id: 'U0GWEN',
    name: 'Gwen Ito',
    title: 'Guest',
    standing: { ...FULL, is_restricted: true },
    tz: 'Europe/London',
    teamId: WORKSPACE.id,
    dmChannelId: 'D0GWEN',
  },
  {
    id: 'U0CLEO',
    name: 'Cleo Park',
    title: 'Guest of one channel',
    standing: { ...FULL, is_restricted: true, is_ultra_restricted: true },
    tz: 'Asia/Kolkata',
    teamId: WORKSPACE.id,
    dmChannelId: 'D0CLEO',
  },
  {
    id: 'U0DAN',
    name: 'Dan Webb',
    title: 'Deactivated',
    standing: { ...FULL, deleted: true },
    tz: 'Europe/Paris',
    teamId: WORKSPACE.id,
    dmChannelId: 'D0DAN',
  },
  {
    id: 'U0ROBO',
    name: 'Robo Porter',
    title: 'Bot',
    standing: { ...FULL, is_bot: true },
    tz: 'America/Los_Angeles',
    teamId: WORKSPACE.id,
    dmChannelId: 'D0ROBO',
  },
  {
    id: 'U0SAM',
    name: 'Sam Stone',
    title: 'From another company',
    standing: FULL,
    tz: 'Asia/Tokyo',
    teamId: 'T0OTHER',
    dmChannelId: 'D0SAM',
  },
];

const SHARED: Channel = { id: 'C0GENERAL', name: 'general', kind: 'channel' };
const OWN: Channel[] = [SHARED, { id: 'C0FRONTDESK', name: 'front-desk', kind: 'channel' }];

/** Whether someone belongs to another workspace. */
export function isForeign(person: Person): boolean {
  return person.teamId !== WORKSPACE.id;
}

/** The shortcuts that a person is offered: none of our app's to someone of another company. */
export function shortcutsOf(person: Person): Shortcut[] {
  return isForeign(person) ? [] : SHORTCUTS;
}

/** The channels that a person is in. Someone of another company is only in the shared one, and has no DM with our
 * app; nor has a bot. */
export function channelsOf(person: Person): Channel[] {
  const { is_bot, is_ultra_restricted } = person.standing;
  if (isForeign(person)) return [SHARED];
  if (is_bot) return OWN;
  const dm: Channel = { id: person.dmChannelId, name: APP.name, kind: 'dm' };
  return is_ultra_restricted ? [SHARED, dm] : [...OWN, dm];
}

/** The person of this id, as they were at the start: how they are now is told by `People`. */
export function personById(id: string): Person | undefined {
  return PEOPLE.find((person) => person.id === id);
}

/** Whether the app can post there. */
export function isChannel(id: string): boolean {
  return PEOPLE.some((person) => isIn(person, id));
}

export function isIn(person: Person, channelId: string): boolean {
  return channelsOf(person).some((channel) => channel.id === channelId);
}

/** A channel's name as payloads give it. */
export function payloadName(channelId: string): string {
  return OWN.find((channel) => channel.id === channelId)?.name ?? 'directmessage';
}

/** A person's handle, e.g. `olivia.reyes`. */
export function handle(person: Person): string {
  return person.name.toLowerCase().replace(' ', '.');
}
