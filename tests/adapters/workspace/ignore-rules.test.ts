import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isIgnored, withRules, type IgnoreRules } from '../../../runner/adapters/workspace/ignore-rules.js';
import { StatCache } from '../../../runner/adapters/workspace/stat-cache.js';
import { TreeReader } from '../../../runner/adapters/workspace/tree-reader.js';

const LIMITS = { maxFileBytes: 1_000_000, maxFiles: 1000, maxTotalBytes: 10_000_000 };
/** Each takes long on a long name, and matches none of them. */
const SLOW = Array.from({ length: 5000 }, (_, index) => `*a*a*b${String(index)}`).join('\n');

test('a walk through rules that are slow on its names ends at its time, also within one folder', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pushpals-ignore-'));
  try {
    writeFileSync(join(dir, '.gitignore'), SLOW);
    for (let index = 0; index < 100; index += 1) writeFileSync(join(dir, `${'a'.repeat(200)}${String(index)}`), '');
    const read = new TreeReader(dir, [], 'sha1', new StatCache(true), LIMITS, 20).read();
    assert.equal(
      read.refused.map(({ why }) => why),
      ['the tree takes too long to look through'],
    );
    assert.ok(read.changes.length < 100, 'it stopped on its way');
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('rules of folders in folders have no more lines together than those of one', () => {
  let rules: IgnoreRules | null = null;
  for (let depth = 0; depth < 20; depth += 1)
    rules = withRules(rules, 'd/'.repeat(depth), `${SLOW.split('\n', 998).join('\n')}\nout${String(depth)}\n`);
  assert.is(rules?.lines, 5000);
  const deep = 'd/'.repeat(19);
  assert.equal(
    [0, 3, 4, 19].map((depth) => isIgnored(rules, `${deep}out${String(depth)}`)),
    [true, true, true, false],
    'those that are nearer to the top count',
  );
});

test('a late walk leaves nothing half read', () => {
  const dir = mkdtempSync(join(tmpdir(), 'pushpals-ignore-'));
  try {
    mkdirSync(join(dir, 'folder'));
    writeFileSync(join(dir, 'folder', 'file'), '');
    const read = new TreeReader(dir, [], 'sha1', new StatCache(true), LIMITS, -1).read();
    assert.is(read.refused.length, 1);
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test.run();
