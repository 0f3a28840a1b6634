import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Door, NO_CODES } from '../../src/domain/door.ts';
import { deviceId, listingId, moveId, slackUserId } from '../../src/domain/ids.ts';
import { firstVisible } from '../../src/domain/name.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { checkBlocks } from '../../src/sandbox/slack/check.ts';
import { plain } from '../../src/slack/mrkdwn.ts';
import { outcomeColumn } from '../../src/store/columns.ts';
import type { Move } from '../../src/store/move-row.ts';
import { doorsMessage, type MessageSight, showsMove } from '../../src/views/doors.ts';
import { buttonsIn, textsIn } from '../support/blocks.ts';
import { aDoor, aListing, aMove, START, someone } from '../support/sights.ts';

const nothing = {
  sightings: new Map(),
  moves: new Map(),
  locking: new Map(),
  favourites: [],
  paused: false,
  pausedByOwner: false,
  asOf: null,
};
const verbatim = (text: string) => ({ type: 'plain_text', text, emoji: false });
const button = (text: string, action_id: string, value = 'U0OLIVIA listing-1') => ({
  type: 'button',
  text: verbatim(text),
  action_id,
  value,
});
const another = button('Connect another account', 'connect:start');

describe('the message of a person’s doors', () => {
  test.each([
    [{ codes: { ...NO_CODES, online: true } }, ['Refresh', 'Make a code', 'Settings', 'Add to favourites']],
    [{ codes: NO_CODES }, ['Refresh', 'Settings', 'Add to favourites']],
  ])('of one door offer what it takes: %j', (facts, offered) => {
    const listing = aListing({ doors: [aDoor(facts)], about: { heading: 'Your door.', only: [aDoor().id] } });
    const row = doorsMessage({ ...nothing, listing }).blocks.at(-1);
    const texts = row?.type === 'actions' ? row.elements.map((one) => 'text' in one && one.text?.text) : [];
    expect(texts).toEqual(offered);
  });

  test('shows each door and what can be done', () => {
    const back = aDoor({ id: deviceId('door-2'), name: 'Back & <Gate>', canUnlock: false, online: false });
    const message = doorsMessage({ ...nothing, listing: aListing({ doors: [aDoor(), back] }) });
    expect(message.text).toBe(
      'Your doors. Front Door: locked. Back &amp; &lt;Gate&gt;: locked, offline, cannot be unlocked from afar.',
    );
    expect(message.blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: '*Your doors*' } },
      {
        type: 'section',
        text: verbatim('Front Door'),
        accessory: expect.objectContaining({ value: 'U0OLIVIA listing-1 door-1' }),
      },
      expect.objectContaining({ type: 'context' }),
      { type: 'section', text: verbatim('Back & <Gate>') },
      expect.objectContaining({ type: 'context' }),
      { type: 'actions', elements: [button('Refresh', 'list:refresh'), another] },
    ]);
  });

  test.each([
    ['the only page', [null], null, 'Your doors', []],
    ['the first of several', [null], 'c2', 'Your doors, page 1', ['Next']],
    ['one in the middle', [null, 'c2'], 'c3', 'Your doors, page 2', ['Previous', 'Next']],
    ['the last', [null, 'c2', 'c3'], null, 'Your doors, page 3', ['Previous']],
  ])('offers the way to other pages: %s', (_, cursors, next, title, turns) => {
    const { text, blocks } = doorsMessage({ ...nothing, listing: aListing({ cursors, next }) });
    expect(text).toBe(`${title}. Front Door: locked.`);
    expect(blocks[0]).toEqual({ type: 'section', text: { type: 'mrkdwn', text: `*${title}*` } });
    expect(blocks.at(-1)).toEqual({
      type: 'actions',
      elements: [
        ...turns.map((turn) => button(turn, `list:${turn.toLowerCase()}`)),
        button('Refresh', 'list:refresh'),
        another,
      ],
    });
  });

  test('says so when a page is empty', () => {
    expect(doorsMessage({ ...nothing, listing: aListing({ doors: [], next: 'c2' }) })).toEqual({
      text: 'Your doors, page 1. There are no doors on this page.',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: '*Your doors, page 1*' } },
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'There are no doors on this page.' }] },
        {
          type: 'actions',
          elements: [button('Next', 'list:next'), button('Refresh', 'list:refresh'), another],
        },
      ],
    });
  });

  test('shows the unlock and the sighting of each door at that door', () => {
    const [front, back] = [aDoor(), aDoor({ id: deviceId('door-2'), name: 'Back' })];
    const { text } = doorsMessage({
      ...nothing,
      listing: aListing({ doors: [front, back] }),
      sightings: new Map([[front.id, { deviceId: front.id, state: 'locked', how: 'asked', at: START }]]),
      moves: new Map([[back.id, aMove({ deviceId: back.id })]]),
    });
    expect(text).toBe('Your doors. Front Door: locked. Back: unlocking.');
  });
});

describe('an unlock is shown', () => {
  const ended = (endedAt: number): Move => aMove({ state: 'ended', outcome: { kind: 'unlocked' }, endedAt });

  test.each<[string, Move, boolean]>([
    ['while it is under way', aMove({ requestedAt: START - 99_999 }), true],
    ['when it ended after the list was made', ended(START + 1), true],
    ['when it ended in the moment the list was made', ended(START), true],
    ['not when the list is newer', ended(START - 1), false],
    ['not for a door of another page', aMove({ deviceId: deviceId('door-9') }), false],
  ])('%s', (_, unlock, shown) => {
    expect(showsMove(aListing(), unlock)).toBe(shown);
    const { text } = doorsMessage({
      ...nothing,
      listing: aListing(),
      sightings: new Map(),
      moves: new Map([[unlock.deviceId, unlock]]),
    });
    expect(text !== 'Your doors. Front Door: locked.').toBe(shown);
  });
});

