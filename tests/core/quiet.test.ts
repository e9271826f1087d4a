import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change } from '../../runner/core/change.js';
import { isDocumentation, minorChange, type Texts } from '../../runner/core/quiet.js';

const changed = (path: string, more: Partial<Change> = {}): Change => ({
  path,
  kind: 'modified',
  oldMode: '100644',
  newMode: '100644',
  binary: false,
  added: 1,
  removed: 1,
  ...more,
});

/** What a change of one file's text is. */
const kindOf = (before: string, after: string, path = 'src/a.ts', more: Partial<Change> = {}): string | null =>
  minorChange([changed(path, more)], new Map<string, Texts>([[path, { before, after }]]));

test('comments, indentation and empty lines are cosmetic', () => {
  const code = 'const a = 1;\nif (a) {\n  go(a);\n}\n';
  assert.is(kindOf(code, 'const a = 1;\n\nif (a) {\n\tgo(a); \r\n}\n'), 'cosmetic');
  assert.is(kindOf(code, `// What a is.\n${code}`), 'cosmetic');
  assert.is(kindOf(code, `/**\n * What it does:\n * it goes.\n */\n${code}`), 'cosmetic');
  assert.is(kindOf(code, `/* one line */\n${code}`, 'pkg/main.go'), 'cosmetic');
});

test('whatever might mean something is substantial', () => {
  const code = 'const a = 1;\ngo(a);\n';
  const differ: readonly (readonly [string, string, string?])[] = [
    [code, 'const a = 2;\ngo(a);\n'],
    [code, 'const a = 1; go(a);\n'],
    [code, 'go(a);\nconst a = 1;\n'],
    // Comments that tools read, and code that hides behind one.
    [code, `// eslint-disable-next-line\n${code}`],
    [code, `// @ts-ignore\n${code}`],
    [code, `//go:build linux\n${code}`, 'a.go'],
    [code, `#!/usr/bin/env node\n${code}`],
    [code, `/* why */ stop();\n${code}`],
    [code, `/* never ends\n${code}`],
    [code, `/*/\nstop();\n${code}`],
    // Text over several lines.
    ['const t = `\n  a\n`;\n', 'const t = `\n\n  a\n`;\n'],
    ['let t = "\n a";\n', 'let t = "\n  a";\n', 'a.rs'],
    ['#define A \\\n  1\n', '#define A \\\n\n  1\n', 'a.c'],
    // Languages in which indentation counts, or that are not known.
    ['if a:\n  b()\n', 'if a:\n    b()\n', 'a.py'],
    ['a:\n  b: 1\n', 'a:\n b: 1\n', 'a.yml'],
    ['<a> b</a>\n', '<a>  b</a>\n', 'a.tsx'],
    ['all:\n\tmake\n', 'all:\n  make\n', 'Makefile'],
  ];
  for (const [before, after, path] of differ) assert.is(kindOf(before, after, path), null, after);
  assert.is(kindOf(code, code, 'src/a.ts', { kind: 'mode', newMode: '100755' }), null);
  assert.is(kindOf(code, `\n${code}`, 'policy/a.ts'), null, 'what says what runs');
  assert.is(minorChange([changed('src/a.ts')], new Map()), null, 'too large to be read');
  assert.is(minorChange([], new Map()), null);
});

test('documentation is prose for people, and nothing that steers an agent or that tests read', () => {
  for (const path of ['README.md', 'CHANGELOG', 'docs/guide/start.rst', 'packages/a/README.md', 'notes.adoc'])
    assert.ok(isDocumentation(path), path);
  for (const path of [
    ...['AGENTS.md', 'CLAUDE.md', '.github/copilot-instructions.md', '.claude/skills/a/SKILL.md', 'policy/README.md'],
    ...['tests/fixtures/README.md', 'content/posts/a.md', 'requirements.txt', 'docs/conf.py', 'src/a.md', 'readme.js'],
  ])
    assert.not.ok(isDocumentation(path), path);
  const added = changed('docs/a.md', { kind: 'added', oldMode: '000000' });
  assert.is(minorChange([added, changed('README.md')], new Map()), 'documentation');
  assert.is(minorChange([changed('docs/a.md', { newMode: '120000' })], new Map()), null, 'a link');
  const both = new Map<string, Texts>([['src/a.ts', { before: 'a();\n', after: '// Why.\na();\n' }]]);
  assert.is(minorChange([changed('README.md'), changed('src/a.ts')], both), 'cosmetic');
  assert.is(minorChange([changed('README.md'), changed('src/b.ts')], both), null);
});

test.run();
