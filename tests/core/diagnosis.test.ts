import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { diagnose, diagnosisLines, isDiagnosis, type TestResult, type TestRun } from '../../runner/core/diagnosis.js';

const ok = (name: string): TestResult => ({ name, outcome: 'passed' });
const bad = (name: string, message = 'no'): TestResult => ({ name, outcome: 'failed', message });
const run = (passed: boolean, tests: readonly TestResult[] | null = null): TestRun => ({ passed, tests, notes: [] });

const CASES: readonly (readonly [
  name: string,
  runs: readonly TestRun[],
  verdict: string,
  findings: readonly string[],
])[] = [
  ['all pass', [run(true), run(true)], 'passing', []],
  ['all fail, nobody knows why', [run(false), run(false)], 'broken', []],
  ['some fail, nobody knows why', [run(false), run(true)], 'flaky', []],
  ['one test now and then', [run(false, [bad('a'), ok('b')]), run(true, [ok('a'), ok('b')])], 'flaky', ['a flaky 1/2']],
  ['one test always', [run(false, [bad('a'), ok('b')]), run(false, [bad('a'), ok('b')])], 'broken', ['a broken 2/2']],
  [
    'each run fails by another test',
    [run(false, [bad('a'), ok('b')]), run(false, [ok('a'), bad('b')])],
    'flaky',
    ['a flaky 1/2', 'b flaky 1/2'],
  ],
  [
    'a broken one hides no flaky one, and comes first',
    [run(false, [bad('z'), bad('a')]), run(false, [bad('z'), ok('a')])],
    'broken',
    ['z broken 2/2', 'a flaky 1/2'],
  ],
  [
    'a skipped test counts for nothing',
    [run(false, [bad('a')]), run(true, [{ name: 'a', outcome: 'skipped' }])],
    'flaky',
    ['a broken 1/1'],
  ],
  [
    'a name that occurs twice failed if one did',
    [run(false, [ok('a'), bad('a'), ok('a')]), run(true, [ok('a')])],
    'flaky',
    ['a flaky 1/2'],
  ],
];
for (const [name, runs, verdict, findings] of CASES) {
  test(name, () => {
    const diagnosis = diagnose(runs);
    assert.is(diagnosis.verdict, verdict);
    assert.equal(
      diagnosis.findings.map((one) => `${one.name} ${one.verdict} ${String(one.failed)}/${String(one.seen)}`),
      findings,
    );
    assert.ok(isDiagnosis(JSON.parse(JSON.stringify(diagnosis))));
  });
}

test('a report that contradicts the exit code is noted, and the exit code counts', () => {
  const diagnosis = diagnose([run(true, [bad('a')]), run(true, [ok('a')])]);
  assert.is(diagnosis.verdict, 'passing');
  assert.match(diagnosis.notes[0] ?? '', /succeeded though/);
});

test('whatever tests are called, the words are plain, bounded and complete', () => {
  const outcome = fc.constantFrom('passed' as const, 'failed' as const, 'skipped' as const);
  const result = fc.record({
    name: fc.string({ unit: 'binary', maxLength: 500 }),
    outcome,
    message: fc.string({ unit: 'binary' }),
  });
  const runs = fc.array(
    fc.record({
      passed: fc.boolean(),
      tests: fc.option(fc.array(result, { maxLength: 60 })),
      notes: fc.array(fc.string()),
    }),
    { minLength: 2, maxLength: 6 },
  );
  fc.assert(
    fc.property(runs, (of) => {
      const diagnosis = diagnose(of);
      assert.is(
        diagnosis.verdict === 'passing',
        of.every(({ passed }) => passed),
      );
      if (diagnosis.verdict === 'broken') assert.ok(of.every(({ passed }) => !passed));
      assert.ok(diagnosis.findings.length <= 20);
      for (const { name, message, failed, seen } of diagnosis.findings) {
        assert.ok(failed > 0 && failed <= seen && seen <= of.length);
        assert.ok(name.length > 0 && name.length <= 200 && message.length <= 1000);
        assert.not.match(name, /[\u0000-\u001f\u007f\u202e]/);
      }
      for (const line of diagnosisLines(diagnosis, (text) => `\`${text}\``)) assert.not.match(line, /[\n\u001b]/);
    }),
  );
});

test.run();
