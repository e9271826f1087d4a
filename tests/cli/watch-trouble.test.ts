// deadline: 180s
import { renameSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until } from '../until.js';
import { makeProject, type Project } from './program.js';
import { QUICK, startWatch, type Watching } from './watch-rig.js';

/** Has a watch say what is wrong once, however often it looks meanwhile, and go on by itself when it is mended. */
async function survives(
  says: RegExp,
  breakIt: (project: Project) => Promise<unknown>,
  mend: (project: Project) => Promise<unknown>,
  meanwhile: (project: Project, watch: Watching) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const project = await makeProject('host');
  await project.commit({ 'formulas/f.yml': QUICK });
  const watch = await startWatch(project, '--poll', '100ms');
  await project.write('ops/inbox/before.yml', 'goal: Before\nformula: f\n');
  await watch.says(/^before: completed/m);
  // A run's last look is over when another one was.
  const ticks = watch.ticks();
  await until('it has looked again', () => watch.ticks() > ticks + 1);
  await breakIt(project);
  await watch.says(says);
  await meanwhile(project, watch);
  await mend(project);
  await watch.says(/^mended: it goes on/m);
  await project.write('ops/inbox/after.yml', 'goal: After\nformula: f\n');
  await watch.says(/^after: completed/m);
  assert.is(await watch.end(), 0);
  // Where it was in the middle of a look, it may have met the trouble twice, in two forms.
  const said = watch.said().match(new RegExp(`${says.source}[^]*?→`, 'gm')) ?? [];
  assert.equal(said, [...new Set(said)], watch.said());
  await project.remove();
}

const looksAgain = async (_: Project, watch: Watching): Promise<void> => {
  const before = watch.ticks();
  await until('it has looked several times', () => watch.ticks() > before + 3);
};

test('a project that was committed broken is said once, and waited out', () =>
  survives(
    /^config-invalid: /m,
    (project) => project.commit({ 'policy/policy.yml': 'version: 1\ndefault: [\n' }),
    (project) => project.commit({ 'policy/policy.yml': 'version: 1\ndefault: low\n' }),
    async (project, watch) => {
      await project.write('ops/inbox/held.yml', 'goal: Held\nformula: f\n');
      await looksAgain(project, watch);
      assert.not.match(watch.said(), /held/);
    },
  ));

test('so is a pushpals.yml that cannot be read', () =>
  survives(
    /^config-invalid: /m,
    (project) => project.commit({ 'pushpals.yml': 'version: 1\nproject: [\n' }),
    (project) => project.commit({ 'pushpals.yml': 'version: 1\nproject: test\nsandbox: { driver: host }\n' }),
  ));

test('a history that was rewritten is said, and nothing is done until it is taken back', () =>
  survives(
    /^state-conflict: the history of refs\/heads\/ops was rewritten/m,
    async (project) => {
      await project.git('update-ref', 'refs/heads/kept', 'refs/heads/ops');
      await project.git('update-ref', 'refs/heads/ops', 'refs/heads/ops~3');
    },
    (project) => project.git('update-ref', 'refs/heads/ops', 'refs/heads/kept'),
    async (project, watch) => {
      const tip = await project.git('rev-parse', 'refs/heads/ops');
      await looksAgain(project, watch);
      assert.is(await project.git('rev-parse', 'refs/heads/ops'), tip);
    },
  ));

test('a branch that is gone, and a repository that is', async () => {
  await survives(
    /^state-conflict: there is no ops branch/m,
    async (project) => {
      await project.git('update-ref', 'refs/kept/ops', 'refs/heads/ops');
      await project.git('update-ref', '-d', 'refs/heads/ops');
    },
    (project) => project.git('update-ref', 'refs/heads/ops', 'refs/kept/ops'),
  );
  await survives(
    /^(state-conflict|git-failed): /m,
    (project) => {
      renameSync(project.dir, `${project.dir}-away`);
      return Promise.resolve();
    },
    (project) => {
      renameSync(`${project.dir}-away`, project.dir);
      return Promise.resolve();
    },
  );
});

test.run();
