import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseYaml, stringifyYaml } from '../../runner/adapters/yaml.js';
import { RECORD_LIMITS } from '../../runner/adapters/yaml-tree.js';
import type { Problem } from '../../runner/core/failure.js';
import { formula, policy, project, record, type Validator } from '../../runner/generated/validators.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function problemsOf<T>(text: string | Uint8Array, validator: Validator<T>): readonly Problem[] {
  const read = parseYaml('file.yml', typeof text === 'string' ? bytes(text) : text, validator);
  assert.not(read.ok, 'expected problems');
  return read.ok ? [] : read.failure.problems;
}

/** `line:column message || hint` of each. */
const told = <T>(text: string | Uint8Array, validator: Validator<T>): readonly string[] =>
  problemsOf(text, validator).map(
    ({ line, column, message, hint }) =>
      `${String(line)}:${String(column)} ${message}${hint === undefined ? '' : ` || ${hint}`}`,
  );

test('reads a project and says where its values stand', () => {
  const text =
    'version: 1\nproject: shop\nsandbox:\n  image: node:22\ntriggers:\n  - id: a\n    order: { formula: f }\n';
  const read = parseYaml('pushpals.yml', bytes(text), project);
  assert.ok(read.ok);
  if (!read.ok) return;
  const at = (...path: (string | number)[]): string => {
    const { line, column } = read.value.positionOf(path);
    return `${String(line)}:${String(column)}`;
  };
  assert.is(read.value.value.project, 'shop');
  assert.is(at('project'), '2:10');
  assert.is(at('sandbox'), '3:1', 'a block is pointed at by its key');
  assert.is(at('sandbox', 'image'), '4:10');
  assert.is(at('triggers', 0, 'order', 'formula'), '7:23');
  assert.is(at('triggers', 0, 'order', 'goal'), '7:12', 'the nearest value around one that is not there');
  assert.is(at(), '1:1');
  assert.is(read.value.positionOf(['sandbox', 'image']).excerpt, '  image: node:22');
});

test('all problems of a file, each at its place, in order', () => {
  const text = `version: 2
projct: x
sandbox:
  driver: dokcer
  network: fulll
  memory: 2 GB
  cpus: 0
runner: { slots: "3" }
commands: { Test: a, ok: 5 }
triggers:
  - cron: x
notify: [{ command: ls, on: [fail] }]
`;
  const keys = told(text, project);
  assert.equal(keys, [
    '1:1 the key `project` is missing || A name for reports.',
    '1:10 version `2` is not supported; this program reads version 1 || Write `version: 1`, or use a program that reads that version.',
    '2:1 unknown key `projct` || Did you mean `project`?',
    '4:11 `dokcer` is not one of docker, bubblewrap, host || Did you mean `docker`?',
    '5:12 `fulll` is not one of none, full || Did you mean `full`?',
    '6:11 `2 GB` is not a legal size || A number of bytes: a whole number and `KB`, `MB` or `GB` (1 KB is 1024 bytes).',
    '7:9 `0` must be > 0',
    '8:18 expected a whole number, found the text `3` || How many orders run at once. Where several machines share a remote, on each of them.',
    '9:13 `Test` is no name for a key here || Lower-case letters, digits and dashes, at most 40, starting with a letter.',
    '9:26 expected text, found `5` || Put it in quotes: "5".',
    '11:5 the key `id` is missing',
    '11:5 the key `order` is missing || The order to make.',
    '12:21 expected a list, found the text `ls` || Write it as a list: `[…]`, or one `- …` a line.',
    '12:30 `fail` is not one of vault-pending, failed, done, rejected || Did you mean `failed`?',
  ]);
});

