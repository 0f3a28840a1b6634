import { expect, it } from 'vitest';
import { faintTexts, nameless, overhang } from './support/judge.ts';
import { personAt } from './support/person.ts';
import { openStage } from './support/stage.ts';
import { openStandIn } from './support/stand-in.ts';

/** Those who have no place of their own in the bar, and what they are. */
const others = [
  ['Cleo Park', 'Guest of one channel', ['general']],
  ['Dan Webb', 'Deactivated', ['general', 'front-desk']],
  ['Robo Porter', 'Bot', ['general', 'front-desk']],
  ['Sam Stone', 'From another company', ['general']],
] as const;

it.each(others)('lets a visitor act as %s: %s', async (name, title, channels) => {
  const { page, got, received } = await openStandIn();
  const visitor = personAt(page);
  const sidebar = page.getByRole('navigation', { name: 'Channels' });
  await visitor.choose('More people', `${name}\\s*${title}`);
  await page.getByRole('radio', { name: `${name}, ${title}`, checked: true }).waitFor();
  await sidebar.getByText(title).waitFor();
  const links = await sidebar.getByRole('link').allInnerTexts();
  expect(links.filter((link) => link !== 'Latchbolt')).toEqual(channels);
  await visitor.type('/locks');
  if (name === 'Sam Stone') {
    await page.getByRole('log').getByText('/locks is not a valid command').waitFor();
    expect(received).toEqual([]);
  } else {
    await expect.poll(() => received.map(({ body }) => body.command)).toEqual(['/locks']);
  }
  expect(got('block_actions')).toEqual([]);
});

it('shows what became of someone, also on a small phone', async () => {
  const { world, page } = await openStage();
  const ben = page.getByRole('radio', { name: 'Ben Carter, Deactivated' });
  await world.slack.person({ id: 'U0BEN', deleted: true });
  await page.getByRole('radio', { name: 'Ben Carter, Colleague' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'More people' }).click();
  const menu = page.getByRole('menu', { name: 'More people' });
  await expect
    .poll(() => menu.getByRole('menuitemradio').allInnerTexts())
    .toEqual([
      'Ben Carter\nDeactivated',
      'Cleo Park\nGuest of one channel',
      'Dan Webb\nDeactivated',
      'Robo Porter\nBot',
      'Sam Stone\nFrom another company',
    ]);
  expect((await faintTexts(page)).faint).toEqual([]);
  await menu.getByText('Ben Carter').click();
  await ben.waitFor();
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await overhang(page)).toEqual([]);
  expect(await nameless(page)).toEqual([]);
});

it('shows a copy of a message, without anything to use in it', async () => {
  const app = await openStandIn();
  await app.post([
    {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
    },
  ]);
  const [message] = (await app.drive.view('U0OLIVIA')).messages;
  if (message === undefined) throw new Error('no message');
  await app.drive.share({ as: 'U0BEN', message: message.id, channel: 'C0GENERAL' });
  const { newest, page } = personAt(app.page);
  await newest.getByText('A message').waitFor();
  expect(await newest.getByRole('blockquote').innerText()).toBe('Latchbolt\n\nA message');
  // The message's own menu is no part of the copy.
  const buttons = newest.getByRole('button');
  expect(await buttons.evaluateAll((all) => all.map((one) => one.ariaLabel))).toEqual(['More actions']);
  expect(await nameless(page)).toEqual([]);
});
