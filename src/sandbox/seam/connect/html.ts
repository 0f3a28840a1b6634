import { lockPicture } from '../assets.ts';
import type { Brand } from '../brands.ts';
import { escapeHtml as esc } from './escape.ts';
import { STYLE } from './style.ts';

/** A page of the Connect Webview. All text that came from outside is escaped here. */
function layout(title: string, body: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${esc(title)}</title>` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    `<meta name="robots" content="noindex"><style>${STYLE}</style></head>` +
    `<body><main>${body}</main><footer>Local Seam. Nothing here leaves this machine.</footer></body></html>`
  );
}

/** The choice of a brand. */
export function brandsPage(brands: readonly Brand[], linkTo: (brand: Brand) => string): string {
  const tiles = brands.map(
    (brand) =>
      `<li><a class="brand" href="${esc(linkTo(brand))}">${lockPicture(brand.colour)}` +
      `<span>${esc(brand.name)}</span></a></li>`,
  );
  return layout(
    'Connect your locks',
    '<h1>Connect your locks</h1><p>Which brand are they?</p>' +
      (tiles.length > 0 ? `<ul class="brands">${tiles.join('')}</ul>` : '<p>No brand is offered here.</p>'),
  );
}

interface FormPage {
  brand: Brand;
  action: string;
  formToken: string;
  /** Where another brand can be chosen, or null where there is only one. */
  back: string | null;
  email: string;
  complaint: string | null;
}

/** E-mail and password. */
export function passwordPage({ brand, action, formToken, back, email, complaint }: FormPage): string {
  return layout(
    `Sign in to ${brand.name}`,
    `${heading(brand, `Sign in to ${brand.name}`)}${complain(complaint)}` +
      `<form method="post" action="${esc(action)}"><input type="hidden" name="form_token" value="${esc(formToken)}">` +
      `<input type="hidden" name="provider" value="${esc(brand.key)}">` +
      `<label>E-mail<input name="email" type="email" required maxlength="254" autocomplete="username" autofocus value="${esc(email)}"></label>` +
      '<label>Password<input name="password" type="password" required maxlength="200" autocomplete="current-password"></label>' +
      `<button>Sign in</button></form>${hint('Any address at example.com, password 1234.')}${other(back)}`,
  );
}

/** The code that some brands send. */
export function codePage({ brand, action, formToken, email, complaint }: Omit<FormPage, 'back'>): string {
  return layout(
    `${brand.name} code`,
    `${heading(brand, 'Enter your code')}<p>${esc(brand.name)} sent a code to ${esc(email)}.</p>${complain(complaint)}` +
      `<form method="post" action="${esc(action)}"><input type="hidden" name="form_token" value="${esc(formToken)}">` +
      '<label>Code<input name="code" inputmode="numeric" required maxlength="12" autocomplete="one-time-code" autofocus></label>' +
      `<button>Continue</button></form>${hint('The code is 123456.')}`,
  );
}

/** A page that only says something. */
export function sayingPage(mood: 'good' | 'bad', title: string, text: string): string {
  const mark = mood === 'good' ? '✓' : '!';
  return layout(
    title,
    `<div class="mark ${mood}" aria-hidden="true">${mark}</div><h1>${esc(title)}</h1><p>${esc(text)}</p>`,
  );
}

function heading(brand: Brand, title: string): string {
  return `<div class="logo">${lockPicture(brand.colour)}</div><h1>${esc(title)}</h1>`;
}

function complain(text: string | null): string {
  return text === null ? '' : `<p class="complaint" role="alert">${esc(text)}</p>`;
}

function hint(text: string): string {
  return `<p class="hint">${esc(text)}</p>`;
}

function other(back: string | null): string {
  return back === null ? '' : `<p class="hint"><a href="${esc(back)}">Choose another brand</a></p>`;
}
