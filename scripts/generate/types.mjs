import { compile } from 'json-schema-to-typescript';
import { bundle, definition, mapSchemas } from './bundle.mjs';

/** Definitions that code names. All others are written where they are used: a `Duration` is text to TypeScript. */
const NAMED = new Set([
  ...[
    'tier',
    'priority',
    'network',
    'command',
    'scope',
    'project',
    'order',
    'step',
    'imageBuild',
    'formula',
    'agent',
    'policyRule',
    'policy',
    'policyTests',
  ],
  ...[
    'usage',
    'stepStatus',
    'claimant',
    'finding',
    'round',
    'lesson',
    'proposedLesson',
    'runRecord',
    'record',
    'subject',
    'request',
    'trigger',
  ],
]);

const BANNER = '// Made from schemas/pushpals.schema.json by scripts/generate.mjs. Change the schema, not this file.';

/** @returns {Promise<string>} the text of `runner/generated/types.ts` */
export async function types() {
  const source = prepare({
    definitions: Object.fromEntries(Object.entries(bundle.definitions).filter(([name]) => NAMED.has(name))),
  });
  const text = await compile(source, 'Formats', {
    bannerComment: BANNER,
    unreachableDefinitions: true,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 120, trailingComma: 'all', bracketSpacing: true },
  });
  return tidy(text);
}

/**
 * Without the room that the formats were in, and without the generator's remarks about it.
 * @param {string} text
 */
function tidy(text) {
  return text
    .replace(/export interface Formats \{\n.*\n\}\n/, '')
    .replace(
      /\n \*\n \* This interface was referenced by `Formats`'s JSON-Schema\n \* via the `definition` "\w+"\./g,
      '',
    )
    .replace(/ +\/\*\*\n +\* This interface was referenced by `undefined`.*\n.*\n +\*\/\n/g, '');
}

/**
 * The same formats, in the words that the type generator takes for what is meant: a `$ref` with siblings or an `allOf`
 * would make a second type beside the first, and so would a title.
 * @param {import('./bundle.mjs').Schema} schema
 */
function prepare(schema) {
  const top = new Set(Object.values(schema.definitions));
  const titles = new Map(Object.entries(schema.definitions).map(([, value]) => [value.title, value]));
  if (titles.size !== top.size) throw new Error('two named definitions share a title');
  return mapSchemas(schema, (node) => {
    const { allOf, ...whole } = node;
    if (allOf !== undefined) return { ...whole, $ref: allOf[0].$ref };
    if (node.$ref !== undefined) {
      const { name, schema: target } = definition(node.$ref);
      if (NAMED.has(name)) return { $ref: node.$ref };
      const { title: _title, ...untitled } = target;
      return { ...untitled, ...(node.description === undefined ? {} : { description: node.description }) };
    }
    const { propertyNames: _names, ...rest } = node;
    if (rest.oneOf !== undefined) {
      const { type: _type, discriminator: _discriminator, ...union } = rest;
      return union;
    }
    if (top.has(node)) return rest;
    const { title: _title, ...untitled } = rest;
    const anything = !['type', 'const', 'enum', 'anyOf'].some((keyword) => keyword in untitled);
    return anything && node !== schema ? { ...untitled, tsType: 'unknown' } : untitled;
  });
}
