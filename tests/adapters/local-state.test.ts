import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LocalStateFile } from '../../runner/adapters/local-state.js';

const IDLE = { ops: 'a'.repeat(40), base: 'b'.repeat(40), wakeAt: '2026-11-20T12:00:00.000Z' };

const test = suite<{ dir: string }>('local state', { dir: '' });
test.before.each((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'pushpals-state-'));
});
test.after.each(({ dir }) => {
  rmSync(dir, { recursive: true, force: true });
});

test('what one process writes, another reads', async ({ dir }) => {
  await new LocalStateFile(dir).write(IDLE);
  assert.equal(await new LocalStateFile(dir).read(), IDLE);
  await new LocalStateFile(dir).write({ ...IDLE, wakeAt: null });
  assert.equal(await new LocalStateFile(dir).read(), { ...IDLE, wakeAt: null });
  await new LocalStateFile(dir).write(null);
  assert.is(await new LocalStateFile(dir).read(), null);
});

test('a file that is missing is as good as empty', async ({ dir }) => {
  assert.is(await new LocalStateFile(dir).read(), null);
});

for (const broken of [
  '',
  '{"idle":{"ops":"a',
  'null',
  '5',
  '[]',
  '{}',
  '{"idle":7}',
  '{"idle":{"ops":1,"base":"b"}}',
  JSON.stringify({ idle: { ...IDLE, wakeAt: 5 } }),
  '\u0000\ufffd',
])
  test(`a file that holds ${JSON.stringify(broken)} is as good as empty, and is written anew`, async ({ dir }) => {
    writeFileSync(join(dir, 'state.json'), broken);
    const state = new LocalStateFile(dir);
    assert.is(await state.read(), null);
    await state.write(IDLE);
    assert.equal(await state.read(), IDLE);
  });

test('ticks that write at the same time leave one whole answer, and none of them fails', async ({ dir }) => {
  const answers = Array.from({ length: 40 }, (_, count) => ({ ...IDLE, ops: String(count).repeat(3000) }));
  await Promise.all(answers.map((answer) => new LocalStateFile(dir).write(answer)));
  JSON.parse(readFileSync(join(dir, 'state.json'), 'utf8'));
  const read = await new LocalStateFile(dir).read();
  assert.ok(answers.some(({ ops }) => ops === read?.ops));
});

test.run();
