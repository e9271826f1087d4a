import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LocalStateFile, readIdle } from '../../runner/adapters/local-state.js';
import { systemProcesses } from '../../runner/adapters/processes.js';
import type { Instant } from '../../runner/core/ids.js';

const IDLE = {
  at: '2026-11-20T11:00:00.000Z' as Instant,
  refs: { 'refs/heads/ops': 'a'.repeat(40) },
  wakeAt: '2026-11-20T12:00:00.000Z' as Instant,
  againAt: null,
};
const stored = (dir: string): LocalStateFile =>
  new LocalStateFile({ stateDir: dir, projectDir: dir, self: systemProcesses().self() }, '1.0.0', '/repo/ops');

const test = suite<{ dir: string }>('local state', { dir: '' });
test.before.each((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'pushpals-state-'));
  writeFileSync(join(context.dir, 'config'), '[core]\n');
});
test.after.each(({ dir }) => {
  rmSync(dir, { recursive: true, force: true });
});

test('what one process writes, another reads', async ({ dir }) => {
  await stored(dir).write(IDLE);
  const read = await readIdle(dir, '1.0.0', dir);
  assert.equal(read?.refs, IDLE.refs);
  assert.is(read?.wakeAt, IDLE.wakeAt);
  assert.is(read?.worktree, '/repo/ops');
  await stored(dir).write({ ...IDLE, wakeAt: null });
  assert.is((await readIdle(dir, '1.0.0', dir))?.wakeAt, null);
  await stored(dir).write(null);
  assert.is(await readIdle(dir, '1.0.0', dir), null);
});

test('what another version concluded, or with other git settings, does not count', async ({ dir }) => {
  await stored(dir).write(IDLE);
  assert.is(await readIdle(dir, '1.0.1', dir), null);
  writeFileSync(join(dir, 'config'), '[core]\n[pushpals]\n\tbranch = other\n');
  assert.is(await readIdle(dir, '1.0.0', dir), null);
});

test('a file that is missing is as good as empty', async ({ dir }) => {
  assert.is(await readIdle(dir, '1.0.0', dir), null);
});

for (const broken of [
  '',
  '{"idle":{"refs":"a',
  'null',
  '5',
  '[]',
  '{}',
  '{"idle":7}',
  '{"idle":{"refs":1,"wakeAt":null,"worktree":"/"}}',
  '{"idle":{"refs":{"refs/heads/ops":1},"wakeAt":null,"worktree":"/"}}',
  JSON.stringify({ idle: { ...IDLE, wakeAt: 5, worktree: '/' } }),
  JSON.stringify({ idle: { ...IDLE, at: undefined, version: '1.0.0', worktree: '/' } }),
  '\u0000\ufffd',
])
  test(`a file that holds ${JSON.stringify(broken)} is as good as empty, and is written anew`, async ({ dir }) => {
    writeFileSync(join(dir, 'state.json'), broken);
    assert.is(await readIdle(dir, '1.0.0', dir), null);
    await stored(dir).write(IDLE);
    assert.equal((await readIdle(dir, '1.0.0', dir))?.refs, IDLE.refs);
  });

test('ticks that write at the same time leave one whole answer, and none of them fails', async ({ dir }) => {
  const answers = Array.from({ length: 40 }, (_, count) => String(count).repeat(3000));
  await Promise.all(answers.map((id) => stored(dir).write({ ...IDLE, refs: { 'refs/heads/ops': id } })));
  JSON.parse(readFileSync(join(dir, 'state.json'), 'utf8'));
  const read = await readIdle(dir, '1.0.0', dir);
  assert.ok(answers.some((id) => id === read?.refs['refs/heads/ops']));
});

test.run();
