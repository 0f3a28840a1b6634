/** Files that came with a message: what they are called, how large they are, and what is in them. */
import type { File } from '../slack/drive.ts';
import { h, type Tree } from './dom.ts';
import { icon } from './icons.ts';

const units = ['byte', 'kilobyte', 'megabyte'] as const;

/** A size in the largest unit that it fills, e.g. `2.1 kB`. */
function sizeText(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  const shape = { style: 'unit', unit: units[power] ?? 'byte', maximumFractionDigits: 1 } as const;
  const unitDisplay = power === 0 ? 'long' : 'short';
  return new Intl.NumberFormat('en', { ...shape, unitDisplay }).format(bytes / 1000 ** power);
}

function isText({ mimetype }: File): boolean {
  return mimetype.startsWith('text/') || mimetype === 'application/json';
}

function drawFile(file: File): Tree {
  const name = [icon('file'), h('strong', {}, file.name), h('small', {}, sizeText(file.size))];
  if (!isText(file)) return h('div', { key: file.id, class: 'file' }, h('div', { class: 'file-name' }, name));
  return h(
    'details',
    { key: file.id, class: 'file', 'aria-label': file.name },
    h('summary', { class: 'file-name' }, name),
    h('pre', { tabindex: '0', role: 'region', 'aria-label': file.name }, file.content),
  );
}

/** Draws a message's files; a text opens where it stands. */
export function drawFiles(files: File[]): Tree | null {
  return files.length === 0 ? null : h('div', { class: 'files' }, files.map(drawFile));
}
