// deadline: 180s
// one Node: a server on the loopback, git and the host's shell
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../until.js';
import { withForge, type OnForge } from './forge-rig.js';

const POLICY = 'version: 1\ndefault: low\n';
const ADD = `formula: add
version: 1
inputs: { name: { type: string } }
steps:
  - { id: change, run: 'mkdir -p add; echo new > "add/$PUSHPALS_INPUT_NAME"' }
  - { id: ship, needs: [change], ship: { title: "add {{ inputs.name }}" } }
`;
/** Goes on from a branch; what it does there, the order says. */
const GO_ON = `formula: go-on
version: 1
inputs: { branch: { type: string }, script: { type: string } }
base: { merge: inputs.branch, mends: true }
steps:
  - { id: change, run: 'eval "$PUSHPALS_INPUT_SCRIPT"' }
  - { id: verify, needs: [change], check: { command: test } }
  - { id: ship, needs: [verify], ship: {} }
`;
const FILES = { 'policy/policy.yml': POLICY, 'formulas/add.yml': ADD, 'formulas/go-on.yml': GO_ON };
const CONFIG = { integrate: { via: 'pull-request' }, commands: { test: 'test ! -e broken' }, runner: { slots: 3 } };
const BRANCH = 'pushpals/one';

/** An order whose result is on its way by pull request, from the branch `pushpals/one`. */
async function withOpen(work: (project: OnForge, tip: string) => Promise<void>, config = {}): Promise<void> {
  await withForge(FILES, { ...CONFIG, ...config }, async (project) => {
    await project.drop('one', { goal: 'Add one', formula: 'add', inputs: { name: 'one' } });
    const { stderr } = await project.tick();
    const tip = project.world.tip(BRANCH);
    assert.ok(tip !== null, stderr);
    assert.match((await project.order('one')).state, 'waiting', stderr);
    await work(project, tip);
  });
}

const goOn = (project: OnForge, name: string, script: string): Promise<void> =>
  project.drop(name, { goal: 'Go on with it', formula: 'go-on', inputs: { branch: BRANCH, script } });

/** What the remote has of a branch; null: there is no such file. */
const there = ({ world }: OnForge, path: string, branch = BRANCH): string | null => {
  const [entry = ''] = world.git('ls-tree', branch, '--', path).split('\n');
  return entry === '' ? null : world.git('show', `${branch}:${path}`);
};
const holds = ({ world }: OnForge, commit: string, branch = BRANCH): boolean =>
  world.git('rev-list', branch).split('\n').includes(commit);

test('what goes on from the branch of a pull request goes onto it, by fast-forward, and the order stays as it is', () =>
  withOpen(async (project, tip) => {
    const { world } = project;
    await project.commit({ 'src/main.txt': 'main\n' });
    await project.git('push', '-q', 'origin', 'main');
    await goOn(project, 'fix', 'echo mended > add/one');
    const ticked = await project.tick();
    assert.match((await project.order('fix')).state, 'done', ticked.stderr);
    assert.is(there(project, 'add/one'), 'mended');
    assert.is(there(project, 'src/main.txt'), 'main');
    assert.equal(world.git('rev-parse', `${BRANCH}^1`, `${BRANCH}^2`).split('\n'), [tip, world.tip('main')]);
    const { shipped, state } = (await project.order('one')) as { shipped?: { commit: string }; state: string };
    assert.equal([state, shipped?.commit], ['waiting', tip]);
    assert.is(there(project, 'add/one', 'main'), null, 'nothing is merged further');
    assert.is(((await project.order('fix')) as { ended?: { into: string } }).ended?.into, BRANCH);

    // And once more, from where it is now.
    const second = world.tip(BRANCH);
    await goOn(project, 'more', 'echo more > add/more');
    await project.tick();
    assert.is(there(project, 'add/more'), 'more');
    assert.is(world.git('rev-parse', `${BRANCH}^`), second);
    const audit = await project.pushpals(['audit']);
    assert.is(audit.exitCode, 0, audit.stdout);
  }));

