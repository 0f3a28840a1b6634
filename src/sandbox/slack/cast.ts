/** The story that the local Slack tells: one workspace, one app, four people. */
import type { Channel, Person } from './drive.ts';

export const WORKSPACE = { id: 'T0ACME', domain: 'acme', name: 'Acme' };
export const ENTERPRISE = { id: 'E0ACME', name: 'Acme Holdings' };
export const APP = { id: 'A0LATCHBOLT', userId: 'U0LATCHBOLT', botId: 'B0LATCHBOLT', name: 'Latchbolt' };
/** The slash commands that the app registered. */
export const COMMANDS = ['/locks'];

export const PEOPLE: Person[] = [
  {
    id: 'U0OLIVIA',
    name: 'Olivia Reyes',
    title: 'Owner of the house',
    role: 'member',
    teamId: WORKSPACE.id,
    dmChannelId: 'D0OLIVIA',
  },
  {
    id: 'U0BEN',
    name: 'Ben Carter',
    title: 'Colleague',
    role: 'member',
    teamId: WORKSPACE.id,
    dmChannelId: 'D0BEN',
  },
  {
    id: 'U0GWEN',
    name: 'Gwen Ito',
    title: 'Guest',
    role: 'guest',
    teamId: WORKSPACE.id,
    dmChannelId: 'D0GWEN',
  },
  {
    id: 'U0SAM',
    name: 'Sam Stone',
    title: 'From another company',
    role: 'stranger',
    teamId: 'T0OTHER',
    dmChannelId: 'D0SAM',
  },
];

const SHARED: Channel = { id: 'C0GENERAL', name: 'general', kind: 'channel' };
const OWN: Channel[] = [SHARED, { id: 'C0FRONTDESK', name: 'front-desk', kind: 'channel' }];

/** The channels that a person is in. A stranger is only in the shared one, and has no DM with our app. */
export function channelsOf(person: Person): Channel[] {
  if (person.role === 'stranger') return [SHARED];
  return [...OWN, { id: person.dmChannelId, name: APP.name, kind: 'dm' }];
}

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
