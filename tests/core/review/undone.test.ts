import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import { undone, type FileAt, type ThreeTimes } from '../../../runner/core/review/undone.js';
import { undoneFindings } from '../../../runner/core/review/undone-findings.js';

const at = (text: string | null): FileAt | null => (text === null ? null : { entry: `100644 ${text}`, text });
const times = (before: string | null, base: string | null, result: string | null): ThreeTimes => ({
  path: 'src/a.js',
  before: at(before),
  base: at(base),
  result: at(result),
});

type Other = Omit<ThreeTimes, 'before'>;
const other = (result: string, path = 'src/b.js', base: string | null = null): Other => ({
  path,
  base: at(base),
  result: at(result),
});

const words = (file: ThreeTimes, others: readonly Other[] = []): readonly string[] =>
  undone([file], others).flatMap(({ whole, mode, gone, back, altered, unseen }) => [
    ...(whole ? ['whole'] : []),
    ...(mode ? ['mode'] : []),
    ...gone.map(({ number, text }) => `gone ${String(number)} ${text}`),
    ...back.map(({ number, text }) => `back ${String(number)} ${text}`),
    ...altered.map(({ number, text }) => `altered ${String(number)} ${text}`),
    ...(unseen === null ? [] : [unseen]),
  ]);

/** A guard that the branch gained, in a file that goes on after it; and what a change makes of the file. */
const guarded = (result: string): ThreeTimes =>
  times('first(x);\nlast(x);\n', 'first(x);\nguard(every, thing);\nlast(x);\n', result);
const GUARD = 'gone 2 guard(every, thing);';

