// deadline: 240s
import { execa } from 'execa';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseCommandLine } from '../runner/cli/parse.js';
import { needs } from './engine.js';

/** Commands that this test does not run, and what runs them instead. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'npm ci': 'scripts/install.mjs, before every test',
  'npm ci && npm run build && npm link': 'the package tests install the program',
  'npm run build': 'scripts/test.mjs, before every test',
  'npm run check': '.ci/run',
  'npm test': '.ci/run',
  'npm run attacks': 'tests/attacks/*.test.ts make the same ones',
  'npm run demo': '.ci/run',
  'npm run generate': '.ci/run, as a check that nothing differs',
  'npm run bench': 'tests/scripts/bench.test.ts, two rows of it',
  'pushpals vault show fix-3fa9c1': 'tests/cli/vault.test.ts, with a request of its own',
  'pushpals vault approve fix-3fa9c1': 'the same',
  'pushpals vault answer fix-3fa9c1 retry': 'the same',
  'pushpals vault reject fix-3fa9c1 --reason "too wide"': 'the same',
  'pushpals trigger fire nightly-deps': 'tests/cli/triggers.test.ts, with the triggers that are shown',
  'pushpals trigger resume nightly-deps': 'the same',
  'pushpals knowledge show run-the-linter-first-1a2b3c4d': 'tests/cli/knowledge.test.ts, with a lesson of that name',
  'pushpals knowledge accept run-the-linter-first-1a2b3c4d': 'the same',
  'node scripts/test.mjs core cli/words': '.ci/run, without words',
};

interface Block {
  readonly kind: 'sh' | 'console';
  readonly commands: readonly string[];
  /** What a transcript shows after each of its commands. */
  readonly printed: readonly (readonly string[])[];
}

const documents = async (): Promise<readonly string[]> =>
  (await execa('git', ['ls-files', '*.md'])).stdout.split('\n').filter((path) => !path.startsWith('tests/fixtures/'));

