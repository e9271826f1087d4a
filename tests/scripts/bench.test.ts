// deadline: 120s
import { execa } from 'execa';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

test('the bench still measures, and says what it found as a table and as JSON', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'pushpals-bench-test-'));
  const file = join(dir, 'rows.json');
  const args = ['scripts/bench.mjs', '--quick', 'idle', 'one transition', '--json', file];
  const { stdout } = await execa(process.execPath, args);
  const { rows } = JSON.parse(await readFile(file, 'utf8')) as {
    rows: { name: string; ratio?: number; budget: number }[];
  };
  assert.is(rows.length, 2);
  for (const { name, ratio = NaN, budget } of rows) {
    // How large it is says nothing here, where other tests run beside it.
    assert.ok(Number.isFinite(ratio) && ratio > 0 && budget > 0, name);
    assert.match(stdout, new RegExp(`^\\| ${name} \\|.*\\| (holds|\\*\\*missed\\*\\*)`, 'm'));
  }
  await rm(dir, { recursive: true });
});

test.run();
