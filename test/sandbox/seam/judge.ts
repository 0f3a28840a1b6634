import type { ErrorObject } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';

/**
 * Seam's published OpenAPI as a judge of answers, stricter than it is by itself: an object may hold no field that
 * the API does not name, and what is only ever null must be null.
 */
export interface Judge {
  /** What is wrong with a successful answer of that path; nothing if the list is empty. */
  answer(method: string, path: string, body: unknown): string[];
  /** What is wrong with an event as a webhook delivers it. */
  event(body: unknown): string[];
}

const Node = z.record(z.string(), z.unknown());
const Module = z.object({
  default: z.object({ components: z.object({ schemas: z.record(z.string(), Node) }), paths: Node }),
});

/** What the SDK 1.245 knows and the pinned OpenAPI 1.977 does not yet. */
const NEWER = {
  access_code: { display_status: { type: 'string' } },
  unmanaged_access_code: { display_status: { type: 'string' } },
};

/** Reads the OpenAPI; its own types would break our strictness, so it is loaded as data. */
export async function readJudge(): Promise<Judge> {
  const file = new URL('../../../node_modules/@seamapi/types/lib/seam/connect/openapi.js', import.meta.url);
  const openapi = Module.parse(await import(file.href)).default;
  for (const [name, fields] of Object.entries(NEWER)) {
    const schema = openapi.components.schemas[name];
    if (schema) schema.properties = { ...Node.parse(schema.properties), ...fields };
  }
  const ajv = new Ajv2019({ strict: false, allErrors: true, formats: { float: true } });
  addFormats.default(ajv);
  const { components, paths } = openapi;
  ajv.addSchema({ $id: 'seam', components: convert(components), paths: convert(paths) });
  const judged = (pointer: string, body: unknown) => {
    const check = ajv.getSchema(`seam#${pointer}`);
    if (!check) return [`The OpenAPI has no ${pointer}`];
    return check(body) ? [] : (check.errors ?? []).map(describe);
  };
  return {
    answer: (method, path, body) => {
      const at = `/paths/${path.replaceAll('/', '~1')}/${method.toLowerCase()}/responses/200`;
      return judged(`${at}/content/application~1json/schema`, body);
    },
    event: (body) => judged('/components/schemas/event', body),
  };
}

function describe({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}

/** OpenAPI 3.0 as JSON Schema: `nullable`, boolean `exclusiveMinimum`, no `discriminator`; objects closed. */
function convert(node: unknown, inAllOf = false): unknown {
  if (Array.isArray(node)) return node.map((item) => convert(item, inAllOf));
  const read = Node.safeParse(node);
  if (!read.success) return node;
  const { nullable, discriminator, exclusiveMinimum, ...rest } = read.data;
  const schema: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    schema[key] = key === 'properties' ? convertEach(value) : convert(value, key === 'allOf');
  }
  if (exclusiveMinimum === true) {
    schema.exclusiveMinimum = schema.minimum;
    delete schema.minimum;
  }
  const isObject = 'allOf' in schema || ('properties' in schema && !('additionalProperties' in schema));
  if (isObject && !inAllOf) schema.unevaluatedProperties = false;
  if (nullable !== true) return schema;
  const isTyped = ['type', '$ref', 'oneOf', 'anyOf', 'allOf'].some((key) => key in schema);
  return isTyped ? { anyOf: [schema, { type: 'null' }] } : { type: 'null' };
}

function convertEach(properties: unknown): Record<string, unknown> {
  const entries = Object.entries(Node.parse(properties));
  return Object.fromEntries(entries.map(([name, schema]) => [name, convert(schema)]));
}
