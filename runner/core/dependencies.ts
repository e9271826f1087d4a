import { parse as parseToml } from 'smol-toml';

/** The manifests of the ordinary ecosystems, and how each names what it needs. Lock files are not among them: they follow. */
const MANIFESTS: readonly (readonly [name: RegExp, read: (text: string) => Iterable<string>])[] = [
  [/^package\.json$/, (text) => keysOf(json(text), /^(dev|peer|optional)?dependencies$/i)],
  [/^composer\.json$/, (text) => keysOf(json(text), /^require(-dev)?$/)],
  [/^Cargo\.toml$/, (text) => cargo(parseToml(text))],
  [/^pyproject\.toml$/, (text) => python(parseToml(text))],
  [/^requirements.*\.(txt|in)$/, (text) => lines(text).flatMap((line) => requirement(line) ?? [])],
  [
    /^go\.mod$/,
    (text) => lines(text).flatMap((line) => /^(?:require\s+)?([\w.-]+\.[\w.-]+\/\S+)\s+v/.exec(line)?.[1] ?? []),
  ],
  [/^(Gemfile|.*\.gemspec)$/, (text) => lines(text).flatMap((line) => GEM.exec(line)?.[1] ?? [])],
];
const GEM = /^(?:gem|\w+\.add(?:_\w+)?_dependency)[ (]+["']([^"']+)/;

/** What stands for the packages of a manifest that cannot be read. */
export const UNREADABLE = '(a manifest that cannot be read)';

/** Whether a file names packages that a project needs. */
export const isManifest = (path: string): boolean => readerOf(path) !== undefined;

/**
 * The packages that a manifest names now and did not before, sorted; null stands for a file that is not there. One that cannot be
 * read could name anything, so it counts as one new package.
 */
export function newDependencies(path: string, before: string | null, now: string | null): readonly string[] {
  const read = readerOf(path);
  if (read === undefined || now === null) return [];
  const named = namesIn(read, now);
  if (named === null) return [UNREADABLE];
  // What could not be read before is no reason to let anything through.
  const known = (before === null ? null : namesIn(read, before)) ?? new Set();
  return [...named].filter((name) => !known.has(name)).sort();
}

const readerOf = (path: string): ((text: string) => Iterable<string>) | undefined =>
  MANIFESTS.find(([name]) => name.test(path.slice(path.lastIndexOf('/') + 1)))?.[1];

function namesIn(read: (text: string) => Iterable<string>, text: string): ReadonlySet<string> | null {
  try {
    return new Set(read(text));
  } catch (error) {
    // Both parsers throw of bad input; it is told as `UNREADABLE`.
    if (error instanceof Error) return null;
    throw error;
  }
}

const json = (text: string): unknown => JSON.parse(text.replace(/^\uFEFF/, ''));
const lines = (text: string): readonly string[] => text.split('\n').map((line) => line.trim());
const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

function keysOf(value: unknown, sections: RegExp): readonly string[] {
  if (!isTable(value)) throw new TypeError('not an object');
  return Object.entries(value).flatMap(([key, section]) =>
    sections.test(key) && isTable(section) ? Object.keys(section) : [],
  );
}

const CARGO = /^((dev|build)-)?dependencies$/;

function cargo(file: Record<string, unknown>): readonly string[] {
  const targets = isTable(file['target']) ? Object.values(file['target']) : [];
  const tables = [file, file['workspace'], ...targets].filter(isTable);
  return tables.flatMap((table) => keysOf(table, CARGO));
}

function python(file: Record<string, unknown>): readonly string[] {
  const { project, tool } = file;
  const groups = [isTable(project) ? project['optional-dependencies'] : undefined, file['dependency-groups']];
  const listed = [
    ...(isTable(project) ? strings(project['dependencies']) : []),
    ...groups.filter(isTable).flatMap((group) => Object.values(group).flatMap(strings)),
  ];
  const poetry = isTable(tool) && isTable(tool['poetry']) ? tool['poetry'] : {};
  const poetryGroups = isTable(poetry['group']) ? Object.values(poetry['group']).filter(isTable) : [];
  return [
    ...listed.flatMap((line) => requirement(line) ?? []),
    ...[poetry, ...poetryGroups].flatMap((table) => keysOf(table, /^(dev-)?dependencies$/)),
  ];
}

/** The name in a line as pip reads it; an option or an address stands for itself. */
function requirement(line: string): string | null {
  const text = line.replace(/(^|\s)#.*$/, '').trim();
  if (text === '') return null;
  return /^[A-Za-z0-9][\w.-]*/.exec(text)?.[0].toLowerCase().replace(/[_.]+/g, '-') ?? text;
}
