/** Ways to make a real payload odd, as fast-check draws them. */
import fc from 'fast-check';

/** One change at the `where`-th place of a body. */
export interface Change {
  readonly kind: 'drop' | 'double' | 'retype' | 'wrap' | 'swap' | 'add';
  readonly where: number;
  readonly other: number;
  readonly value: unknown;
}

/** Names that every object has, and that a careless lookup finds. */
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'length',
];
/** Names that Slack's bodies have somewhere, to be put where they do not belong. */
const PARTS = [
  'event',
  'command',
  'actions',
  'name',
  'type',
  'user',
  'team',
  'view',
  'channel',
  'authorizations',
  'inputs',
  'state',
  'values',
];
/** Texts that mean something to somebody on the way. */
const TEXTS = [
  '',
  ' ',
  '\0',
  '\uD800',
  '\uDC00x',
  '\u202Edesrever',
  '%',
  '%00',
  '{{7*7}}',
  "'; drop table move; --",
  '../../etc/passwd',
  'http://127.0.0.1:1/',
  'javascript:alert(1)',
  '<!channel>',
  'true',
  'null',
  '-1',
  '1e999',
  'U0BEN',
  'T0ELSEWHERE',
  'door:unlock',
  'door:lock',
  'codes:form',
  'shortcut:unlock',
  'view_submission',
  'function_executed',
  'block_actions',
  ...NAMES,
];

const huge = fc.nat({ max: 60_000 }).map((length) => 'x'.repeat(length));
const deep = fc.tuple(fc.nat({ max: 700 }), fc.boolean()).map(([depth, list]) => nested(depth, list));
const odd = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, [], {}, [null], [[]], [{}], {
      id: null,
    }),
  },
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.oneof({ weight: 1, arbitrary: huge }, { weight: 1, arbitrary: deep }) },
);

/** From one to four changes. */
export const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('drop', 'double', 'retype', 'retype', 'wrap', 'swap', 'add'),
    where: fc.nat({ max: 1_000 }),
    other: fc.nat({ max: 1_000 }),
    value: odd,
  }),
  { minLength: 1, maxLength: 4 },
);

/** A copy of the body with these changes; what a body is made of is never shared with another. */
export function changed(body: Record<string, unknown>, drawn: readonly Change[]): Record<string, unknown> {
  const whole = structuredClone(body);
  for (const change of drawn) apply(whole, change);
  return whole;
}

/** A value or a list in so many lists or objects. */
function nested(depth: number, list: boolean): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = list ? [value] : { a: value };
  return value;
}

interface Place {
  readonly inside: object;
  readonly name: string;
}

function apply(whole: object, { kind, where, other, value }: Change): void {
  const places = placesIn(whole);
  const place = places[where % Math.max(places.length, 1)];
  const second = places[other % Math.max(places.length, 1)];
  if (place === undefined || second === undefined) return;
  const there = read(place);
  switch (kind) {
    case 'drop':
      Reflect.deleteProperty(place.inside, place.name);
      return;
    case 'double':
      if (Array.isArray(place.inside)) place.inside.push(there);
      else write({ inside: place.inside, name: `${place.name}s` }, [there, there]);
      return;
    case 'retype':
      write(place, copy(value));
      return;
    case 'wrap':
      write(place, other % 2 === 0 ? [there] : { [place.name]: there });
      return;
    case 'swap':
      write(place, copy(read(second)));
      write(second, copy(there));
      return;
    case 'add':
      write(
        { inside: place.inside, name: [...NAMES, ...PARTS][other % (NAMES.length + PARTS.length)] ?? '' },
        copy(value),
      );
  }
}

/** Every place of a body down to a depth at which nothing of Slack's stands. */
function placesIn(value: unknown, depth = 0): Place[] {
  if (typeof value !== 'object' || value === null || depth > 7) return [];
  return Object.keys(value).flatMap((name) => [
    { inside: value, name },
    ...placesIn(read({ inside: value, name }), depth + 1),
  ]);
}

function read({ inside, name }: Place): unknown {
  return Object.getOwnPropertyDescriptor(inside, name)?.value;
}

/** Also for a name such as `__proto__`, which an assignment would take for something else. */
function write({ inside, name }: Place, value: unknown): void {
  if (Array.isArray(inside) && !/^\d+$/.test(name)) return;
  Object.defineProperty(inside, name, { value, enumerable: true, configurable: true, writable: true });
}

/** What is put in twice, or swapped, may come to stand in itself, which nobody could write down. */
function copy(value: unknown): unknown {
  return structuredClone(value);
}
