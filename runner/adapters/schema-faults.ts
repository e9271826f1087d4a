import type { ErrorObject } from 'ajv';
import type { Fault } from '../core/fault.js';
import { nearest } from '../core/nearest.js';
import { visibleLine } from '../core/visible.js';

/** A fault whose place is a key of the mapping at `path`, not a value. */
export interface SchemaFault extends Fault {
  readonly key?: string;
  /** The key that should be there. */
  readonly missing?: string;
}

type Schema = Readonly<Record<string, unknown>>;

/** More of them are not turned into words: nobody reads them, and a hostile file has a hundred thousand. */
const MAX_ERRORS = 500;

/** A schema checker's errors in words: what was found, what was expected, and the nearest legal thing. */
export function schemaFaults(errors: readonly ErrorObject[]): readonly SchemaFault[] {
  return withoutBranchNoise(errors.slice(0, MAX_ERRORS)).map(schemaFault);
}

/**
 * A value that fits no branch of an `anyOf` gives errors for every branch. If its type fits one branch, the
 * errors of that branch are what was meant; else the branches say nothing and the `anyOf` itself is told. A bare number or word
 * where one branch takes any text was meant as text.
 */
function withoutBranchNoise(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const dropped = new Set<ErrorObject>(errors.filter(({ keyword }) => keyword === 'propertyNames' || keyword === 'if'));
  for (const whole of errors.filter(({ keyword }) => keyword === 'anyOf')) {
    const nested = errors.filter(
      (error) => error.schemaPath.startsWith(`${whole.schemaPath}/`) && within(error, whole),
    );
    const branches = groupByBranch(nested, whole);
    const fitting = [...branches.values()].filter(
      (branch) => !branch.some((error) => error.keyword === 'type' && error.instancePath === whole.instancePath),
    );
    const meant = fitting.length === 0 ? textBranch(branches, whole) : fitting.length === 1 ? fitting[0] : undefined;
    for (const error of nested) if (meant?.includes(error) !== true) dropped.add(error);
    if (meant !== undefined) dropped.add(whole);
  }
  return errors.filter((error) => !dropped.has(error));
}

function textBranch(
  branches: ReadonlyMap<string, readonly ErrorObject[]>,
  { data }: ErrorObject,
): readonly ErrorObject[] | undefined {
  if (typeof data === 'object' && data !== null) return undefined;
  return [...branches.values()].find(
    ([error, ...more]) =>
      more.length === 0 && error?.keyword === 'type' && (error.params as { type: unknown }).type === 'string',
  );
}

const within = (error: ErrorObject, whole: ErrorObject): boolean =>
  error.instancePath === whole.instancePath || error.instancePath.startsWith(`${whole.instancePath}/`);

function groupByBranch(
  errors: readonly ErrorObject[],
  whole: ErrorObject,
): ReadonlyMap<string, readonly ErrorObject[]> {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of errors) {
    const branch = error.schemaPath.slice(whole.schemaPath.length + 1).split('/')[0] ?? '';
    branches.set(branch, [...(branches.get(branch) ?? []), error]);
  }
  return branches;
}

function schemaFault(error: ErrorObject): SchemaFault {
  const path = pathOf(error);
  const params = error.params as Readonly<Record<string, unknown>>;
  const schema = (error.parentSchema ?? {}) as Schema;
  // The name of a property is what is wrong, not a value.
  if (error.propertyName !== undefined) {
    return hinted(
      { path, key: error.propertyName, message: `\`${shown(error.propertyName)}\` is no name for a key here` },
      descriptionOf(schema),
    );
  }
  switch (error.keyword) {
    case 'required':
      return missingKey(path, String(params['missingProperty']), error);
    case 'additionalProperties':
      return unknownKey(path, String(params['additionalProperty']), schema);
    case 'type':
      return wrongType(path, error, schema);
    case 'enum': {
      const allowed = (params['allowedValues'] as readonly unknown[]).map(String);
      const near = typeof error.data === 'string' ? nearestShort(error.data, allowed) : null;
      return {
        path,
        message: `${value(error.data)} is not one of ${allowed.join(', ')}`,
        ...(near === null ? {} : { hint: `Did you mean \`${near}\`?` }),
      };
    }
    case 'const':
      return wrongConstant(path, error, params['allowedValue']);
    case 'pattern':
    case 'format':
      return hinted({ path, message: `${value(error.data)} is not a legal ${titleOf(schema)}` }, descriptionOf(schema));
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return {
        path,
        message:
          params['limit'] === 1
            ? `${subject(path)} must not be empty`
            : `${subject(path)} must have at least ${String(params['limit'])} ${unit(error.keyword)}`,
      };
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return {
        path,
        message: `${subject(path)} has more than the ${String(params['limit'])} ${unit(error.keyword)} allowed`,
      };
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return {
        path,
        message: `${value(error.data)} must be ${String(params['comparison'])} ${String(params['limit'])}`,
      };
    case 'discriminator': {
      const tag = String(params['tag']);
      if (params['tagValue'] === undefined) return { path, message: `the key \`${tag}\` is missing` };
      return { path: [...path, tag], message: `${value(params['tagValue'])} is no legal \`${tag}\`` };
    }
    case 'anyOf':
      return hinted({ path, message: `${value(error.data)} does not fit here` }, descriptionOf(schema));
    default:
      return { path, message: error.message ?? 'this is not legal here' };
  }
}