/** Shell blocks hold commands; transcripts hold them after a `$`, each with what it prints. */
async function blocksOf(file: string): Promise<readonly Block[]> {
  const text = await readFile(file, 'utf8');
  return [...text.matchAll(/^```(sh|console)\n([^]*?)^```$/gm)].map(([, kind, body = '']) => {
    const lines = body.split('\n').filter((line) => line.trim() !== '');
    const commands: string[] = [];
    const printed: string[][] = [];
    for (const line of lines) {
      if (kind === 'sh' || line.startsWith('$ ')) {
        commands.push(
          line
            .replace(/^\$ /, '')
            .replace(/\s+# .*$/, '')
            .trim(),
        );
        printed.push([]);
      } else printed.at(-1)?.push(line);
    }
    return { kind: kind as Block['kind'], commands, printed };
  });
}

/** Digests and dates differ from run to run. */
const steady = (line: string): string =>
  line
    .replace(/\b[0-9a-f]{7,40}\b/g, 'DIGEST')
    .replace(/\d{4}\/\d{2}\/\d{2}/g, 'DATE')
    .trimEnd();

/** Whether the lines occur in what was printed, in that order; `…` stands for any lines. */
function assertPrinted(output: string, expected: readonly string[], command: string): void {
  const got = output.split('\n').map(steady);
  let from = 0;
  for (const line of expected.filter((one) => one.trim() !== '…').map(steady)) {
    const at = got.indexOf(line, from);
    assert.ok(at >= 0, `\`${command}\` does not print\n  ${line}\nbut\n${output}`);
    from = at + 1;
  }
}

/** An ordinary repository, with the built program first on the PATH. */
async function reader(): Promise<{ dir: string; env: Record<string, string>; remove: () => Promise<void> }> {
  const root = await mkdtemp(join(tmpdir(), 'pushpals docs '));
  const dir = join(root, 'your-repository');
  await mkdir(join(root, 'bin'));
  const program = join(root, 'bin', 'pushpals');
  await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${resolve('dist/pushpals.js')}" "$@"\n`);
  await chmod(program, 0o755);
  const files = {
    'package.json': JSON.stringify({
      name: 'shop',
      version: '1.0.0',
      scripts: { test: 'node --test', 'lint:fix': 'node tools/fix.js' },
    }),
    'tools/fix.js': `const { readFileSync, writeFileSync } = require('node:fs');\nwriteFileSync('total.js', readFileSync('total.js', 'utf8').replaceAll('var ', 'let '));\n`,
    'total.js': `var sum = 0;\nmodule.exports = sum;\n`,
    'test/total.test.js': `require('node:test')('adds up', () => require('node:assert').equal(require('../total.js'), 0));\n`,
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
  }
  const env = {
    PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: join(root, 'gitconfig'),
    NO_COLOR: '1',
    // No engine, whatever this machine has: its images are not the ones that a README can name.
    DOCKER_HOST: 'unix:///nowhere/docker.sock',
  };
  await writeFile(env.GIT_CONFIG_GLOBAL, '[user]\n\tname = Ada\n\temail = ada@example.org\n');
  await execa('sh', ['-c', 'git init -q -b main && git add . && git commit -q -m "A shop"'], { cwd: dir, env });
  return { dir, env, remove: () => rm(root, { recursive: true, force: true }) };
}

/** Runs a command as somebody who follows the document does; it has to succeed. */
async function follow(command: string, at: { dir: string; env: Record<string, string> }): Promise<string> {
  const end = await execa('sh', ['-c', command], { cwd: at.dir, env: at.env, reject: false, all: true });
  assert.is(end.exitCode, 0, `${command}\n${end.all}`);
  return end.all;
}

needs('bubblewrap', test)('whoever follows the README gets through it', async () => {
  const at = await reader();
  for (const { kind, commands } of await blocksOf('README.md')) {
    if (kind !== 'sh') continue;
    for (const command of commands)
      if (!Object.hasOwn(ELSEWHERE, command) && !command.startsWith('cd ')) await follow(command, at);
  }
  await at.remove();
});

needs('bubblewrap', test)('the README’s transcripts are what is printed', async () => {
  const at = await reader();
  await follow('pushpals init --yes && git add pushpals.yml policy && git commit -q -m "Add PushPals"', at);
  for (const { kind, commands, printed } of await blocksOf('README.md')) {
    if (kind !== 'console') continue;
    for (const [index, command] of commands.entries())
      assertPrinted(await follow(command, at), printed[index] ?? [], command);
  }
  await at.remove();
});

test('every command in another document is run by something, or is one that the program knows', async () => {
  for (const file of await documents()) {
    if (file === 'README.md') continue;
    for (const { commands } of await blocksOf(file)) {
      for (const command of commands) {
        if (Object.hasOwn(ELSEWHERE, command)) continue;
        const words = command.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
        assert.is(words[0], 'pushpals', `${file}: nothing runs \`${command}\``);
        assert.ok('command' in parseCommandLine(words.slice(1)), `${file}: ${command}`);
      }
    }
  }
});

test('commands named in running text are commands that there are', async () => {
  for (const file of await documents()) {
    const text = (await readFile(file, 'utf8')).replace(/^```[^]*?^```$/gm, '');
    for (const [, line = ''] of text.matchAll(/`pushpals ([a-z][^`]*)`/g)) {
      const words = line.replace(/[<[].*$/, '').match(/"[^"]*"|\S+/g) ?? [];
      const parsed = parseCommandLine(words);
      assert.ok('command' in parsed || !parsed.usage.startsWith('there is no command'), `${file}: ${line}`);
    }
  }
});

test('links between documents lead somewhere', async () => {
  const there = new Set((await execa('git', ['ls-files'])).stdout.split('\n'));
  const folders = new Set([...there].map((path) => dirname(path)));
  for (const file of await documents()) {
    for (const [, target = ''] of (await readFile(file, 'utf8')).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const path = normalize(join(dirname(file), target)).replace(/\/$/, '');
      assert.ok(there.has(path) || folders.has(path), `${file}: ${target}`);
    }
  }
});

test.run();
