// deadline: 120s
// one Node: what git, the sandbox and the sweep decide
import { execa } from 'execa';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';

/** A run whose last step depends on a file outside of it. */
async function built(): Promise<Project & { readonly stamp: string; readonly runs: () => Promise<readonly string[]> }> {
  const project = await makeProject('host');
  const stamp = join(project.dir, '.git', 'stamp');
  await writeFile(stamp, 'one\n');
  await project.commit({
    'policy/policy.yml': 'version: 1\ndefault: low\nnetwork: { allow: full }\n',
    'formulas/build.yml': `formula: build
version: 1
steps:
  - { id: fetch, run: "echo fetched > fetched.txt", network: full }
  - { id: make, needs: [fetch], run: "cat fetched.txt src/a.txt > built.txt; echo '{\\"n\\": 1}' > $PUSHPALS_OUT/outputs.json; echo $PUSHPALS_RUN" }
  - { id: test, needs: [make], check: "grep -q fetched built.txt" }
  - { id: stamp, needs: [test], run: "until [ ! -e '${stamp}.wait' ]; do echo waits; sleep 0.1; done; cat '${stamp}' > stamp.txt" }
  - { id: ship, needs: [stamp], ship: {} }
`,
  });
  await project.pushpals(['order', 'new', 'Build it', '--formula', 'build', '--name', 'fix']);
  const ticked = await project.pushpals(['tick']);
  assert.is(ticked.exitCode, 0, ticked.stderr);
  const runs = (): Promise<readonly string[]> => readdir(join(project.dir, '.pushpals/runs')).catch(() => []);
  return { ...project, stamp, runs };
}

test('a run that is done again comes out the same, or says in what it does not, and leaves nothing', async () => {
  const project = await built();
  // The formula moves on; the run is replayed with the one that it had.
  await project.commit({
    'formulas/build.yml': 'formula: build\nversion: 2\nsteps:\n  - { id: other, run: "true" }\n',
  });
  const refs = await project.git('for-each-ref');
  const same = await project.pushpals(['replay', 'fix', '--network']);
  assert.is(same.exitCode, 0, `${same.stdout}${same.stderr}`);
  assert.match(same.stdout, /^ {2}ship +taken +it ships$/m);
  assert.match(same.stdout, /no difference: 4 steps came out the same, 1 taken from the record/);

  await writeFile(project.stamp, 'two\n');
  const other = await project.pushpals(['replay', 'fix-1', '--network', '--json']);
  assert.is(other.exitCode, 1, other.stderr);
  const { first } = JSON.parse(other.stdout) as { first: { step: string; what: string } };
  assert.equal([first.step, first.what], ['stamp', 'tree']);

  // Without a network, a step that reaches one is taken from the record, with the files that it left.
  const bare = await project.pushpals(['replay', 'fix']);
  assert.is(bare.exitCode, 1);
  assert.match(bare.stdout, /^ {2}fetch +taken +it reaches a network; --network runs it\n {2}make +same$/m);
  assert.match(bare.stdout, /first difference: step stamp, tree[^]*^-one\n\+two$/m);
  assert.is(await project.git('for-each-ref'), refs, 'nothing is left');
  assert.equal(await project.runs(), []);
  await project.remove();
});

test('a replay that is killed is swept, and not while it lives', async () => {
  const project = await built();
  await writeFile(`${project.stamp}.wait`, '');
  const program = [resolve('dist/pushpals.js'), 'replay', 'fix', '--network'];
  const replaying = execa(process.execPath, program, { cwd: project.dir, reject: false });
  await until('a step is done', async () =>
    (await project.git('for-each-ref', 'refs/pushpals/replays/')).includes('/make'),
  );
  await project.pushpals(['order', 'new', 'Build more', '--formula', 'nothing', '--name', 'more']);
  await project.pushpals(['tick']);
  assert.is((await project.runs()).length, 1, 'it lives');
  replaying.kill('SIGKILL');
  await replaying;
  await writeFile(join(project.dir, 'ops/inbox/again.yml'), 'goal: Anything\nformula: nothing\n');
  await project.pushpals(['tick']);
  assert.is(await project.git('for-each-ref', 'refs/pushpals/replays/'), '');
  assert.equal(await project.runs(), []);
  await project.remove();
});

test('a record that no run of ours could have left is refused in words', async () => {
  const project = await built();
  const path = (await project.opsFiles()).find((file) => file.endsWith('/run.json')) ?? '';
  const file = join(project.dir, 'ops', path);
  const run = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await project.git('checkout', '-q', '--orphan', 'evil');
  await project.git('commit', '-q', '-m', 'evil');
  const evil = await project.git('rev-parse', 'evil');
  await project.git('checkout', '-q', 'main');
  const forged: readonly (readonly [content: string, says: RegExp])[] = [
    ['[]', /names no order/],
    ['not json', /names no order/],
    [JSON.stringify({ ...run, base: evil }), /its base is no commit of the project/],
    [JSON.stringify({ ...run, base: '--upload-pack=x' }), /base/],
    [JSON.stringify({ ...run, driver: 'bubblewrap' }), /ran in bubblewrap, and the project says host/],
    [
      JSON.stringify({ ...run, formula: { name: 'build', digest: 'sha256:00' } }),
      /no commit of the project has the formula/,
    ],
    [JSON.stringify({ ...run, steps: 7 }), /no step of run fix-1 can be replayed/],
    [JSON.stringify({ ...run, run: '../../x' }), /run/],
  ];
  for (const [content, says] of forged) {
    await writeFile(file, content);
    await project.git('-C', 'ops', 'commit', '-qam', 'forged');
    const { exitCode, stderr } = await project.pushpals(['replay', 'fix', '--network']);
    assert.ok(exitCode === 4 || exitCode === 2, `${content.slice(0, 80)}: ${String(exitCode)} ${stderr}`);
    assert.match(stderr, says);
    assert.not.match(stderr, /\n {4}at /, 'no stack');
  }
  await project.remove();
});

test.run();
