// deadline: 240s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { LONGEST_CHAIN } from '../../runner/core/triggers/plan.js';
import { makeProject, type Project } from './program.js';

const formula = (name: string, run: string): string =>
  `formula: ${name}\nversion: 1\nsteps:\n  - { id: a, run: "${run}" }\n`;
const declare = (...triggers: readonly string[]): string =>
  `version: 1\nproject: test\nsandbox: { driver: host }\ntriggers:\n${triggers.map((each) => `  - ${each}\n`).join('')}`;

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly next: string | null;
  readonly record: { readonly failures: number; readonly open: readonly string[]; readonly made: number } | null;
}

interface Rig {
  readonly project: Project;
  /** Declares the triggers, commits them, and has them count from now on. */
  readonly count: (...triggers: readonly string[]) => Promise<void>;
  readonly list: () => Promise<readonly Shown[]>;
  /** The names of orders in a folder of the ops branch. */
  readonly orders: (folder: string) => Promise<readonly string[]>;
  /** Changes a trigger's record by hand, as if it had been written at another time. */
  readonly forge: (trigger: string, change: (text: string) => string) => Promise<void>;
  readonly tick: (exitCode?: number) => Promise<string>;
}

const test = suite<Rig>('triggers');
test.before.each(async (context) => {
  const project = await makeProject('host');
  await project.commit({
    'formulas/good.yml': formula('good', 'true'),
    'formulas/bad.yml': formula('bad', 'false'),
    'formulas/next.yml': formula('next', 'true'),
    'formulas/picky.yml': `${formula('picky', 'true')}inputs: { x: { type: string } }\n`,
  });
  const tick = async (exitCode = 0): Promise<string> => {
    const ended = await project.pushpals(['tick']);
    assert.is(ended.exitCode, exitCode, `${ended.stdout}\n${ended.stderr}`);
    return ended.stderr;
  };
  Object.assign(context, {
    project,
    tick,
    count: async (...triggers) => {
      await project.commit({ 'pushpals.yml': declare(...triggers) });
      await tick();
    },
    list: async () => JSON.parse((await project.pushpals(['trigger', 'list', '--json'])).stdout) as Shown[],
    orders: async (folder) =>
      (await project.opsFiles()).flatMap((path) =>
        path.startsWith(`${folder}/`) && path.endsWith('.yml') ? [(path.split('/').at(-1) ?? '').slice(0, -4)] : [],
      ),
    forge: async (trigger, change) => {
      const path = `triggers/${trigger}.yml`;
      await project.write(`ops/${path}`, change((await project.show('refs/heads/ops', path)) ?? ''));
      await project.git('-C', 'ops', 'commit', '-q', '-m', 'forged', path);
    },
  } satisfies Rig);
});
test.after.each(({ project }) => project.remove());

const PUSHPALS = `${process.execPath} ${resolve('dist/pushpals.js')}`;
const LONG_AGO = '2026-01-01T00:00:00.000Z';

test('a schedule: no order for the past, one when it is due, its name and its state in one commit', async (rig) => {
  const { project, count, forge, list, orders, tick } = rig;
  await count('{ id: nightly, cron: "0 3 * * *", timezone: Europe/Berlin, order: { formula: good } }');
  assert.equal(await orders('done'), []);
  const [before] = await list();
  assert.is(before?.state, 'counts');
  const { wakeAt } = JSON.parse((await project.pushpals(['tick', '--json'])).stdout) as { wakeAt: string };
  assert.is(wakeAt, before?.next);
  assert.match((await project.pushpals(['plan'])).stdout, new RegExp(`next due by time: ${wakeAt}`));

  await forge('nightly', (text) => text.replace(/through: .*/, `through: ${LONG_AGO}`));
  assert.match(
    (await project.pushpals(['plan'])).stdout,
    /^fire {5}nightly-\d{8}t0[12]0000z → queue \(trigger nightly\)$/m,
  );
  assert.match(await tick(), /^nightly-\d{8}t0[12]0000z: accepted from trigger nightly$/m);
  const [order = ''] = await orders('done');
  assert.match(order, /^nightly-\d{8}t0[12]0000z$/);
  const made = await project.git(
    'log',
    '-1',
    '--format=%H',
    '--diff-filter=A',
    'refs/heads/ops',
    '--',
    `queue/${order}.yml`,
  );
  const changed = await project.git('show', '--format=%s', '--name-only', made);
  assert.equal(changed.split('\n').sort(), [
    '',
    `queue/${order}.yml`,
    `trigger nightly: ${order} → queue`,
    'triggers/nightly.yml',
  ]);
  const record = parse((await project.show(made, `queue/${order}.yml`)) ?? '') as {
    accepted: { actor: string; from: string };
  };
  assert.is(record.accepted.actor, 'trigger nightly');
  assert.equal((await list())[0]?.record?.open, []);
  // Nothing is left to do, and nothing is done.
  const tip = await project.git('rev-parse', 'refs/heads/ops');
  await tick();
  assert.is(await project.git('rev-parse', 'refs/heads/ops'), tip);
});

