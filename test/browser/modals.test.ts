import { expect, it } from 'vitest';
import { plain } from '../sandbox/slack/support.ts';
import { faintTexts, nameless } from './support/judge.ts';
import { openStandIn } from './support/stand-in.ts';

const options = ['Red', 'Green', 'Blue'].map((name) => ({ text: plain(name), value: name.toLowerCase() }));
const input = (block_id: string, label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: 'value', ...element },
  ...more,
});
const modal = (title: string, blocks: readonly object[], more: object = {}) => ({
  type: 'modal',
  title: plain(title),
  submit: plain('Save'),
  close: plain('Not now'),
  blocks,
  ...more,
});

/** One of every input that there is. */
const everything = modal('Everything', [
  input(
    'text',
    'Text',
    { type: 'plain_text_input', placeholder: plain('A word') },
    { hint: plain('A hint.') },
  ),
  input('lines', 'Lines', { type: 'plain_text_input', multiline: true }),
  input('mail', 'E-mail', { type: 'email_text_input' }),
  input('web', 'Address', { type: 'url_text_input' }),
  input('number', 'Number', { type: 'number_input', is_decimal_allowed: true }),
  input('day', 'Day', { type: 'datepicker', initial_date: '2026-06-01' }),
  input('hour', 'Hour', { type: 'timepicker' }),
  input('moment', 'Moment', { type: 'datetimepicker' }),
  input('colour', 'Colour', { type: 'static_select', options }),
  input('colours', 'Colours', { type: 'multi_static_select', options }),
  input('person', 'Person', { type: 'users_select' }),
  input('people', 'People', { type: 'multi_users_select' }),
  input('channel', 'Channel', { type: 'channels_select' }),
  input('talk', 'Conversation', { type: 'conversations_select' }),
  input('found', 'Found', { type: 'external_select', min_query_length: 2 }),
  input('ticks', 'Ticks', { type: 'checkboxes', options }),
  input('one', 'One', { type: 'radio_buttons', options }),
  input('extra', 'Extra', { type: 'plain_text_input' }, { optional: true }),
]);

it('takes every kind of input, and the app gets what was put in', async () => {
  const app = await openStandIn((body) =>
    body.type === 'block_suggestion' ? { options: [{ text: plain('Found it'), value: 'it' }] } : null,
  );
  const { page } = app;
  await app.openModal(everything);
  const dialog = page.getByRole('dialog', { name: 'Everything' });
  expect(await nameless(page)).toEqual([]);
  const field = (label: string) => dialog.getByLabel(label, { exact: true });
  /** Opens a select's list and picks the lines. */
  const pick = async (label: string, ...lines: string[]) => {
    await dialog.getByRole('button', { name: `${label}: Choose…` }).click();
    const list = page.getByRole('listbox', { name: label, exact: true });
    for (const line of lines) await list.getByRole('option', { name: line }).click();
    if (lines.length > 1) await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
  };

  await dialog.getByText('A hint.').waitFor();
  await field('Text').fill('some words');
  await field('Lines').fill('one\ntwo');
  await field('E-mail').fill('olivia@example.com');
  await field('Address').fill('https://example.com/a');
  await field('Number').fill('2.5');
  expect(await field('Day').inputValue()).toBe('2026-06-01');
  await field('Hour').fill('17:30');
  await field('Moment').fill('2026-06-02T09:00');
  await pick('Colour', 'Green');
  await dialog.getByRole('button', { name: 'Colour: Green' }).waitFor();
  await pick('Colours', 'Red', 'Blue');
  await dialog.getByRole('button', { name: 'Colours: Red, Blue' }).waitFor();
  await pick('Person', 'Ben Carter');
  await pick('People', 'Ben Carter', 'Gwen Ito');
  await pick('Channel', '#front-desk');
  await pick('Conversation', '#general');
  await dialog.getByRole('button', { name: 'Found: Choose…' }).click();
  const search = page.getByRole('combobox', { name: 'Search Found' });
  await search.pressSequentially('f');
  await page.getByRole('status').getByText('Type 2 or more characters.').waitFor();
  await search.pressSequentially('o');
  await page.getByRole('option', { name: 'Found it' }).click();
  await dialog.getByRole('button', { name: 'Found: Found it' }).waitFor();
  await dialog.getByRole('checkbox', { name: 'Red' }).check();
  await dialog.getByRole('checkbox', { name: 'Green' }).check();
  await dialog.getByRole('radio', { name: 'Blue' }).check();
  await dialog.getByText('(optional)').waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });

  const [submitted] = app.got('view_submission');
  const moment = Date.parse('2026-06-02T09:00') / 1000;
  expect(submitted).toMatchObject({
    user: { id: 'U0OLIVIA' },
    view: {
      state: {
        values: {
          text: { value: { value: 'some words' } },
          lines: { value: { value: 'one\ntwo' } },
          mail: { value: { value: 'olivia@example.com' } },
          web: { value: { value: 'https://example.com/a' } },
          number: { value: { value: '2.5' } },
          day: { value: { selected_date: '2026-06-01' } },
          hour: { value: { selected_time: '17:30' } },
          moment: { value: { selected_date_time: moment } },
          colour: { value: { selected_option: { value: 'green' } } },
          colours: { value: { selected_options: [{ value: 'red' }, { value: 'blue' }] } },
          person: { value: { selected_user: 'U0BEN' } },
          people: { value: { selected_users: ['U0BEN', 'U0GWEN'] } },
          channel: { value: { selected_channel: 'C0FRONTDESK' } },
          talk: { value: { selected_conversation: 'C0GENERAL' } },
          found: { value: { selected_option: { value: 'it' } } },
          ticks: { value: { selected_options: [{ value: 'red' }, { value: 'green' }] } },
          one: { value: { selected_option: { value: 'blue' } } },
          extra: { value: { value: null } },
        },
      },
    },
  });
});

