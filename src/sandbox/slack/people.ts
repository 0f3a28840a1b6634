/** How everyone stands in the workspace right now and where they live, and the user objects that Slack makes of it. */
import { isDeepStrictEqual } from 'node:util';
import { handle, isForeign, PEOPLE } from './cast.ts';
import type { Clock } from './clock.ts';
import type { Person, Standing } from './drive.ts';
import { zoneAt } from './zones.ts';

/** How someone stands and their time zone, and since when, ms since 1970. */
interface Stand {
  standing: Standing;
  tz: string;
  at: number;
}

export class People {
  private readonly clock: Clock;
  private readonly changed: () => void;
  private readonly stands: Map<string, Stand>;

  constructor(clock: Clock, changed: () => void) {
    this.clock = clock;
    this.changed = changed;
    const at = clock.now();
    this.stands = new Map(PEOPLE.map(({ id, standing, tz }) => [id, { standing, tz, at }]));
  }

  all(): Person[] {
    return PEOPLE.map((person) => this.asTheyStand(person));
  }

  /** A person of the cast with their standing and time zone of now. */
  asTheyStand(person: Person): Person {
    const { standing, tz } = this.standOf(person);
    return { ...person, standing, tz, title: titleOf(person, standing) };
  }

  /** Changes how someone stands, or their time zone; whether that was a change at all. */
  change(person: Person, { tz: newTz, ...change }: Partial<Standing> & { tz?: string }): boolean {
    const { standing: before, tz: tzBefore } = this.standOf(person);
    const standing = { ...before, ...change };
    const tz = newTz ?? tzBefore;
    // A guest of one channel is a guest, and who is none is not one of one channel.
    if (change.is_restricted === false) standing.is_ultra_restricted = false;
    if (standing.is_ultra_restricted) standing.is_restricted = true;
    if (tz === tzBefore && isDeepStrictEqual(standing, before)) return false;
    this.stands.set(person.id, { standing, tz, at: this.clock.now() });
    this.changed();
    return true;
  }

  /** Slack's user object. */
  userObject(person: Person): Record<string, unknown> {
    const { standing, tz, at } = this.standOf(person);
    const name = handle(person);
    const { deleted, is_bot, is_restricted, is_ultra_restricted, is_stranger } = standing;
    const always = {
      id: person.id,
      team_id: person.teamId,
      name,
      deleted,
      profile: profileOf(person, is_bot),
      is_bot,
      is_app_user: false,
      updated: Math.floor(at / 1000),
      ...(isForeign(person) ? { is_stranger } : {}),
    };
    // Of the deactivated, Slack says no more (measured in brekkylab/backlot#258).
    if (deleted) return always;
    return {
      ...always,
      color: '9f69e7',
      real_name: person.name,
      tz,
      ...zoneAt(tz, this.clock.now()),
      is_admin: false,
      is_owner: false,
      is_primary_owner: false,
      is_restricted,
      is_ultra_restricted,
      is_email_confirmed: !is_bot,
      who_can_share_contact_card: 'EVERYONE',
    };
  }

  private standOf(person: Person): Stand {
    const stand = this.stands.get(person.id);
    if (stand === undefined) throw new Error(`${person.id} is not of the cast`);
    return stand;
  }
}

/** As in the story, or what became of them since. */
function titleOf({ title, standing: first }: Person, now: Standing): string {
  if (isDeepStrictEqual(first, now)) return title;
  if (now.deleted) return 'Deactivated';
  if (now.is_bot) return 'Bot';
  if (now.is_ultra_restricted) return 'Guest of one channel';
  if (now.is_restricted) return 'Guest';
  return first.deleted || first.is_bot || first.is_restricted ? 'Member' : title;
}

function profileOf(person: Person, isBot: boolean): Record<string, unknown> {
  const name = handle(person);
  const [first = '', last = ''] = person.name.split(' ');
  return {
    title: '',
    phone: '',
    skype: '',
    real_name: person.name,
    real_name_normalized: person.name,
    display_name: name,
    display_name_normalized: name,
    fields: null,
    status_text: '',
    status_text_canonical: '',
    status_emoji: '',
    status_emoji_display_info: [],
    status_expiration: 0,
    avatar_hash: 'g0000000',
    first_name: first,
    last_name: last,
    team: person.teamId,
    ...(isBot ? { always_active: true, api_app_id: 'A0ROBO', bot_id: 'B0ROBO' } : {}),
  };
}