const CASES: readonly (readonly [
  name: string,
  file: ThreeTimes,
  expected: readonly string[],
  others?: readonly Other[],
])[] = [
  ['a line that the branch gained is gone', times('a1\n', 'a1\nguard(x);\n', 'a1\nmore work\n'), ['gone 2 guard(x);']],
  ['a line that it removed is back', times('a1\nunsafe(x);\n', 'a1\n', 'b2\na1\nunsafe(x);\n'), ['back 3 unsafe(x);']],
  [
    'a change of the branch is reverted',
    times('limit = 10\nz\n', 'limit = 5\nz\n', 'limit = 10\nz\nnew thing\n'),
    ['gone 1 limit = 5', 'back 1 limit = 10'],
  ],
  ['the file is as it was before', times('one\n', 'one\ntwo\n', 'one\n'), ['whole', 'gone 2 two']],
  ['a new file is gone', times(null, 'one\n', null), ['whole', 'gone 1 one']],
  [
    'it stands elsewhere now, for others to look at',
    times('one\n', 'one\ntwo words\n', 'one\n'),
    ['altered 2 two words'],
    [other('// moved\n  two words\n')],
  ],
  [
    'it was rewritten, for others to look at',
    times('a1\n', 'a1\nguard(x, y);\n', 'a1\nguard(x, y, z);\n'),
    ['altered 2 guard(x, y);'],
  ],
  ['a zero byte hides nothing', guarded('\0first(x);\nlast(x);\n'), [GUARD]],
  ['a copy in a comment is none', guarded('first(x);\n// guard(every, thing);\nlast(x);\n'), [GUARD]],
  [
    'a copy in a comment at the end of a line is none',
    guarded('first(x);\nrun(); // guard(every, thing);\nlast(x);\n'),
    [GUARD],
  ],
  ['a copy in quotes is none', guarded('first(x);\nlog("guard(every, thing);");\nlast(x);\n'), [GUARD]],
  ['a line that is like it and stands elsewhere is another', guarded('first(x);\nlast(x);\nguard(every);\n'), [GUARD]],
  [
    'what stood in another file all along has not moved there',
    guarded('first(x);\nlast(x);\nnew(x);\n'),
    [GUARD],
    [other('guard(every, thing);\nmore(x);\n', 'src/b.js', 'guard(every, thing);\n')],
  ],
  [
    'a copy in a text for people is none',
    guarded('first(x);\nlast(x);\nnew(x);\n'),
    [GUARD],
    [other('guard(every, thing);\n', 'notes.md')],
  ],
  [
    'a copy accounts for one line',
    times('a1\n', 'a1\nguard();\nguard();\n', 'a1\nb2\n'),
    ['gone 3 guard();', 'altered 2 guard();'],
    [other('guard();\n')],
  ],
  [
    'what is back with a comment is back',
    times('a1\nunsafe(x);\n', 'a1\n', 'a1\nunsafe(x); // needed\n'),
    ['back 2 unsafe(x); // needed'],
  ],
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

test('what is no text is undone where it is as it was before, and else told; what a change makes unreadable is told', () => {
  const image = (id: string, text: string | null = '\0'): FileAt => ({ entry: `100644 ${id}`, text });
  const file = { path: 'logo.png', before: image('a'), base: image('b'), result: image('a') };
  assert.equal(words(file), ['whole']);
  assert.equal(words({ ...file, result: image('c') }), ['binary']);
  const grown = { ...guarded('x'), result: image('c', null) };
  assert.equal(words(grown), ['unreadable']);
  assert.is(undoneFindings(undone([grown], []), 'main', 'lately', 0)[0]?.severity, 'high');
  const [note] = undoneFindings(undone([{ ...file, result: image('c') }], []), 'main', 'lately', 0);
  assert.is(note?.severity, 'note');
});

test('a mode that the branch changed and that is as it was', () => {
  const [file, plain] = [
    guarded('first(x);\nguard(every, thing);\nlast(x);\nmore(x);\n'),
    'first(x);\nguard(every, thing);\nlast(x);\n',
  ];
  assert.equal(words({ ...file, base: { entry: '100755 b', text: plain } }), ['mode']);
});

test('texts that were made to take for ever do not: what there is no time for is gone', () => {
  const lines = (word: string, rest = ''): string =>
    Array.from({ length: 20_000 }, (_, n) => `${word}${String(n)}${rest}`).join('\n');
  const alike = undone([times('', lines('old', ' a b'), lines('new', ' a b'))], []);
  assert.is(alike[0]?.altered.length, 20_000);
  const unlike = undone([times('', lines('was'), lines('is'))], []);
  assert.is(unlike[0]?.gone.length, 20_000);
  const long = 'word '.repeat(200_000);
  assert.is(undone([times('', `${long}x`, `${long}y`)], []).length, 1);
});

test('a change that leaves what the branch has undoes nothing, whatever the texts', () => {
  const text = fc.array(fc.constantFrom('a1', 'b2', 'c3', '}', 'x = y'), { maxLength: 8 }).map((all) => all.join('\n'));
  fc.assert(
    fc.property(text, text, (before, base) => {
      assert.equal(undone([times(before, base, base)], []), []);
      assert.equal(undone([times(before, base, `${base}\nnew line`)], []), []);
      const other = { path: 'src/b.js', base: null, result: at(base) };
      assert.equal(undone([times(before, base, base)], [other]), []);
    }),
  );
});

test('findings are high, say where and what, are bounded, and hold no control characters', () => {
  const [first] = undoneFindings(undone([times('a1\n', 'a1\nguard\u001b[2J(x);\n', 'b2\n')], []), 'main', 'lately', 0);
  assert.is(first?.severity, 'high');
  assert.is(first?.from, 'runner');
  assert.is(first?.file, 'src/a.js');
  assert.is(first?.line, 2);
  assert.match(first?.title ?? '', /undoes what main gained lately: src\/a\.js - 1 line/);
  assert.not.match(first?.detail ?? '', /\u001b/);
  const many = Array.from({ length: 30 }, (_, index) => ({ ...times(null, 'one\n', null), path: `f${String(index)}` }));
  const findings = undoneFindings(undone(many, []), 'main', 'lately', 7);
  assert.is(findings.length, 22);
  assert.match(findings.at(-2)?.title ?? '', /10 more file/);
  assert.match(findings.at(-1)?.title ?? '', /7 file\(s\) .* too much to look into/);
  assert.ok(findings.every(({ severity }) => severity === 'high'));
});

test.run();
