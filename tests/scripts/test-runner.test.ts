import { execa } from 'execa';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

/** Below the repository, so that its packages are found. */
const PLACE = resolve('.build/test-runner-');
const HEAD = "import { test } from 'uvu';\nimport * as assert from 'uvu/assert';\n";
const PASSING = `${HEAD}test('one', () => assert.ok(true));\ntest('two', () => assert.ok(true));\ntest.run();\n`;

const test = suite<{ root: string }>('the test runner', { root: '' });
test.before.each((context) => {
  mkdirSync(dirname(PLACE), { recursive: true });
  context.root = mkdtempSync(PLACE);
});
test.after.each(({ root }) => {
  rmSync(root, { recursive: true, force: true });
});

interface Ran {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly lastLine: string;
}

async function run(
  root: string,
  files: Readonly<Record<string, string>>,
  { words = [], env = {} }: { words?: readonly string[]; env?: Record<string, string> } = {},
): Promise<Ran> {
  for (const [name, source] of Object.entries(files)) {
    const place = join(root, 'tests', name);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, source);
  }
  const { exitCode, stdout } = await execa(process.execPath, ['scripts/test.mjs', '--root', root, ...words], {
    reject: false,
    all: true,
    env: { PUSHPALS_REQUIRE_ENGINE: '', ...env },
    timeout: 60_000,
  });
  return { exitCode, stdout, lastLine: stdout.split('\n').at(-1) ?? '' };
}

/** Waits for a process to be gone. */
async function gone(pid: number): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (lives(pid)) {
    assert.ok(performance.now() < deadline, `process ${String(pid)} still lives`);
    await new Promise((turn) => {
      setImmediate(turn);
    });
  }
}

/** A zombie that nobody has collected does not live. */
function lives(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${String(pid)}/stat`, 'utf8').includes(') Z ');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return false;
    throw error;
  }
}

test('passing files pass, in folders too, and are counted', async ({ root }) => {
  const { exitCode, lastLine } = await run(root, {
    'a.test.ts': PASSING,
    'deep/er/b.test.ts': PASSING,
    'c.ts': 'throw 1',
  });
  assert.is(lastLine, '4 passed, 0 failed');
  assert.is(exitCode, 0);
});

test('words choose files, and a word that chooses none fails', async ({ root }) => {
  const files = { 'a.test.ts': PASSING, 'b.test.ts': `${HEAD}test('no', () => assert.ok(false));\ntest.run();\n` };
  assert.is((await run(root, files, { words: ['a.test'] })).lastLine, '2 passed, 0 failed');
  const none = await run(root, files, { words: ['zzz'] });
  assert.is(none.exitCode, 1);
  assert.is(none.lastLine, '0 passed, 1 failed');
});

const FAILING: Readonly<Record<string, { source: string; says: RegExp; ends: string }>> = {
  'a failing assertion': {
    source: `${HEAD}test('fine', () => assert.ok(true));\ntest('sum', () => assert.is(1 + 1, 3));\ntest.run();\n`,
    says: /FAIL {2}"sum"[^]*bad\.test\.ts: 1 of 2 tests failed/,
    ends: '3 passed, 1 failed',
  },
  'a promise that never settles': {
    source: `${HEAD}test('fine', () => assert.ok(true));\ntest('never', () => new Promise(() => undefined));\ntest.run();\n`,
    says: /bad\.test\.ts: it ended without a report \(exit code 1\)/,
    ends: '2 passed, 1 failed',
  },
  'a hanging file': {
    source: `// deadline: 1s\n${HEAD}test('hangs', () => new Promise((settle) => { setTimeout(settle, 100_000); }));\ntest.run();\n`,
    says: /bad\.test\.ts: it took longer than 1 s/,
    ends: '2 passed, 1 failed',
  },
  'a file that spins': {
    source: `// deadline: 1s\nfor (;;);\n`,
    says: /bad\.test\.ts: it took longer than 1 s/,
    ends: '2 passed, 1 failed',
  },
  'a crash': {
    source: `${HEAD}test('fine', () => assert.ok(true));\ntest('dies', () => { process.kill(process.pid, 'SIGSEGV'); return new Promise(() => undefined); });\ntest.run();\n`,
    says: /bad\.test\.ts: it ended without a report \(signal SIGSEGV\)/,
    ends: '2 passed, 1 failed',
  },
  'an exit with 0 in the middle': {
    source: `${HEAD}test('leaves', () => { process.exit(0); });\ntest('later', () => assert.ok(false));\ntest.run();\n`,
    says: /bad\.test\.ts: it ended without a report/,
    ends: '2 passed, 1 failed',
  },
  'an exception while the file is loaded': {
    source: `${HEAD}test('fine', () => assert.ok(true));\nthrow new Error('at the top');\n`,
    says: /at the top[^]*bad\.test\.ts: it ended without a report \(exit code 1\)/,
    ends: '2 passed, 1 failed',
  },
  'an exception after the summary': {
    source: `${HEAD}test('fine', () => assert.ok(true));\ntest.run();\nsetTimeout(() => { throw new Error('too late'); }, 200);\n`,
    says: /too late[^]*bad\.test\.ts: all tests passed, and then: exit code/,
    ends: '3 passed, 1 failed',
  },
  'a preparation that throws, which uvu passes over': {
    source: `${HEAD}test.before(() => { throw new Error('no'); });\ntest('never run', () => assert.ok(true));\ntest.run();\n`,
    says: /bad\.test\.ts: 1 of 1 tests failed/,
    ends: '2 passed, 1 failed',
  },
  'a file without tests': {
    source: `${HEAD}test.run();\n`,
    says: /bad\.test\.ts: it holds no test/,
    ends: '2 passed, 1 failed',
  },
  'tests that nobody runs': {
    source: `${HEAD}test('fine', () => assert.ok(true));\n`,
    says: /bad\.test\.ts: it ended without a report \(exit code 0\)/,
    ends: '2 passed, 1 failed',
  },
};