test('one problem where a value may be of several kinds', () => {
  const step = (key: string): string => `formula: a\nversion: 1\nsteps:\n  - id: a\n    ${key}\n`;
  assert.equal(told('version: 1\nproject: x\nsandbox: { network: ["-x"] }', project), [
    '3:22 `-x` is not a legal host name || Such as `registry.example.org` (its ports 80 and 443), `example.org:8443`, or `*.example.org`: every name under it, and not it.',
  ]);
  assert.equal(told('version: 1\nproject: x\nsandbox: { network: 5 }', project), [
    "3:21 `5` does not fit here || What a step may reach: `none`, `full` (with the driver `bubblewrap` that is the machine's own network, loopback and all), or a list of hosts and nothing but them, by HTTP and HTTPS.",
  ]);
  assert.equal(told(step('run: { comand: x }'), formula), [
    "5:10 the key `command` is missing || A key of the project's `commands`.",
    '5:12 unknown key `comand` || Did you mean `command`?',
  ]);
  assert.equal(told(step('matrix: { os: [[1]] }'), formula), [
    '5:20 a list does not fit here || Text, a number, or `true` or `false`.',
  ]);
  assert.equal(told('version: 1\ntiers: { hihg: {} }\nrules: [{ id: a, paths: [x] }]\n', policy), [
    '2:10 unknown key `hihg` || Did you mean `high`?',
    '3:9 the key `tier` is missing',
  ]);
});

test('a step status is told apart by its state', () => {
  const text = (status: string): string =>
    `id: a\norder: {goal: x}\nformula: f\ndedupe: d\nattempts: 1\naccepted: {at: 2026-11-20T00:00:00Z, from: a, digest: d, actor: a}\nrun:\n  id: a-1\n  attempt: 1\n  claimedAt: 2026-11-20T00:00:00Z\n  claimant: {host: h, pid: 1, startedAt: x, boot: b}\n  leaseUntil: 2026-11-20T00:00:00Z\n  formula: f\n  formulaDigest: d\n  base: ${'a'.repeat(40)}\n  driver: host\n  steps: {s: ${status}}\n`;
  assert.ok(parseYaml('r.yml', bytes(text('{state: pending}')), record).ok);
  assert.equal(told(text('{state: done}'), record), ['17:22 `done` is no legal `state`']);
  assert.equal(told(text('{}'), record), ['17:14 the key `state` is missing']);
  assert.equal(told(text('{state: running, attempt: 1}'), record), ['17:14 the key `startedAt` is missing']);
});