test('a new tip with paths: ticks at once make one order, and a tip that nothing looks at makes none', async (rig) => {
  const { project, count, orders, tick } = rig;
  await count('{ id: moved, branch: side, paths: ["src/**"], order: { formula: good } }');
  await project.git('checkout', '-q', '-b', 'side');
  await project.commit({ 'docs/x.md': 'x\n' });
  await tick();
  assert.equal(await orders('done'), []);
  await project.commit({ 'src/a.txt': 'two\n' });
  const tip = await project.git('rev-parse', 'HEAD');
  await Promise.all(Array.from({ length: 4 }, () => tick()));
  await tick();
  assert.equal(await orders('done'), [`moved-${tip.slice(0, 12)}`]);
  assert.is((await project.pushpals(['audit'])).exitCode, 1 - 1);
  const log = await project.git('log', '--format=%s', 'refs/heads/ops');
  assert.is(log.split('\n').filter((line) => / → queue$/.test(line)).length, 1);
});

test('a branch that results are merged into: the trigger that looks at it does not fire itself for ever', async (rig) => {
  const { project, orders, tick } = rig;
  await project.commit({
    'formulas/more.yml':
      'formula: more\nversion: 1\nsteps:\n  - { id: a, run: "echo more >> log" }\n  - { id: ship, needs: [a], ship: {} }\n',
    'pushpals.yml': `${declare('{ id: moved, branch: main, order: { formula: more } }')}integrate: { via: merge, fast-forward: true }\n`,
  });
  await tick();
  await project.commit({ 'src/b.txt': 'by a person\n' });
  const said = [];
  for (let times = 0; times < LONGEST_CHAIN + 3; times += 1) said.push((await project.pushpals(['tick'])).stderr);
  assert.is((await orders('done')).length, LONGEST_CHAIN + 1, said.join('\n'));
  assert.match(said.join('\n'), /5 triggers have fired one after the other/);
});

test('files of the ops branch, as they are committed', async ({ project, count, orders, tick }) => {
  await count('{ id: notes, files: ["knowledge/**"], order: { formula: good } }');
  await project.write('ops/knowledge/one.md', 'one\n');
  await tick();
  assert.equal(await orders('done'), []);
  await project.shell('git -C ops add knowledge && git -C ops commit -q -m one');
  await tick();
  const [order = ''] = await orders('done');
  assert.match(order, /^notes-[0-9a-f]{12}$/);
  const path = (await project.opsFiles()).find((each) => each.endsWith(`/${order}.yml`)) ?? '';
  assert.match((await project.show('refs/heads/ops', path)) ?? '', /Changed:\n +- knowledge\/one\.md/);
});

test('an order’s end, in the same tick; and one more for each', async ({ project, count, orders, tick }) => {
  await count(
    '{ id: then, after: { formula: good }, order: { formula: next } }',
    '{ id: oops, after: { formula: bad, on: failed }, order: { formula: next, goal: Look } }',
  );
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: good\n');
  await tick();
  assert.is((await orders('done')).filter((name) => name.startsWith('then-')).length, 1);
  await project.write('ops/inbox/two.yml', 'goal: Two\nformula: good\n');
  await project.write('ops/inbox/three.yml', 'goal: Three\nformula: bad\n');
  await tick(1);
  const done = await orders('done');
  assert.is(done.filter((name) => name.startsWith('then-')).length, 2);
  assert.is(done.filter((name) => name.startsWith('oops-')).length, 1);
});

