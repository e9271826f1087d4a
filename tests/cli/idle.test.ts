import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject, type Project } from './program.js';

const FORMULA = 'formula: f\nversion: 1\nsteps:\n  - { id: a, run: "true" }\n';

/** A project on which a tick has found nothing to do, and a git that writes down each call. */
const test = suite<{ project: Project; folder: string; calls: (...args: string[]) => Promise<readonly string[]> }>(
  'idle tick',
);
test.before.each(async (context) => {
  const project = await makeProject('host');
  await project.commit({ 'formulas/f.yml': FORMULA });
  assert.is((await project.pushpals(['tick'])).exitCode, 0);
  const folder = mkdtempSync(join(tmpdir(), 'pushpals-git-'));
  const real = (await project.shell('command -v git')).trim();
  writeFileSync(join(folder, 'git'), `#!/bin/sh\necho "$*" >> '${folder}/calls'\nexec '${real}' "$@"\n`);
  chmodSync(join(folder, 'git'), 0o755);
  context.project = project;
  context.folder = folder;
  context.calls = async (...args) => {
    writeFileSync(join(folder, 'calls'), '');
    await project.pushpals(['tick', ...args], { env: { PATH: `${folder}:${process.env['PATH'] ?? ''}` } });
    return readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
  };
});
test.after.each(async ({ project, folder }) => {
  rmSync(folder, { recursive: true });
  await project.remove();
});

test('a tick after one that found nothing asks git once, and notes that it ran', async ({ project, calls }) => {
  await project.shell('touch -d 2020-01-01 .pushpals/last-tick');
  assert.is((await calls()).length, 1);
  assert.match(await project.shell('find .pushpals/last-tick -newermt 2021-01-01'), /last-tick/);
  const { stdout, stderr } = await project.pushpals(['tick', '--json']);
  assert.equal(JSON.parse(stdout), {
    accepted: [],
    rejected: [],
    stopped: [],
    waiting: [],
    stuck: [],
    wakeAt: null,
    ended: [],
  });
  assert.is(stderr, '');
});

test('so it is with triggers that are not due, and a branch that one of them looks at is seen', async ({
  project,
  calls,
}) => {
  const soon = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(5, 10).split('-').map(Number);
  await project.commit({
    'pushpals.yml': `version: 1
project: test
sandbox: { driver: host }
triggers:
  - { id: yearly, cron: "0 0 ${String(soon[1])} ${String(soon[0])} *", order: { formula: f } }
  - { id: moved, branch: side, order: { formula: f } }
`,
  });
  await project.pushpals(['tick']);
  assert.is((await calls()).length, 1);
  await project.git('branch', 'side');
  assert.ok((await calls()).length > 1);
  assert.is((await calls()).length, 1);
});

test('what was concluded while the clock was ahead does not count once it was put back', async ({
  project,
  folder,
  calls,
}) => {
  const clock = join(folder, 'clock.cjs');
  const ahead = String(3 * 365 * 86_400_000);
  writeFileSync(clock, `const real = Date.now; Date.now = () => real() + ${ahead};`);
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: f\n');
  const then = { env: { NODE_OPTIONS: `--require ${JSON.stringify(clock)}` } };
  // What lies in the inbox is old, to that clock; and the second tick finds nothing any more.
  for (let tick = 0; tick < 2; tick += 1) assert.is((await project.pushpals(['tick'], then)).exitCode, 0);
  const { idle } = JSON.parse(await project.read('.pushpals/state.json')) as { readonly idle: { readonly at: string } };
  assert.ok(Date.parse(idle.at) > Date.now() + Number(ahead) / 2);
  assert.ok((await calls()).length > 1);
  assert.is((await calls()).length, 1, 'what it concluded itself does');
});

test('what is dropped into the inbox is seen', async ({ project, calls }) => {
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: f\n');
  assert.ok((await calls()).length > 1);
  assert.ok((await project.opsFiles()).some((path) => /^done\/.*\/one\.yml$/.test(path)));
});

test('what is committed to the ops branch is seen', async ({ project, calls }) => {
  await project.write('ops/inbox/one.yml', 'goal: One\nformula: f\n');
  await project.shell('git -C ops add inbox/one.yml && git -C ops commit -q -m one && rm ops/inbox/one.yml');
  assert.ok((await calls()).length > 1);
  assert.ok((await project.opsFiles()).some((path) => /^done\/.*\/one\.yml$/.test(path)));
});

test('what is committed to the default branch is seen', async ({ project }) => {
  await project.commit({ 'pushpals.yml': 'version: 1\nproject: [\n' });
  assert.is((await project.pushpals(['tick'])).exitCode, 2);
});

test('another branch to read the project from is seen', async ({ project }) => {
  await project.git('config', 'pushpals.branch', 'elsewhere');
  assert.is((await project.pushpals(['tick'])).exitCode, 4);
});

test('a ref that is gone is seen', async ({ project }) => {
  await project.git('update-ref', '-d', 'refs/heads/ops');
  assert.is((await project.pushpals(['tick'])).exitCode, 4);
});

test('a minute after a runner was at work it is looked again for what an engine made too late', async ({
  project,
  calls,
}) => {
  interface Stored {
    readonly idle: { readonly againAt: string | null };
  }
  const stored = async (): Promise<Stored> => JSON.parse(await project.read('.pushpals/state.json')) as Stored;
  const state = await stored();
  const movedAt = Date.parse(await project.git('log', '-1', '--format=%cI', 'refs/heads/ops'));
  assert.is(Date.parse(state.idle.againAt ?? ''), movedAt + 60_000);
  const past = { ...state, idle: { ...state.idle, againAt: '2020-01-01T00:00:00.000Z' } };
  await project.write('.pushpals/state.json', JSON.stringify(past));
  assert.ok((await calls()).length > 1);
  await project.shell('GIT_COMMITTER_DATE=2020-01-01T00:00:00Z git -C ops commit -q --allow-empty -m old');
  await project.pushpals(['tick']);
  assert.is((await stored()).idle.againAt, null);
  assert.is((await calls()).length, 1);
});

test('a tick from another folder of the repository looks for itself', async ({ project, calls }) => {
  assert.ok((await calls('--repo', join(project.dir, 'src'))).length > 1);
});

test.run();
