import { parse, TomlError } from 'smol-toml';
import type { GuessedCommand, Survey, Toolchain } from './survey.js';

const LATEST = '3.12';
const VENV = '.venv';
const BIN = `${VENV}/bin`;
const MAKE_VENV = `python3 -m venv ${VENV} && printf '*' > ${VENV}/.gitignore`;

interface Manifest {
  readonly dependencies: readonly string[];
  readonly tools: ReadonlySet<string>;
  readonly requires: string;
  readonly isPackage: boolean;
}

export function pythonToolchain(survey: Survey): Toolchain {
  const text = survey.files.get('pyproject.toml');
  const manifest = text === undefined ? EMPTY : manifestOf(text);
  const notes = manifest === null ? ['pyproject.toml is not valid TOML: nothing was read from it'] : [];
  const known = manifest ?? EMPTY;
  const mentions = (name: string): boolean =>
    known.tools.has(name) ||
    [...known.dependencies, ...requirementsOf(survey)].some((line) => new RegExp(`^${name}\\b`, 'i').test(line));
  return { commands: commandsOf(survey, known, mentions), image: imageOf(survey, known), notes };
}

const EMPTY: Manifest = { dependencies: [], tools: new Set(), requires: '', isPackage: false };

function manifestOf(text: string): Manifest | null {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    if (error instanceof TomlError) return null;
    throw error;
  }
  const top = table(value);
  const project = table(top['project']);
  const tool = table(top['tool']);
  const poetry = table(tool['poetry']);
  const groups = Object.values(table(poetry['group'])).flatMap((group) =>
    Object.keys(table(table(group)['dependencies'])),
  );
  return {
    dependencies: [
      ...texts(project['dependencies']),
      ...Object.values(table(project['optional-dependencies'])).flatMap(texts),
      ...Object.values(table(top['dependency-groups'])).flatMap(texts),
      ...Object.keys(table(poetry['dependencies'])).filter((name) => name !== 'python'),
      ...Object.keys(table(poetry['dev-dependencies'])),
      ...groups,
    ],
    tools: new Set(Object.keys(tool)),
    requires:
      [project['requires-python'], table(poetry['dependencies'])['python']].find((one) => typeof one === 'string') ??
      '',
    isPackage: top['project'] !== undefined && top['build-system'] !== undefined,
  };
}

const table = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

const REQUIREMENTS = ['requirements.txt', 'requirements-dev.txt'] as const;
const requirementsOf = ({ files }: Survey): readonly string[] =>
  REQUIREMENTS.flatMap((file) => (files.get(file) ?? '').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');

function commandsOf(
  survey: Survey,
  manifest: Manifest,
  mentions: (name: string) => boolean,
): readonly GuessedCommand[] {
  const { names } = survey;
  const usesPytest =
    mentions('pytest') || ['pytest.ini', 'conftest.py', 'tox.ini'].some((file) => names.includes(file));
  const usesRuff = mentions('ruff') || names.includes('ruff.toml');
  const usesBlack = mentions('black');
  const extra = [
    ...(usesPytest && !listed(survey, manifest, 'pytest') ? ['pytest'] : []),
    ...(usesRuff && !listed(survey, manifest, 'ruff') ? ['ruff'] : []),
    ...(usesBlack && !usesRuff && !listed(survey, manifest, 'black') ? ['black'] : []),
  ];
  const setup = setupOf(survey, manifest, extra);
  const python = setup === null ? 'python3' : `${BIN}/python`;
  const commands: GuessedCommand[] = setup === null ? [] : [setup];
  if (usesPytest) commands.push({ name: 'test', run: `${python} -m pytest`, because: 'pytest is named' });
  else if (names.includes('tests/') || names.includes('test/'))
    commands.push({
      name: 'test',
      run: `${python} -m unittest discover -s ${names.includes('tests/') ? 'tests' : 'test'}`,
      because: 'a folder of tests, and no pytest',
    });
  if (usesRuff) {
    commands.push({ name: 'lint', run: `${python} -m ruff check .`, because: 'ruff is named' });
    commands.push({ name: 'lint-fix', run: `${python} -m ruff check --fix .`, because: 'ruff is named' });
  } else if (usesBlack) {
    commands.push({ name: 'lint', run: `${python} -m black --check .`, because: 'black is named' });
    commands.push({ name: 'lint-fix', run: `${python} -m black .`, because: 'black is named' });
  }
  return commands;
}

const listed = (survey: Survey, { dependencies }: Manifest, name: string): boolean =>
  [...dependencies, ...requirementsOf(survey)].some((line) => new RegExp(`^${name}\\b`, 'i').test(line));

/** A virtual environment in the work tree, which git does not see: nothing else outlives the sandbox that set it up. */
function setupOf({ names }: Survey, manifest: Manifest, extra: readonly string[]): GuessedCommand | null {
  const common = { name: 'setup' as const, network: 'full' as const };
  if (names.includes('uv.lock'))
    return {
      ...common,
      run: `${MAKE_VENV} && ${BIN}/pip install --quiet uv && VIRTUAL_ENV="$PWD/${VENV}" ${BIN}/uv sync --active --inexact --frozen`,
      because: 'uv.lock',
    };
  if (names.includes('poetry.lock'))
    return {
      ...common,
      run: `${MAKE_VENV} && . ${BIN}/activate && pip install --quiet poetry && poetry install`,
      because: 'poetry.lock',
    };
  const files = REQUIREMENTS.filter((file) => names.includes(file));
  const wanted = [
    ...files.map((file) => `-r ${file}`),
    ...(manifest.isPackage ? ['-e .'] : files.length === 0 ? manifest.dependencies.map(quoted) : []),
    ...extra,
  ];
  if (wanted.length === 0) return null;
  const because =
    files[0] ?? (manifest.isPackage || manifest.dependencies.length > 0 ? 'pyproject.toml' : 'tools that are named');
  return { ...common, run: `${MAKE_VENV} && ${BIN}/pip install --quiet ${wanted.join(' ')}`, because };
}

/** A requirement comes from a file, and must stay one word of the command. */
const quoted = (text: string): string =>
  /^[A-Za-z0-9._\-[\],]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

function imageOf({ files }: Survey, { requires }: Manifest): Toolchain['image'] {
  const pinned = /^(3\.\d+)/.exec(files.get('.python-version')?.trim() ?? '')?.[1];
  if (pinned !== undefined) return { name: `python:${pinned}-bookworm`, because: '.python-version' };
  const [, operator = '', minor] = /(==|~=|>=|\^)?\s*3\.(\d{1,2})/.exec(requires) ?? [];
  if (minor === undefined) return { name: `python:${LATEST}-bookworm`, because: 'nothing names a version' };
  const wanted =
    operator === '==' || operator === '~=' ? Number(minor) : Math.max(Number(minor), Number(LATEST.slice(2)));
  return { name: `python:3.${String(wanted)}-bookworm`, because: 'requires-python' };
}
