import fc from 'fast-check';
import { bodies } from './bolt-app.ts';

/** Values that are not what stands there in Slack's bodies. */
const odd = fc.oneof(
  fc.constantFrom(null, true, 0, '', 'x', [], {}, [null], [[]], [{}], { id: null }, { id: 5 }, { type: 7 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Slack's bodies with up to three of their parts, at any depth, replaced, removed or added. */
export const mutated: fc.Arbitrary<unknown> = fc
  .tuple(
    fc.constantFrom(...Object.values(bodies)),
    fc.array(fc.tuple(fc.nat(), fc.option(odd, { nil: undefined })), { minLength: 1, maxLength: 3 }),
  )
  .map(([body, changes]) =>
    changes.reduce<unknown>((whole, [where, value]) => replaceAt(whole, where, value), structuredClone(body)),
  );

/** Names that Bolt looks for, some of which a body does not have. */
const ADDED = [
  'event',
  'function_data',
  'command',
  'actions',
  'name',
  'response_urls',
  'authorizations',
  'view',
  'channel',
  'team',
];

function replaceAt(whole: unknown, where: number, value: unknown): unknown {
  const places = placesIn(whole);
  const added = ADDED[where % (ADDED.length * 3)];
  const place = places[where % Math.max(places.length, 1)];
  const object = added === undefined ? place?.object : whole;
  const name = added ?? place?.name;
  if (typeof object === 'object' && object !== null && name !== undefined) {
    // The generator hands out the same objects again and again.
    Reflect.set(object, name, structuredClone(value));
  }
  return whole;
}

function placesIn(value: unknown): { object: object; name: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [{ object: value, name }, ...placesIn(inner)]);
}