const HOSTILE: readonly (readonly [name: string, input: string | Uint8Array, expected: RegExp])[] = [
  ['a duplicate key', 'version: 1\nproject: x\nproject: y\n', /^3:1 the key `project` is there twice/],
  [
    'a prototype key',
    'version: 1\nproject: x\n__proto__: { polluted: 1 }\n',
    /^3:1 the key `__proto__` is not allowed/,
  ],
  [
    'a constructor key',
    'version: 1\nproject: x\ncommands: { constructor: x }\n',
    /^3:13 the key `constructor` is not allowed/,
  ],
  ['a tab for indentation', 'version: 1\nproject: x\nrunner:\n\tslots: 1\n', /^4:1 YAML is not indented with tabs/],
  ['two documents', 'version: 1\nproject: a\n---\nversion: 1\n', /^3:1 a second YAML document/],
  ['flow nesting', '['.repeat(500_000), /^1:65 .*nest deeper/],
  ['mapping nesting', '{a: '.repeat(200_000), /^1:\d+ .*nest deeper/],
  ['block nesting', '- '.repeat(400_000), /^1:\d+ .*nest deeper/],
  ['indented nesting', Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), /nest deeper/],
  [
    'a bomb of aliases',
    `a: &a [1,2,3,4,5,6,7,8,9,0]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${`*${'abcdefghij'[index] ?? ''},`.repeat(10)}]`).join('\n')}`,
    /^5:29 with its aliases written out/,
  ],
  [
    'nesting by aliases',
    Array.from(
      { length: 100 },
      (_, index) => `k${String(index)}: &a${String(index)} [${index === 0 ? '' : `*a${String(index - 1)}`}]`,
    ).join('\n'),
    /nests deeper/,
  ],
  ['an alias within its anchor', 'version: &a [*a]\nproject: x\n', /^1:14 `\*a` stands inside/],
  ['an unknown alias', 'version: 1\nproject: *b\n', /^2:10 nothing is marked `&b`/],
  ['a tag', 'version: 1\nproject: !!js/function x\n', /^2:10 YAML tags/],
  ['a merge key', 'version: 1\nproject: x\n<<: { formula: y }\n', /^3:1 unknown key `<<`/],
  ['not a number', 'version: 1\nproject: .nan\n', /^2:10 this number cannot be kept/],
  ['a key that is no text', 'version: 1\nproject: x\n[a]: b\n', /^3:1 a key must be text/],
  ['a NUL', 'a\0b', /^1:2 there is a NUL/],
  ['an escape sequence', 'version: 1\nproject: x\n\u001b[31m', /^3:1 there is a control character, U\+001B/],
  ['UTF-16', new Uint8Array([0xff, 0xfe, 65, 0]), /^1:1 the file is UTF-16/],
  ['Latin 1', new Uint8Array([65, 10, 65, 58, 32, 0xe9, 10]), /^2:4 byte 6 is not UTF-8/],
  ['nothing', '  \n', /^1:1 the file is empty/],
  ['only a comment', '# x\n', /expected a mapping, found nothing/],
  ['text', 'hello', /^1:1 expected a mapping, found the text `hello`/],
  ['a list', '- a', /^1:1 expected a mapping, found a list/],
  ['a file that is too large', new Uint8Array(1024 * 1024 + 1), /^1:1 the file has 1048577 bytes/],
  ['too many parts', 'a: b\n'.repeat(200_000), /more than 100000 parts/],
  ['unquoted text with a colon', 'version: 1\nproject: a: b\n', /^2:10 not YAML: .* \|\| Text that holds/],
];

for (const [name, input, expected] of HOSTILE) {
  test(`refuses ${name}`, () => {
    const lines = told(input, project);
    assert.ok(
      lines.some((line) => expected.test(line)),
      lines.join('\n'),
    );
  });
}

test('a prototype key changes no prototype, wherever it stands', () => {
  const read = parseYaml(
    'f.yml',
    bytes('formula: a\nversion: 1\ninputs: { x: { __proto__: { polluted: 1 } } }\nsteps: [{ id: a, run: x }]\n'),
    formula,
  );
  assert.not(read.ok);
  assert.is(({} as Record<string, unknown>)['polluted'], undefined);
});

test('what is quoted shows hidden characters and stays short', () => {
  const [, unknown] = problemsOf('version: 1\nprojec\u202et: x\n', project);
  assert.is(unknown?.excerpt, 'projec\ufffdt: x');
  assert.not.match(unknown?.message ?? '', /\u202e/);
  const [, long] = problemsOf(`version: 1\n${'k'.repeat(5000)}: 1\n`, project);
  assert.ok((long?.excerpt.length ?? 0) <= 162);
  assert.ok((long?.message.length ?? 0) < 200);
});

test('at most 50 problems are told, and the rest counted', () => {
  const problems = problemsOf(
    `version: 1\nproject: x\n${Array.from({ length: 300 }, (_, index) => `bad${String(index)}: 1\n`).join('')}`,
    project,
  );
  assert.is(problems.length, 50);
  assert.match(problems.at(-1)?.message ?? '', /\(and 250 more problems\)$/);
});

/** The whole answer is bounded, because the bounds are met before anything is built. The deadline is generous: CI machines are slow. */
const DEADLINE_MS = 5000;

const UNITS = [
  '[',
  '{',
  '- ',
  '? ',
  '&a ',
  '*a ',
  '!a ',
  'a: ',
  '\n',
  '#',
  "'",
  '"',
  '|\n',
  '>',
  '%',
  '---\n',
  '\t',
  ' ',
  ': ',
  ',',
  'a\n',
  '{a: ',
  'a: b\n',
  '&a a: *a\n',
  '%a\n',
  '...\n',
  '\r',
  '?\n',
  'x',
  '\\',
  '\u2028',
  '\u200b',
  'é',
  '"\n',
];

test('a megabyte of anything is answered at once', () => {
  for (const start of ['', 'version: 1\ncommands:\n  a: {']) {
    for (const unit of UNITS) {
      const input = bytes(start + unit.repeat(Math.floor(1_000_000 / bytes(unit).length)));
      const from = performance.now();
      parseYaml('x.yml', input, project);
      const took = performance.now() - from;
      assert.ok(took < DEADLINE_MS, `${JSON.stringify(start)} and ${JSON.stringify(unit)} took ${String(took)} ms`);
    }
  }
});

test('any bytes are answered, never by throwing', () => {
  const pieces = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...UNITS,
          'version: 1\n',
          'project: x\n',
          'triggers:\n',
          '  - id: a\n',
          '    order: {formula: f}\n',
          '"\\u0000"',
          '&b {a: *b}',
          '<<: *b\n',
        ),
        fc.string({ unit: 'binary' }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => bytes(parts.join('')));
  const anything = fc.oneof(fc.uint8Array({ maxLength: 300 }), pieces);
  fc.assert(
    fc.property(anything, (input) => {
      const read = parseYaml('x.yml', input, project);
      if (read.ok) return;
      assert.ok(read.failure.problems.length > 0);
      for (const { line, column, message } of read.failure.problems) {
        assert.ok(line >= 1 && column >= 1 && message !== '');
      }
    }),
    { numRuns: 2000 },
  );
});

test('what is written is read back the same, and is one text for one value', () => {
  const anyRecord = fc.dictionary(
    fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
    fc
      .jsonValue({ maxDepth: 4 })
      .filter((value) => !JSON.stringify(value).includes('__proto__')) as fc.Arbitrary<unknown>,
    { noNullPrototype: true },
  );
  const anything = Object.assign((data: unknown): data is unknown => data !== undefined, {
    errors: null,
  }) as Validator<unknown>;
  fc.assert(
    fc.property(anyRecord, fc.string({ unit: 'binary' }), (value, text) => {
      const whole = { ...value, text, lines: `a\n\n  b\n${text}\n` };
      const written = stringifyYaml(whole);
      const read = parseYaml('r.yml', bytes(written), anything, RECORD_LIMITS);
      assert.ok(read.ok, read.ok ? '' : `${JSON.stringify(read.failure.problems)}\n${written}`);
      // JSON has one zero, and text leaves a program as well-formed UTF-8.
      if (read.ok) assert.is(JSON.stringify(read.value.value), JSON.stringify(JSON.parse(JSON.stringify(whole))));
      assert.is(stringifyYaml(whole), written);
    }),
    { numRuns: 1000 },
  );
});

test('a record with whatever a step left as outputs is read again', () => {
  const outputs = JSON.parse(
    `{"constructor":{"prototype":1},"deep":${'['.repeat(60)}${']'.repeat(60)},"many":[${'0,'.repeat(200_000)}0]}`,
  ) as unknown;
  const at = '2026-11-20T00:00:00Z';
  const written = stringifyYaml({
    ...{
      id: 'a',
      order: { goal: 'x' },
      formula: 'f',
      dedupe: 'd',
      attempts: 1,
      accepted: { at, from: 'a', digest: 'd', actor: 'a' },
    },
    run: {
      ...{
        id: 'a-1',
        attempt: 1,
        claimedAt: at,
        claimant: { host: 'h', pid: 1, startedAt: 'x', boot: 'b' },
        leaseUntil: at,
      },
      ...{ formula: 'f', formulaDigest: 'd', base: 'a'.repeat(40), driver: 'host' },
      steps: { s: { state: 'succeeded', attempt: 1, startedAt: at, durationMs: 1, snapshot: 'a'.repeat(40), outputs } },
    },
  });
  const read = parseYaml('a.yml', bytes(written), record, RECORD_LIMITS);
  assert.ok(read.ok, read.ok ? '' : JSON.stringify(read.failure.problems));
  if (!read.ok) return;
  const status = read.value.value.run?.steps['s'];
  assert.ok(status?.state === 'succeeded' && JSON.stringify(status.outputs) === JSON.stringify(outputs));
});

test('written YAML has no anchors and wraps nothing', () => {
  const shared = { a: 1 };
  assert.is(stringifyYaml({ x: shared, y: shared }), 'x:\n  a: 1\ny:\n  a: 1\n');
  assert.is(stringifyYaml({ long: 'word '.repeat(60).trim() }), `long: ${'word '.repeat(60).trim()}\n`);
  assert.is(stringifyYaml({ log: 'one\ntwo\n' }), 'log: |\n  one\n  two\n');
});

test.run();
