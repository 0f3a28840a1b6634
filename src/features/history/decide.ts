import type { Mark, Way } from '../../domain/history.ts';
import { looksLikeId } from '../../domain/id-schema.ts';
import { type DeviceId, deviceId } from '../../domain/ids.ts';

/** Whose history is shown: of some doors, or of all of the person's. */
export type About = readonly DeviceId[] | 'all';

/** What a button of a history carries. */
export interface HistoryButton {
  readonly about: About;
  readonly way: Way;
  readonly from: Mark;
}

/** More than a person gives one name; their ids have to fit into a button. */
export const MOST_DOORS = 20;

/** What a button is to carry, without its owner. */
export function writeAbout(about: About): string {
  return about === 'all' ? 'all' : about.join(',');
}

/** The same for one that leads on from a mark. */
export function writeButton({ about, way, from }: HistoryButton): readonly string[] {
  return [writeAbout(about), way, String(from.at), encodeURIComponent(from.id)];
}

/** Reads what a button is about; null for anything that we did not write. */
export function readAbout(written: string | undefined): About | null {
  if (written === undefined) return null;
  if (written === 'all') return 'all';
  const ids = written.split(',');
  return ids.length <= MOST_DOORS && ids.every((id) => looksLikeId(id)) ? ids.map(deviceId) : null;
}

/** Reads a button; null for anything that we did not write. */
export function readButton(args: readonly string[]): HistoryButton | null {
  const [written, way, at = '', id = '', ...more] = args;
  const about = readAbout(written);
  const isOurs = (way === 'older' || way === 'newer') && /^\d{1,16}$/.test(at) && more.length === 0;
  if (about === null || !isOurs) return null;
  try {
    return { about, way, from: { at: Number(at), id: decodeURIComponent(id) } };
  } catch {
    return null;
  }
}
