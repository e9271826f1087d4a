import type { GuessedCommand, Survey, Toolchain } from './survey.js';

const LATEST = 22;
const NPM_PLACEHOLDER = /no test specified/;
const FIXERS = ['lint:fix', 'lint-fix', 'fix', 'fix:lint', 'format', 'fmt'] as const;
/** Tools that mend what they find, where no script calls them. */
const FIX_TOOLS: readonly (readonly [dependency: string, command: string])[] = [
  ['@biomejs/biome', 'biome check --write .'],
  ['eslint', 'eslint --fix .'],
  ['standard', 'standard --fix'],
  ['prettier', 'prettier --write .'],
];

interface Manager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun';
  readonly install: string;
  /** Runs a script of package.json, and a tool from `node_modules`. */
  readonly run: string;
  readonly exec: string;
  readonly because: string;
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: ReadonlySet<string>;
  readonly hasWorkspaces: boolean;
  readonly packageManager: string;
  readonly engine: string;
}

export function nodeToolchain(survey: Survey): Toolchain {
  const text = survey.files.get('package.json');
  const manifest = text === undefined ? null : manifestOf(text);
  const notes =
    text !== undefined && manifest === null ? ['package.json is not valid JSON: nothing was read from it'] : [];
  const manager = managerOf(survey, manifest?.packageManager ?? '');
  return {
    commands: commandsOf(manifest ?? EMPTY, manager),
    image: imageOf(survey, manifest ?? EMPTY, manager),
    notes,
  };
}

const EMPTY: Manifest = { scripts: {}, dependencies: new Set(), hasWorkspaces: false, packageManager: '', engine: '' };

function manifestOf(text: string): Manifest | null {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const top = record(value);
  const names = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) =>
    Object.keys(record(top[key])),
  );
  return {
    scripts: Object.fromEntries(Object.entries(record(top['scripts'])).filter(isText)),
    dependencies: new Set(names),
    hasWorkspaces: top['workspaces'] !== undefined,
    packageManager: words(top['packageManager']),
    engine: words(record(top['engines'])['node']),
  };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const words = (value: unknown): string => (typeof value === 'string' ? value : '');
const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';

/** By the `packageManager` field, else by the lock file. Corepack comes with Node up to 24 and needs no installation. */
function managerOf({ names }: Survey, field: string): Manager {
  const lock = (...files: string[]): string | undefined => files.find((file) => names.includes(file));
  const named = /^(npm|pnpm|yarn|bun)@/.exec(field)?.[1];
  const because = (file: string | undefined): string =>
    named !== undefined ? 'packageManager in package.json' : (file ?? '');
  const pnpm = lock('pnpm-lock.yaml');
  if (named === 'pnpm' || (named === undefined && pnpm !== undefined))
    return {
      name: 'pnpm',
      install: `corepack pnpm install${pnpm === undefined ? '' : ' --frozen-lockfile'}`,
      run: 'corepack pnpm run',
      exec: 'corepack pnpm exec',
      because: because(pnpm),
    };
  const yarn = lock('yarn.lock');
  if (named === 'yarn' || (named === undefined && yarn !== undefined)) {
    const isBerry = /^yarn@[2-9]/.test(field) || names.includes('.yarnrc.yml');
    const frozen = isBerry ? ' --immutable' : ' --frozen-lockfile';
    const program = isBerry ? 'corepack yarn' : 'yarn';
    return {
      name: 'yarn',
      install: `${program} install${yarn === undefined ? '' : frozen}`,
      run: `${program} run`,
      exec: `${program} exec`,
      because: because(yarn),
    };
  }
  const bun = lock('bun.lock', 'bun.lockb');
  if (named === 'bun' || (named === undefined && bun !== undefined))
    return {
      name: 'bun',
      install: `bun install${bun === undefined ? '' : ' --frozen-lockfile'}`,
      run: 'bun run',
      exec: 'bun x',
      because: because(bun),
    };
  const npm = lock('package-lock.json', 'npm-shrinkwrap.json');
  // Without a lock file in the repository none must appear in what a run changes.
  return {
    name: 'npm',
    install: npm === undefined ? 'npm install --no-package-lock' : 'npm ci',
    run: 'npm run',
    exec: 'npx --no-install',
    because: npm ?? 'package.json',
  };
}

function commandsOf({ scripts, dependencies, hasWorkspaces }: Manifest, manager: Manager): readonly GuessedCommand[] {
  const script = (name: string): string =>
    manager.name === 'npm' && name === 'test' ? 'npm test' : `${manager.run} ${name}`;
  const commands: GuessedCommand[] = [];
  if (dependencies.size > 0 || hasWorkspaces)
    commands.push({ name: 'setup', run: manager.install, network: 'full', because: manager.because });
  const has = (name: string): boolean => Object.hasOwn(scripts, name);
  if (has('test') && !NPM_PLACEHOLDER.test(scripts['test'] ?? ''))
    commands.push({ name: 'test', run: script('test'), because: 'the script `test` in package.json' });
  for (const name of ['lint', 'build'] as const)
    if (has(name)) commands.push({ name, run: script(name), because: `the script \`${name}\` in package.json` });
  const fixer = FIXERS.find(has);
  const tool = FIX_TOOLS.find(([dependency]) => dependencies.has(dependency));
  if (fixer !== undefined)
    commands.push({ name: 'lint-fix', run: script(fixer), because: `the script \`${fixer}\` in package.json` });
  else if (tool !== undefined)
    commands.push({ name: 'lint-fix', run: `${manager.exec} ${tool[1]}`, because: `${tool[0]} in package.json` });
  return commands;
}

function imageOf({ files }: Survey, { engine }: Manifest, { name }: Manager): Toolchain['image'] {
  if (name === 'bun') return { name: 'oven/bun:1', because: 'bun' };
  for (const file of ['.nvmrc', '.node-version']) {
    const major = /^v?(\d+)/.exec(files.get(file)?.trim() ?? '')?.[1];
    if (major !== undefined) return { name: `node:${major}-bookworm`, because: file };
  }
  const [, operator = '', major] = /^\s*(>=|>|\^|~|v|=)?\s*(\d{1,3})/.exec(engine) ?? [];
  if (major === undefined) return { name: `node:${String(LATEST)}-bookworm`, because: 'nothing names a version' };
  const wanted = operator.startsWith('>') ? Math.max(Number(major), LATEST) : Number(major);
  return { name: `node:${String(wanted)}-bookworm`, because: 'engines in package.json' };
}
