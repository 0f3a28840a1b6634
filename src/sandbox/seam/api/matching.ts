import type { Metadata } from '../world.ts';

/** Whether all wanted pairs are among the metadata; a query cannot tell `true` from `"true"`. */
export function hasMetadata(
  metadata: Metadata,
  wanted: Record<string, string | boolean> | undefined,
): boolean {
  return Object.entries(wanted ?? {}).every(
    ([name, value]) => name in metadata && String(metadata[name]) === String(value),
  );
}

/** Whether one of the texts holds what is searched for, upper and lower case alike. */
export function includesText(texts: readonly unknown[], search: string | undefined): boolean {
  if (search === undefined) return true;
  const wanted = search.toLowerCase();
  return texts.some((one) => typeof one === 'string' && one.toLowerCase().includes(wanted));
}

/** Whether it is among those wanted, or nothing in particular is. */
export function isAmong<T>(one: T, wanted: readonly T[] | undefined): boolean {
  return wanted === undefined || wanted.includes(one);
}

/** Whether it is the one wanted, or none in particular is. */
export function isThat<T>(one: T, wanted: T | undefined): boolean {
  return wanted === undefined || one === wanted;
}
