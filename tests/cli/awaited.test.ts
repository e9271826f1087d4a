// deadline: 420s
// one Node: what runs wait for is decided in core
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';

/** It answers with the plan that the project holds, as an agent would with its own. */
const PLAN = `formula: big
version: 1
steps:
  - { id: think, run: 'cp plan.json "$PUSHPALS_OUT/outputs.json"' }
  - { id: file, needs: [think], orders: "steps.think.outputs.orders", await: true }
`;

const CHILD = `formula: child
version: 1
inputs: { fail: { type: boolean, default: false } }
steps:
  - { id: change, run: 'echo "$PUSHPALS_ORDER" > "src/$PUSHPALS_ORDER.txt"; [ "$PUSHPALS_INPUT_FAIL" = false ]' }
  - { id: ship, ship: { title: "do: {{ order.goal }}" } }
`;

async function withPlan(
  orders: readonly unknown[],
  run: (project: Project) => Promise<void>,
  { more = '', policy = 'version: 1\ndefault: low\n', order = '' } = {},
): Promise<void> {
  const project = await makeProject('host');
  try {
    await project.commit({
      'formulas/big.yml': PLAN + more,
      'formulas/child.yml': CHILD,
      'plan.json': JSON.stringify({ orders }),
      'policy/policy.yml': policy,
    });
    await project.write('ops/inbox/grow.yml', `goal: Grow\nformula: big\n${order}`);
    await run(project);
  } finally {
    await project.remove();
  }
}

interface Listed {
  readonly id: string;
  readonly state: string;
}

async function states(project: Project): Promise<Record<string, string>> {
  const { stdout } = await project.pushpals(['order', 'list', '--all', '--json']);
  return Object.fromEntries((JSON.parse(stdout) as Listed[]).map(({ id, state }) => [id, state]));
}

/** The completion report of an order's last run. */
async function report(project: Project, order: string): Promise<string> {
  const path = (await project.opsFiles()).filter((file) => new RegExp(`/${order}-\\d+/report.md$`).test(file)).at(-1);
  return (await project.show('refs/heads/ops', path ?? '')) ?? '';
}

const THREE = [
  { name: 'core', goal: 'The core', formula: 'child' },
  { name: 'tests', goal: 'Its tests', formula: 'child', after: ['core'] },
  { name: 'docs', goal: 'Its words', formula: 'child' },
];

test('a plan of three orders with one dependency: the parent ends when they do, with one report', async () => {
  await withPlan(
    THREE,
    async (project) => {
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 0, tick.stderr);
      assert.equal(await states(project), {
        grow: 'done',
        'grow-core': 'done',
        'grow-tests': 'done',
        'grow-docs': 'done',
      });
      const log = (await project.git('log', '--reverse', '--format=%s', 'refs/heads/ops', '--')).split('\n');
      const at = (subject: RegExp): number => log.findIndex((line) => subject.test(line));
      assert.ok(at(/^order grow-core: active → done/) < at(/^order grow-tests: .* → active/), log.join('\n'));
      assert.ok(at(/^order grow: active → waiting/) < at(/^order grow: waiting → active/), log.join('\n'));
      for (const child of ['core', 'tests', 'docs'])
        assert.ok(at(new RegExp(`^order grow-${child}: active → done`)) < at(/^order grow: waiting → active/));
      const text = await report(project, 'grow');
      for (const child of ['core', 'tests', 'docs']) {
        assert.match(text, new RegExp(`- \`grow-${child}\`: shipped, on branch \`pushpals/grow-${child}\` at`));
        assert.match(text, new RegExp(`- \`grow-${child}\`: Review and merge`));
        assert.match(text, new RegExp(`- \`grow-${child}\`: Rollback: `));
      }
      // What came after it saw what became of each.
      assert.match(await project.git('log', '-1', '--format=%s', 'pushpals/grow'), /all 3 are done/);
    },
    {
      more: `  - { id: sum, needs: [file], when: "steps.file.outputs.orders.all(o, o.state == 'done' && o.branch.startsWith('pushpals/'))", run: "echo all > src/all.txt" }
  - { id: ship, needs: [sum], ship: { title: "all 3 are done" } }
`,
    },
  );
});

