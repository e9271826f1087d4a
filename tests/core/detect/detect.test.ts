import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { formats } from '../../../runner/adapters/formats.js';
import { detect, forgeOf } from '../../../runner/core/detect/detect.js';
import { firstOrder, policyText, projectText } from '../../../runner/core/detect/project-text.js';
import { LANGUAGES, SURVEYED, type Language, type Survey } from '../../../runner/core/detect/survey.js';

const survey = (files: Readonly<Record<string, string>>, ...names: string[]): Survey => ({
  names: [...Object.keys(files), ...names],
  files: new Map(Object.entries(files)),
  remote: null,
});
const manifest = (value: unknown): string => JSON.stringify(value);

interface Case {
  readonly of: Survey;
  readonly language: Language;
  readonly image?: string;
  readonly commands: Readonly<Record<string, string>>;
  readonly network?: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  'npm with a lock file': {
    of: survey(
      {
        'package.json': manifest({
          scripts: { test: 'jest', lint: 'eslint .', 'lint:fix': 'eslint --fix .', build: 'tsc' },
          devDependencies: { eslint: '9.0.0' },
          engines: { node: '>=18' },
        }),
      },
      'package-lock.json',
    ),
    language: 'node',
    image: 'node:22-bookworm',
    commands: {
      setup: 'npm ci',
      test: 'npm test',
      lint: 'npm run lint',
      build: 'npm run build',
      'lint-fix': 'npm run lint:fix',
    },
    network: ['setup'],
  },
  'npm without dependencies needs no set-up; its placeholder of a test is none': {
    of: survey({
      'package.json': manifest({ scripts: { test: 'echo "Error: no test specified" && exit 1' } }),
      '.nvmrc': 'v20.1\n',
    }),
    language: 'node',
    image: 'node:20-bookworm',
    commands: {},
  },
  'a fixer that no script calls': {
    of: survey({ 'package.json': manifest({ devDependencies: { prettier: '3' } }) }),
    language: 'node',
    commands: { setup: 'npm install --no-package-lock', 'lint-fix': 'npx --no-install prettier --write .' },
    network: ['setup'],
  },
  'pnpm by its lock file': {
    of: survey({ 'package.json': manifest({ scripts: { test: 'x' }, dependencies: { a: '1' } }) }, 'pnpm-lock.yaml'),
    language: 'node',
    commands: { setup: 'corepack pnpm install --frozen-lockfile', test: 'corepack pnpm run test' },
    network: ['setup'],
  },
  'yarn by its field': {
    of: survey(
      { 'package.json': manifest({ packageManager: 'yarn@4.1.0', scripts: { test: 'x' }, dependencies: { a: '1' } }) },
      'yarn.lock',
    ),
    language: 'node',
    commands: { setup: 'corepack yarn install --immutable', test: 'corepack yarn run test' },
    network: ['setup'],
  },
  'a package.json that is not JSON': { of: survey({ 'package.json': '{' }), language: 'node', commands: {} },
  'a package.json of the wrong shapes': {
    of: survey({ 'package.json': manifest({ scripts: ['a'], dependencies: 5, engines: 'x', packageManager: {} }) }),
    language: 'node',
    commands: {},
  },
  'python with requirements and pytest': {
    of: survey({ 'requirements.txt': 'flask==3.0\npytest\n', '.python-version': '3.11.4' }),
    language: 'python',
    image: 'python:3.11-bookworm',
    commands: {
      setup:
        "python3 -m venv .venv && printf '*' > .venv/.gitignore && .venv/bin/pip install --quiet -r requirements.txt",
      test: '.venv/bin/python -m pytest',
    },
    network: ['setup'],
  },
  'python without dependencies': {
    of: survey({ 'pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.9"\n' }, 'tests/'),
    language: 'python',
    image: 'python:3.12-bookworm',
    commands: { test: 'python3 -m unittest discover -s tests' },
  },
  'a python package with ruff': {
    of: survey({
      'pyproject.toml':
        '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "a"\ndependencies = ["httpx"]\n[tool.ruff]\n[tool.pytest.ini_options]\n',
    }),
    language: 'python',
    commands: {
      setup: "python3 -m venv .venv && printf '*' > .venv/.gitignore && .venv/bin/pip install --quiet -e . pytest ruff",
      test: '.venv/bin/python -m pytest',
      lint: '.venv/bin/python -m ruff check .',
      'lint-fix': '.venv/bin/python -m ruff check --fix .',
    },
    network: ['setup'],
  },
  'a requirement stays one word': {
    of: survey({ 'pyproject.toml': `[project]\nname = "a"\ndependencies = ["a; touch x", "it's>=1"]\n` }),
    language: 'python',
    commands: {
      setup: `python3 -m venv .venv && printf '*' > .venv/.gitignore && .venv/bin/pip install --quiet 'a; touch x' 'it'\\''s>=1'`,
    },
    network: ['setup'],
  },
  'go without modules': {
    of: survey({ 'go.mod': 'module a\n\ngo 1.22\n' }),
    language: 'go',
    image: 'golang:1.22-bookworm',
    commands: { test: 'go test ./...', lint: 'go vet ./...', 'lint-fix': 'go fmt ./...', build: 'go build ./...' },
  },
  'go with modules keeps them where git does not look': {
    of: survey({ 'go.mod': 'module a\ngo 1.22\nrequire b.example/c v1.0.0\n' }),
    language: 'go',
    commands: {
      setup:
        'mkdir -p .pushpals-cache && printf \'*\' > .pushpals-cache/.gitignore && GOMODCACHE="$PWD/.pushpals-cache/go" GOFLAGS=-modcacherw go mod download',
      test: 'GOMODCACHE="$PWD/.pushpals-cache/go" GOFLAGS=-modcacherw go test ./...',
      lint: 'GOMODCACHE="$PWD/.pushpals-cache/go" GOFLAGS=-modcacherw go vet ./...',
      'lint-fix': 'GOMODCACHE="$PWD/.pushpals-cache/go" GOFLAGS=-modcacherw go fmt ./...',
      build: 'GOMODCACHE="$PWD/.pushpals-cache/go" GOFLAGS=-modcacherw go build ./...',
    },
    network: ['setup'],
  },
  'rust without crates': {
    of: survey({ 'Cargo.toml': '[package]\nname = "a"\n', 'rust-toolchain.toml': '[toolchain]\nchannel = "1.79.0"\n' }),
    language: 'rust',
    image: 'rust:1.79-bookworm',
    commands: {
      test: 'cargo test --offline',
      lint: 'cargo clippy --offline',
      'lint-fix': 'cargo fmt',
      build: 'cargo build --offline',
    },
  },
  'a Makefile alone': {
    of: survey({
      Makefile: 'VERSION := 1\n.PHONY: test\ntest: build\n\tsh test.sh\nfmt:\n\tsed -i s/a/b/ x\nbuild all: x\n',
    }),
    language: 'minimal',
    image: 'buildpack-deps:bookworm',
    commands: { test: 'make test', 'lint-fix': 'make fmt', build: 'make build' },
  },
  'a Makefile fills in what package.json leaves open': {
    of: survey({ 'package.json': manifest({ scripts: { test: 'x' } }), Makefile: 'test:\nlint:\n' }),
    language: 'node',
    commands: { test: 'npm test', lint: 'make lint' },
  },
  'nothing at all': { of: survey({}), language: 'minimal', commands: {} },
};

