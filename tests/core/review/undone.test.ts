import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { undone, undoneFindings, type FileAt, type ThreeTimes } from '../../../runner/core/review/undone.js';

const at = (text: string | null): FileAt | null => (text === null ? null : { entry: `100644 ${text}`, text });
const times = (before: string | null, base: string | null, result: string | null): ThreeTimes => ({
  path: 'src/a.js',
  before: at(before),
  base: at(base),
  result: at(result),
});

const words = (file: ThreeTimes, elsewhere: readonly string[] = []): readonly string[] =>
  undone([file], elsewhere).flatMap(({ whole, gone, back }) => [
    ...(whole ? ['whole'] : []),
    ...gone.map(({ number, text }) => `gone ${String(number)} ${text}`),
    ...back.map(({ number, text }) => `back ${String(number)} ${text}`),
  ]);

const CASES: readonly (readonly [name: string, file: ThreeTimes, expected: readonly string[], elsewhere?: string[]])[] =
  [
    [
      'a line that the branch gained is gone',
      times('a1\n', 'a1\nguard(x);\n', 'a1\nmore work\n'),
      ['gone 2 guard(x);'],
    ],
    [
      'a line that it removed is back',
      times('a1\nunsafe(x);\n', 'a1\n', 'b2\na1\nunsafe(x);\n'),
      ['back 3 unsafe(x);'],
    ],
    [
      'a change of the branch is reverted',
      times('limit = 10\nz\n', 'limit = 5\nz\n', 'limit = 10\nz\nnew thing\n'),
      ['gone 1 limit = 5', 'back 1 limit = 10'],
    ],
    ['the file is as it was before', times('one\n', 'one\ntwo\n', 'one\n'), ['whole', 'gone 2 two']],
    ['a new file is gone', times(null, 'one\n', null), ['whole', 'gone 1 one']],
    ['it stands elsewhere now', times('one\n', 'one\ntwo words\n', 'one\n'), [], ['// moved\n  two words\n']],
    ['it was rewritten', times('a1\n', 'a1\nguard(x, y);\n', 'a1\nguard(x, y, z);\n'), []],
    ['only spaces differ', times('a1\n', 'a1\nguard( x )\n', 'a1\n\tguard( x )\n'), []],
    ['braces say nothing', times('a1\n', 'a1\n}\n', 'a1\nb2\n'), []],
    ['old lines may go', times('a1\nb2\n', 'a1\nb2\nc3\n', 'a1\nc3\nd4\n'), []],
    ['the branch changed nothing', times('a1\n', 'a1\n', 'b2\n'), []],
    ['a line that stands twice is gone once', times('x1\n', 'x1\nx1\n', 'x1\ny2\n'), ['gone 2 x1']],
  ];

for (const [name, file, expected, elsewhere] of CASES)
  test(`undone: ${name}`, () => {
    assert.equal(words(file, elsewhere), expected);
  });

test('a file that is no text is undone where it is as it was before', () => {
  const binary = (id: string): FileAt => ({ entry: `100644 ${id}`, text: null });
  const file = { path: 'logo.png', before: binary('a'), base: binary('b'), result: binary('a') };
  assert.equal(undone([file], []), [{ path: 'logo.png', whole: true, gone: [], back: [] }]);
  assert.equal(undone([{ ...file, result: binary('c') }], []), []);
});

test('a change that leaves what the branch has undoes nothing, whatever the texts', () => {
  const text = fc.array(fc.constantFrom('a1', 'b2', 'c3', '}', 'x = y'), { maxLength: 8 }).map((all) => all.join('\n'));
  fc.assert(
    fc.property(text, text, (before, base) => {
      assert.equal(undone([times(before, base, base)], []), []);
      assert.equal(undone([times(before, base, `${base}\nnew line`)], []), []);
    }),
  );
});

test('findings are high, say where and what, are bounded, and hold no control characters', () => {
  const [first] = undoneFindings(undone([times('a1\n', 'a1\nguard\u001b[2J(x);\n', 'b2\n')], []), 'main', 'lately');
  assert.is(first?.severity, 'high');
  assert.is(first?.from, 'runner');
  assert.is(first?.file, 'src/a.js');
  assert.is(first?.line, 2);
  assert.match(first?.title ?? '', /undoes what main gained lately: src\/a\.js - 1 line/);
  assert.not.match(first?.detail ?? '', /\u001b/);
  const many = Array.from({ length: 30 }, (_, index) => ({ ...times(null, 'one\n', null), path: `f${String(index)}` }));
  const findings = undoneFindings(undone(many, []), 'main', 'lately');
  assert.is(findings.length, 21);
  assert.match(findings.at(-1)?.title ?? '', /10 more file/);
});

test.run();