test('a trigger that fails ten times is suspended, said, and resumed', async (rig) => {
  const { project, count, forge, list, orders, tick } = rig;
  await count('{ id: weak, cron: "* * * * *", missed: all, order: { formula: picky } }');
  await forge('weak', (text) => text.replace(/through: .*/, `through: ${LONG_AGO}`));
  assert.match(await tick(), /warning: trigger weak is suspended .*pushpals trigger resume weak/);
  const [weak] = await list();
  assert.equal([weak?.state, weak?.record?.failures, weak?.next], ['suspended', 10, null]);
  assert.match(
    (await project.pushpals(['status'])).stdout,
    /trigger weak .*suspended: 10 of its orders[^\n]*\n +→ pushpals trigger resume weak/,
  );
  assert.match((await project.pushpals(['doctor'])).stdout, /warn +triggers +weak is suspended/);
  // By hand it still can be tried, and says what is wrong.
  const fired = await project.pushpals(['trigger', 'fire', 'weak']);
  assert.is(fired.exitCode, 2);
  assert.match(fired.stderr, /x/);
  await project.commit({ 'formulas/picky.yml': formula('picky', 'true') });
  const resumed = await project.pushpals(['trigger', 'resume', 'weak']);
  assert.is(resumed.stdout, 'weak counts again, from now on.');
  assert.equal((await list())[0]?.record?.failures, 0);
  assert.is((await project.pushpals(['trigger', 'resume', 'weak'])).exitCode, 4);
  assert.equal(await orders('queue'), []);
});

test('what could never be made is found before it is committed', async ({ project }) => {
  await project.write(
    'pushpals.yml',
    declare(
      '{ id: a, cron: "@daily", order: { formula: picky } }',
      '{ id: b, cron: "@daily", order: { formula: nothing } }',
    ),
  );
  const { exitCode, stdout, stderr } = await project.pushpals(['validate']);
  assert.is(exitCode, 2);
  assert.match(stdout + stderr, /trigger a: .*x/);
  assert.match(stdout + stderr, /trigger b names the formula `nothing`, which does not exist/);
});

test('a decision on a request', async ({ project, count, orders, tick }) => {
  await project.commit({
    'policy/policy.yml': `version: 1
default: low
verify: identity
tiers: { high: { gate: proposal } }
approvers: [{ id: bob, emails: [bob@example.org] }]
rules: [{ id: careful, tier: high, formula: bad }]
`,
  });
  await count(
    '{ id: granted, vault: { on: approved, kind: start }, order: { formula: next } }',
    '{ id: refused, vault: { on: rejected }, order: { formula: next, goal: Look } }',
  );
  const ask = async (name: string): Promise<string> => {
    await project.write(`ops/inbox/${name}.yml`, `goal: Do ${name}\nformula: bad\n`);
    await tick(3);
    const listed = JSON.parse((await project.pushpals(['vault', 'list', '--json'])).stdout) as { id: string }[];
    return listed[0]?.id ?? '';
  };
  const request = await ask('one');
  await project.git('config', 'user.name', 'bob');
  await project.git('config', 'user.email', 'bob@example.org');
  assert.is((await project.pushpals(['vault', 'approve', request, '--yes'])).exitCode, 0);
  await project.git('config', 'user.email', 'ada@example.org');
  await tick(1);
  assert.is((await orders('done')).filter((name) => name.startsWith('granted-')).length, 1);
  assert.is((await project.pushpals(['vault', 'reject', await ask('two'), '--reason', 'no'])).exitCode, 0);
  await tick();
  const done = await orders('done');
  assert.equal([done.filter((name) => name.startsWith('refused-')).length, done.length], [1, 2]);
  assert.is((await project.pushpals(['audit'])).exitCode, 0);
});

test('fired by hand: now, in one’s own name; a trigger that there is not is named', async (rig) => {
  const { project, count, list, orders, tick } = rig;
  await count('{ id: nightly, cron: "0 3 * * *", order: { formula: good } }');
  await project.pushpals(['pause']);
  const fired = await project.pushpals(['trigger', 'fire', 'nightly', '--json']);
  const { order, paused } = JSON.parse(fired.stdout) as { order: string; paused: boolean };
  assert.match(order, /^nightly-\d{8}t\d{6}z$/);
  assert.is(paused, true);
  const record = parse((await project.show('refs/heads/ops', `queue/${order}.yml`)) ?? '') as {
    accepted: { actor: string; onBehalfOf: string };
  };
  assert.equal([record.accepted.actor, record.accepted.onBehalfOf], ['trigger nightly', 'Ada <ada@example.org>']);
  assert.equal((await list())[0]?.record?.open, [order]);
  // The same work waits already.
  assert.match((await project.pushpals(['trigger', 'fire', 'nightly'])).stderr, /the same work is already queued/);
  await project.pushpals(['resume']);
  await tick();
  assert.equal(await orders('done'), [order]);
  const unknown = await project.pushpals(['trigger', 'fire', 'weekly']);
  assert.is(unknown.exitCode, 4);
  assert.match(unknown.stderr, /there is no trigger weekly[^]*There are: nightly\./);
  assert.is((await project.pushpals(['audit'])).exitCode, 0);
});

