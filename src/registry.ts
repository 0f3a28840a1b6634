import type { Feature, Subcommand } from './feature.ts';

/** Finds who handles what; made once, at start. */
export interface Registry {
  subcommand(word: string): Subcommand | null;
  /** The feature and verb of an action id `feature:verb` that some feature handles. */
  action(actionId: string): { readonly feature: Feature; readonly verb: string } | null;
}

/** Throws a TypeError when two features claim the same name or word: one would never be called. */
export function createRegistry(features: readonly Feature[]): Registry {
  const subcommands = unique(
    features.flatMap(({ subcommands: words }) => words),
    ({ word }) => word,
  );
  const actions = new Map<string, { feature: Feature; verb: string }>(
    [...unique(features, ({ name }) => name).values()].flatMap((feature) =>
      Object.keys(feature.actions).map((verb) => [`${feature.name}:${verb}`, { feature, verb }] as const),
    ),
  );
  return {
    subcommand: (word) => subcommands.get(word) ?? null,
    action: (actionId) => actions.get(actionId) ?? null,
  };
}

function unique<Value>(
  values: readonly Value[],
  nameOf: (value: Value) => string,
): ReadonlyMap<string, Value> {
  const map = new Map<string, Value>();
  for (const value of values) {
    const name = nameOf(value);
    if (map.has(name)) throw new TypeError(`two features claim "${name}"`);
    map.set(name, value);
  }
  return map;
}
