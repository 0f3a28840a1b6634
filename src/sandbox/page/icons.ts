/** The page's small drawings: strokes on a 20 by 20 grid, in the colour of the text around them. */
import { h, type Tree } from './dom.ts';

const paths = {
  eye: 'M1.8 10S4.8 4.6 10 4.6 18.2 10 18.2 10 15.2 15.4 10 15.4 1.8 10 1.8 10ZM10 12.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8Z',
  close: 'M5 5l10 10M15 5 5 15',
  menu: 'M3 5.5h14M3 10h14M3 14.5h14',
  dots: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  down: 'M5.5 8l4.5 4.5L14.5 8',
  send: 'M3.5 16.5 17 10 3.5 3.5l1.8 6.5-1.8 6.5ZM5.5 10H11',
  hash: 'M7.8 3 6.2 17M13.8 3l-1.6 14M3.6 7.4h13.2M3.2 12.6h13.2',
  house: 'M3 9.2 10 3.4l7 5.8M5 8v8.6h10V8M8.3 16.6v-4.8h3.4v4.8',
  check: 'M4.5 10.5l3.6 3.6 7.4-8',
  offline:
    'M3 3l14 14M5.2 10.6A7 7 0 0 1 8 8.9M12.6 9.2a7 7 0 0 1 2.2 1.4M2.4 7.6a11 11 0 0 1 2.7-1.8M8 4.9a11 11 0 0 1 9.6 2.7M7.8 13.4a3.3 3.3 0 0 1 4.4 0M10 16.4h.01',
  image: 'M3 4.5h14v11H3zM3 13l4-3.6 3.2 2.8 3-3.4L17 12.4M7.4 7.6h.01',
  bolt: 'M11.2 2.6 4.6 11.4h4.8l-.6 6 6.6-8.8h-4.8l.6-6Z',
  file: 'M5 2.8h6.4L15 6.4v10.8H5ZM11.2 2.8v3.8H15',
} as const;

/** A decorative drawing: whatever it means is also said in words beside it. */
export function icon(name: keyof typeof paths): Tree {
  return h(
    'svg',
    { class: `icon icon-${name}`, viewBox: '0 0 20 20', 'aria-hidden': 'true' },
    h('path', { d: paths[name] }),
  );
}
