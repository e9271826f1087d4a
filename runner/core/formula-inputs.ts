import type { Formula } from '../generated/types.js';
import type { Fault } from './fault.js';
import { nearest } from './nearest.js';

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: (value) => value !== null && typeof value === 'object' && !Array.isArray(value),
  null: (value) => value === null,
};

/**
 * Inputs whose `type` JSON Schema does not know, and defaults that their own input would refuse by `type` or `enum`. The other
 * keywords are the schema compiler's to check.
 */
export function inputFaults(inputs: NonNullable<Formula['inputs']>): Fault[] {
  return Object.entries(inputs).flatMap(([name, schema]): Fault[] => {
    const types = [schema['type'] ?? []].flat();
    const unknown = types.filter((type) => typeof type !== 'string' || !Object.hasOwn(TYPES, type));
    if (unknown.length > 0) {
      const near = nearest(String(unknown[0]), Object.keys(TYPES));
      const hint = near === null ? `The types are ${Object.keys(TYPES).join(', ')}.` : `Did you mean \`${near}\`?`;
      return [{ path: ['inputs', name, 'type'], message: `JSON Schema has no type \`${String(unknown[0])}\``, hint }];
    }
    if (!Object.hasOwn(schema, 'default')) return [];
    const value = schema['default'];
    const path = ['inputs', name, 'default'];
    if (types.length > 0 && !types.some((type) => TYPES[String(type)]?.(value) === true)) {
      return [{ path, message: `the default of \`${name}\` is not of its type, ${types.join(' or ')}` }];
    }
    const allowed = schema['enum'];
    if (Array.isArray(allowed) && !allowed.some((item) => JSON.stringify(item) === JSON.stringify(value))) {
      return [
        {
          path,
          message: `the default of \`${name}\` is not one of its values`,
          hint: `They are ${allowed.map((item) => JSON.stringify(item)).join(', ')}.`,
        },
      ];
    }
    return [];
  });
}
