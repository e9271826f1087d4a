// deadline: 120s
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { bareProject, type Project } from './program.js';

const FILES = {
  'package.json': JSON.stringify({ scripts: { test: 'sh test.sh', 'lint:fix': 'sh fix.sh' } }),
  'test.sh': 'grep -q good total.txt\n',
  'fix.sh': 'sed -i s/bad/good/ total.txt\n',
  'total.txt': 'bad\n',
};
const init = (project: Project, ...more: string[]): ReturnType<Project['pushpals']> =>
  project.pushpals(['init', '--driver', 'host', ...more]);

test('what init prints as the next steps works as printed', async () => {
  const project = await bareProject(FILES);
  const { exitCode, stdout } = await init(project, '--yes');
  assert.is(exitCode, 0);
  const commands = stdout.split('\n').filter((line) => /^ {2}(git add|cp) /.test(line));
  assert.is(commands.length, 2, stdout);
  for (const line of commands) {
    for (const command of line.trim().split(' && ')) {
      if (command.startsWith('pushpals ')) {
        const end = await project.pushpals(command.split(' ').slice(1));
        assert.is(end.exitCode, 0, end.stderr);
      } else {
        await project.shell(command);
      }
    }
  }
  assert.is(await project.show('pushpals/first-order', 'total.txt'), 'good\n');
  await project.remove();
});

test('nothing is written without a yes, and everything is shown', async () => {
  const project = await bareProject(FILES);
  const asked = await init(project);
  assert.is(asked.exitCode, 2);
  assert.match(asked.stderr, /nothing was written; `pushpals init --yes` writes it/);
  assert.match(asked.stdout, /lint-fix +npm run lint:fix +from the script `lint:fix`/);
  assert.match(asked.stdout, /^ {2}formula: lint-fixer/m);
  const dry = await init(project, '--dry-run');
  assert.is(dry.exitCode, 0);
  assert.match(dry.stdout, /would make +pushpals\.yml/);
  assert.is(await project.git('status', '--porcelain'), '');
  assert.is(await project.git('branch', '--list', 'ops'), '');
  await project.remove();
});

test('run twice it changes nothing', async () => {
  const project = await bareProject(FILES);
  await init(project, '--yes');
  await project.git('add', 'pushpals.yml', 'policy');
  await project.git('commit', '-q', '-m', 'Add PushPals');
  const before = await project.git('for-each-ref');
  const again = await project.pushpals(['init']);
  assert.is(again.exitCode, 0, again.stderr);
  assert.match(again.stdout, /Everything is there; nothing was changed/);
  assert.is(await project.git('for-each-ref'), before);
  assert.is(await project.git('status', '--porcelain'), '');
  await project.remove();
});

for (const [what, undo, made] of [
  [
    'a work tree that was removed by hand',
    (project) => rm(join(project.dir, 'ops'), { recursive: true }),
    ['work tree ops/'],
  ],
  [
    'a policy that is missing',
    (project) => rm(join(project.dir, 'policy'), { recursive: true }),
    ['policy/policy.yml', 'policy/tests/default.yml'],
  ],
  ['a pushpals.yml that is missing', (project) => rm(join(project.dir, 'pushpals.yml')), ['pushpals.yml']],
  [
    'an ops branch that is missing',
    async (project) => {
      await project.git('worktree', 'remove', 'ops');
      await project.git('branch', '-q', '-D', 'ops');
    },
    ['branch ops', 'work tree ops/'],
  ],
] satisfies readonly (readonly [string, (project: Project) => Promise<void>, readonly string[]])[]) {
  test(`${what} is completed, and said`, async () => {
    const project = await bareProject(FILES);
    await init(project, '--yes');
    await undo(project);
    const again = await init(project, '--yes');
    assert.is(again.exitCode, 0, again.stderr);
    const states = [...again.stdout.matchAll(/^(made|there) +(\S.*)$/gm)].map(([, state, part]) => [part, state]);
    assert.equal(
      Object.fromEntries(states),
      Object.fromEntries(
        ['branch ops', 'work tree ops/', 'pushpals.yml', 'policy/policy.yml', 'policy/tests/default.yml'].map(
          (part) => [part, (made as readonly string[]).includes(part) ? 'made' : 'there'],
        ),
      ),
    );
    assert.is((await project.pushpals(['validate'])).exitCode, 0);
    await project.remove();
  });
}

test('a repository in which nothing is recognised gets a set-up that validates, and is told what to fill in', async () => {
  const project = await bareProject({ 'notes.txt': 'hello\n' });
  const { stdout } = await init(project, '--yes');
  assert.match(stdout, /no commands were recognised: fill in `commands:`/);
  assert.not.match(stdout, /pushpals tick/);
  const valid = await project.pushpals(['validate']);
  assert.is(valid.exitCode, 0, valid.stderr);
  await project.remove();
});

test('a policy that decides otherwise than its tests expect does not validate', async () => {
  const project = await bareProject(FILES);
  await init(project, '--yes');
  assert.is((await project.pushpals(['validate'])).exitCode, 0);
  await project.shell("sed -i '/id: auth/d' policy/policy.yml");
  const { exitCode, stdout, stderr } = await project.pushpals(['validate']);
  assert.is(exitCode, 2);
  assert.match(
    stdout + stderr,
    /policy\/tests\/default\.yml:\d+:\d+: case `who may come in is decided by people`: the policy decides low, auto, not high, proposal/,
  );
  await project.remove();
});

test('a folder that is in the way is left alone, and said', async () => {
  const project = await bareProject({ ...FILES, 'ops/deploy.sh': 'echo mine\n' });
  const refused = await init(project, '--yes');
  assert.is(refused.exitCode, 4);
  assert.match(refused.stderr, /the folder ops\/ is there and is not a work tree of ops/);
  assert.is(await project.read('ops/deploy.sh'), 'echo mine\n');
  await project.remove();
});

test('a link at the place of a file is not written through', async () => {
  const project = await bareProject(FILES);
  await mkdir(join(project.dir, 'elsewhere'));
  await symlink('elsewhere/target', join(project.dir, 'pushpals.yml'));
  await init(project, '--yes');
  assert.not.ok((await project.shell('ls elsewhere')).includes('target'));
  await project.remove();
});

test('a template stands for what the files say, and a wrong one is answered with the choice', async () => {
  const project = await bareProject(FILES);
  const go = await init(project, '--template', 'go', '--dry-run', '--json');
  const { detected } = JSON.parse(go.stdout) as { detected: { language: string; commands: { name: string }[] } };
  assert.is(detected.language, 'go');
  assert.equal(
    detected.commands.map(({ name }) => name),
    ['test', 'lint', 'lint-fix', 'build'],
  );
  const wrong = await init(project, '--template', 'cobol');
  assert.is(wrong.exitCode, 2);
  assert.match(wrong.stderr, /there are node, python, go, rust, minimal/);
  await project.remove();
});

test.run();
