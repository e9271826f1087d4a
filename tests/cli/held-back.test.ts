// deadline: 120s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject } from './program.js';

const formula = (name: string, script: string): string =>
  `formula: ${name}\nversion: 1\nsteps:\n  - { id: change, run: "${script}" }\n  - { id: ship, needs: [change], ship: {} }\n`;

const trigger = (id: string, order: string): string =>
  `  - { id: ${id}, branch: main, paths: ["src/**"], order: { goal: Look after ${id}, ${order} } }\n`;

test('what is only prose or cosmetics ships where somebody asked for it or it unblocks something, and is held back otherwise', async () => {
  const project = await makeProject('host');
  await project.commit({
    'pushpals.yml': `version: 1\nproject: test\nsandbox: { driver: host }\nrunner: { slots: 4 }\ntriggers:\n${trigger('prose', 'formula: prose')}${trigger('blank', 'formula: blank')}${trigger('needed', 'formula: prose, unblocks: the release needs it')}${trigger('more', 'formula: more')}`,
    'formulas/prose.yml': formula('prose', 'echo more >> README.md'),
    'formulas/blank.yml': formula('blank', 'echo >> src/a.js'),
    'formulas/more.yml': formula('more', 'echo more >> README.md; echo go >> src/a.js'),
    'src/a.js': 'go();\n',
  });
  const first = await project.pushpals(['tick']);
  assert.is(first.exitCode, 0, first.stderr);
  await project.write('ops/inbox/asked.yml', 'goal: Write more\nformula: prose\n');
  await project.commit({ 'src/b.js': 'stop();\n' });
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 0, tick.stderr);
  const branches = (await project.git('branch', '--list', '--format=%(refname:short)', 'pushpals/*')).split('\n');
  assert.equal(
    branches.map((name) => name.replace(/^pushpals\//, '').replace(/-.*$/, '')).sort(),
    ['asked', 'more', 'needed'],
    tick.stderr,
  );
  assert.match(tick.stderr, /^prose-\S+: held-back/m);
  assert.match(tick.stderr, /^blank-\S+: held-back/m);
  const { stdout } = await project.pushpals(['order', 'list', '--all']);
  const held = /^(blank-\S+)/m.exec(stdout)?.[1] ?? '';
  const shown = await project.pushpals(['evidence', 'show', held]);
  assert.match(shown.stdout, /only cosmetic, and nobody asked for it\. All of it is in diff\.patch/);
  const patch = (await project.opsFiles()).find((path) => path.includes(`/${held}-1/diff.patch`)) ?? '';
  await project.git('apply', '--check', `ops/${patch}`);
  assert.is((await project.pushpals(['audit'])).exitCode, 0);
  await project.remove();
});

test.run();
