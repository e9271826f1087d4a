// deadline: 180s
import { execa } from 'execa';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { COMMANDS } from '../../runner/cli/command-table.js';
import { parseCommandLine } from '../../runner/cli/parse.js';
import { makeProject } from './program.js';

const program = async (
  ...args: string[]
): Promise<{ exitCode: number | undefined; stdout: string; stderr: string }> => {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [resolve('dist/pushpals.js'), ...args], {
    reject: false,
    env: { NO_COLOR: '1' },
  });
  return { exitCode, stdout, stderr };
};

test('help names every command, and each has help of its own with an example that parses', async () => {
  const { exitCode, stdout } = await program('help');
  assert.is(exitCode, 0);
  for (const { name, examples } of COMMANDS) {
    assert.match(stdout, new RegExp(`^  ${name} `, 'm'));
    const own = await program('help', ...name.split(' '));
    assert.is(own.exitCode, 0);
    for (const example of examples) {
      assert.match(own.stdout, example);
      const words = example.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', '')) ?? [];
      const parsed = parseCommandLine(words.slice(1));
      assert.ok('command' in parsed && parsed.command.name === name, example);
    }
  }
});

test('help on a failure class says what it means and what to do', async () => {
  const { exitCode, stdout } = await program('help', 'baseline-broken');
  assert.is(exitCode, 0);
  assert.match(stdout, /the run is not to blame/);
  assert.match(stdout, /→ .*pushpals order retry/);
  const json = JSON.parse((await program('help', 'image-missing', '--json')).stdout) as { goesOn: string };
  assert.is(json.goesOn, 'wait');
  assert.is((await program('help', 'no-such-thing')).exitCode, 2);
});

