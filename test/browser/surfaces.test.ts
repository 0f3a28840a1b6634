import { expect, it } from 'vitest';
import { plain } from '../sandbox/slack/support.ts';
import { faintTexts, nameless, overhang, withoutAlt } from './support/judge.ts';
import { personAt } from './support/person.ts';
import { openStandIn, type StandIn } from './support/stand-in.ts';

const option = (text: string, more: object = {}) => ({
  text: plain(text),
  value: text.toLowerCase(),
  ...more,
});

/** The newest action that reached the app. */
async function action(app: StandIn, count: number): Promise<unknown> {
  await expect.poll(() => app.got('block_actions')).toHaveLength(count);
  const { actions } = app.got('block_actions').at(-1) ?? {};
  return Array.isArray(actions) ? actions[0] : null;
}

it('lets every element of a message be used', async () => {
  const app = await openStandIn();
  const { page } = app;
  const message = personAt(page).newest;
  const confirm = {
    title: plain('Sure?'),
    text: plain('It cannot be undone.'),
    confirm: plain('Do it'),
    deny: plain('Leave it'),
    style: 'danger',
  };
  await app.post([
    {
      type: 'section',
      block_id: 'top',
      text: plain('Front Door'),
      accessory: {
        type: 'overflow',
        action_id: 'more',
        options: [option('Rename'), option('Forget', { description: plain('For good') })],
      },
    },
    {
      type: 'actions',
      block_id: 'row',
      elements: [
        { type: 'button', action_id: 'go', text: plain('Go'), value: 'now' },
        { type: 'button', action_id: 'wipe', text: plain('Wipe'), style: 'danger', confirm },
        { type: 'datepicker', action_id: 'day', placeholder: plain('A day') },
        { type: 'timepicker', action_id: 'hour', placeholder: plain('An hour') },
        { type: 'users_select', action_id: 'who', placeholder: plain('A person') },
        {
          type: 'static_select',
          action_id: 'which',
          placeholder: plain('A colour'),
          option_groups: [
            { label: plain('Warm'), options: [option('Red')] },
            { label: plain('Cold'), options: [option('Blue')] },
          ],
        },
        { type: 'checkboxes', action_id: 'ticks', options: [option('One'), option('Two')] },
        { type: 'radio_buttons', action_id: 'single', options: [option('Left'), option('Right')] },
      ],
    },
  ]);
  await message.getByText('Front Door').waitFor();
  expect(await nameless(page)).toEqual([]);

  await message.getByRole('button', { name: 'More options for Front Door' }).click();
  const menu = page.getByRole('menu', { name: 'More options for Front Door' });
  expect(await menu.getByRole('menuitem').allInnerTexts()).toEqual(['Rename', 'Forget\nFor good']);
  await menu.getByText('Forget').click();
  expect(await action(app, 1)).toMatchObject({ type: 'overflow', selected_option: { value: 'forget' } });

  await message.getByRole('button', { name: 'Go' }).click();
  expect(await action(app, 2)).toMatchObject({ type: 'button', action_id: 'go', value: 'now' });

  await message.getByRole('button', { name: 'Wipe' }).click();
  const question = page.getByRole('dialog', { name: 'Sure?' });
  await question.getByText('It cannot be undone.').waitFor();
  await question.getByRole('button', { name: 'Leave it' }).click();
  await question.waitFor({ state: 'detached' });
  await message.getByRole('button', { name: 'Wipe' }).click();
  await question.getByRole('button', { name: 'Do it' }).click();
  expect(await action(app, 3)).toMatchObject({ type: 'button', action_id: 'wipe' });

  await message.getByLabel('A day').fill('2026-06-01');
  expect(await action(app, 4)).toMatchObject({ type: 'datepicker', selected_date: '2026-06-01' });
  await message.getByLabel('An hour').fill('08:15');
  expect(await action(app, 5)).toMatchObject({ type: 'timepicker', selected_time: '08:15' });

  await message.getByRole('button', { name: 'A person' }).click();
  await page.getByRole('combobox', { name: 'Search A person' }).fill('gwen');
  await page.keyboard.press('Enter');
  expect(await action(app, 6)).toMatchObject({ type: 'users_select', selected_user: 'U0GWEN' });

  await message.getByRole('button', { name: 'A colour' }).click();
  await page.getByText('Cold', { exact: true }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await action(app, 7)).toMatchObject({ type: 'static_select', selected_option: { value: 'blue' } });
  await message.getByRole('button', { name: 'A colour: Blue' }).waitFor();

  await message.getByRole('checkbox', { name: 'Two' }).check();
  expect(await action(app, 8)).toMatchObject({ type: 'checkboxes', selected_options: [{ value: 'two' }] });
  await message.getByRole('radio', { name: 'Right' }).check();
  expect(await action(app, 9)).toMatchObject({ type: 'radio_buttons', selected_option: { value: 'right' } });
});

