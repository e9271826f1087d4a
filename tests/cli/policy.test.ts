// deadline: 120s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';

const POLICY = `version: 1
rules:
  - { id: known, tier: low, formula: f }
  - { id: docs, tier: high, paths: ["docs/**"] }
  - { id: new-packages, tier: medium, when: size(changes.dependencies) > 0 }
deny:
  - { id: keys, paths: ["*.pem"] }
tiers:
  medium: { gate: merge-approval, approvals: 2, from: [leads] }
approvers:
  - { id: cyd, emails: [cyd@example.org], groups: [leads] }
  - { id: bob, emails: [bob@example.org], groups: [leads] }
limits: { orders-per-day: 2, agents: { f: { time-per-day: 1h } } }
`;
const FORMULA = (run: string): string =>
  `formula: f\nversion: 1\nsteps:\n  - { id: change, run: "${run}" }\n  - { id: ship, needs: [change], ship: {} }\n`;

async function withPolicy(work: (project: Project) => Promise<void>): Promise<void> {
  const project = await makeProject('host');
  try {
    await project.commit({ 'policy/policy.yml': POLICY, 'formulas/f.yml': FORMULA('echo a > a.txt') });
    await work(project);
  } finally {
    await project.remove();
  }
}

test('explain names every rule, with why it counts or not', () =>
  withPolicy(async (project) => {
    const explain = async (...args: string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await project.pushpals(['policy', 'explain', ...args]);
      assert.is(exitCode, 0, stderr);
      return stdout;
    };
    const one = await explain('--formula', 'f', '--paths', 'src/a.txt,docs/b.md', '--paths', 'c.pem');
    assert.match(one, /^before the run, formula f → low: ships by itself once its checks pass$/m);
    assert.match(one, /^of the change, formula f → denied$/m);
    assert.match(one, /^ {2}high {2}docs +it changes docs\/b\.md, which matches docs\/\*\*$/m);
    assert.match(one, /^ {2}deny {2}keys +it changes c\.pem, which matches \*\.pem$/m);
    assert.match(one, /^ {2}- +new-packages +not so: size\(changes\.dependencies\) > 0$/m);
    assert.match(
      await explain('--formula', 'f', '--risk', 'medium'),
      /medium: runs, and ships when 2 approvers of leads/,
    );
    assert.match(await explain(), /formula unknown → high: starts when one approver approved it/);
    const json = JSON.parse(await explain('--formula', 'f', '--json')) as { tier: string; trace: unknown[] }[];
    assert.equal([json[0]?.tier, json[0]?.trace.length], ['low', 4]);
    await project.write('policy/policy.yml', POLICY.replace('tier: low', 'tier: high'));
    assert.match(await explain('--formula', 'f'), /→ low/);
    assert.match(await explain('--formula', 'f', '--draft'), /→ high/);
    const unknown = await project.pushpals(['policy', 'explain', '--formula', 'ff']);
    assert.is(unknown.exitCode, 4);
    assert.match(unknown.stderr, /unknown formula `ff`[^]*Did you mean `f`/);
  }));

test('an order is explained before its run, and after it by what it shipped', () =>
  withPolicy(async (project) => {
    await project.write('ops/inbox/go.yml', 'goal: Go\nformula: f\n');
    assert.is((await project.pushpals(['tick'])).exitCode, 0);
    const { stdout } = await project.pushpals(['policy', 'explain', 'go']);
    assert.match(stdout, /^before the run, formula f → low[^]*^of what it changed, formula f → low/m);
  }));

test('a policy has tests of its own', () =>
  withPolicy(async (project) => {
    const run = async (): Promise<{ exitCode: number | undefined; stdout: string }> =>
      project.pushpals(['policy', 'test']);
    assert.match((await run()).stdout, /There are no tests/);
    const cases = (tier: string): string =>
      `version: 1\ncases:\n  - name: a package is looked at\n    formula: f\n    changes: [{ path: package.json, dependencies: [left-pad] }]\n    expect: { tier: ${tier} }\n`;
    await project.write('policy/tests/a.yml', cases('medium'));
    assert.equal(await run(), { exitCode: 0, stdout: 'passed: 1 case in 1 file', stderr: '' });
    await project.write('policy/tests/a.yml', cases('low'));
    const failed = await run();
    assert.is(failed.exitCode, 2);
    assert.match(
      failed.stdout,
      /policy\/tests\/a\.yml:6:13[^]*decides medium, merge-approval, not low[^]*1 failed of 1 case/,
    );
  }));

test('a limit parks what is over it, says until when, and drops nothing', () =>
  withPolicy(async (project) => {
    for (const name of ['a', 'b', 'c']) await project.write(`ops/inbox/${name}.yml`, `goal: ${name}\nformula: f\n`);
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 3, tick.stderr);
    assert.match(tick.stderr, /c: waits[^]*limits\.orders-per-day: 2 of 2 orders started today \(UTC\)/);
    const record = await project.git('show', 'refs/heads/ops:waiting/c.yml');
    assert.match(record, /until: '?"?\d{4}-\d\d-\d\dT00:00:00\.000Z/);
    const commits = await project.git('rev-list', '--count', 'refs/heads/ops');
    assert.is((await project.pushpals(['tick'])).exitCode, 3);
    assert.is(
      await project.git('rev-list', '--count', 'refs/heads/ops'),
      commits,
      'a tick that changes nothing writes nothing',
    );
    await project.commit({ 'policy/policy.yml': POLICY.replace('orders-per-day: 2', 'orders-per-day: 3') });
    assert.is((await project.pushpals(['tick'])).exitCode, 0);
    assert.is(await project.show('pushpals/c', 'a.txt'), 'a\n');
  }));

test('new packages in a manifest raise the tier of the real change', () =>
  withPolicy(async (project) => {
    await project.commit({
      'package.json': '{"dependencies":{"a":"1"}}',
      'formulas/f.yml': FORMULA(`echo '{\\"dependencies\\":{\\"a\\":\\"1\\",\\"b\\":\\"1\\"}}' > package.json`),
    });
    await project.write('ops/inbox/go.yml', 'goal: Go\nformula: f\n');
    await project.pushpals(['tick']);
    const { stdout } = await project.pushpals(['policy', 'explain', 'go', '--json']);
    const decisions = JSON.parse(stdout) as { about: string; tier: string }[];
    assert.is(decisions.at(-1)?.tier, 'medium', stdout);
  }));

test.run();
