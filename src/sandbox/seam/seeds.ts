import type { Fate } from './drive.ts';
import { type Keypad, USUAL_KEYPAD } from './lock.ts';

/** A door as an account brings it along. */
export interface Seed {
  name: string;
  kind?: 'thermostat';
  locked?: boolean;
  online?: boolean;
  /** 0 to 1, or null for a wired lock. */
  battery?: number | null;
  fate?: Fate;
  canUnlockRemotely?: boolean;
  /** As `canUnlockRemotely` unless it says otherwise. */
  canLockRemotely?: boolean;
  autoLockMs?: number;
  /** Given where there is a sensor: whether the door stands open. */
  doorOpen?: boolean;
  keypad?: Keypad;
}

/** How many doors `many@example.com` has: two pages of Seam's default size. */
const MANY = 1000;

/** Olivia's house has one door for each way in which an unlock can end. */
const OLIVIA: Seed[] = [
  { name: 'Front Door', battery: 0.92 },
  { name: 'Back Gate', online: false, battery: 0.55 },
  { name: 'Garage', battery: 0.12 },
  { name: 'Server Room', battery: null, fate: { kind: 'unconfirmed' } },
  {
    name: 'Studio',
    battery: 0.66,
    fate: {
      kind: 'fails',
      type: 'lock_jammed',
      message: 'The bolt is jammed. Check the door and try again.',
    },
  },
  { name: 'Cellar', battery: 0.71, fate: { kind: 'works', ms: 4000 } },
  { name: 'Loft', battery: 0.48, fate: { kind: 'hangs' } },
  { name: 'Keypad Only', battery: 0.83, canUnlockRemotely: false },
  { name: 'Hall Thermostat', kind: 'thermostat' },
];

/** A house with a lock for each way in which codes work. */
const CODES: Seed[] = [
  { name: 'Porch', battery: 0.88, doorOpen: false },
  {
    name: 'Lobby',
    battery: null,
    canLockRemotely: false,
    autoLockMs: 5_000,
    keypad: {
      ...USUAL_KEYPAD,
      lengths: [6],
      most: 3,
      constraints: ['cannot_start_with_12', 'no_all_same_digits'],
    },
  },
  {
    name: 'Shed',
    battery: 0.7,
    online: false,
    canUnlockRemotely: false,
    keypad: {
      online: false,
      offline: true,
      lengths: [9],
      most: 199,
      constraints: ['cannot_specify_pin_code'],
    },
  },
];

/** Names that break whoever forgets to escape, or to count. */
const ODD: Seed[] = [
  { name: 'Kitchen <!channel> & *bold*' },
  { name: '🚪 Tür & Tor' },
  { name: '<script>alert("hi")</script>' },
  { name: '_Attic_ ~old~ `code`' },
  { name: `Long ${'corridor '.repeat(12).trim()}` },
  { name: '‮desrever' },
];

/** The doors that come with an e-mail address, whichever brand it signs in to. */
export function seedsOf(email: string): Seed[] {
  switch (email) {
    case 'olivia@example.com':
      return OLIVIA;
    case 'ben@example.com':
      return [{ name: 'Bike Shed', battery: 0.77 }];
    case 'gwen@example.com':
      return [{ name: 'Guest House', battery: 0.64 }];
    case 'codes@example.com':
      return CODES;
    case 'odd@example.com':
      return ODD;
    case 'many@example.com':
      return Array.from({ length: MANY }, (_, i) => ({ name: `Room ${String(i + 1).padStart(4, '0')}` }));
    default:
      return [{ name: ownDoor(email) }];
  }
}

/** The place that the doors of an e-mail address are in, e.g. `Olivia's place`. */
export function placeOf(email: string): string {
  return `${titled(email)}'s place`;
}

function ownDoor(email: string): string {
  return `${titled(email)}'s Door`;
}

function titled(email: string): string {
  const name = email.slice(0, email.indexOf('@'));
  return name.charAt(0).toUpperCase() + name.slice(1);
}
