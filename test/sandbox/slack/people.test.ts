import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { only, type Rig, rig } from './support.ts';

const AT = 1_700_000_000_000;

const profile = (real: string, team: string) => {
  const display = real.toLowerCase().replace(' ', '.');
  const [first, last] = real.split(' ');
  return {
    title: '',
    phone: '',
    skype: '',
    real_name: real,
    real_name_normalized: real,
    display_name: display,
    display_name_normalized: display,
    fields: null,
    status_text: '',
    status_text_canonical: '',
    status_emoji: '',
    status_emoji_display_info: [],
    status_expiration: 0,
    avatar_hash: 'g0000000',
    first_name: first,
    last_name: last,
    team,
  };
};

/** What Slack says of everyone, deactivated or not. */
const always = (id: string, real: string, team = 'T0ACME') => ({
  id,
  team_id: team,
  name: real.toLowerCase().replace(' ', '.'),
  deleted: false,
  profile: profile(real, team),
  is_bot: false,
  is_app_user: false,
  updated: AT / 1000,
});

const active = {
  color: '9f69e7',
  is_admin: false,
  is_owner: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_email_confirmed: true,
  who_can_share_contact_card: 'EVERYONE',
};

const BERLIN = { tz: 'Europe/Berlin', tz_label: 'Central European Standard Time', tz_offset: 3_600 };
const NEW_YORK = { tz: 'America/New_York', tz_label: 'Eastern Standard Time', tz_offset: -18_000 };
const LONDON = { tz: 'Europe/London', tz_label: 'Greenwich Mean Time', tz_offset: 0 };
const KOLKATA = { tz: 'Asia/Kolkata', tz_label: 'India Standard Time', tz_offset: 19_800 };
const LOS_ANGELES = { tz: 'America/Los_Angeles', tz_label: 'Pacific Standard Time', tz_offset: -28_800 };
const TOKYO = { tz: 'Asia/Tokyo', tz_label: 'Japan Standard Time', tz_offset: 32_400 };

const everyone: [string, string, object][] = [
  [
    'a member',
    'U0BEN',
    { ...always('U0BEN', 'Ben Carter'), ...active, ...NEW_YORK, real_name: 'Ben Carter' },
  ],
  [
    'a guest of several channels',
    'U0GWEN',
    { ...always('U0GWEN', 'Gwen Ito'), ...active, ...LONDON, real_name: 'Gwen Ito', is_restricted: true },
  ],
  [
    'a guest of one channel',
    'U0CLEO',
    {
      ...always('U0CLEO', 'Cleo Park'),
      ...active,
      ...KOLKATA,
      real_name: 'Cleo Park',
      is_restricted: true,
      is_ultra_restricted: true,
    },
  ],
  [
    'someone deactivated, of whom much is left out',
    'U0DAN',
    { ...always('U0DAN', 'Dan Webb'), deleted: true },
  ],
  [
    'a bot',
    'U0ROBO',
    {
      ...always('U0ROBO', 'Robo Porter'),
      ...active,
      ...LOS_ANGELES,
      real_name: 'Robo Porter',
      is_bot: true,
      is_email_confirmed: false,
      profile: {
        ...profile('Robo Porter', 'T0ACME'),
        always_active: true,
        api_app_id: 'A0ROBO',
        bot_id: 'B0ROBO',
      },
    },
  ],
  [
    'someone of another company, with whom the app shares a channel',
    'U0SAM',
    {
      ...always('U0SAM', 'Sam Stone', 'T0OTHER'),
      ...active,
      ...TOKYO,
      real_name: 'Sam Stone',
      is_stranger: false,
    },
  ],
];

describe('users.info', () => {
  test.each(everyone)('says who %s is', async (_what, id, user) => {
    const { api } = await rig({ clock: () => AT });
    expect(await api('users.info', { user: id })).toEqual({ ok: true, user });
  });

  test('knows nobody by no id, or by another', async () => {
    const { api } = await rig();
    const unknown = { ok: false, error: 'user_not_found' };
    expect([await api('users.info'), await api('users.info', { user: 'U0NOBODY' })]).toEqual([
      unknown,
      unknown,
    ]);
  });

  test('says how someone stands now, and since when', async () => {
    const { api, drive } = await rig({ clock: () => AT });
    await drive.clock({ advanceMs: 60_000 });
    await drive.person({ id: 'U0BEN', deleted: true });
    await drive.person({ id: 'U0OLIVIA', is_ultra_restricted: true });
    await drive.person({ id: 'U0SAM', is_stranger: true });
    const updated = AT / 1000 + 60;
    expect([
      await api('users.info', { user: 'U0BEN' }),
      await api('users.info', { user: 'U0OLIVIA' }),
      await api('users.info', { user: 'U0SAM' }),
    ]).toEqual([
      { ok: true, user: { ...always('U0BEN', 'Ben Carter'), deleted: true, updated } },
      {
        ok: true,
        user: {
          ...always('U0OLIVIA', 'Olivia Reyes'),
          ...active,
          ...BERLIN,
          real_name: 'Olivia Reyes',
          is_restricted: true,
          is_ultra_restricted: true,
          updated,
        },
      },
      {
        ok: true,
        user: {
          ...always('U0SAM', 'Sam Stone', 'T0OTHER'),
          ...active,
          ...TOKYO,
          real_name: 'Sam Stone',
          is_stranger: true,
          updated,
        },
      },
    ]);
  });
});

