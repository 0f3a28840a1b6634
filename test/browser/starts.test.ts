import { WebClient } from '@slack/web-api';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { plain, silent } from '../sandbox/slack/support.ts';
import { faintTexts, nameless, overhang } from './support/judge.ts';
import { personAt } from './support/person.ts';
import { openStandIn, type StandIn } from './support/stand-in.ts';

const DOORS = ['Front Door', 'Garage', 'Garden Gate'];

const chooser = {
  type: 'modal',
  callback_id: 'choose',
  title: plain('Unlock a door'),
  submit: plain('Unlock'),
  blocks: [
    {
      type: 'input',
      block_id: 'door',
      label: plain('Door'),
      element: { type: 'external_select', action_id: 'door', min_query_length: 0 },
    },
  ],
};

/** An app that opens a modal at a shortcut, and offers the doors that match what is typed. */
async function openChooser(): Promise<StandIn> {
  const app: StandIn = await openStandIn(async (body) => {
    if (body.type === 'shortcut' || body.type === 'message_action') {
      await app.api('views.open', { trigger_id: body.trigger_id, view: chooser });
    }
    if (body.type !== 'block_suggestion') return null;
    const query = z.string().parse(body.value).toLowerCase();
    const found = DOORS.filter((door) => door.toLowerCase().includes(query));
    return { options: found.map((door) => ({ text: plain(door), value: door })) };
  });
  return app;
}

async function judge({ page }: StandIn): Promise<void> {
  expect({
    nameless: await nameless(page),
    overhang: await overhang(page),
    faint: (await faintTexts(page)).faint,
  }).toEqual({ nameless: [], overhang: [], faint: [] });
}

it('runs the global shortcut by keyboard, and finds the door by typing', async () => {
  const app = await openChooser();
  const { page } = app;
  const { keyboard } = page;
  await personAt(page).composer.focus();
  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.getByRole('menu', { name: 'Shortcuts' }).waitFor();
  await judge(app);
  await keyboard.press('Enter');

  const dialog = page.getByRole('dialog', { name: 'Unlock a door' });
  await dialog.getByRole('button', { name: 'Door: Choose…' }).click();
  const options = page.getByRole('listbox', { name: 'Door' }).getByRole('option');
  await expect.poll(() => options.allInnerTexts()).toEqual(DOORS);
  await keyboard.type('gar');
  await expect.poll(() => options.allInnerTexts()).toEqual(['Garage', 'Garden Gate']);
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Unlock', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(app.got('shortcut')).toMatchObject([{ callback_id: 'shortcut:open', user: { id: 'U0OLIVIA' } }]);
  expect(app.got('view_submission')).toMatchObject([
    { view: { state: { values: { door: { door: { selected_option: { value: 'Garden Gate' } } } } } } },
  ]);
});

it('runs the shortcut of a message from its menu, which a message for one person has not', async () => {
  const app = await openChooser();
  const { page } = app;
  const olivia = personAt(page);
  await app.drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: 'Somebody rings.' });
  await app.api('chat.postEphemeral', { channel: 'C0GENERAL', user: 'U0OLIVIA', text: 'Only for you.' });
  await olivia.newest.getByText('Only for you.').waitFor();
  const menus = page.getByRole('button', { name: 'More actions' });
  expect(await menus.count()).toBe(1);
  await olivia.messages.first().hover();
  await menus.click();
  await page.getByRole('menuitem', { name: 'Unlock a door' }).click();
  await page.getByRole('dialog', { name: 'Unlock a door' }).waitFor();
  expect(app.got('message_action')).toMatchObject([
    { callback_id: 'shortcut:message', channel: { id: 'C0GENERAL' }, message: { text: 'Somebody rings.' } },
  ]);
});

it('shows files by name and size, and what is in a text', async () => {
  const app = await openStandIn();
  const { page, slack } = app;
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, logger: silent });
  await client.filesUploadV2({
    channel_id: 'C0GENERAL',
    initial_comment: 'Your history',
    file_uploads: [
      { filename: 'history.csv', content: 'door,when\nFront Door,10:00\n' },
      { filename: 'door.png', file: Buffer.alloc(2_100) },
    ],
  });
  const { newest } = personAt(page);
  await newest.getByText('Your history').waitFor();
  const content = newest.getByRole('region', { name: 'history.csv' });
  expect(await content.isVisible()).toBe(false);
  await newest.locator('summary').press('Enter');
  expect(await content.innerText()).toBe('door,when\nFront Door,10:00\n');
  await newest.getByText('27 bytes').waitFor();
  await newest.getByText('2.1 kB').waitFor();
  expect(await newest.locator('summary').count()).toBe(1);
  await judge(app);
  // What is open stays so when the page is drawn anew.
  await app.drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: 'Thanks' });
  await page.getByText('Thanks').waitFor();
  expect(await page.getByRole('region', { name: 'history.csv' }).isVisible()).toBe(true);
});

it('starts a workflow, and tells how its runs ended', async () => {
  const app: StandIn = await openStandIn(() => null, {}, { workflow: true });
  const { page } = app;
  await personAt(page).choose('Shortcuts', 'Unlock a door.*A step of Latchbolt');
  const dialog = page.getByRole('dialog', { name: 'Unlock a door' });
  const start = dialog.getByRole('button', { name: 'Start workflow' });
  expect(await start.isDisabled()).toBe(true);
  await dialog.getByLabel('Door').fill('Front Door');
  await start.click();
  await dialog.getByText('Running…').waitFor();
  const [event] = app.got('event_callback').map((body) =>
    z
      .object({
        type: z.string(),
        inputs: z.object({ door: z.string() }),
        function_execution_id: z.string(),
      })
      .parse(body.event),
  );
  expect(event).toMatchObject({ type: 'function_executed', inputs: { door: 'Front Door' } });
  const { function_execution_id } = event ?? {};
  const outputs = { door: 'Front Door', outcome: 'unlocked' };
  await app.api('functions.completeSuccess', { function_execution_id, outputs });
  await dialog.getByText('Completed: door = Front Door, outcome = unlocked').waitFor();
  await judge(app);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

it('offers nothing to people of another company', async () => {
  const { page, drive } = await openStandIn(() => null, { as: 'U0SAM' }, { workflow: true });
  await drive.command({ as: 'U0BEN', channel: 'C0GENERAL', text: 'Hello' });
  await personAt(page).newest.getByText('Hello').waitFor();
  expect(await page.getByRole('button', { name: /^(Shortcuts|More actions)$/ }).count()).toBe(0);
});

it('leads to the app’s Home and its messages, and tells the app which was opened', async () => {
  const app = await openStandIn();
  const { page } = app;
  await page.getByRole('navigation', { name: 'Channels' }).getByText('Latchbolt').click();
  await page.getByText('The app has not drawn its Home for you yet.').waitFor();
  await page.getByRole('link', { name: 'Messages' }).click();
  await personAt(page).composer.waitFor();
  await expect
    .poll(() => app.got('event_callback').map(({ event }) => event))
    .toMatchObject([
      { type: 'app_home_opened', tab: 'home' },
      { type: 'app_home_opened', tab: 'messages' },
    ]);
});
