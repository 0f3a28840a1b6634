import { BRANDS } from './brands.ts';
import type { Answer } from './http.ts';

/** The picture of a brand's lock at `/assets/<brand>.svg`, or null for another path. */
export function asset(path: string): Answer | null {
  const brand = BRANDS.find(({ key }) => path === `/assets/${key}.svg`);
  if (!brand) return null;
  return {
    status: 200,
    headers: {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=3600',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'x-content-type-options': 'nosniff',
    },
    body: lockPicture(brand.colour),
  };
}

/** A padlock on a tile of that colour. */
export function lockPicture(colour: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" aria-hidden="true">` +
    `<rect width="64" height="64" rx="14" fill="${colour}"/>` +
    `<path d="M22 29v-6a10 10 0 0 1 20 0v6" fill="none" stroke="#fff" stroke-width="5"/>` +
    `<rect x="17" y="28" width="30" height="22" rx="5" fill="#fff"/>` +
    `<circle cx="32" cy="39" r="4" fill="${colour}"/></svg>`
  );
}