test('what people put onto the branch meanwhile is kept, and checked together with the result', () =>
  withOpen(async (project, tip) => {
    const { dir, world } = project;
    // Before it starts: the runner has not seen that yet.
    await project.shell(
      `git fetch -q origin ${BRANCH} && git switch -q --detach FETCH_HEAD && echo person > add/person && git add . && ` +
        `git commit -qm person && git push -q origin HEAD:${BRANCH} && git switch -q main`,
    );
    const person = world.tip(BRANCH) ?? '';
    await goOn(
      project,
      'fix',
      `echo mended > add/one; : > '${dir}/begun'; while [ ! -e '${dir}/go' ]; do sleep 0.05; done`,
    );
    const ticking = project.tick();
    await until('the run has begun', () => existsSync(join(dir, 'begun')));
    // And while it runs.
    await project.shell(
      `git switch -q --detach ${person} && echo late > add/late && git add add && git commit -qm late && ` +
        `git push -q origin HEAD:${BRANCH} && git switch -q main && : > go`,
    );
    const late = world.tip(BRANCH) ?? '';
    const ticked = await ticking;
    assert.match((await project.order('fix')).state, 'done', ticked.stderr);
    for (const commit of [tip, person, late]) assert.ok(holds(project, commit), `${commit}: ${ticked.stderr}`);
    assert.equal(
      ['add/one', 'add/person', 'add/late'].map((path) => there(project, path)),
      ['mended', 'person', 'late'],
    );
    assert.is(world.git('rev-parse', `${BRANCH}^1`), late);
    assert.is((await project.pushpals(['audit'])).exitCode, 0);
  }));

test('what fails on the branch as it is now does not get there', () =>
  withOpen(async (project, tip) => {
    await goOn(project, 'worse', 'echo x > broken');
    const worse = await project.tick();
    assert.match((await project.order('worse')).state, 'failed', worse.stderr);
    assert.match(worse.stderr, /check-failed/);
    assert.is(project.world.tip(BRANCH), tip);
  }));

test('what has to be approved is approved as it goes onto the branch: one that moved since is asked about anew', () => {
  const policy = `version: 1
default: medium
tiers: { medium: { gate: merge-approval } }
approvers: [{ id: olga, emails: [olga@example.org] }]
verify: identity
`;
  return withForge({ ...FILES, 'policy/policy.yml': policy }, CONFIG, async (project) => {
    const { world } = project;
    const approved = async (order: string): Promise<string> => {
      const pending = (await project.opsFiles()).find((path) => path.startsWith(`vault/pending/${order}-`)) ?? '';
      const id = pending.replace(/^.*\//, '').replace('.yml', '');
      await project.git('config', 'user.email', 'olga@example.org');
      const { exitCode, stderr } = await project.pushpals(['vault', 'approve', id, '--yes']);
      await project.git('config', 'user.email', 'ada@example.org');
      assert.is(exitCode, 0, stderr);
      return id;
    };
    await project.drop('one', { goal: 'Add one', formula: 'add', inputs: { name: 'one' } });
    await project.tick();
    await approved('one');
    const opened = await project.tick();
    const tip = world.tip(BRANCH);
    assert.ok(tip !== null, opened.stderr);

    await goOn(project, 'fix', 'echo mended > add/one');
    await project.tick();
    assert.is(world.tip(BRANCH), tip, 'nobody has approved it');
    const first = await approved('fix');
    // Somebody goes on with the branch before the runner gets to it.
    await project.shell(
      `git fetch -q origin ${BRANCH} && git switch -q --detach FETCH_HEAD && echo late > add/late && git add add && ` +
        `git commit -qm late && git push -q origin HEAD:${BRANCH} && git switch -q main`,
    );
    const late = world.tip(BRANCH);
    const moved = await project.tick();
    assert.is(world.tip(BRANCH), late, moved.stderr);
    assert.match(moved.stderr, /pushpals\/one is not what it was in fix-\S+\); it starts anew/);
    await project.tick();
    const asked = (await project.opsFiles()).filter((path) => path.startsWith('vault/pending/fix-'));
    assert.is(asked.length, 1, moved.stderr);
    assert.not(asked[0]?.includes(first), 'asked anew');
    await approved('fix');
    const last = await project.tick();
    assert.is((await project.order('fix')).state, 'done', last.stderr);
    assert.is(world.git('rev-parse', `${BRANCH}^1`), late);
    assert.equal([there(project, 'add/one'), there(project, 'add/late')], ['mended', 'late']);
    const audit = await project.pushpals(['audit']);
    assert.is(audit.exitCode, 0, audit.stdout);
  });
});

test.run();
