/**
 * Makes types, validators, editor schemas and reference tables from `schemas/pushpals.schema.json`.
 *
 *     node scripts/generate.mjs            writes what differs
 *     node scripts/generate.mjs --check    writes nothing; fails with a list of what differs
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { bundle, FORMATS } from './generate/bundle.mjs';
import { reference } from './generate/reference.mjs';
import { types } from './generate/types.mjs';
import { programTables } from './generate/program-tables.mjs';
import { declarations, validators } from './generate/validators.mjs';

/** Which definitions each README documents. */
const READMES = {
  'formulas/README.md': ['formula', 'step'],
  'agents/README.md': ['agent'],
  'policy/README.md': ['policy', 'policyRule', 'policyTests'],
  'schemas/README.md': ['project', 'record', 'runRecord', 'stepStatus', 'request', 'subject', 'trigger', 'lesson'],
  'ops-template/inbox/README.md': ['order'],
};
/** The part of a README that is made, by its name. @param {string} name */
const markers = (name) => [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];

/**
 * The file's text; null if there is no such file.
 * @param {string} path
 */
function current(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * A README with its tables between the markers replaced.
 * @param {string} path
 * @param {readonly string[]} names
 */
function withReference(path, names) {
  return between(path, current(path) ?? '', 'reference', reference(names));
}

/**
 * @param {string} path where the text comes from, for messages
 * @param {string} text
 * @param {string} name
 * @param {string} made
 */
function between(path, text, name, made) {
  const [begin = '', end = ''] = markers(name);
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${path}: the markers ${begin} and ${end} are missing`);
  return `${before}${begin}\n\n${made}\n\n${end}${after}`;
}

/** @param {(typeof FORMATS)[number]} name */
function editorSchema(name) {
  const schema = bundle.definitions[name];
  const entry = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: schema?.['title'],
    $comment: 'For editors. Made by scripts/generate.mjs from pushpals.schema.json, which must lie beside it.',
    $ref: `pushpals.schema.json#/definitions/${name}`,
  };
  return `${JSON.stringify(entry, null, 2)}\n`;
}

/** @type {Map<string, string>} */
const wanted = new Map();
wanted.set('runner/generated/types.ts', await types());
wanted.set('runner/generated/validators.js', await validators());
wanted.set('runner/generated/validators.d.ts', declarations());
for (const name of FORMATS) wanted.set(`schemas/${name}.schema.json`, editorSchema(name));
for (const [path, names] of Object.entries(READMES)) wanted.set(path, withReference(path, names));

const { commandReference, failureGuide, attacks } = await programTables();
/** @param {string} path @param {Readonly<Record<string, string>>} parts */
const filled = (path, parts) =>
  Object.entries(parts).reduce((text, [name, made]) => between(path, text, name, made), current(path) ?? '');
wanted.set(
  'README.md',
  filled('README.md', { reference: commandReference, failures: failureGuide, attacks: attacks.table }),
);
wanted.set('SECURITY.md', filled('SECURITY.md', { coverage: attacks.coverage }));

const stale = [...wanted].filter(([path, text]) => current(path) !== text);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is not what the schema makes of it`);
  if (stale.length > 0) console.error('Run: node scripts/generate.mjs');
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${path}`);
  }
}
