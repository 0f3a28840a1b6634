import type { Feature, Step, Subcommand } from './feature.ts';

/** Who handles an id `feature:verb`. */
interface Found<Handle> {
  readonly feature: Feature;
  readonly verb: string;
  readonly handle: Handle;
}
type HandleOf<Kind extends 'actions' | 'shortcuts' | 'submits' | 'suggests' | 'timers'> = NonNullable<
  Feature[Kind]
>[string];

/** Finds who handles what; made once, at start. Each answer is null where no feature does. */
export interface Registry {
  subcommand(word: string): Subcommand | null;
  action(id: string): Found<HandleOf<'actions'>> | null;
  shortcut(id: string): Found<HandleOf<'shortcuts'>> | null;
  submit(id: string): Found<HandleOf<'submits'>> | null;
  suggest(id: string): Found<HandleOf<'suggests'>> | null;
  /** By its own name, which has no feature's before it. */
  step(callbackId: string): Step | null;
  timer(kind: string): Found<HandleOf<'timers'>> | null;
}

/** Throws a TypeError when two features claim the same name or word: one would never be called. */
export function createRegistry(features: readonly Feature[]): Registry {
  const subcommands = unique(
    features.flatMap(({ subcommands: words }) => words),
    ({ word }) => word,
  );
  const steps = unique(
    features.flatMap(({ steps: own = {} }) => Object.entries(own)),
    ([callbackId]) => callbackId,
  );
  const known = [...unique(features, ({ name }) => name).values()];
  return {
    subcommand: (word) => subcommands.get(word) ?? null,
    action: finder(known, ({ actions }) => actions),
    shortcut: finder(known, ({ shortcuts }) => shortcuts),
    submit: finder(known, ({ submits }) => submits),
    suggest: finder(known, ({ suggests }) => suggests),
    step: (callbackId) => steps.get(callbackId)?.[1] ?? null,
    timer: finder(known, ({ timers }) => timers),
  };
}

function finder<Handle>(
  features: readonly Feature[],
  handlersOf: (feature: Feature) => Readonly<Record<string, Handle>> | undefined,
): (id: string) => Found<Handle> | null {
  const all = new Map<string, Found<Handle>>();
  for (const feature of features) {
    for (const [verb, handle] of Object.entries(handlersOf(feature) ?? {})) {
      all.set(`${feature.name}:${verb}`, { feature, verb, handle });
    }
  }
  return (id) => all.get(id) ?? null;
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
