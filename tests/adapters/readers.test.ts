// deadline: 240s
// Every reader of a format, and what is checked of what it accepts, on the corpus and on sound files that were damaged.
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { check } from '../../runner/adapters/cel-check.js';
import { formats } from '../../runner/adapters/formats.js';
import type { Result } from '../../runner/core/failure.js';
import { checkFormula } from '../../runner/core/formula.js';
import { checkPolicy } from '../../runner/core/policy-check.js';
import { checkProject } from '../../runner/core/project.js';
import { corpus } from '../attacks/corpus.js';

const checkCel = (expression: string): string | null =>
  check(expression, ['order', 'inputs', 'changes', 'formula', 'steps']);
const context = { commands: ['setup', 'test'], agents: ['x'], sandbox: { memory: '1GB' }, checkCel };

/** Reads bytes, and looks into what was accepted as the program does next. */
type Reader = (name: string, bytes: Uint8Array) => Result<unknown>;
const READERS: Readonly<Record<string, Reader>> = {
  project: (name, bytes) => {
    const read = formats.project(name, bytes);
    if (read.ok) checkProject(read.value.value, () => null);
    return read;
  },
  policy: (name, bytes) => {
    const read = formats.policy(name, bytes);
    if (read.ok) checkPolicy(read.value.value, checkCel);
    return read;
  },
  formula: (name, bytes) => {
    const read = formats.formula(name, bytes);
    if (read.ok) checkFormula(read.value.value, 'x', context);
    return read;
  },
  policyTests: formats.policyTests,
  agent: formats.agent,
  order: formats.order,
  record: formats.record,
  request: formats.request,
  trigger: formats.trigger,
};

/** Generous, because CI machines are slow: what holds is a second on an ordinary one. */
const DEADLINE_MS = 5000;

function answers(read: Reader, name: string, bytes: Uint8Array): boolean {
  const from = performance.now();
  const result = read(name, bytes);
  const took = performance.now() - from;
  assert.ok(took < DEADLINE_MS, `${name} took ${String(Math.round(took))} ms`);
  if (result.ok) return true;
  const { failure } = result;
  assert.ok('problems' in failure, `${name}: ${failure.class}`);
  assert.ok(failure.problems.length > 0, name);
  for (const { line, column, message, excerpt } of failure.problems) {
    assert.ok(line >= 1 && column >= 1, name);
    assert.ok(message.length > 3 && message.length < 1000 && excerpt.length < 1000, `${name}: ${message}`);
    assert.not.match(message + excerpt, /[\u0000-\u0008\u000b-\u001f\u202a-\u202e]/);
  }
  return false;
}

for (const [kind, read] of Object.entries(READERS)) {
  test(`${kind}: every file of the corpus is answered, with a place`, () => {
    for (const of of ['order', 'formula', 'project'] as const) {
      for (const [name, bytes] of corpus(of)) {
        const accepted = answers(read, name, bytes);
        if (of === kind && name.endsWith('.yml')) assert.not.ok(accepted, name);
      }
    }
    assert.is(({} as Record<string, unknown>)['polluted'], undefined);
  });
}

/** Sound files of each kind, as they come with the program. */
const SOUND: Readonly<Record<string, readonly string[]>> = {
  project: ['pushpals.yml'],
  policy: ['policy/policy.yml'],
  formula: ['lint-fixer', 'ci-medic', 'dependency-steward'].map((name) => `formulas/${name}.yml`),
  policyTests: ['policy/tests/default.yml'],
};
const DAMAGE = [
  '{',
  '}',
  '[',
  ']',
  ': ',
  '- ',
  '\n',
  '  ',
  '"',
  "'",
  '&a ',
  '*a ',
  '!x ',
  '|\n',
  '#',
  '\0',
  '\u202e',
  '(((',
  'steps:\n',
  '<!--',
  '```\n',
];

for (const [kind, files] of Object.entries(SOUND)) {
  test(`${kind}: a sound file that was damaged anywhere is answered`, () => {
    const read = READERS[kind] ?? formats.project;
    const sound = files.map((file) => [file, readFileSync(file, 'utf8')] as const);
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat({ max: 40 }),
      put: fc.oneof(fc.constantFrom(...DAMAGE), fc.string({ unit: 'binary', maxLength: 5 }), fc.constant('')),
    });
    let accepted = 0;
    for (const [file, text] of sound) if (answers(read, file, Buffer.from(text))) accepted += 1;
    assert.is(accepted, sound.length, 'undamaged, they are sound');
    fc.assert(
      fc.property(fc.constantFrom(...sound), fc.array(edit, { minLength: 1, maxLength: 4 }), ([file, text], edits) => {
        const damaged = edits.reduce((now, { at, cut, put }) => {
          const place = Math.floor(at * now.length);
          return now.slice(0, place) + put + now.slice(place + cut);
        }, text);
        answers(read, file, Buffer.from(damaged));
      }),
      { numRuns: 150 },
    );
  });
}

test.run();
