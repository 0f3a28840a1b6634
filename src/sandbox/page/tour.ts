/** The first-timer's hint strip: four steps, each ticked off by doing it. */
import type { View as House } from '../seam/drive.ts';
import { type Child, h, type Tree } from './dom.ts';
import { icon } from './icons.ts';
import type { Page } from './state.ts';

/** Which steps are done. */
export interface Tour {
  asked: boolean;
  connected: boolean;
  unlocked: boolean;
  other: boolean;
  hidden: boolean;
}

const storageKey = 'latchbolt-tour';

/** The tour as this tab left it. */
export function loadTour(): Tour {
  const blank: Tour = { asked: false, connected: false, unlocked: false, other: false, hidden: false };
  const done = (sessionStorage.getItem(storageKey) ?? '').split(' ');
  for (const step of ['asked', 'connected', 'unlocked', 'other', 'hidden'] as const) {
    blank[step] = done.includes(step);
  }
  return blank;
}

/** Notes that a step was done. */
export function tick(page: Page, step: keyof Tour): void {
  const { tour } = page.state;
  if (tour[step]) return;
  tour[step] = true;
  sessionStorage.setItem(
    storageKey,
    Object.entries(tour)
      .filter(([, done]) => done)
      .map(([name]) => name)
      .join(' '),
  );
  page.redraw();
}

/** Notes what the doors themselves tell: that an account is connected. */
export function tickFromHouse(page: Page, house: House): void {
  if (!house.doors.some((door) => door.connected)) return;
  tick(page, 'asked');
  tick(page, 'connected');
}

/** Notes what a sent command tells. */
export function tickFromCommand(page: Page, text: string): void {
  if (!text.startsWith('/')) return;
  tick(page, 'asked');
  if (page.state.tour.connected && page.state.me !== page.state.view?.people[0]?.id) tick(page, 'other');
}

function code(text: string): Tree {
  return h('code', {}, text);
}

const steps: { step: Exclude<keyof Tour, 'hidden'>; text: Child[] }[] = [
  { step: 'asked', text: ['Type ', code('/locks')] },
  { step: 'connected', text: ['Connect with ', code('olivia@example.com'), ' and ', code('1234')] },
  { step: 'unlocked', text: ['Click Unlock and watch the door'] },
  { step: 'other', text: ['Become Ben and try ', code('/locks')] },
];

/** The strip, or null once it was put away. */
export function tourStrip(page: Page): Tree | null {
  const { tour } = page.state;
  if (tour.hidden) return null;
  const current = steps.findIndex(({ step }) => !tour[step]);
  return h(
    'section',
    { class: 'tour', 'aria-label': 'First steps' },
    current < 0
      ? h(
          'p',
          { class: 'tour-end' },
          'That is the main job. Become Olivia again: type ',
          code('/locks status front door'),
          ', open the Home of Latchbolt, or lock a door by hand, and see what is told of it.',
        )
      : h(
          'ol',
          {},
          steps.map(({ step, text }, index) =>
            h(
              'li',
              {
                class: tour[step] ? 'done' : index === current ? 'now' : 'later',
                'aria-current': index === current ? 'step' : null,
              },
              h('span', { class: 'tour-mark', 'aria-hidden': 'true' }, tour[step] ? '✓' : String(index + 1)),
              h('span', {}, text, tour[step] && h('span', { class: 'unseen' }, ' (done)')),
            ),
          ),
        ),
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': 'Hide the first steps',
        onclick: () => tick(page, 'hidden'),
      },
      icon('close'),
    ),
  );
}
