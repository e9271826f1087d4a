import { readFileSync } from 'node:fs';

/** @typedef {{ [key: string]: any, $ref?: string }} Schema */

/** The formats that a file is checked against on its own, by the name of their definition. */
export const FORMATS = /** @type {const} */ ([
  'project',
  'formula',
  'agent',
  'policy',
  'policyTests',
  'order',
  'record',
  'request',
  'trigger',
  'lesson',
]);

/** @type {{ definitions: Record<string, Schema> } & Schema} */
export const bundle = JSON.parse(readFileSync('schemas/pushpals.schema.json', 'utf8'));

/**
 * The definition that a `$ref` names.
 * @param {string} ref such as `#/definitions/step`
 * @returns {{ name: string, schema: Schema }}
 */
export function definition(ref) {
  const name = ref.replace('#/definitions/', '');
  const schema = bundle.definitions[name];
  if (schema === undefined) throw new Error(`schemas/pushpals.schema.json: nothing is defined at ${ref}`);
  return { name, schema };
}

/**
 * A copy in which every subschema went through `change`, the outermost first.
 * @param {any} node
 * @param {(schema: Schema) => Schema} change
 * @returns {any}
 */
export function mapSchemas(node, change) {
  if (Array.isArray(node)) return node.map((item) => mapSchemas(item, change));
  if (node === null || typeof node !== 'object') return node;
  const changed = change(node);
  /** @type {Schema} */
  const copy = {};
  for (const [key, value] of Object.entries(changed)) {
    if (key === 'properties' || key === 'patternProperties' || key === 'definitions') {
      copy[key] = Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, mapSchemas(schema, change)]));
    } else if (['items', 'additionalProperties', 'propertyNames', 'anyOf', 'oneOf', 'allOf', 'not'].includes(key)) {
      copy[key] = mapSchemas(value, change);
    } else {
      copy[key] = value;
    }
  }
  return copy;
}
