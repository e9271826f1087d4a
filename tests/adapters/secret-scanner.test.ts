import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ThreadScanner } from '../../runner/adapters/secret-scan/scanner.js';

const TOKEN = ['ghp', 'wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx'].join('_');

async function withScanner(
  file: string,
  limitMs: number,
  use: (scanner: ThreadScanner) => Promise<void>,
): Promise<void> {
  const scanner = new ThreadScanner(file, limitMs);
  try {
    await use(scanner);
  } finally {
    await scanner.close();
  }
}

test('finds what looks like a credential, and not what stood there before', () =>
  withScanner(resolve('dist/secret-scan.cjs'), 30_000, async (scanner) => {
    const text = `// secretlint-disable\n\nconst a = "${TOKEN}";\n`;
    const found = await scanner.scan([
      { path: 'a.ts', text: 'const a = 1;\n' },
      { path: 'b.ts', text },
      { path: 'c.ts', text, before: `let b = "${TOKEN}"` },
    ]);
    assert.equal(found, [
      { index: 1, line: 3, start: text.indexOf(TOKEN), end: text.indexOf(TOKEN) + TOKEN.length, rule: 'github' },
    ]);
    assert.equal(await scanner.scan([]), []);
  }));

test('a text that takes too long is never taken for clean, and the next one is looked through', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-scan-'));
  const file = join(folder, 'worker.cjs');
  writeFileSync(
    file,
    `const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ id, texts }) => {
  if (texts[0].text === 'hang') for (;;);
  if (texts[0].text === 'die') process.exit(1);
  if (texts[0].text === 'throw') throw new Error('x');
  parentPort.postMessage({ id, found: [] });
});`,
  );
  try {
    await withScanner(file, 500, async (scanner) => {
      for (const text of ['hang', 'die', 'throw']) {
        assert.is(await scanner.scan([{ path: 'a', text }]), null, text);
        assert.equal(await scanner.scan([{ path: 'a', text: 'good' }]), [], text);
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