test('a misspelt command, option or missing argument is answered with what was meant, and exit code 2', async () => {
  const table: [string[], RegExp][] = [
    [['tikc'], /no command `tikc`\nDid you mean `pushpals tick`/],
    [['order', 'nwe'], /Did you mean `pushpals order new`/],
    [['order', 'show'], /needs the order's name\nUsage: pushpals order show <order>/],
    [['tick', '--jsno'], /Did you mean `--json`/],
    [['status', 'now'], /`now` is one word too many/],
    [['completion', 'tcsh'], /there are bash, zsh and fish/],
    [['init', '--driver', 'vm'], /there are docker, bubblewrap, host/],
  ];
  for (const [args, expected] of table) {
    const { exitCode, stderr } = await program(...args);
    assert.is(exitCode, 2, args.join(' '));
    assert.match(stderr, expected);
  }
});

test('outside a repository, and without a project, the next step is named', async () => {
  const outside = await execa(process.execPath, [resolve('dist/pushpals.js'), 'status', '--repo', '/'], {
    reject: false,
  });
  assert.is(outside.exitCode, 4);
  assert.match(outside.stderr, /not in a git repository\n {2}→ Run `git init`/);
});

test('completion works in a real bash', async () => {
  const { stdout } = await program('completion', 'bash');
  const script = `${stdout}\ncomplete_for() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _pushpals; echo "\${COMPREPLY[*]}"; }\ncomplete_for pushpals ti\ncomplete_for pushpals order ca\ncomplete_for pushpals order new --form\n`;
  const bash = await execa('bash', ['-c', script]);
  assert.equal(bash.stdout.split('\n'), ['tick', 'cancel', '--formula']);
  assert.match((await program('completion', 'fish')).stdout, /complete -c pushpals .* -a tick/);
  assert.match((await program('completion', 'zsh')).stdout, /^#compdef pushpals/);
});

test('every reading command speaks JSON, and a dry run writes nothing', async () => {
  const project = await makeProject('host');
  await project.commit({ 'formulas/f.yml': 'formula: f\nversion: 1\nsteps: [{ id: only, run: "true" }]\n' });
  await project.pushpals(['order', 'new', 'Do it', '--formula', 'f', '--name', 'it']);
  await project.write('ops/inbox/later.md', 'Do something\n');
  const before = await project.git('rev-parse', 'refs/heads/ops');
  for (const args of [
    ['plan'],
    ['status'],
    ['validate'],
    ['order', 'list'],
    ['order', 'show', 'it'],
    ['version'],
    ['tick', '--dry-run'],
  ]) {
    const ended = await project.pushpals([...args, '--json']);
    JSON.parse(ended.stdout);
    assert.is(ended.exitCode, 0, `${args.join(' ')}\n${ended.stdout}${ended.stderr}`);
  }
  const dry = await project.pushpals(['order', 'cancel', 'it', '--dry-run']);
  assert.match(dry.stderr, /would: order it: queue → cancelled/);
  assert.is(await project.git('rev-parse', 'refs/heads/ops'), before);
  const failure = await project.pushpals(['order', 'show', 'nobody', '--json']);
  assert.is(failure.exitCode, 4);
  assert.is((JSON.parse(failure.stdout) as { failure: { class: string } }).failure.class, 'state-conflict');
  await project.remove();
});

test('validate shows every problem of every file with its place, and exits with 2', async () => {
  const project = await makeProject('host');
  await project.write(
    'formulas/one.yml',
    'formula: one\nversion: 1\nsteps:\n  - id: a\n    run: "true"\n    neds: [b]\n  - id: a\n    check: x\n    needs: [c]\n',
  );
  await project.write('policy/policy.yml', 'version: 1\nrules: [{ id: x, tier: hihg, paths: [a] }]\n');
  await project.write('ops/inbox/bad.yml', 'goal: x\npriority: soon\n');
  const ended = await project.pushpals(['validate']);
  assert.is(ended.exitCode, 2);
  assert.match(ended.stdout, /policy\/policy\.yml:2:\d+[^]*high/);
  await project.write('policy/policy.yml', 'version: 1\n');
  const more = await project.pushpals(['validate']);
  assert.match(more.stdout, /formulas\/one\.yml:6:5: [^]*needs[^]*ops\/inbox\/bad\.yml|inbox\/bad\.yml:2:/);
  await project.remove();
});

test('the commands that the README shows for a repository work there, in their order', async () => {
  const readme = await readFile('README.md', 'utf8');
  const blocks = [...readme.matchAll(/```sh\n([^]*?)```/g)].map(([, block]) => block ?? '');
  const own = blocks.find((block) => block.includes('pushpals init')) ?? '';
  const use = blocks.find((block) => block.includes('pushpals evidence show')) ?? '';
  const lines = `${own}\n${use}`
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('npm link') && !line.startsWith('cd '));
  const project = await makeProject('host', {
    'package.json': '{ "private": true, "scripts": { "test": "node --test", "lint": "node lint.js" } }\n',
    'lint.js': 'import("node:fs").then((fs) => fs.writeFileSync("tidy.txt", "tidy\\n"));\n',
  });
  await project.commit({
    'pushpals.yml':
      'version: 1\nproject: readme\nsandbox: { driver: host }\ncommands: { test: "true", lint-fix: npm run lint }\nformula: lint-fixer\n',
    'policy/policy.yml': await readFile('policy/policy.yml', 'utf8'),
  });
  const shim = `pushpals() { '${process.execPath}' '${resolve('dist/pushpals.js')}' "$@"; }`;
  // `init` ran in the making of the project, so there is nothing new to commit.
  const script = [shim, 'set -e', ...lines].join('\n').replace('git commit -m', 'git commit --allow-empty -q -m');
  const ended = await execa('bash', ['-c', script], {
    cwd: project.dir,
    reject: false,
    env: { GIT_CONFIG_GLOBAL: '/dev/null' },
  });
  assert.is(ended.exitCode, 0, `${script}\n${ended.stdout}\n${ended.stderr}`);
  assert.is(await project.show('main', 'tidy.txt'), 'tidy\n');
  await project.remove();
});

test.run();
