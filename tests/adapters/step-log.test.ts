import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BoundedLog } from '../../runner/adapters/step-log.js';

const KB = 1024;
const MB = 1024 * KB;

const test = suite<{ dir: string; live: string }>('a step’s log', { dir: '', live: '' });
test.before.each((context) => {
  context.dir = mkdtempSync(join(tmpdir(), 'pushpals-log-'));
  context.live = join(context.dir, 'step.log');
});
test.after.each(({ dir }) => {
  rmSync(dir, { recursive: true, force: true });
});

test('a short log is kept as it is, and shown live while it grows', async ({ live }) => {
  const log = new BoundedLog(live);
  log.write(Buffer.from('one\n'));
  assert.is(readFileSync(live, 'utf8'), 'one\n');
  log.write(Buffer.from('two\n'));
  assert.equal(await log.end(), { text: 'one\ntwo\n', tail: 'one\ntwo', bytes: 8 });
  assert.is(readFileSync(live, 'utf8'), 'one\ntwo\n');
});

test('a character torn over two writes is whole again, wherever the tear is', async ({ live }) => {
  const text = `${'x'.repeat(64 * KB - 2)}🦊 and more`;
  const bytes = Buffer.from(text);
  for (let at = 64 * KB - 4; at < 64 * KB + 4; at += 1) {
    const log = new BoundedLog(live);
    log.write(bytes.subarray(0, at));
    log.write(bytes.subarray(at));
    assert.is((await log.end()).text, text);
  }
});

test('bytes that are no UTF-8 are repaired', async ({ live }) => {
  const log = new BoundedLog(live);
  log.write(Buffer.from([0x61, 0xff, 0xfe, 0x62]));
  assert.is((await log.end()).text, 'a\ufffd\ufffdb');
});

test('head and tail are kept, however the stream is cut into writes, with a line that counts what is not', async ({
  live,
}) => {
  const total = 700 * KB;
  const stream = Buffer.from(
    Array.from({ length: total / 8 }, (_, line) => `${String(line).padStart(7, '0')}\n`).join(''),
  );
  const expected = `${stream.subarray(0, 64 * KB).toString()}\n[${String(total - 256 * KB)} bytes are cut out here]\n${stream.subarray(-192 * KB).toString()}`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 300 * KB }), { minLength: 1, maxLength: 40 }),
      async (sizes) => {
        const log = new BoundedLog(live);
        for (let at = 0, turn = 0; at < total; turn += 1) {
          const size = sizes[turn % sizes.length] ?? total;
          log.write(stream.subarray(at, at + size));
          at += size;
        }
        const { text, tail, bytes } = await log.end();
        assert.is(bytes, total);
        assert.is(text, expected);
        assert.is(tail.split('\n').length, 20);
      },
    ),
    { numRuns: 25, examples: [[[1000 * KB]], [[64 * KB]], [[192 * KB]], [[256 * KB]]] },
  );
});

test('the live file stops growing at 8 MB and says so, over several tries of the step too', async ({ live }) => {
  const chunk = Buffer.alloc(3 * MB, 'y');
  for (let tries = 0; tries < 2; tries += 1) {
    const log = new BoundedLog(live);
    for (let count = 0; count < 4; count += 1) log.write(chunk);
    assert.is((await log.end()).bytes, 12 * MB);
  }
  const size = statSync(live).size;
  assert.ok(size > 8 * MB && size < 8 * MB + KB, String(size));
  const text = readFileSync(live, 'utf8');
  assert.match(text.slice(-KB), /\n\[the live log ends here; .*\]\n$/);
  assert.is(text.split('the live log ends here').length, 2);
});

test('the tail is the last 20 lines, each cut to what a screen holds', async ({ live }) => {
  const log = new BoundedLog(live);
  log.write(Buffer.from(Array.from({ length: 50 }, (_, line) => `${String(line)} ${'z'.repeat(2000)}\n`).join('')));
  const lines = (await log.end()).tail.split('\n');
  assert.is(lines.length, 20);
  assert.ok(lines[0]?.startsWith('30 ') && lines.every((line) => line.length === 500));
});

test.run();
