/** What people choose to be told of: the modal, whole, and what comes of it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { read, withNotices } from '../support/notices.ts';
import { BEN, eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
const { choose, hears, act } = withNotices(() => world);
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const modalOf = (who: string) =>
  eventually('the settings', async () => (await world.slack.view(who)).modals.at(-1));
const words = (text: string) => ({ type: 'plain_text', text, emoji: false });
const option = (value: string, text: string) => ({ text: words(text), value });

const KINDS = [
  option('battery', 'The battery of a lock is low'),
  option('offline', 'A lock is offline for more than 30 minutes'),
  option('sign_in', 'An account needs signing in again'),
  option('tamper', 'Somebody may be tampering with a lock'),
  option('removed', 'A lock was removed from its account'),
  option('denied', 'Somebody was not let in'),
  option('code', 'A code was used'),
  option('keypad', 'Unlocked at the keypad or with a card'),
  option('by_hand', 'Unlocked by hand or with a key'),
];
const QUIET = option('on', 'Do not send messages in my quiet hours');

/** The modal as it is shown. */
const shown = (kinds: readonly object[], quiet: readonly object[], from: string, to: string) => [
  {
    type: 'input',
    block_id: 'kinds',
    label: words('Send me a direct message when this happens'),
    optional: true,
    element: {
      type: 'checkboxes',
      action_id: 'kinds',
      options: KINDS,
      ...(kinds.length === 0 ? {} : { initial_options: kinds }),
    },
  },
  {
    type: 'input',
    block_id: 'quiet',
    label: words('Quiet hours'),
    optional: true,
    hint: words(
      'What comes then waits for their end, but for tampering and a colleague who connects your account. The hours are those of your time zone in Slack, Europe/Berlin.',
    ),
    element: {
      type: 'checkboxes',
      action_id: 'quiet',
      options: [QUIET],
      ...(quiet.length === 0 ? {} : { initial_options: quiet }),
    },
  },
  {
    type: 'input',
    block_id: 'from',
    label: words('From'),
    element: { type: 'timepicker', action_id: 'from', initial_time: from },
  },
  {
    type: 'input',
    block_id: 'to',
    label: words('To'),
    element: { type: 'timepicker', action_id: 'to', initial_time: to },
  },
];

it('shows what is usual, keeps what is chosen, says so, and shows that', async () => {
  // Who has typed before has a time zone here.
  await world.type(OLIVIA, '/locks help');
  await world.sees(OLIVIA, ({ text }) => text.startsWith('What you can type'));
  await world.type(OLIVIA, '/locks notices');
  const modal = await modalOf(OLIVIA);
  expect(modal).toMatchObject({ title: 'Messages to you', submit: 'Save', close: 'Cancel', errors: {} });
  expect(modal.blocks).toEqual(shown(KINDS.slice(0, 7), [], '22:00', '07:00'));
  await world.slack.dismiss({ as: OLIVIA, viewId: modal.viewId });
  expect(world.rows('notice_settings')).toEqual([]);

  const saved = await choose(OLIVIA, ['by_hand', 'battery'], ['21:30', '06:15']);
  const said =
    'Saved. You are told by message: The battery of a lock is low; Unlocked by hand or with a key. ' +
    'Quiet hours are from 21:30 to 06:15: what comes then waits for their end, but for tampering and a colleague who connects your account.';
  expect(read(saved)).toEqual({ text: said, lines: [said], buttons: ['Settings'] });
  expect(saved).toMatchObject({ channelId: 'D0OLIVIA', ephemeral: false });
  expect(world.rows('notice_settings')).toEqual([
    {
      scope: 'T0ACME',
      slack_user_id: OLIVIA,
      kinds: '["battery","by_hand"]',
      quiet_from: 21 * 60 + 30,
      quiet_to: 6 * 60 + 15,
    },
  ]);

  await world.click(OLIVIA, 'Settings');
  const again = await modalOf(OLIVIA);
  const [first] = KINDS;
  expect(again.blocks).toEqual(shown([first ?? {}, KINDS[8] ?? {}], [QUIET], '21:30', '06:15'));
  await world.slack.submit({
    as: OLIVIA,
    viewId: again.viewId,
    values: { kinds: { kinds: [] }, quiet: { quiet: [] } },
  });
  await world.sees(
    OLIVIA,
    ({ text }) => text === 'Saved. You are told of nothing by message. There are no quiet hours.',
  );
  // It is hers alone.
  await world.type(BEN, '/locks notices');
  const bens = await modalOf(BEN);
  expect(JSON.stringify(bens.blocks)).not.toContain('21:30');
  expect(world.rows('notice_settings')).toHaveLength(1);
});

it('takes no quiet hours that end when they begin, and says so beside the time', async () => {
  await world.type(OLIVIA, '/locks notices');
  const { viewId } = await modalOf(OLIVIA);
  const values = { quiet: { quiet: ['on'] }, from: { from: '22:00' }, to: { to: '22:00' } };
  await world.slack.submit({ as: OLIVIA, viewId, values });
  expect((await modalOf(OLIVIA)).errors).toEqual({
    to: 'Choose a time that is not the one at which they begin.',
  });
  expect(world.rows('notice_settings')).toEqual([]);
  // Without quiet hours it does not matter.
  await world.slack.submit({ as: OLIVIA, viewId, values: { quiet: { quiet: [] } } });
  await world.sees(OLIVIA, ({ text }) => text.endsWith('There are no quiet hours.'));
});

it('offers a button where Slack does not open it', async () => {
  await world.slack.faults([{ at: 'views.open', do: 'error', error: 'expired_trigger_id', times: 1 }]);
  await world.type(OLIVIA, '/locks notices');
  const answer = await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Settings'));
  expect(read(answer)).toEqual({
    text: 'Slack did not open the settings in time. Press Settings.',
    lines: ['Slack did not open the settings in time. Press Settings.'],
    buttons: ['Settings'],
  });
  await world.click(OLIVIA, 'Settings');
  await modalOf(OLIVIA);
});

it('turns off nothing for a button of a kind that is not there, and only for who clicks', async () => {
  await world.connect(OLIVIA, 'ben@example.com');
  await act('Bike Shed', { battery: 0.1 });
  const notice = await hears(OLIVIA);
  const { action_id, value } = world.button(notice, 'Turn these off');
  expect(value).toBe(`${OLIVIA} battery`);
  await world.forge(OLIVIA, { action_id, value: `${OLIVIA} sunset` });
  await world.sees(OLIVIA, ({ text }) => text.startsWith('Nothing was turned off: '));
  expect(world.rows('notice_settings')).toEqual([]);
  // Ben clicks what is hers.
  await world.forge(BEN, { action_id, value });
  await world.sees(BEN, ({ text }) => text.startsWith('Turned off: '));
  expect(world.rows('notice_settings').map(({ slack_user_id }) => slack_user_id)).toEqual([BEN]);
});