describe('a time zone', () => {
  const zoneOf = async (made: Rig, user: string) =>
    z
      .object({ user: z.object({ tz: z.string(), tz_label: z.string(), tz_offset: z.number() }) })
      .parse(await made.api('users.info', { user })).user;

  test('is told as it is at that moment, in summer too', async () => {
    const made = await rig({ clock: () => Date.UTC(2026, 2, 29, 0, 59) });
    const winter = await zoneOf(made, 'U0OLIVIA');
    await made.drive.clock({ advanceMs: 60_000 });
    expect([winter, await zoneOf(made, 'U0OLIVIA')]).toEqual([
      BERLIN,
      { tz: 'Europe/Berlin', tz_label: 'Central European Summer Time', tz_offset: 7_200 },
    ]);
  });

  test.each([
    ['America/St_Johns', 'Newfoundland Standard Time', -12_600],
    ['UTC', 'Coordinated Universal Time', 0],
    ['Pacific/Kiritimati', 'Line Islands Time', 50_400],
  ])('can be changed to %s, of which the app is told', async (tz, tz_label, tz_offset) => {
    const made = await rig({ clock: () => AT });
    await made.drive.person({ id: 'U0BEN', tz });
    expect(await zoneOf(made, 'U0BEN')).toEqual({ tz, tz_label, tz_offset });
    const { user } = await made.api('users.info', { user: 'U0BEN' });
    expect(only(made.received).body.event).toMatchObject({ type: 'user_change', user });
    const { me } = await made.drive.view('U0BEN');
    expect([me.tz, me.title]).toEqual([tz, 'Colleague']);
  });

  test('that stays as it was tells nothing, and one that is none is refused', async () => {
    const made = await rig();
    await made.drive.person({ id: 'U0BEN', tz: 'America/New_York' });
    for (const tz of ['Mars/Olympus', '+02:00', '']) {
      await expect(made.drive.person({ id: 'U0BEN', tz })).rejects.toThrow('IANA knows no such time zone');
    }
    expect(made.received).toEqual([]);
    expect((await made.drive.view('U0BEN')).me.tz).toBe('America/New_York');
  });
});

test('everyone is named by what they are, also once that changed', async () => {
  const { drive } = await rig();
  const titles = async () => (await drive.view('U0BEN')).people.map(({ name, title }) => `${name}: ${title}`);
  const before = await titles();
  await drive.person({ id: 'U0OLIVIA', is_restricted: true });
  await drive.person({ id: 'U0BEN', deleted: true });
  await drive.person({ id: 'U0CLEO', is_ultra_restricted: false });
  await drive.person({ id: 'U0DAN', deleted: false });
  await drive.person({ id: 'U0GWEN', is_restricted: false });
  const { me } = await drive.view('U0BEN');
  expect([before, await titles(), me.title]).toEqual([
    [
      'Olivia Reyes: Owner of the house',
      'Ben Carter: Colleague',
      'Gwen Ito: Guest',
      'Cleo Park: Guest of one channel',
      'Dan Webb: Deactivated',
      'Robo Porter: Bot',
      'Sam Stone: From another company',
    ],
    [
      'Olivia Reyes: Guest',
      'Ben Carter: Deactivated',
      'Gwen Ito: Member',
      'Cleo Park: Guest',
      'Dan Webb: Member',
      'Robo Porter: Bot',
      'Sam Stone: From another company',
    ],
    'Deactivated',
  ]);
});

test('who is no guest any more is not one of one channel either', async () => {
  const { api, drive } = await rig();
  await drive.person({ id: 'U0CLEO', is_restricted: false });
  expect(await api('users.info', { user: 'U0CLEO' })).toMatchObject({
    user: { is_restricted: false, is_ultra_restricted: false },
  });
});

test('everyone is in the channels that Slack would let them into', async () => {
  const { drive } = await rig();
  const channels = async (as: string) => (await drive.view(as)).channels.map(({ id }) => id);
  expect([await channels('U0CLEO'), await channels('U0DAN'), await channels('U0ROBO')]).toEqual([
    ['C0GENERAL', 'D0CLEO'],
    ['C0GENERAL', 'C0FRONTDESK', 'D0DAN'],
    ['C0GENERAL', 'C0FRONTDESK'],
  ]);
});
