/** Builders of blocks and views, good and bad. */
import { checkBlocks } from '../../../src/sandbox/slack/check.ts';
import { plain } from './support.ts';

export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
export const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
export const divider = { type: 'divider' };
export const option = (n: number | string) => ({ text: plain(`Option ${n}`), value: String(n) });
export const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), ...more });
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const section = (more: object = {}) => ({ type: 'section', text: mrkdwn('hello'), ...more });
export const input = (element: object, more: object = {}) => ({
  type: 'input',
  label: plain('Name'),
  element,
  ...more,
});
export const select = (more: object) => ({ type: 'static_select', ...more });
export const confirm = (more: object = {}) => ({
  title: plain('Sure?'),
  text: mrkdwn('It opens.'),
  confirm: plain('Open'),
  deny: plain('Leave'),
  ...more,
});
export const confirming = (more: object) => actions(button({ confirm: confirm(more) }));
export const modal = (more: object = {}) => ({
  type: 'modal',
  title: plain('Door'),
  blocks: [divider],
  ...more,
});

/** What is wrong with one block in a message; null when nothing is. */
export function wrongWith(...blocks: object[]): string[] | null {
  const checked = checkBlocks(blocks);
  return checked.ok ? null : checked.messages;
}