test('an order that fails ends the plan, with what came after it; a retry files only what was not done', async () => {
  await withPlan(
    [
      { name: 'core', goal: 'The core', formula: 'child', inputs: { fail: true } },
      { name: 'tests', goal: 'Its tests', formula: 'child', after: ['core'] },
      { name: 'docs', goal: 'Its words', formula: 'child' },
    ],
    async (project) => {
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 1, tick.stderr);
      assert.match(tick.stderr, /child-failed: of the orders that step file waited for, 2 did not end as done/);
      assert.match(
        tick.stderr,
        /grow-core: failed \(step-failed\)\n\s*grow-tests: cancelled \(it comes after grow-core/,
      );
      assert.equal(await states(project), {
        grow: 'failed',
        'grow-core': 'failed',
        'grow-tests': 'cancelled',
        'grow-docs': 'done',
      });
      assert.match(await report(project, 'grow'), /- `grow-core`: failed \(step-failed\)/);
      await project.commit({ 'formulas/child.yml': CHILD.replace('; [ "$PUSHPALS_INPUT_FAIL" = false ]', '') });
      assert.is((await project.pushpals(['order', 'retry', 'grow'])).exitCode, 0);
      const again = await project.pushpals(['tick']);
      assert.is(again.exitCode, 0, again.stderr);
      assert.equal(await states(project), {
        grow: 'done',
        'grow-core': 'failed',
        'grow-core-2': 'done',
        'grow-tests': 'cancelled',
        'grow-tests-2': 'done',
        'grow-docs': 'done',
      });
    },
  );
});

test('a runner that is killed while a plan waits loses nothing, and a cancelled plan takes its orders with it', async () => {
  const signs = await mkdtemp(join(tmpdir(), 'pushpals-signs-'));
  const slow = `formula: slow
version: 1
steps:
  - { id: hold, env: { SIGNS: ${signs} }, run: 'touch "$SIGNS/$PUSHPALS_ORDER"; while [ ! -e "$SIGNS/go" ]; do sleep 0.05; done' }
`;
  try {
    await withPlan(
      [
        { name: 'a', goal: 'A', formula: 'slow' },
        { name: 'b', goal: 'B', formula: 'slow', after: ['a'] },
      ],
      async (project) => {
        await project.commit({ 'formulas/slow.yml': slow });
        const killed = spawn(process.execPath, [resolve('dist/pushpals.js'), 'tick'], {
          cwd: project.dir,
          stdio: 'ignore',
        });
        await until('the child runs', () => existsSync(join(signs, 'grow-a')));
        killed.kill('SIGKILL');
        await once(killed, 'close');
        assert.equal(await states(project), { grow: 'waiting', 'grow-a': 'active', 'grow-b': 'waiting' });
        await writeFile(join(signs, 'go'), '');
        const tick = await project.pushpals(['tick']);
        assert.is(tick.exitCode, 0, tick.stderr);
        assert.equal(await states(project), { grow: 'done', 'grow-a': 'done', 'grow-b': 'done' });
        assert.is((await project.git('log', '--format=%s', 'refs/heads/ops', '--')).match(/filed by grow/g)?.length, 2);
      },
    );
    await withPlan([{ name: 'a', goal: 'A', formula: 'child', after: ['later'] }], async (project) => {
      await project.write('ops/inbox/later.yml', 'goal: Later\nformula: child\nrisk: high\n');
      await project.pushpals(['tick']);
      assert.equal(await states(project), { grow: 'waiting', 'grow-a': 'waiting', later: 'waiting' });
      const shown = await project.pushpals(['order', 'show', 'grow']);
      assert.match(shown.stdout, /waits for 1 of the 1 orders that it filed: grow-a/);
      const said = await project.pushpals(['order', 'cancel', 'grow']);
      assert.is(said.stdout.trim(), 'grow is cancelled, and with it what it waited for: grow-a.', said.stderr);
      assert.equal(await states(project), { grow: 'cancelled', 'grow-a': 'cancelled', later: 'waiting' });
      assert.is((await project.pushpals(['audit'])).exitCode, 0);
    });
  } finally {
    await rm(signs, { recursive: true });
  }
});

test.run();
