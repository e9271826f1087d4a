// deadline: 180s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { execa } from 'execa';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { until } from '../until.js';
import { ENV, PROGRAM } from './program.js';
import { withRemote, type Machine, type Shared } from './remote-rig.js';

const POLICY = `version: 1
verify: identity
default: medium
tiers: { medium: { gate: merge-approval, approvals: 1 } }
approvers: [{ id: bob, emails: [bob@example.org] }]
`;

const SIDES = `formula: sides
version: 1
steps:
  - { id: left, run: "echo left > left.txt" }
  - { id: right, run: "echo right > right.txt" }
  - { id: see, needs: [left, right], check: { command: test } }
  - { id: ship, needs: [see], ship: {} }
`;

const PROJECT = `version: 1
project: test
ops: { remote: origin }
runner: { lease: 2s }
sandbox: { driver: host }
commands: { test: { run: cat left.txt right.txt } }
`;

const marks = mkdtempSync(join(tmpdir(), 'pushpals-marks-'));
process.on('exit', () => {
  rmSync(marks, { recursive: true });
});

const ended = async (on: Machine, order: string): Promise<string | undefined> =>
  (await on.opsFiles()).find((path) => /^(done|failed|cancelled)\//.test(path) && path.endsWith(`/${order}.yml`));

interface Killed {
  /** What of its project is its own. */
  readonly files?: Readonly<Record<string, string>>;
  /** What its second step has beside its command. */
  readonly step?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** An order whose machine, `a`, is killed in its second step; the first one is shared. `go` lets the second one end. */
async function killedInTheMiddle(
  name: string,
  { files = {}, step = '', env = {} }: Killed,
  work: (shared: Shared, go: () => void, ran: () => Promise<readonly string[]>) => Promise<void>,
): Promise<void> {
  const [log, gate] = [join(marks, `${name}-ran`), join(marks, `${name}-go`)];
  const formula = `formula: two
version: 1
steps:
  - { id: one, run: "echo one >> ${log}; echo 1 >> src/a.txt" }
  - { id: two, needs: [one], run: "echo two >> ${log}; [ -e ${gate} ] || sleep 300; echo 2 >> src/a.txt"${step} }
  - { id: ship, needs: [two], ship: {} }
`;
  await withRemote({ 'formulas/two.yml': formula, ...files }, async (shared) => {
    const { a, git } = shared;
    const ran = async (): Promise<readonly string[]> =>
      existsSync(log) ? (await execa('cat', [log])).stdout.split('\n') : [];
    await a.drop('go.yml', 'goal: Go\nformula: two\n');
    const killed = execa(process.execPath, [PROGRAM, 'tick'], {
      cwd: a.dir,
      env: { ...ENV, ...env, PUSHPALS_RUNNER: 'a' },
      reject: false,
    });
    await until('step two has begun', async () => (await ran()).includes('two'));
    await until('the end of step one is shared', async () =>
      /one:\s+state: succeeded/.test(await git('show', 'refs/heads/ops:active/go.yml').catch(() => '')),
    );
    killed.kill('SIGKILL');
    await killed;
    const go = (): void => {
      writeFileSync(gate, '');
    };
    await work(shared, go, ran);
  });
}

test('what is approved is gone on with by the machine that sees it first, which has nothing of the run', () =>
  withRemote(
    { 'policy/policy.yml': POLICY, 'formulas/sides.yml': SIDES, 'pushpals.yml': PROJECT },
    async ({ a, b, git }) => {
      await a.drop('yes.yml', 'goal: Do yes\nformula: sides\n');
      assert.is((await a.run('tick')).exitCode, 3);
      const branch = await git('for-each-ref', '--format=%(refname:short)', 'refs/heads/vault');
      assert.match(branch, /^vault\/yes-\w+$/);
      await b.run('tick');
      await b.git('-C', 'ops', 'merge', '-q', '--no-ff', '-m', 'yes', branch);
      const tick = await b.run('tick');
      assert.is(tick.exitCode, 0, tick.stderr);
      assert.match(tick.stderr, /yes: shipped to pushpals\/yes/);
      for (const side of ['left', 'right']) assert.is(await git('show', `pushpals/yes:${side}.txt`), side);
      assert.match((await ended(b, 'yes')) ?? '', /^done\//);
      assert.is(await git('for-each-ref', 'refs/pushpals/runs', 'refs/heads/vault'), '', 'nothing is left behind');
      await a.run('tick');
      for (const on of [a, b]) {
        assert.is(await on.git('for-each-ref', 'refs/pushpals/runs'), '');
        assert.match((await on.run('audit')).stdout, /^nothing found/);
      }
    },
  ));

test('a clone that is made anew under the name of the old one goes on with its run', () =>
  killedInTheMiddle('anew', {}, async ({ b, git }, go, ran) => {
    go();
    // The clone of b has never seen the run.
    const tick = await b.pushpals(['tick'], { env: { PUSHPALS_RUNNER: 'a' } });
    assert.is(tick.exitCode, 0, tick.stderr);
    assert.match((await ended(b, 'go')) ?? '', /^done\//);
    assert.equal(await ran(), ['one', 'two', 'two']);
    assert.is(await git('show', 'pushpals/go:src/a.txt'), 'one\n1\n2');
    assert.is(await git('for-each-ref', 'refs/pushpals/runs'), '');
  }));

test('a run whose snapshots are nowhere to be found starts anew, and says so', () =>
  killedInTheMiddle('nowhere', {}, async ({ b, git }, go, ran) => {
    go();
    const [snapshot = '', ...others] = (await git('for-each-ref', '--format=%(refname)', 'refs/pushpals/runs')).split(
      '\n',
    );
    assert.is(others.length, 0);
    await git('update-ref', '-d', snapshot);
    const said = await b.pushpals(['tick'], { env: { PUSHPALS_RUNNER: 'a' } });
    assert.is(said.exitCode, 0, said.stderr);
    assert.match(said.stderr, /run go-1 is not gone on with \(its commit \w{12} is neither here nor at the remote/);
    assert.match((await ended(b, 'go')) ?? '', /^done\//);
    assert.equal(await ran(), ['one', 'two', 'one', 'two']);
  }));

test('a machine that lacks the secret of a step leaves the run of a dead one to those that have it', () => {
  const env = { PUSHPALS_SECRET_TOKEN: 'a-token-of-the-tests' };
  const policy = 'version: 1\ndefault: low\nsecrets: { TOKEN: { formulas: [two], tier: low } }\n';
  const given = { files: { 'policy/policy.yml': policy }, step: ', secrets: [TOKEN]', env };
  return killedInTheMiddle('secret', given, async ({ b, git }, go) => {
    go();
    const before = await git('rev-parse', 'refs/heads/ops');
    await until('the lease has run out and b says what it lacks', async () => {
      const { exitCode, stderr } = await b.run('tick');
      assert.not.match(stderr, /go: two/);
      return exitCode === 3 && /go: waits: this machine does not have the secret TOKEN/.test(stderr);
    });
    assert.is(await git('rev-parse', 'refs/heads/ops'), before, 'nothing is taken over');
    const { exitCode, stderr } = await b.pushpals(['tick'], { env: { ...env, PUSHPALS_RUNNER: 'b' } });
    assert.is(exitCode, 0, stderr);
    assert.match((await ended(b, 'go')) ?? '', /^done\//);
  });
});

needs('docker', test)('nor does a machine without an engine take over the run of a dead one', () => {
  const project = PROJECT.replace('driver: host', 'driver: docker, image: "pushpals-test:1"');
  const formula = 'formula: long\nversion: 1\nsteps:\n  - { id: only, run: "sleep 300" }\n';
  return withRemote({ 'pushpals.yml': project, 'formulas/long.yml': formula }, async ({ a, b, git }) => {
    await a.drop('go.yml', 'goal: Go\nformula: long\n');
    const running = execa(process.execPath, [PROGRAM, 'tick'], {
      cwd: a.dir,
      env: { ...ENV, PUSHPALS_RUNNER: 'a' },
      reject: false,
    });
    await until('its step runs', async () =>
      /only:\s+state: running/.test(await git('show', 'refs/heads/ops:active/go.yml').catch(() => '')),
    );
    // It takes its container down, and leaves the run to whoever comes next.
    running.kill('SIGTERM');
    assert.is((await running).exitCode, 143);
    const before = await git('rev-parse', 'refs/heads/ops');
    await until('the lease has run out and b says what it lacks', async () => {
      const env = { PUSHPALS_RUNNER: 'b', DOCKER_HOST: 'unix:///nonexistent/engine.sock' };
      const { exitCode, stderr } = await b.pushpals(['tick'], { env });
      return exitCode === 3 && /go: waits: the sandbox is not available/.test(stderr);
    });
    assert.is(await git('rev-parse', 'refs/heads/ops'), before, 'nothing is taken over');
  });
});

test.run();
