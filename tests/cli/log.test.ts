// deadline: 120s
import { access, rm, writeFile } from 'node:fs/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';

/** Two steps at once that print when the test lets them, and a third one after them. */
async function talking(): Promise<Project & { readonly sign: string }> {
  const project = await makeProject('host');
  const sign = `${project.dir.replaceAll(' ', '_')}.sign`;
  const wait = `n=0; until [ -e ${sign} ] || [ $((n += 1)) -gt 4000 ]; do sleep 0.02; done`;
  await project.commit({
    'formulas/f.yml': `formula: f
version: 1
steps:
  - { id: a, run: "echo a begins; ${wait}; echo a ends" }
  - { id: b, run: "printf 'b has no line end'; ${wait}" }
  - { id: c, needs: [a, b], run: "echo c" }
`,
  });
  return { ...project, sign };
}
async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, 'it did not come to that in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const linesOf = (stdout: string, step: string): string =>
  [...stdout.matchAll(new RegExp(`^── ${step} ──\\n([^]*?)(?=^── |$(?![^]))`, 'gm'))].map(([, body]) => body).join('');

test('log -f waits for the order, tells parallel steps apart, and says how it ended', async () => {
  const project = await talking();
  await project.pushpals(['order', 'new', 'Talk', '--formula', 'f', '--name', 'talk']);
  const following = project.pushpals(['log', 'talk', '-f']);
  const tick = project.pushpals(['tick']);
  await until(async () => /a begins/.test((await project.pushpals(['log', 'talk'])).stdout));
  const alone = await project.pushpals(['log', 'talk', '--step', 'a']);
  assert.match(alone.stdout, /a begins/);
  assert.not.match(alone.stdout, /b has/);
  await writeFile(project.sign, '');
  assert.is((await tick).exitCode, 0);
  const { exitCode, stdout, stderr } = await following;
  assert.is(exitCode, 0);
  assert.is(linesOf(stdout, 'a'), 'a begins\na ends\n');
  assert.is(linesOf(stdout, 'b'), 'b has no line end\n');
  assert.is(linesOf(`${stdout}\n`, 'c'), 'c\n');
  assert.match(stderr, /order talk: done \(completed\)/);
  const after = await project.pushpals(['log', 'talk']);
  assert.is(linesOf(after.stdout, 'a'), 'a begins\na ends\n', 'the evidence has the same');
  await rm(project.sign);
  await project.remove();
});

test('a log longer than what is kept is followed whole, and its end is not lost', async () => {
  const project = await makeProject('host');
  await project.commit({
    'formulas/f.yml': 'formula: f\nversion: 1\nsteps:\n  - { id: a, run: "seq 200000; echo the end" }\n',
  });
  await project.pushpals(['order', 'new', 'Talk', '--formula', 'f', '--name', 'talk']);
  const following = project.pushpals(['log', 'talk', '-f']);
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  const { stdout } = await following;
  const lines = stdout.split('\n');
  assert.is(lines.filter((line) => line === 'the end').length, 1, 'once');
  assert.is(lines.filter((line) => line === '199999').length, 1, 'once');
  assert.ok(lines.includes('1') && lines.includes('9999'));
  await project.remove();
});

test('a reader of messages that goes away does not end the work', async () => {
  const project = await makeProject('host');
  await project.commit({
    'formulas/f.yml':
      'formula: f\nversion: 1\nsteps:\n  - { id: a, run: "echo two > src/a.txt" }\n  - { id: ship, ship: {} }\n',
  });
  await project.pushpals(['order', 'new', 'Talk', '--formula', 'f', '--name', 'talk']);
  await project.shell(`"${process.execPath}" "${process.cwd()}/dist/pushpals.js" tick 2>&1 | head -n 1`);
  assert.is(await project.show('pushpals/talk', 'src/a.txt'), 'two\n');
  await project.remove();
});

test('an order that has not run is said to be so, and one that is not there', async () => {
  const project = await talking();
  await project.pushpals(['order', 'new', 'Talk', '--formula', 'f', '--name', 'talk']);
  const early = await project.pushpals(['log', 'talk']);
  assert.is(early.exitCode, 0);
  assert.match(early.stderr, /order talk is queue; it has not run yet/);
  assert.is((await project.pushpals(['log', 'nobody'])).exitCode, 4);
  assert.is(
    await access(project.sign).then(
      () => true,
      () => false,
    ),
    false,
  );
  await project.remove();
});

test.run();