describe('whatever the doors are called', () => {
  const MARK = '※';
  const words = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme-composite', maxLength: 80 }),
    fc.constantFrom(
      '<!channel>',
      '*bold*',
      '<@U1>',
      '&amp;',
      '\ud83d',
      '\u202e',
      '👨‍👩‍👧'.repeat(60),
      'x'.repeat(9_000),
      '&'.repeat(9_000),
    ),
  );
  /** Marked, so that it can be found again, and named as the Seam port names it. */
  const name = words.map((text) => firstVisible([`${text}${MARK}`], MARK));
  const marked = words.map((text) => `${MARK}${text}`);
  const id = fc.stringMatching(/^[\w-]{1,64}$/);

  const door: fc.Arbitrary<Door> = fc.record({
    id: id.map(deviceId),
    accountId: fc.constant(aDoor().accountId),
    name: fc.oneof(name, marked),
    state: fc.constantFrom('locked', 'unlocked', 'unknown'),
    online: fc.option(fc.boolean()),
    battery: fc.option(
      fc.record({
        level: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
        status: fc.option(fc.constantFrom('critical', 'low', 'good', 'full')),
      }),
    ),
    canUnlock: fc.boolean(),
    canLock: fc.boolean(),
    codes: fc.constant(aDoor().codes),
    problems: fc.array(
      fc.record({
        kind: fc.constantFrom('error', 'warning'),
        code: fc.oneof(marked, fc.constantFrom('privacy_mode', 'device_removed', '__proto__', 'constructor')),
        message: marked,
      }),
      { maxLength: 6 },
    ),
  });
  const outcome: fc.Arbitrary<Outcome> = fc.oneof(
    fc.constantFrom<Outcome>({ kind: 'unlocked' }, { kind: 'sent' }, { kind: 'unknown', why: 'lost' }),
    fc.record({
      kind: fc.constant('failed'),
      reason: fc.constantFrom('lock_refused', 'seam_busy', 'offline'),
      said: fc.option(marked),
      waitMs: fc.option(fc.integer({ min: -5, max: 1e10 })),
    }),
  );
  const moment = fc.integer({ min: START - 1e6, max: START + 1e6 });
  const seen: fc.Arbitrary<MessageSight> = fc
    .record({
      doors: fc.uniqueArray(fc.tuple(door, fc.option(outcome), moment, fc.option(moment)), {
        // The most that a page has: Slack takes 50 blocks.
        maxLength: 23,
        selector: ([{ id: one }]) => one,
      }),
      listing: id.map(listingId),
      cursors: fc.array(fc.option(words), { minLength: 1, maxLength: 4 }),
      next: fc.option(words),
      heading: fc.option(words.map((one) => `None is called ${plain(one)}.`)),
      isFavourite: fc.boolean(),
      paused: fc.boolean(),
      pausedByOwner: fc.boolean(),
    })
    .map(({ doors, listing, cursors, next, heading, isFavourite, paused, pausedByOwner }) => ({
      paused,
      pausedByOwner,
      favourites: isFavourite ? doors.map(([{ id: one }]) => one) : [],
      asOf: null,
      locking: new Map(),
      listing: aListing({
        id: listing,
        owner: { ...someone(), userId: slackUserId('U0OLIVIA') },
        doors: doors.map(([one]) => one),
        cursors,
        next,
        about: heading === null ? null : { heading, only: doors.map(([{ id: one }]) => one) },
      }),
      sightings: new Map(
        doors.flatMap(([one, , , at]) =>
          at === null
            ? []
            : [[one.id, { deviceId: one.id, state: 'locked' as const, how: 'keypad' as const, at }] as const],
        ),
      ),
      moves: new Map(
        doors.map(([one, ended, at], index) => [
          one.id,
          aMove({
            id: moveId(`unlock-${index}`),
            deviceId: one.id,
            ...(ended === null ? {} : { state: 'ended' as const, outcome: ended, endedAt: at }),
          }),
        ]),
      ),
    }));

  test('Slack takes the message, and nobody’s words are more than words in it', async () => {
    await fc.assert(
      fc.property(seen, (sight) => {
        const { text, blocks } = doorsMessage(sight);
        const checked = checkBlocks(JSON.parse(JSON.stringify(blocks)));
        expect(checked).toMatchObject({ ok: true });
        expect(text.length).toBeLessThan(40_000);
        expect(text.replaceAll(/&(amp|lt|gt);/g, '')).not.toMatch(/[&<>]/);
        expect(text.isWellFormed()).toBe(true);
        const texts = textsIn(blocks);
        expect(texts.filter((one) => one.type === 'mrkdwn' && one.text.includes(MARK))).toEqual([]);
        expect(texts.filter((one) => !one.text.isWellFormed() || /[\n\u202e]/.test(one.text))).toEqual([]);
        for (const one of sight.listing.doors) {
          const value = `U0OLIVIA ${sight.listing.id} ${one.id}`;
          const underWay = sight.moves.get(one.id)?.state === 'under_way';
          const offered = buttonsIn(blocks).filter((button) => button.value === value);
          const ids = offered.map(({ action_id }) => action_id);
          expect(ids.includes('door:unlock')).toBe(one.canUnlock && !underWay);
          if (!one.canLock || underWay) expect(ids).not.toContain('door:lock');
          expect(new Set(ids).size).toBe(ids.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('an outcome comes out of the journal as it went in', async () => {
    await fc.assert(
      fc.property(outcome, (one) => {
        expect(outcomeColumn.read(outcomeColumn.write(one))).toEqual(one);
      }),
    );
  });
});
