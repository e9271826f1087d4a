// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { makeProject, type Ended, type Project } from './program.js';

const marks = mkdtempSync(join(tmpdir(), 'pushpals-marks-'));
process.on('exit', () => {
  rmSync(marks, { recursive: true });
});

/** A change that waits until the test lets it end, then a check of it beside what else the project holds. */
const formula = (name: string): string => `formula: f
version: 1
steps:
  - id: change
    run: |
      echo two > src/a.txt
      touch ${join(marks, name)}.begun
      while [ ! -e ${join(marks, name)}.go ]; do sleep 0.02; done
      rm ${join(marks, name)}.go
  - { id: verify, needs: [change], check: "cat src/*.txt; ! grep -q broken src/*.txt" }
  - { id: ship, needs: [verify], ship: {} }
`;

/** Runs the order while somebody commits to the project. */
async function movedBy(
  name: string,
  files: Readonly<Record<string, string>>,
  look: (project: Project, tick: Ended) => Promise<void>,
  before: Readonly<Record<string, string>> = {},
): Promise<void> {
  const project = await makeProject('host');
  try {
    await project.commit({ 'formulas/f.yml': formula(name), ...before });
    await project.write('ops/inbox/o.yml', 'goal: Do it\nformula: f\n');
    const ticking = project.pushpals(['tick']);
    await until('the step has begun', () => existsSync(join(marks, `${name}.begun`)));
    await project.commit(files);
    writeFileSync(join(marks, `${name}.go`), '');
    // Where everything is done anew, once more.
    const again = setInterval(() => {
      writeFileSync(join(marks, `${name}.go`), '');
    }, 100);
    const tick = await ticking.finally(() => {
      clearInterval(again);
    });
    await look(project, tick);
  } finally {
    await project.remove();
  }
}

test('what ships was checked on the project as it is by then', () =>
  movedBy('fits', { 'src/b.txt': 'three\n' }, async (project, { exitCode, stderr }) => {
    assert.is(exitCode, 0, stderr);
    assert.is(await project.git('rev-parse', 'pushpals/o~1'), await project.git('rev-parse', 'main'));
    const log = await project.shell('cat ops/evidence/*/*/*/o-1/steps/02-verify.log');
    assert.match(log, /two\nthree/);
    assert.match(await project.git('log', '--format=%s', 'refs/heads/ops'), /order o: .*rebuilt on [0-9a-f]{12}/);
    assert.is(await project.show('pushpals/o', 'src/a.txt'), 'two\n');
    assert.match((await project.pushpals(['audit'])).stdout, /^nothing found/);
  }));

test('a change that breaks together with what the project became does not ship', () =>
  movedBy('breaks', { 'src/b.txt': 'broken\n' }, async (project, { exitCode, stderr }) => {
    assert.is(exitCode, 1);
    assert.match(stderr, /verify failed \(baseline-broken\)/);
    assert.is(await project.show('pushpals/o', 'src/a.txt'), null);
  }));

test('a change that does not fit any more says where, and ships nothing', () =>
  movedBy('conflicts', { 'src/a.txt': 'four\n' }, async (project, { exitCode, stderr }) => {
    assert.is(exitCode, 1);
    assert.match(stderr, /merge-conflict[^]*src\/a\.txt/);
    assert.is(await project.show('pushpals/o', 'src/a.txt'), null);
  }));

test('where the project keeps both sides of a file, a change that meets another ships, checked and said', () =>
  movedBy(
    'union',
    { 'src/a.txt': 'four\n' },
    async (project, { exitCode, stderr }) => {
      assert.is(exitCode, 0, stderr);
      assert.is(await project.show('pushpals/o', 'src/a.txt'), 'four\ntwo\n');
      const log = await project.shell('cat ops/evidence/*/*/*/o-1/steps/02-verify.log');
      assert.match(log, /four\ntwo/);
      const report = await project.shell('cat ops/evidence/*/*/*/o-1/report.md');
      assert.match(report, /`src\/a\.txt` conflicted with `[0-9a-f]{12}`, and has both sides, by `merge=union`/);
    },
    { '.gitattributes': 'src/a.txt merge=union\n' },
  ));

test('where the rules changed meanwhile, everything is decided and done anew', () =>
  movedBy('rules', { 'policy/policy.yml': 'version: 1\ndefault: high\n' }, async (project, { exitCode, stderr }) => {
    assert.is(exitCode, 3, stderr);
    assert.match(stderr, /run o-1 is not gone on with \(the project changed how it wants to be worked on\)/);
    assert.is(await project.show('pushpals/o', 'src/a.txt'), null);
    assert.is(await project.git('for-each-ref', 'refs/pushpals/runs'), '');
  }));

test.run();
