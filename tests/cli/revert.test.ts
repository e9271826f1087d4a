// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';

const PROJECT = `version: 1\nproject: test\nsandbox: { driver: host }\ncommands: { test: "! grep -rq broken src" }\n`;

const formula = (name: string, script: string): string =>
  `formula: ${name}\nversion: 1\nsteps:\n  - { id: change, run: "${script}" }\n  - { id: ship, needs: [change], ship: {} }\n`;

/** A project in which the order `fix` was shipped and merged. */
async function fixed(files: Readonly<Record<string, string>> = {}): Promise<Project> {
  const project = await makeProject('host');
  await project.commit({
    'pushpals.yml': PROJECT,
    'src/a.txt': 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n',
    'formulas/fix.yml': formula('fix', 'sed -i s/two/2/ src/a.txt; echo new > src/new.txt'),
    ...files,
  });
  await project.write('ops/inbox/fix.yml', 'goal: Write it as a number\nformula: fix\n');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  return project;
}

const says = async (project: Project, args: readonly string[], code: number, words: RegExp): Promise<string> => {
  const { exitCode, stdout, stderr } = await project.pushpals(args);
  assert.is(exitCode, code, `${args.join(' ')}: ${stdout}${stderr}`);
  assert.match(`${stdout}${stderr}`, words);
  return `${stdout}${stderr}`;
};

test('what an order shipped is taken back by an order, and that can be taken back as well', async () => {
  const project = await fixed();
  const [run] = (await project.opsFiles()).filter((path) => path.endsWith('fix-1/run.json'));
  const { rollback } = JSON.parse(await project.read(`ops/${run ?? ''}`)) as { rollback: unknown };
  const on = await project.git('rev-parse', 'main');
  assert.equal(rollback, { outcome: 'restores', on, paths: [] });
  await says(
    project,
    ['evidence', 'show', 'fix'],
    0,
    /Rollback: .* pushpals revert fix does\. It was tried: what is left is [0-9a-f]{12} again, file for file/,
  );
  await says(project, ['revert', 'fix'], 4, /what fix shipped is not merged into main/);
  await project.git('merge', '-q', '--no-ff', '--no-edit', 'pushpals/fix');
  // Later work in the same file, and elsewhere.
  await project.commit({ 'src/a.txt': 'one\n2\nthree\nfour\nfive\nsix\nseven\n8\n', 'src/b.txt': 'later\n' });
  await says(project, ['revert', 'fix'], 0, /revert-fix is queued: it takes back [0-9a-f]{12} \(2 files, \+1 −2\)/);
  await says(project, ['revert', 'fix'], 4, /revert-fix/);
  await says(project, ['tick'], 0, /revert-fix: shipped to pushpals\/revert-fix/);
  assert.is(await project.show('pushpals/revert-fix', 'src/a.txt'), 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n8\n');
  assert.is(await project.show('pushpals/revert-fix', 'src/new.txt'), null);
  assert.is(await project.git('diff', '--name-only', 'main', 'pushpals/revert-fix'), 'src/a.txt\nsrc/new.txt');
  const message = await project.git('log', '-1', '--format=%B', 'pushpals/revert-fix');
  assert.match(message, /^revert: Write it as a number\n\nTakes back [0-9a-f]{40}, which the order fix shipped/);
  await says(
    project,
    ['revert', 'fix'],
    4,
    /order revert-fix has taken fix back already, and its result is not merged/,
  );
  await project.git('merge', '-q', '--ff-only', 'pushpals/revert-fix');
  await says(project, ['revert', 'fix'], 4, /nothing of what fix shipped is left on main: it was taken back already/);
  await says(project, ['revert', 'revert-fix'], 0, /revert-revert-fix is queued/);
  await says(project, ['tick'], 0, /revert-revert-fix: shipped/);
  assert.is(await project.show('pushpals/revert-revert-fix', 'src/new.txt'), 'new\n');
  await project.remove();
});

test('a squashed merge is taken back as well, and what cannot be is answered: later work, failing tests, no result', async () => {
  const project = await fixed();
  await project.git('merge', '-q', '--squash', 'pushpals/fix');
  await project.git('commit', '-q', '-m', 'squashed');
  await project.commit({
    'src/b.txt': 'needs it\n',
    'pushpals.yml': PROJECT.replace('! grep -rq broken src', 'test -e src/new.txt'),
  });
  await says(project, ['revert', 'fix'], 0, /queued/);
  await says(project, ['tick'], 1, /check-failed: check verify failed with exit code 1; on the base it passes/);
  await project.commit({ 'pushpals.yml': `${PROJECT}integrate: { via: branch }\n`, 'src/a.txt': 'one\nII\nthree\n' });
  const conflict = await says(
    project,
    ['revert', 'fix'],
    1,
    /merge-conflict: fix cannot be taken back by itself: later work on main/,
  );
  assert.match(conflict, /src\/a\.txt:2-\d+: main has “II/);
  assert.match(conflict, /git log --oneline [0-9a-f]{12}\.\.main -- 'src\/a\.txt'/);
  await says(project, ['revert', 'revert-fix'], 4, /order revert-fix is failed and shipped nothing/);
  await says(project, ['revert', 'nobody'], 4, /there is no order nobody/);
  await project.remove();
});

test('the policy decides on what taking back really changes, and a record that names another commit takes nothing back', async () => {
  const project = await fixed();
  await project.git('merge', '-q', '--ff-only', 'pushpals/fix');
  const own = await project.git('rev-parse', 'main~1');
  await project.commit({
    'policy/policy.yml': 'version: 1\ndefault: low\ndeny:\n  - { id: keep-new, paths: ["src/new.txt"] }\n',
  });
  await says(project, ['revert', 'fix'], 0, /queued/);
  await says(project, ['tick'], 1, /revert-fix: failed — policy-denied.*keep-new|keep-new/);
  assert.is(await project.git('branch', '--list', 'pushpals/revert-fix'), '');
  const path = (await project.opsFiles()).find((file) => /^done\/.*\/fix\.yml$/.test(file)) ?? '';
  const record = await project.read(`ops/${path}`);
  await project.write(`ops/${path}`, record.replace(/^( {2}commit: ).*$/m, `$1${own}`));
  await project.git('-C', 'ops', 'commit', '-qam', 'another commit');
  await says(project, ['revert', 'fix'], 4, /does not say that order fix shipped it/);
  await project.remove();
});

test.run();