it('shows what Slack and what the app find wrong, beside each input, and keeps what was typed', async () => {
  let tries = 0;
  const app = await openStandIn((body) => {
    if (body.type !== 'view_submission') return null;
    tries += 1;
    return tries === 1 ? { response_action: 'errors', errors: { name: 'Somebody is called that.' } } : null;
  });
  const { page } = app;
  await app.openModal(modal('Form', [input('name', 'Name', { type: 'plain_text_input' })]));
  const dialog = page.getByRole('dialog', { name: 'Form' });
  const name = dialog.getByLabel('Name');
  const save = dialog.getByRole('button', { name: 'Save' });

  await save.click();
  await dialog.getByRole('alert').getByText('Please complete this required field.').waitFor();
  expect(app.got('view_submission')).toEqual([]);
  expect(await name.getAttribute('aria-invalid')).toBe('true');
  expect((await faintTexts(page)).faint).toEqual([]);

  await name.fill('Olivia');
  await save.click();
  await dialog.getByRole('alert').getByText('Somebody is called that.').waitFor();
  expect(await name.inputValue()).toBe('Olivia');
  await name.fill('Olive');
  // Enter submits a form of one line, as in Slack.
  await name.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(app.got('view_submission')).toHaveLength(2);
});

it('stacks modals, and Escape closes the one on top and leads back', async () => {
  const app = await openStandIn((body) =>
    body.type === 'view_submission'
      ? { response_action: 'push', view: modal('Second', [{ type: 'divider' }]) }
      : null,
  );
  const { page } = app;
  await app.openModal(
    modal('First', [input('a', 'Name', { type: 'plain_text_input' })], { notify_on_close: true }),
  );
  const first = page.getByRole('dialog', { name: 'First' });
  const name = first.getByLabel('Name');
  // The focus is in the first field at once.
  await page.keyboard.type('kept');
  await first.getByRole('button', { name: 'Save' }).click();
  const second = page.getByRole('dialog', { name: 'Second' });
  await second.waitFor();
  await first.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await first.waitFor();
  expect(await name.inputValue()).toBe('kept');
  await first.getByRole('button', { name: 'Not now' }).click();
  await first.waitFor({ state: 'detached' });
  await expect.poll(() => app.got('view_closed')).toHaveLength(1);
  await expect
    .poll(() =>
      page
        .getByRole('combobox', { name: 'Message #general' })
        .evaluate((at) => at === document.activeElement),
    )
    .toBe(true);
});

it('draws a modal anew when the app updates it, in answer to a pick', async () => {
  const picker = { type: 'static_select', action_id: 'value', options };
  const block = { type: 'section', block_id: 'pick', text: plain('A colour'), accessory: picker };
  const app = await openStandIn();
  const { page } = app;
  await app.openModal(modal('Colours', [block]));
  await page.getByRole('button', { name: 'A colour: Choose…' }).click();
  await page.getByRole('option', { name: 'Blue' }).click();
  await expect.poll(() => app.got('block_actions')).toHaveLength(1);
  const [action] = app.got('block_actions');
  expect(action).toMatchObject({
    container: { type: 'view' },
    actions: [{ type: 'static_select', action_id: 'value', selected_option: { value: 'blue' } }],
  });
  const { view } = await app.drive.view('U0OLIVIA').then(({ modals }) => ({ view: modals.at(-1) }));
  const updated = modal('Colours', [block, { type: 'section', text: plain('Blue it is.') }]);
  expect(await app.api('views.update', { view_id: view?.viewId, view: updated })).toMatchObject({ ok: true });
  await page.getByRole('dialog').getByText('Blue it is.').waitFor();
});
