// deadline: 180s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';

const FORMULA = `formula: f
version: 1
steps:
  - { id: change, run: "echo said; echo two > src/a.txt" }
  - { id: ship, needs: [change], ship: {} }
`;

/** A project in which an order has run. */
async function withHistory(work: (project: Project) => Promise<void>): Promise<void> {
  const project = await makeProject('host');
  try {
    await project.commit({ 'formulas/f.yml': FORMULA });
    await project.write('ops/inbox/go.yml', 'goal: Go\nformula: f\n');
    await project.write('ops/inbox/bad.yml', 'gaol: no\n');
    await project.pushpals(['tick']);
    await project.pushpals(['order', 'new', 'Wait', '--formula', 'f', '--name', 'wait', '--after', 'go']);
    await work(project);
  } finally {
    await project.remove();
  }
}

async function findings(project: Project): Promise<string> {
  const { exitCode, stdout, stderr } = await project.pushpals(['audit']);
  assert.is(exitCode, stdout.startsWith('nothing found') ? 0 : 1, stderr);
  return stdout;
}

const person = async (project: Project, message: string): Promise<void> => {
  await project.git('-C', 'ops', 'add', '-A');
  await project.git('-C', 'ops', 'commit', '-q', '-m', message);
};

test('a history of the runner’s own has nothing to find, and says what was looked at', () =>
  withHistory(async (project) => {
    assert.match(await findings(project), /^nothing found: \d+ commits, \d+ transitions, 0 fired requests, 1 logs$/m);
    // What people do by hand is theirs to do.
    await project.write('ops/PAUSE', '');
    await project.write('ops/inbox/next.md', 'Do it\n');
    await person(project, 'pause');
    assert.match(await findings(project), /^nothing found/);
    const { stdout } = await project.pushpals(['audit', '--json']);
    assert.equal((JSON.parse(stdout) as { findings: unknown[] }).findings, []);
  }));

test('an order that somebody else moved, or that went a way that there is not', () =>
  withHistory(async (project) => {
    await project.git('-C', 'ops', 'mv', 'queue/wait.yml', 'active/wait.yml');
    await person(project, 'hurry');
    assert.match(
      await findings(project),
      /order wait: queue → active: made by ada@example\.org, and only the runner moves orders/,
    );
    await project.git('-C', 'ops', 'mv', 'active/wait.yml', 'queue/wait.yml');
    const message = 'order wait\n\nPushPals-Order: wait\nPushPals-Event: finish\n';
    await project.git('-C', 'ops', '-c', 'user.email=runner@pushpals.invalid', 'commit', '-qam', message);
    assert.match(await findings(project), /order wait: active → queue: no `finish` leads there/);
    await project.git('-C', 'ops', 'rm', '-q', 'queue/wait.yml');
    await person(project, 'away');
    assert.match(await findings(project), /order wait: queue → none: made by/);
  }));

test('evidence that was changed or removed, and a fired request that nobody approved', () =>
  withHistory(async (project) => {
    const files = await project.opsFiles();
    const log = files.find((path) => path.endsWith('.log')) ?? '';
    await project.write(`ops/${log}`, 'nothing was said\n');
    await project.write('ops/vault/fired/x.yml', 'id: x\n');
    await person(project, 'tidy');
    const found = await findings(project);
    assert.match(found, /01-change\.log is not what its run says/);
    assert.match(found, /vault\/fired\/x\.yml: it cannot be read/);
    await project.git('-C', 'ops', 'rm', '-q', log, 'vault/fired/x.yml');
    await person(project, 'tidy');
    const gone = await findings(project);
    assert.match(gone, /the evidence .*01-change\.log was removed/);
    assert.match(gone, /vault\/fired\/x\.yml was removed/);
  }));

test('a history that was rewritten is refused by the next tick, and reported', () =>
  withHistory(async (project) => {
    await project.pushpals(['tick']);
    const seen = await project.git('rev-parse', 'refs/heads/ops');
    await project.git('-C', 'ops', 'commit', '-q', '--amend', '-m', 'nothing happened');
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 4);
    assert.match(
      tick.stderr,
      new RegExp(`was rewritten: ${seen.slice(0, 12)} was its tip[^]*git update-ref refs/heads/ops ${seen}`),
    );
    assert.match(await findings(project), new RegExp(`the history was rewritten: ${seen}`));
    await project.git('-C', 'ops', 'reset', '-q', '--hard', seen);
    assert.is((await project.pushpals(['tick'])).exitCode, 0);
  }));

test('a history that is rewritten while a tick goes on is not worked on', () =>
  withHistory(async (project) => {
    await project.pushpals(['tick']);
    const before = await project.git('rev-parse', 'refs/heads/ops');
    const rewrite = `git -C "${project.dir}" update-ref refs/heads/ops ${before}~1`;
    await project.commit({
      'formulas/rewrite.yml': `formula: rewrite\nversion: 1\nsteps: [{ id: back, run: ${JSON.stringify(rewrite)} }]\n`,
    });
    await project.write('ops/inbox/back.yml', 'goal: Back\nformula: rewrite\n');
    for (const asked of ['the tick', 'the next']) {
      const { exitCode, stderr } = await project.pushpals(['tick']);
      assert.is(exitCode, 4, `${asked}: ${stderr}`);
      assert.match(stderr, new RegExp(`was rewritten: .*\n[^]*git update-ref -d refs/pushpals/seen/ops`));
      // Nothing was done on what was put in its place.
      assert.not.match(stderr, /shipped/);
    }
  }));

test.run();
