import fc from 'fast-check';
import picomatch from 'picomatch';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { literally, matcher } from '../../runner/core/glob.js';
import { globsOverlap } from '../../runner/core/glob-overlap.js';

test('what each sign means', () => {
  const table: [glob: string, matching: string[], other: string[]][] = [
    ['src/a.txt', ['src/a.txt'], ['src/a.txt2', 'asrc/a.txt', 'src/b.txt', 'src']],
    ['*.pem', ['a.pem', '.pem', '.a.pem'], ['a/b.pem', 'a.pem2']],
    ['**/*.pem', ['a.pem', 'a/b.pem', 'a/b/.c.pem'], ['a.pem/b']],
    ['src/**', ['src/a', 'src/a/b', 'src/.a'], ['src', 'srcs/a', 'a/src/b']],
    ['**', ['a', 'a/b', '.a'], []],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['a/xb', 'ab']],
    ['a**b', ['ab', 'axb'], ['a/b']],
    ['?.txt', ['a.txt', '.txt'.padStart(5, '.')], ['.txt', 'ab.txt', '/.txt']],
    ['[a-c]x', ['ax', 'cx'], ['dx', '-x', '/x']],
    ['[!a-c]x', ['dx'], ['ax', '/x']],
    ['[]x]', [']', 'x'], ['a']],
    ['[a', ['[a'], ['a']],
    ['{a,b/**}/c', ['a/c', 'b/x/c'], ['b/c2', 'c', '{a,b/**}/c']],
    ['**/{auth,{login,oauth}}.*', ['auth.ts', 'x/login.js', 'oauth.'], ['xauth.ts']],
    ['{a}', ['{a}'], ['a']],
    ['{a,b', ['{a,b'], ['a']],
    ['\\*', ['*'], ['a']],
    ['!a', ['!a'], ['b']],
    ['app/(group)/page.tsx', ['app/(group)/page.tsx'], ['app/group/page.tsx']],
    ['é?', ['é😀'], ['e😀']],
  ];
  for (const [glob, matching, other] of table) {
    for (const path of matching) assert.is(matcher([glob])(path), true, `${glob} matches ${path}`);
    for (const path of other) assert.is(matcher([glob])(path), false, `${glob} does not match ${path}`);
  }
  assert.is(matcher([])('a'), false);
});

test('it agrees with the library that most tools use', () => {
  const name = fc.constantFrom('a', 'b', 'aa', 'ab', '.b', 'a.b');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
  const part = fc.oneof(
    { weight: 2, arbitrary: name },
    fc.constantFrom('*', '**', '?', '*a', 'a*', '*.b', '[ab]', '[^a]b', '{a,b}', '{a,b*}', 'a?', '{aa,.b}*'),
  );
  const glob = fc
    .array(part, { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join('/'))
    // The library has `**/**/*` want two names at least; twice any number of folders is any number of folders.
    .filter((text) => !text.includes('**/**'));
  let matched = 0;
  fc.assert(
    fc.property(glob, path, (pattern, text) => {
      const expected = picomatch(pattern, { dot: true, nonegate: true, strictSlashes: true })(text);
      if (expected) matched += 1;
      assert.is(matcher([pattern])(text), expected, `${pattern} on ${text}`);
    }),
    { numRuns: 20_000 },
  );
  assert.ok(matched > 500, `${String(matched)} matched`);
});

test('a path taken literally matches itself alone', () => {
  for (const path of ['a/b.ts', 'a*b', 'a?b', '[ab]', '{a,b}', 'a\\b', '**/x', '!a', 'a,b', 'ä/\u{1F600}']) {
    assert.ok(matcher([literally(path)])(path), path);
    for (const other of ['a/b.tsx', 'aXb', 'a', 'b', 'c/x', `${path}/x`])
      assert.not(matcher([literally(path)])(other), `${path}: ${other}`);
  }
});

test('a glob and a path that were made to take for ever do not', () => {
  for (const glob of [
    `${'*a'.repeat(200)}b`,
    `${'**/'.repeat(160)}x`,
    `${'{a,aa}'.repeat(80)}b`,
    '{'.repeat(400),
    '{a,'.repeat(160),
  ])
    for (const path of ['a'.repeat(250), 'a/'.repeat(120) + 'a', '{'.repeat(250)]) matcher([glob])(path);
  assert.is(matcher([`${'*a'.repeat(200)}b`])(`${'a'.repeat(250)}b`), true);
});

test('whether two globs can match the same path', () => {
  const table: [one: string, other: string, overlap: boolean][] = [
    ['src/**', 'src/a/*.ts', true],
    ['src/**', 'docs/**', false],
    ['src/*', 'src/a/b', false],
    ['**/*.ts', 'src/**', true],
    ['**/*.ts', '**/*.md', false],
    ['a/**/b', 'a/b', true],
    ['[a-c]x', '[!a-b]x', true],
    ['[a-b]x', '[!a-c]x', false],
    ['{a,b}/c', '{b,d}/c', true],
    ['{a,b}/c', '{d,e}/c', false],
    ['a?', 'ab', true],
    ['a?', 'a/', false],
    ['src', 'src/**', false],
    ['\\*', '?', true],
    ['\\*', '[!*]', false],
  ];
  for (const [one, other, overlap] of table) {
    assert.is(globsOverlap(one, other), overlap, `${one} and ${other}`);
    assert.is(globsOverlap(other, one), overlap, `${other} and ${one}`);
  }
  const part = fc.constantFrom('a', 'b', '*', '**', '?', '[a-b]', '[!a]', '{a,b/c}', '/', '/', '.c');
  const glob = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
  const path = fc
    .array(fc.constantFrom('a', 'b', '/', '.c'), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(glob, glob, fc.array(path, { minLength: 20, maxLength: 20 }), (one, other, paths) => {
      const [first, second] = [matcher([one]), matcher([other])];
      assert.ok(globsOverlap(one, other) || !paths.some((each) => first(each) && second(each)), `${one} and ${other}`);
    }),
  );
});

test('two globs made to be hard are told apart in bounded time, or overlap', () => {
  const hard = (end: string): string => `${'{*a,**/b}'.repeat(50)}${end}`;
  const effort = { left: 100_000 };
  assert.is(globsOverlap(hard('x'), hard('y'), effort), true);
  assert.ok(effort.left <= 0);
});

test.run();
