/** The little square pictures of people and of the app. */
import { h, type Tree } from './dom.ts';

const colours = 6;

/** A stable small number for a name, so that each keeps its colour. */
function tint(name: string): number {
  let sum = 7;
  for (const character of name) sum = (sum * 3 + (character.codePointAt(0) ?? 0)) % 9973;
  return sum % colours;
}

/** A person's picture: an initial on a colour. */
export function face(name: string): Tree {
  return h(
    'span',
    { class: `face tint-${tint(name)}`, 'aria-hidden': 'true' },
    name.slice(0, 1).toUpperCase(),
  );
}

/** The app's picture. */
export function appFace(): Tree {
  return h('span', { class: 'face app', 'aria-hidden': 'true' }, h('img', { src: '/favicon.svg', alt: '' }));
}
