/** With webhooks a look is only a safety net for one that got lost, ms. */
const WITH_WEBHOOKS_MS = 60_000;
const SHORTEST_MS = 1_500;
const LONGEST_MS = 20_000;

/** The pause before the next look at a link of this age, ms: a login takes a person a minute or so. */
export function pauseBefore(ageMs: number, webhooks: boolean): number {
  if (webhooks) return WITH_WEBHOOKS_MS;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ageMs / 20));
}
