import { definition } from './bundle.mjs';

/** @typedef {import('./bundle.mjs').Schema} Schema */
/** @typedef {{ key: string, type: string, fallback: string, about: string, required: boolean }} Row */

/** What a definition is called in a table's second column, where its own name says less. */
const TYPE_WORDS = /** @type {Record<string, string>} */ ({
  instant: 'instant, such as `2026-11-20T09:30:00Z`',
  duration: 'duration, such as `20m`',
  size: 'size, such as `512MB`',
  identifier: 'name',
  branchName: 'branch name',
  objectId: 'object id',
  globs: 'list of globs',
  cel: 'CEL',
  network: '`none`, `full` or a list of hosts',
  environment: 'map of text',
  command: 'shell command, or `{ command: NAME }`',
  order: 'an [order](../ops-template/inbox/README.md)',
  failure: 'a failure',
});

/** Definitions that have a table of their own, under their title. */
const OWN_TABLE = new Set(['step', 'policyRule', 'runRecord', 'stepStatus']);

/**
 * Reference tables of some definitions, as Markdown.
 * @param {readonly string[]} names
 */
export function reference(names) {
  return names
    .map((name) => {
      const schema = definition(`#/definitions/${name}`).schema;
      const rows = schema.oneOf === undefined ? rowsOf(schema, '') : stateRows(schema);
      const head =
        schema.oneOf === undefined ? '| key | type | default | what it is |' : '| `state` | keys |  | what it is |';
      return [
        `### ${schema.title}`,
        '',
        schema.description,
        '',
        head,
        '| --- | --- | --- | --- |',
        ...rows.map((row) => `| ${[row.key, row.type, row.fallback, row.about].map(cell).join(' | ')} |`),
      ].join('\n');
    })
    .join('\n\n');
}

/**
 * @param {Schema} schema an object
 * @param {string} prefix what stands before each key, such as `ops.`
 * @returns {Row[]}
 */
function rowsOf(schema, prefix) {
  const own = Object.entries(schema.properties ?? {}).flatMap(([key, property]) =>
    rowsOfKey(`${prefix}${key}`, /** @type {Schema} */ (property), (schema.required ?? []).includes(key)),
  );
  const patterns = Object.entries(schema.patternProperties ?? {}).flatMap(([pattern, property]) =>
    rowsOf(/** @type {Schema} */ (property), `${prefix}<${pattern.replace(/[^a-z|]/g, '')}>.`),
  );
  const rest = schema.additionalProperties;
  const mapped = typeof rest === 'object' && rest.properties !== undefined ? rowsOf(rest, `${prefix}<name>.`) : [];
  return [...own, ...patterns, ...mapped];
}

/**
 * @param {string} key
 * @param {Schema} property
 * @param {boolean} required
 * @returns {Row[]}
 */
function rowsOfKey(key, property, required) {
  const { name, schema } = resolved(property);
  const fallback = property['default'] ?? schema['default'];
  const row = {
    key: `\`${key}\``,
    type: typeWords(property),
    fallback: required ? '**required**' : fallback === undefined ? '' : `\`${String(fallback)}\``,
    about: property['description'] ?? schema['description'] ?? '',
    required,
  };
  if (name !== undefined && (OWN_TABLE.has(name) || TYPE_WORDS[name] !== undefined)) return [row];
  const items = schema.items === undefined ? undefined : resolved(schema.items);
  const nested = items !== undefined && items.name === undefined ? rowsOf(items.schema, `${key}[].`) : [];
  return [row, ...rowsOf(schema, `${key}.`), ...nested];
}

/**
 * @param {Schema} schema a union told apart by `state`
 * @returns {Row[]}
 */
function stateRows(schema) {
  return schema.oneOf.map((/** @type {Schema} */ member) => {
    const { state, ...keys } = member.properties;
    const words = Object.entries(keys).map(
      ([key, property]) => `\`${key}\` (${typeWords(/** @type {Schema} */ (property))})`,
    );
    return { key: `\`${state.const}\``, type: words.join(', '), fallback: '', about: member.title, required: true };
  });
}

/**
 * @param {Schema} property
 * @returns {{ name: string | undefined, schema: Schema }}
 */
function resolved(property) {
  if (property.allOf !== undefined) return resolved(property.allOf[0]);
  return property.$ref === undefined ? { name: undefined, schema: property } : definition(property.$ref);
}

/**
 * @param {Schema} property
 * @returns {string}
 */
function typeWords(property) {
  const { name, schema } = resolved(property);
  if (name !== undefined && TYPE_WORDS[name] !== undefined) return TYPE_WORDS[name];
  if (name !== undefined && OWN_TABLE.has(name)) return schema.title.toLowerCase();
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined)
    return schema.enum.map((/** @type {unknown} */ value) => `\`${String(value)}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeWords(schema.items ?? {})}`;
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeWords).join(' or ');
  if (schema.type === 'object') {
    const rest = schema.additionalProperties;
    if (schema.properties === undefined && typeof rest === 'object') return `map of ${typeWords(rest)}`;
    return schema.properties === undefined && schema.patternProperties === undefined ? 'map of anything' : 'mapping';
  }
  if (schema.type === 'string') return 'text';
  if (schema.type === 'boolean') return '`true`, `false`';
  if (schema.type === 'integer' || schema.type === 'number')
    return `${schema.type === 'integer' ? 'whole ' : ''}number${bounds(schema)}`;
  return 'anything';
}

/** @param {Schema} schema */
function bounds({ minimum, maximum, exclusiveMinimum }) {
  if (exclusiveMinimum !== undefined && maximum !== undefined)
    return `, more than ${exclusiveMinimum}, at most ${maximum}`;
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  return minimum === undefined ? '' : `, at least ${minimum}`;
}

/** @param {string} text */
const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
