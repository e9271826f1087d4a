// deadline: 180s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { order, standing, withProject } from './integrate-rig.js';
import type { Project } from './program.js';

/** An order writes a line of its own at the top of a file. */
const PREPEND = `formula: add
version: 1
inputs: { name: { type: string }, text: { type: string } }
steps:
  - id: change
    run: '{ echo "$PUSHPALS_INPUT_TEXT"; tail -n +2 "$PUSHPALS_INPUT_NAME"; } > new && mv new "$PUSHPALS_INPUT_NAME"'
  - { id: ship, needs: [change], ship: { title: "change {{ inputs.name }}" } }
`;

/** It resolves a conflict from a copy that it had from before: all that the target gained in the file is gone. */
const STALE = `formula: conflict-resolver
version: 1
inputs: { branch: { type: string } }
base: { merge: inputs.branch }
steps:
  - { id: resolve, run: 'printf "of two\\nmiddle\\nend\\n" > notes' }
  - { id: ship, needs: [resolve], ship: { title: "merge" } }
`;

const FILES = { notes: 'begin\nmiddle\nend\n', 'formulas/conflict-resolver.yml': STALE };
const QUEUE = '{ via: merge, into: release }';

/** A result meets a target that people have changed at the same place, and at another. */
async function meets(project: Project): Promise<string> {
  await project.write('ops/inbox/two.yml', order('notes', 'of two'));
  const made = await project.pushpals(['tick']);
  assert.is(made.exitCode, 0, made.stderr);
  await project.shell(
    'git checkout -q -b release && printf "of people\\nmiddle\\nend\\nif (!allowed) return;\\n" > notes',
  );
  await project.shell('git commit -qam "check who asks" && git push -q origin release && git checkout -q main');
  return project.git('rev-parse', 'release');
}

test('a merge from a stale copy that takes back what the target gained is stopped, with the lines and who added them', () =>
  withProject('stale', { formula: PREPEND, integrate: QUEUE, files: FILES }, async (project, remote) => {
    const gained = await meets(project);
    const { exitCode, stderr } = await project.pushpals(['tick']);
    assert.is(exitCode, 1, stderr);
    assert.match(stderr, /would-undo: the merge would take back what was gained beside it, in 1 file\(s\)/);
    assert.match(
      stderr,
      new RegExp(`notes: of what release gained by ${gained.slice(0, 12)}, \\d line\\(s\\) are gone`),
    );
    assert.match(stderr, /4: if \(!allowed\) return;/);
    assert.is(await remote('rev-parse', 'release'), gained, 'it was not moved');
    for (const id of ['two', 'two-resolve']) assert.match(await standing(project, id), /^failed\//, stderr);
    assert.is(await project.git('branch', '--list', 'pushpals/two-resolve'), '');
  }));

test('where people are asked about such merges, they see the lines, and may let it pass', () =>
  withProject(
    'asked',
    {
      formula: PREPEND,
      integrate: QUEUE,
      files: {
        ...FILES,
        'policy/policy.yml': [
          'version: 1\ndefault: low\nverify: identity\napprovers: [{ id: eve, emails: [eve@example.org] }]',
          'rules: [{ id: merges, tier: medium, formula: conflict-resolver }]\n',
        ].join('\n'),
      },
    },
    async (project, remote) => {
      const gained = await meets(project);
      const asked = await project.pushpals(['tick']);
      assert.is(asked.exitCode, 3, asked.stderr);
      const [request = ''] = (await project.opsFiles()).filter((path) => /^vault\/pending\/.*\.yml$/.test(path));
      const id = request.slice('vault/pending/'.length, -'.yml'.length);
      const { stdout } = await project.pushpals(['vault', 'show', id]);
      assert.match(stdout, /It takes back what release gained: notes - \d line\(s\) are gone, added by [0-9a-f]{12}/);
      const eve = { GIT_COMMITTER_NAME: 'Eve', GIT_COMMITTER_EMAIL: 'eve@example.org' };
      const env = { ...eve, GIT_AUTHOR_NAME: 'Eve', GIT_AUTHOR_EMAIL: 'eve@example.org' };
      assert.is((await project.pushpals(['vault', 'approve', id, '--yes'], { env })).exitCode, 0);
      assert.is(await remote('rev-parse', 'release'), gained);
      const { exitCode, stderr } = await project.pushpals(['tick']);
      assert.is(exitCode, 0, stderr);
      assert.is(await remote('show', 'release:notes'), 'of two\nmiddle\nend');
    },
  ));

test.run();