test('the README’s triggers are valid, and its commands do what they say', async (rig) => {
  const { project, forge, list, tick } = rig;
  const readme = await readFile('README.md', 'utf8');
  const [, block = ''] = /^```yaml\n(triggers:\n[^]*?)^```$/m.exec(readme) ?? [];
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox: { driver: host }\ncommands: { test: "true", lint-fix: "true" }\n${block}`,
    // One of them makes orders of `dependency-steward`.
    'policy/policy.yml': 'version: 1\ndefault: low\nnetwork: { allow: full }\n',
  });
  assert.is((await project.pushpals(['validate'])).exitCode, 0);
  await tick();
  assert.equal(
    (await list()).map(({ state }) => state),
    Array<string>(5).fill('counts'),
  );
  assert.match(
    await project.shell(`${PUSHPALS} trigger list`),
    /^nightly-deps +counts +in \d+ h +dependency-steward +never$/m,
  );
  assert.match(await project.shell(`${PUSHPALS} trigger fire nightly-deps`), /is queued with dependency-steward/);
  await forge('nightly-deps', (text) => `${text}suspended: { since: ${LONG_AGO}, why: x }\n`);
  assert.match(await project.shell(`${PUSHPALS} trigger resume nightly-deps`), /nightly-deps counts again/);
});

test('simulate: what would fire when, in the local time zone; what happens often is one line', async ({
  project,
  count,
}) => {
  await count(
    '{ id: weekly, cron: "30 6 * * 1", timezone: Asia/Tokyo, order: { formula: good } }',
    '{ id: often, cron: "*/10 * * * *", order: { formula: next } }',
    '{ id: moved, branch: main, order: { formula: good } }',
  );
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: next\n');
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  const zone = { env: { TZ: 'Europe/Berlin' } };
  const { stdout } = await project.pushpals(['simulate', '--days', '14'], zone);
  const lines = stdout.split('\n');
  assert.match(lines[0] ?? '', /^From \w{3} \d{4}-\d{2}-\d{2} \d{2}:\d{2} to .*, Europe\/Berlin:$/);
  // Half past six on a Monday in Tokyo is Sunday evening in Berlin, an hour later in winter.
  assert.is(lines.filter((line) => /^ {2}Sun [-\d]+ 2[23]:30 {2}weekly {2}good$/.test(line)).length, 2, stdout);
  assert.match(stdout, /^ {2}20(15|16) times {2}often {2}next {2}\*\/10 \* \* \* \* UTC, from /m);
  assert.match(stdout, /^ {2}when it happens {2}moved {2}good {2}branch main$/m);
  assert.match(
    lines.at(-1) ?? '',
    /^201[678] orders by time; (about .* of runs, as the last ones took; )?no run of good has ended lately$/,
  );
  const { orders, triggers, timezone } = JSON.parse((await project.pushpals(['simulate', '--json'], zone)).stdout) as {
    orders: number;
    triggers: { id: string; fires: string[] }[];
    timezone: string;
  };
  assert.is(timezone, 'Europe/Berlin');
  assert.is(
    orders,
    triggers.reduce((sum, { fires }) => sum + fires.length, 0),
  );
  assert.is((await project.pushpals(['simulate', '--days', '0'])).exitCode, 2);
});

test('a trigger that is gone leaves nothing; a record that somebody else wrote is found', async (rig) => {
  const { project, count, forge } = rig;
  await count(
    '{ id: a, cron: "@daily", order: { formula: good } }',
    '{ id: b, branch: main, order: { formula: good } }',
  );
  await forge('b', (text) => text.replace('failures: 0', 'failures: 3'));
  const found = await project.pushpals(['audit']);
  assert.is(found.exitCode, 1);
  assert.match(found.stdout, /triggers\/b\.yml: changed by ada@example\.org, and only the runner writes there/);
  await count('{ id: b, branch: main, order: { formula: good } }');
  assert.equal(
    (await project.opsFiles()).filter((path) => path.startsWith('triggers/') && path.endsWith('.yml')),
    ['triggers/b.yml'],
  );
});

test('an idle tick sees a branch that comes into being', async ({ project, count, orders, tick }) => {
  await count('{ id: moved, branch: side, order: { formula: good } }');
  await tick();
  await project.git('branch', 'side');
  await tick();
  assert.is((await orders('done')).length, 1);
});

test.run();