for (const [what, { source, says, ends }] of Object.entries(FAILING))
  test(`${what} fails the run, and the other files are run all the same`, async ({ root }) => {
    const { exitCode, stdout, lastLine } = await run(root, { 'bad.test.ts': source, 'good.test.ts': PASSING });
    assert.match(stdout, says);
    assert.match(stdout, /^ok +good\.test\.ts/m);
    assert.is(lastLine, ends);
    assert.is(exitCode, 1);
  });

const SKIPPING = `${HEAD}test('one', () => assert.ok(true));\ntest.skip('needs an engine');\ntest.run();\n`;

test('a skipped test is counted, and fails where nothing may be skipped', async ({ root }) => {
  const files = { 'a.test.ts': SKIPPING };
  const free = await run(root, files);
  assert.is(free.lastLine, '1 passed, 0 failed, 1 skipped');
  assert.is(free.exitCode, 0);
  const strict = await run(root, files, { env: { PUSHPALS_REQUIRE_ENGINE: '1' } });
  assert.is(strict.lastLine, '1 passed, 1 failed');
  assert.is(strict.exitCode, 1);
});

const started = (root: string): number => Number(readFileSync(join(root, 'pid'), 'utf8'));
const LEAVES = (more: string): string =>
  `${HEAD}import { spawn } from 'node:child_process';\nimport { writeFileSync } from 'node:fs';\n
test('leaves a process', () => {\n  const child = spawn('sleep', ['1000'], { stdio: 'inherit'${more} });\n  child.unref();\n
  writeFileSync('pid', String(child.pid));\n});\ntest.run();\n`;

test('files that say that they need one Node only are left out for the second', async ({ root }) => {
  const files = { 'a.test.ts': PASSING, 'b.test.ts': `// deadline: 9s\n// one Node: it is long\n${PASSING}` };
  assert.is((await run(root, files, { words: ['--compatibility'] })).lastLine, '2 passed, 0 failed');
  assert.is((await run(root, files)).lastLine, '4 passed, 0 failed');
});

test('what a file leaves running ends with it', async ({ root }) => {
  const { exitCode } = await run(root, { 'a.test.ts': LEAVES('') });
  assert.is(exitCode, 0);
  await gone(started(root));
});

test('a process that left the group and holds the output open does not hold up the run', async ({ root }) => {
  const { exitCode, lastLine } = await run(root, { 'a.test.ts': LEAVES(', detached: true') });
  process.kill(started(root), 'SIGKILL');
  assert.is(lastLine, '1 passed, 0 failed');
  assert.is(exitCode, 0);
});

test('the tests do not inherit the git directory of a hook that runs them', async ({ root }) => {
  const source = `${HEAD}test('none', () => assert.is(process.env['GIT_DIR'], undefined));\ntest.run();\n`;
  const { exitCode } = await run(root, { 'a.test.ts': source }, { env: { GIT_DIR: '/nowhere' } });
  assert.is(exitCode, 0);
});

test('an interrupted run leaves nothing behind', async ({ root }) => {
  mkdirSync(join(root, 'tests'));
  const source = `${HEAD}import { writeFileSync } from 'node:fs';\ntest('hangs', () => { writeFileSync('pid', String(process.pid)); console.log('runs'); for (;;); });\ntest.run();\n`;
  writeFileSync(join(root, 'tests', 'a.test.ts'), source);
  const running = execa(process.execPath, ['scripts/test.mjs', '--root', root], { reject: false, timeout: 60_000 });
  const deadline = performance.now() + 30_000;
  while (!exists(join(root, 'pid'))) {
    assert.ok(performance.now() < deadline, 'the file was not started');
    await new Promise((turn) => {
      setTimeout(turn, 20);
    });
  }
  running.kill('SIGINT');
  assert.is((await running).exitCode, 130);
  await gone(started(root));
});

function exists(path: string): boolean {
  try {
    return readFileSync(path, 'utf8') !== '';
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

test.run();
