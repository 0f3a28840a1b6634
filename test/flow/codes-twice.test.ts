/** One button is one code, however often and wherever it is clicked. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interactionId } from '../../src/domain/ids.ts';
import { codes } from '../../src/features/codes/index.ts';
import { seen, withCodes } from '../support/codes.ts';
import { aRun, codesOfAnotherProcess, oliviaOf } from '../support/run.ts';
import { eventually, OLIVIA, startWorld, type World } from '../support/world.ts';

let world: World;
const { standings, creations, failedCode } = withCodes(() => world);
beforeEach(async () => {
  world = await startWorld();
  await world.connect(OLIVIA, 'codes@example.com');
});
afterEach(() => world.close());

/** Clicks the newest button with this text twice at once. */
const clickTwice = (text: string) => Promise.all([world.click(OLIVIA, text), world.click(OLIVIA, text)]);
describe('New PIN, clicked twice,', () => {
  it('makes one new PIN', async () => {
    await failedCode();
    // The first click is still asking whose the door is when the second comes.
    await world.seam.faults([{ at: '/devices/list', do: 'delay', ms: 700, times: 1 }]);
    await clickTwice('New PIN');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Porch, for Anna: The PIN works.'));
    await eventually('the old one is gone', () => world.rows('code')[0]?.over === 1);
    expect(standings()).toEqual([{ kind: 'ended', why: 'revoked' }, { kind: 'set' }]);
    expect(await creations()).toHaveLength(2);
  });

  it('in two processes at once makes one new PIN', async () => {
    await failedCode();
    await world.house.bot.close();
    const [first, second] = [await aRun(world), await aRun(world)];
    const [row] = world.rows('code');
    const person = await oliviaOf(first);
    const clicked = {
      ...{
        person,
        userId: person.userId,
        responseUrl: null,
        at: world.time.now(),
        postedAt: world.time.now(),
      },
      ...{ place: 'message' as const, triggerId: null, args: [String(row?.id)], rest: '', picked: [] },
      ...{ view: null, inOwnMessage: false },
    };
    // Each finds the old one as it was before either revokes it.
    const both = Promise.withResolvers<void>();
    let waiting = 0;
    const together = (run: typeof first): typeof first => ({
      ...run,
      seam: {
        ...run.seam,
        async deleteCode(id) {
          waiting += 1;
          if (waiting === 2) both.resolve();
          await both.promise;
          await run.seam.deleteCode(id);
        },
      },
    });
    const elsewhere = await codesOfAnotherProcess();
    await Promise.all([
      codes.actions.again?.(together(first), { ...clicked, interaction: interactionId('click-1') }),
      elsewhere.actions.again?.(together(second), { ...clicked, interaction: interactionId('click-2') }),
    ]);
    expect(world.rows('code')[0]).toMatchObject({ revoked_at: expect.any(Number) });
    expect(await creations()).toHaveLength(2);
    expect(world.rows('code')).toHaveLength(2);
  });
});

describe('This one, clicked twice,', () => {
  const picker = async () => {
    await world.type(OLIVIA, '/locks code porsh for 1h for Anna');
    return world.sees(OLIVIA, ({ text }) => text.startsWith('None of your doors'));
  };
  const works = () => world.sees(OLIVIA, ({ text }) => text.startsWith('Porch, for Anna: The PIN works.'));

  it('makes one code; the second click shows it, also later', async () => {
    const button = world.button(await picker(), 'This one');
    await clickTwice('This one');
    await works();
    await world.click(OLIVIA, 'This one');
    expect(seen(await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Show PIN')))).toEqual({
      text: 'Porch, for Anna: The PIN works. Until <moment>.',
      lines: ['Porch, for Anna', 'Until <moment> The PIN works.'],
      buttons: ['Show PIN', 'Revoke'],
      ephemeral: true,
    });
    expect(standings()).toEqual([{ kind: 'set' }]);
    expect(await creations()).toHaveLength(1);
    // Another message is another wish.
    world.time.advance(1_000);
    expect(world.button(await picker(), 'This one').value).toBe(button.value);
    await world.click(OLIVIA, 'This one');
    await eventually('another code', () => world.rows('code').length === 2);
    await eventually('both are set', () =>
      standings().every((one) => JSON.stringify(one) === '{"kind":"set"}'),
    );
    expect(await creations()).toHaveLength(2);
  });

  it('makes one where the first click was refused', async () => {
    await picker();
    await world.type(OLIVIA, '/locks pause');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('Opening doors from Slack is paused'));
    await world.click(OLIVIA, 'This one');
    await world.sees(OLIVIA, ({ text }) => text.startsWith('No code was made. You have paused'));
    await world.type(OLIVIA, '/locks resume');
    await world.sees(OLIVIA, ({ buttons }) => buttons.includes('Resume opening doors'));
    await world.click(OLIVIA, 'Resume opening doors');
    await world.sees(OLIVIA, ({ text }) => text === 'You can open your doors from Slack again.');
    await world.click(OLIVIA, 'This one');
    await works();
    expect(standings()).toEqual([{ kind: 'refused', why: 'paused_by_you', waitMs: null }, { kind: 'set' }]);
    expect(await creations()).toHaveLength(1);
  });
});