const hinted = (fault: SchemaFault, hint: string): SchemaFault => (hint === '' ? fault : { ...fault, hint });

function missingKey(path: Fault['path'], name: string, { parentSchema }: ErrorObject): SchemaFault {
  const property = (
    (parentSchema as Schema | undefined)?.['properties'] as Readonly<Record<string, Schema>> | undefined
  )?.[name];
  const allowed = property?.['const'];
  const description = allowed === undefined ? descriptionOf(property ?? {}) : `Add \`${name}: ${String(allowed)}\`.`;
  return hinted({ path, missing: name, message: `the key \`${name}\` is missing` }, description);
}

function unknownKey(path: Fault['path'], key: string, schema: Schema): SchemaFault {
  const legal = Object.keys((schema['properties'] as Schema | undefined) ?? patternKeys(schema));
  const near = nearestShort(key, legal);
  const hint = near === null ? `The keys here are ${legal.join(', ')}.` : `Did you mean \`${near}\`?`;
  return { path, key, message: `unknown key \`${shown(key)}\``, hint };
}

/** The keys that a pattern such as `^(low|medium|high)$` lists. */
function patternKeys(schema: Schema): Record<string, true> {
  const patterns = Object.keys((schema['patternProperties'] as Schema | undefined) ?? {});
  const keys = patterns.flatMap((pattern) => /^\^\(([a-z|-]+)\)\$$/.exec(pattern)?.[1]?.split('|') ?? []);
  return Object.fromEntries(keys.map((key) => [key, true]));
}

function wrongType(path: Fault['path'], { params, data }: ErrorObject, schema: Schema): SchemaFault {
  const expected = [(params as { type: string | string[] }).type].flat();
  const message = `expected ${expected.map((type) => TYPE_WORDS[type] ?? type).join(' or ')}, found ${found(data)}`;
  if (expected.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) {
    return { path, message, hint: `Put it in quotes: "${String(data)}".` };
  }
  if (expected.includes('array') && typeof data === 'string')
    return { path, message, hint: 'Write it as a list: `[…]`, or one `- …` a line.' };
  return hinted({ path, message }, descriptionOf(schema));
}

function wrongConstant(path: Fault['path'], { data }: ErrorObject, allowed: unknown): SchemaFault {
  if (path.at(-1) === 'version') {
    return {
      path,
      message: `version ${value(data)} is not supported; this program reads version ${String(allowed)}`,
      hint: `Write \`version: ${String(allowed)}\`, or use a program that reads that version.`,
    };
  }
  return { path, message: `${value(data)} must be ${value(allowed)}` };
}

const subject = (path: Fault['path']): string =>
  typeof path.at(-1) === 'string' ? `\`${shown(String(path.at(-1)))}\`` : 'this';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a mapping',
  null: 'nothing',
};

function found(data: unknown): string {
  if (data === null || data === undefined) return 'nothing';
  if (Array.isArray(data)) return 'a list';
  if (typeof data === 'object') return 'a mapping';
  return typeof data === 'string' ? `the text ${value(data)}` : value(data);
}

/** A value as a person may read it, short and without hidden characters. */
function value(data: unknown): string {
  if (data === null || typeof data === 'object') return found(data);
  return `\`${shown(String(data))}\``;
}

const shown = (text: string): string => visibleLine(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Nobody misspells a word of a hundred letters, and comparing it would take long. */
const nearestShort = (word: string, legal: readonly string[]): string | null =>
  word.length > 60 ? null : nearest(word, legal);

const unit = (keyword: string): string =>
  keyword.endsWith('Length') ? 'characters' : keyword.endsWith('Items') ? 'entries' : 'keys';

const titleOf = (schema: Schema): string =>
  typeof schema['title'] === 'string' ? schema['title'].toLowerCase() : 'value';

const descriptionOf = (schema: Schema): string =>
  typeof schema['description'] === 'string' ? schema['description'] : '';

/** A JSON pointer's parts; those of digits are taken for places in a list. */
function pathOf({ instancePath }: ErrorObject): (string | number)[] {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