it('draws every kind of block and text, and loads no picture from elsewhere', async () => {
  const app = await openStandIn();
  const { page, slack } = app;
  await app.post([
    { type: 'header', text: plain('A header') },
    { type: 'divider' },
    {
      type: 'section',
      text: {
        type: 'mrkdwn',
        text: '*bold* _slanted_ ~struck~ `code` <https://example.com/a?b=1&amp;c=2|a link> <@U0BEN> <#C0GENERAL> :lock:\n> quoted\n• point',
      },
      fields: [plain('One field'), { type: 'mrkdwn', text: '*Another*' }],
    },
    {
      type: 'context',
      elements: [
        { type: 'image', image_url: `${slack.url}/favicon.svg`, alt_text: 'Our sign' },
        { type: 'mrkdwn', text: 'Small print' },
      ],
    },
    {
      type: 'image',
      image_url: 'https://example.com/far.png',
      alt_text: 'A far picture',
      title: plain('Far'),
    },
    { type: 'section', text: plain('<script>alert(1)</script> *not bold* <@U0BEN>') },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Rich', style: { bold: true } },
            { type: 'emoji', name: 'key' },
          ],
        },
      ],
    },
  ]);
  const message = personAt(page).newest;
  await message.getByRole('heading', { name: 'A header' }).waitFor();
  await message.locator('strong', { hasText: 'bold' }).waitFor();
  await message.locator('em', { hasText: 'slanted' }).waitFor();
  await message.locator('s', { hasText: 'struck' }).waitFor();
  await message.locator('code', { hasText: 'code' }).waitFor();
  const link = message.getByRole('link', { name: 'a link' });
  expect(await link.getAttribute('href')).toBe('https://example.com/a?b=1&c=2');
  expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
  await message.getByText('@Ben Carter').waitFor();
  await message.getByText('#general').waitFor();
  await message.getByText('🔒').waitFor();
  await message.getByRole('blockquote').getByText('quoted').waitFor();
  await message.getByText('One field').waitFor();
  await message.getByRole('img', { name: 'Our sign' }).waitFor();
  await message.getByRole('img', { name: 'A far picture' }).waitFor();
  expect(await message.locator('img').count()).toBe(2);
  await message.getByText('<script>alert(1)</script> *not bold* <@U0BEN>').waitFor();
  await message.getByText('🔑').waitFor();
  expect(await nameless(page)).toEqual([]);
  expect(await withoutAlt(page)).toBe(0);
  expect(await overhang(page)).toEqual([]);
  expect((await faintTexts(page)).faint).toEqual([]);
});

it('opens the app’s Home, which the app draws, and lets it be used', async () => {
  const app = await openStandIn();
  const { page } = app;
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name: 'Latchbolt' }).click();
  await page.getByText('The app has not drawn its Home for you yet.').waitFor();
  await expect
    .poll(() => app.got('event_callback'))
    .toMatchObject([{ event: { type: 'app_home_opened', user: 'U0OLIVIA', tab: 'home' } }]);
  const home = (text: string) => ({
    type: 'home',
    blocks: [
      { type: 'header', text: plain('Your doors') },
      {
        type: 'section',
        block_id: 'door',
        text: plain(text),
        accessory: { type: 'button', action_id: 'open', text: plain('Unlock'), value: 'front' },
      },
    ],
  });
  expect(await app.api('views.publish', { user_id: 'U0OLIVIA', view: home('Front Door') })).toMatchObject({
    ok: true,
  });
  await page.getByRole('main').getByRole('heading', { name: 'Your doors' }).waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Unlock' }).click();
  expect(await action(app, 1)).toMatchObject({ action_id: 'open', value: 'front' });
  expect(app.got('block_actions')).toMatchObject([{ view: { type: 'home' }, container: { type: 'view' } }]);
  expect(
    await app.api('views.publish', { user_id: 'U0OLIVIA', view: home('Front Door, open') }),
  ).toMatchObject({
    ok: true,
  });
  await page.getByRole('main').getByText('Front Door, open').waitFor();
  expect(await overhang(page)).toEqual([]);

  await page.getByRole('navigation', { name: 'Latchbolt' }).getByRole('link', { name: 'Messages' }).click();
  await page.getByText('This is between you and Latchbolt.').waitFor();
});

it('counts what waits in other places and for other people', async () => {
  const app = await openStandIn();
  const { page } = app;
  const post = (channel: string) => app.api('chat.postMessage', { channel, text: 'Hello' });
  await post('D0OLIVIA');
  const entry = page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name: 'Latchbolt' });
  await entry.getByText('1').waitFor();
  await entry.click();
  await page.getByRole('log').getByText('Hello').waitFor();
  await entry.getByText('1').waitFor({ state: 'detached' });
  await post('D0BEN');
  await post('D0OLIVIA');
  await page.getByRole('radio', { name: 'Ben Carter, Colleague, 1 new' }).waitFor();
});

it('shows that a click is on its way, and, as Slack does, that the app failed', async () => {
  const held = Promise.withResolvers<'fault'>();
  const app = await openStandIn(() => held.promise);
  const { page } = app;
  await app.post([
    { type: 'actions', elements: [{ type: 'button', action_id: 'go', text: plain('Go'), value: 'now' }] },
  ]);
  const go = page.getByRole('button', { name: 'Go' });
  await go.click();
  await expect.poll(() => go.getAttribute('aria-busy')).toBe('true');
  // A second click on a button that waits does nothing.
  await go.click();
  held.resolve('fault');
  await expect.poll(() => go.getAttribute('aria-busy')).toBe(null);
  expect(app.got('block_actions')).toHaveLength(1);
  await page.getByRole('main').getByText('Latchbolt could not be reached').waitFor();
});