for (const [name, { of, language, image, commands, network = [] }] of Object.entries(CASES)) {
  test(name, () => {
    const found = detect(of, null);
    assert.is(found.language, language);
    if (image !== undefined) assert.is(found.image.name, image);
    assert.equal(Object.fromEntries(found.commands.map(({ name: key, run }) => [key, run])), commands);
    assert.equal(
      found.commands.flatMap(({ name: key, network: reach }) => (reach === undefined ? [] : [key])),
      network,
    );
  });
}

test('a template wins over the files, and a second language is said', () => {
  const both = survey({ 'package.json': '{}', 'go.mod': 'module a\n' });
  assert.is(detect(both, 'go').language, 'go');
  assert.is(detect(both, 'go').because, null);
  assert.equal(detect(both, null).notes, ['there is go.mod as well: add its commands yourself']);
  assert.equal(detect(survey({ Makefile: 'test:\n' }), 'minimal').commands, []);
});

test('the forge is told by the remote’s host', () => {
  const table: [string, unknown][] = [
    ['git@github.com:acme/shop.git', { kind: 'github', repo: 'acme/shop', baseUrl: null }],
    ['https://someone:token@github.com/acme/shop', { kind: 'github', repo: 'acme/shop', baseUrl: null }],
    ['https://github.com/acme/tools/shop', null],
    ['https://github.com/acme/..', null],
    [
      'ssh://git@gitlab.example.org:2222/group/sub/shop.git',
      { kind: 'gitlab', repo: 'group/sub/shop', baseUrl: 'https://gitlab.example.org' },
    ],
    ['https://codeberg.org/acme/shop.git', { kind: 'gitea', repo: 'acme/shop', baseUrl: 'https://codeberg.org' }],
    ['/srv/git/shop.git', null],
    ['https://git.example.org/acme/shop', null],
    ['https://github.com/', null],
    ['', null],
  ];
  for (const [url, want] of table) assert.equal(forgeOf(url), want, url);
});

const SHIPPED = 'version: 1\nnetwork: { allow: none } # the most\n';

test('whatever lies in a repository, what is written is a project that validates', () => {
  const content = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({
        scripts: fc.dictionary(fc.constantFrom('test', 'lint', 'fix', 'build'), fc.string()),
        dependencies: fc.dictionary(fc.string(), fc.string()),
      })
      .map(manifest),
    fc
      .array(fc.string())
      .map((requirements) => `[project]\nname = "a"\ndependencies = ${JSON.stringify(requirements)}\n`),
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...SURVEYED), content),
      fc.array(fc.constantFrom('package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'uv.lock', 'poetry.lock', 'tests/')),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
      fc.constantFrom(null, ...LANGUAGES),
      fc.constantFrom('docker' as const, 'bubblewrap' as const, 'host' as const),
      (files, names, name, template, driver) => {
        const found = detect(survey(files, ...names), template);
        const text = projectText({ name, branch: 'main', driver }, found);
        const read = formats.project('pushpals.yml', Buffer.from(text));
        assert.ok(read.ok, `${text}\n${JSON.stringify(read)}`);
        if (read.ok) assert.is(read.value.value.project, name.slice(0, 100));
        assert.is(
          policyText(SHIPPED, found).includes('allow: full'),
          found.commands.some(({ network }) => network === 'full'),
        );
        const order = firstOrder(found);
        assert.is(order === null, !found.commands.some((command) => command.name === 'test'));
        if (order !== null) assert.ok(formats.order('inbox/first.md', Buffer.from(order.text)).ok, order.text);
      },
    ),
  );
});

test.run();
