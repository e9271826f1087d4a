// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { order, standing, withProject } from './integrate-rig.js';
import type { Project } from './program.js';

/** Every order adds a line to the same file. */
const APPEND = `formula: add
version: 1
inputs: { name: { type: string }, text: { type: string } }
steps:
  - { id: change, run: 'echo "$PUSHPALS_INPUT_TEXT" >> "$PUSHPALS_INPUT_NAME"' }
  - { id: ship, needs: [change], ship: { title: "add to {{ inputs.name }}" } }
`;

interface Evidence {
  readonly resolved: readonly { readonly path: string; readonly by: string; readonly of: string }[];
}

/** Two results wait for a branch that is not there yet, so that both meet in its queue. */
async function bothWait(project: Project, name: string): Promise<void> {
  await project.write('ops/inbox/one.yml', order(name, 'of one'));
  await project.write('ops/inbox/two.yml', order(name, 'of two'));
  const made = await project.pushpals(['tick']);
  assert.is(made.exitCode, 0, made.stderr);
  for (const id of ['one', 'two']) assert.match(await standing(project, id), /^waiting\//, made.stderr);
}

const QUEUE = '{ via: merge, into: release }';

test('results that meet in the queue are merged by the rules of the target, which the evidence and the merge name', () =>
  withProject(
    'rules',
    { formula: APPEND, integrate: QUEUE, files: { NEWS: 'begin\n', '.gitattributes': 'NEWS merge=union\n' } },
    async (project, remote) => {
      await bothWait(project, 'NEWS');
      await project.git('push', '-q', 'origin', 'main:release');
      const { exitCode, stderr } = await project.pushpals(['tick']);
      assert.is(exitCode, 0, stderr);
      for (const id of ['one', 'two']) assert.match(await standing(project, id), /^done\//, stderr);
      assert.is(await remote('show', 'release:NEWS'), 'begin\nof one\nof two');
      const [led] = (await project.opsFiles()).filter((path) => path.endsWith('/merge/merge.json'));
      const { resolved } = JSON.parse((await project.show('refs/heads/ops', led ?? '')) ?? '') as Evidence;
      assert.equal(
        resolved.map(({ path, by, of }) => ({ path, by, of })),
        [{ path: 'NEWS', by: 'union', of: 'pushpals/two' }],
      );
      const message = await remote('log', '-1', '--format=%B', 'release');
      assert.match(message, /^Merge pushpals\/two:[^]*\nConflicts resolved:\n- NEWS \(both sides, by merge=union\)\n/);
      assert.match(message, /\nPushPals-Order: two\nPushPals-Run: two-1\n/);
    },
  ));

test('what people resolved before is resolved so in the queue, and what they did not is not', () =>
  withProject(
    'recorded',
    { formula: APPEND, integrate: QUEUE, files: { notes: 'begin\n', other: 'begin\n' } },
    async (project, remote) => {
      // The same conflict, as a person resolved it once.
      await project.git('config', 'rerere.enabled', 'true');
      for (const text of ['of one', 'of two']) {
        await project.shell(
          `git checkout -q -b '${text.slice(3)}' main && echo '${text}' >> notes && git commit -qam x`,
        );
      }
      await project.shell(
        'git checkout -q one && ! git merge -q two && printf "begin\\nboth\\n" > notes && git commit -qam m',
      );
      await project.shell('git checkout -q main && git branch -q -D one two');
      await bothWait(project, 'notes');
      await project.git('push', '-q', 'origin', 'main:release');
      const { exitCode, stderr } = await project.pushpals(['tick']);
      assert.is(exitCode, 0, stderr);
      assert.is(await remote('show', 'release:notes'), 'begin\nboth');
      assert.match(await remote('log', '-1', '--format=%B', 'release'), /- notes \(as people did before\)\n/);
    },
  ));

test('an approval holds for the change that was approved, and not for what a rule makes of it', () =>
  withProject(
    'approved',
    {
      formula: APPEND,
      integrate: QUEUE,
      files: {
        NEWS: 'begin\n',
        '.gitattributes': 'NEWS merge=union\n',
        'policy/policy.yml':
          'version: 1\ndefault: medium\napprovers: [{ id: eve, emails: [eve@example.org] }]\nverify: identity\n',
      },
    },
    async (project, remote) => {
      await project.write('ops/inbox/one.yml', order('NEWS', 'of one'));
      assert.is((await project.pushpals(['tick'])).exitCode, 3);
      const [request = ''] = (await project.opsFiles()).filter((path) => /^vault\/pending\/.*\.yml$/.test(path));
      const id = request.slice('vault/pending/'.length, -'.yml'.length);
      const eve = { GIT_COMMITTER_NAME: 'Eve', GIT_COMMITTER_EMAIL: 'eve@example.org' };
      const approved = await project.pushpals(['vault', 'approve', id, '--yes'], {
        env: { ...eve, GIT_AUTHOR_NAME: 'Eve', GIT_AUTHOR_EMAIL: 'eve@example.org' },
      });
      assert.is(approved.exitCode, 0, approved.stderr);
      const waits = await project.pushpals(['tick']);
      assert.match(await standing(project, 'one'), /^waiting\//, waits.stderr);
      await project.commit({ NEWS: 'begin\nof people\n' });
      await project.git('push', '-q', 'origin', 'main:release');
      const { stderr } = await project.pushpals(['tick']);
      assert.match(stderr, /what would be merged is not the change that was approved/);
      assert.is(await remote('show', 'release:NEWS'), 'begin\nof people');
    },
  ));

test.run();
