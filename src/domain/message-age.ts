/** How long the buttons of a message work, ms: later, somebody else may hold the phone. */
export const MESSAGE_LIFE_MS = 12 * 60 * 60 * 1000;

/** Whether a message that was made at `madeAt`, ms, is too old to act upon. One of unknown age is. */
export function isOld(madeAt: number | null, now: number): boolean {
  return madeAt === null || now - madeAt > MESSAGE_LIFE_MS;
}
