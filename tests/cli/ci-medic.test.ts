// deadline: 240s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { readFile } from 'node:fs/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { bareProject, type Project } from './program.js';

const FIXTURE = 'tests/fixtures/flaky-repo';

/** The small repository, under the policy that `init` writes. */
async function medic(
  driver: 'host' | 'bubblewrap',
  test = 'npm test',
  changes: Record<string, string> = {},
  more = '',
): Promise<Project> {
  const project = await bareProject({
    'package.json': await readFile(`${FIXTURE}/package.json`, 'utf8'),
    'test/basket.test.js': await readFile(`${FIXTURE}/test/basket.test.js`, 'utf8'),
    ...changes,
  });
  const init = await project.pushpals(['init', '--yes', '--driver', driver]);
  assert.is(init.exitCode, 0, init.stderr);
  await project.commit({
    'pushpals.yml': `version: 1\nproject: flaky\nsandbox: { driver: ${driver} }\ncommands:\n  test: ${JSON.stringify(test)}\n${more}`,
    'policy/policy.yml': await readFile('policy/policy.yml', 'utf8'),
  });
  return project;
}
const order = (project: Project, ...inputs: string[]): ReturnType<Project['pushpals']> =>
  project.pushpals([
    'order',
    'new',
    'Look for flaky tests',
    '--formula',
    'ci-medic',
    '--name',
    'look',
    ...inputs.flatMap((input) => ['--input', input]),
  ]);
const report = async (project: Project): Promise<string> =>
  (await project.pushpals(['evidence', 'show', 'look'])).stdout;

for (const [driver, register] of [
  [
    'host',
    (name: string, run: () => Promise<void>) => {
      test(name, run);
    },
  ],
  ['bubblewrap', needs('bubblewrap', test)],
] as const) {
  register(`${driver}: a flaky test is named, and an order for it waits for somebody to name a formula`, async () => {
    const project = await medic(driver);
    await order(project, 'runs=4');
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 0, tick.stderr);
    const shown = await report(project);
    assert.match(shown, /Flaky.*: the tests failed in 2 of 4 runs/);
    assert.match(shown, /flaky, failed 2 of 4: .*keeps its order/);
    assert.not.match(shown, /adds up/);
    assert.match(shown, /Order .*look-follow-up.* was filed/);
    const filed = await project.pushpals(['order', 'show', 'look-follow-up']);
    assert.match(filed.stdout, /Mend the flaky test .*keeps its order/);
    assert.match(filed.stdout, /pushpals order assign look-follow-up FORMULA/);
    await project.remove();
  });
}

test('the same test is not filed twice while its order lives, and a person gives the order a formula', async () => {
  const project = await medic('host', 'npm test', {}, '  lint-fix: "true"\n');
  await order(project, 'runs=2');
  await project.pushpals(['tick']);
  await project.pushpals([
    'order',
    'new',
    'Look again',
    '--formula',
    'ci-medic',
    '--name',
    'again',
    '--input',
    'runs=2',
  ]);
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  const live = JSON.parse((await project.pushpals(['order', 'list', '--json'])).stdout) as unknown[];
  assert.is(live.length, 1);
  const wrong = await project.pushpals(['order', 'assign', 'look-follow-up', 'no-such']);
  assert.is(wrong.exitCode, 4);
  assert.match(wrong.stderr, /there is no formula `no-such`\n.*ci-medic/);
  const assigned = await project.pushpals(['order', 'assign', 'look-follow-up', 'lint-fixer']);
  assert.is(assigned.exitCode, 0, assigned.stderr);
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  assert.match((await project.pushpals(['order', 'show', 'look-follow-up'])).stdout, /no-change/);
  assert.match(await project.git('log', '--format=%s', 'ops', '--'), /order look-follow-up: waiting → queue/);
  await project.remove();
});

test('a broken suite, by the JUnit file that test-report writes, whatever is in it', async () => {
  const junit = `<testsuite><testcase classname="a" name="b\u202e \`$(id)\`"><failure message="boom&#10;\u001b[31mred"/></testcase></testsuite>`;
  const project = await medic(
    'host',
    'exit 1',
    { 'junit.xml': junit },
    '  test-report: cp junit.xml "$PUSHPALS_OUT/junit.xml"; exit 1\n',
  );
  await order(project, 'runs=2');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  const shown = await report(project);
  assert.match(shown, /Broken.*: the tests failed in all 2 runs/);
  assert.match(shown, /broken, failed 2 of 2: .*a > b .*\$\(id\)/);
  assert.not.match(shown, /[\u001b\u202e]/);
  const filed = await project.pushpals(['order', 'show', 'look-follow-up']);
  assert.match(filed.stdout, /Mend the broken test a > b/);
  await project.remove();
});

test('a report that cannot be read is said, tests without one are not named, and healthy ones file nothing', async () => {
  const garbled = await medic(
    'host',
    'exit 1',
    {},
    '  test-report: echo "<!DOCTYPE x>" > "$PUSHPALS_OUT/a.xml"; exit 1\n',
  );
  await order(garbled, 'runs=2');
  await garbled.pushpals(['tick']);
  const shown = await report(garbled);
  assert.match(shown, /run 1: a\.xml has a document type/);
  assert.match(shown, /No report names the tests that failed/);
  assert.match((await garbled.pushpals(['order', 'show', 'look-follow-up'])).stdout, /Find out why the tests fail/);
  await garbled.remove();

  const healthy = await medic('host', 'true');
  await order(healthy, 'runs=3');
  await healthy.pushpals(['tick']);
  assert.match(await report(healthy), /The tests passed in all 3 runs/);
  assert.equal(JSON.parse((await healthy.pushpals(['order', 'list', '--json'])).stdout), []);
  await healthy.remove();
});

test.run();
