/** Draws images, but only those of the two local servers: the page asks nothing of anyone else. */
import type { ImageElement } from '@slack/types';
import { h, type Tree } from './dom.ts';
import { seamUrl } from './drive.ts';
import { icon } from './icons.ts';

/** The address if the page may load it, else null. */
function localUrl(address: string): string | null {
  const url = URL.parse(address, location.href);
  return url && (url.origin === location.origin || url.origin === seamUrl) ? url.href : null;
}

/** An image, or, for one from elsewhere, a frame with its description. */
export function image(element: ImageElement, size: 'icon' | 'thumbnail' | 'full'): Tree {
  const address = 'image_url' in element ? element.image_url : '';
  const src = localUrl(address);
  const alt = element.alt_text;
  if (src) return h('img', { src, alt, class: `image ${size}`, loading: 'lazy' });
  return h(
    'span',
    { role: 'img', 'aria-label': alt, class: `image ${size} absent` },
    icon('image'),
    size === 'full' && alt,
  );
}
