// deadline: 240s
// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { readFile } from 'node:fs/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { needs } from '../engine.js';
import { filesIn } from './fixture.js';
import { makeProject, type Project } from './program.js';

/** Puts the built-in formula on a small real repository. */
async function basket(driver: 'host' | 'bubblewrap', changes: Record<string, string> = {}): Promise<Project> {
  const project = await makeProject(driver, { ...(await filesIn('tests/fixtures/lint-repo')), ...changes });
  await project.commit({
    'pushpals.yml': `version: 1\nproject: basket\nsandbox: { driver: ${driver} }\ncommands:\n  test: npm test\n  lint-fix: npm run lint -- --fix\nformula: lint-fixer\n`,
    'policy/policy.yml': await readFile('policy/policy.yml', 'utf8'),
  });
  await project.git('rm', '-q', 'src/a.txt');
  await project.git('commit', '-q', '-m', 'keep to the fixture');
  await project.write('ops/inbox/tidy.md', 'Mend what the linter finds\n');
  return project;
}

for (const [driver, register] of [
  [
    'host',
    (name: string, run: () => Promise<void>) => {
      test(name, run);
    },
  ],
  ['bubblewrap', needs('bubblewrap', test)],
] as const) {
  register(
    `${driver}: lint-fixer ships what the project's own fixer changed, under the policy that init wrote`,
    async () => {
      const project = await basket(driver);
      const tick = await project.pushpals(['tick']);
      assert.is(tick.exitCode, 0, tick.stderr);
      assert.is(await project.git('diff', '--numstat', 'main', 'pushpals/tidy'), '3\t3\tsrc/basket.js');
      assert.match((await project.show('pushpals/tidy', 'src/basket.js')) ?? '', /let sum = 0;/);
      assert.match(
        await project.git('log', '-1', '--format=%s', 'pushpals/tidy'),
        /^style: Mend what the linter finds$/,
      );
      await project.remove();
    },
  );
}

test('lint-fixer ships nothing when the tests fail on what the fixer made', async () => {
  const project = await basket('host', {
    'test/strict.test.js': `import test from 'node:test';\nimport assert from 'node:assert';\nimport { readFileSync } from 'node:fs';\ntest('keeps var', () => assert.match(readFileSync('src/basket.js', 'utf8'), /var/));\n`,
  });
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 1, tick.stderr);
  assert.match(tick.stderr, /check-failed: check verify failed with exit code 1; on the base it passes/);
  assert.is(await project.git('branch', '--list', 'pushpals/*'), '');
  await project.remove();
});

test('lint-fixer says that the base was broken before, and a clean repository is a quiet success', async () => {
  const broken = await basket('host', {
    'test/broken.test.js': `import test from 'node:test';\ntest('never', () => { throw new Error('broken before'); });\n`,
  });
  const tick = await broken.pushpals(['tick']);
  assert.is(tick.exitCode, 1, tick.stderr);
  assert.match(tick.stderr, /baseline-broken: check verify fails, and it fails on the base [0-9a-f]{12} as well/);
  await broken.remove();
  const clean = await basket('host', {
    'src/basket.js': 'export const total = (prices) => prices.reduce((a, b) => a + b, 0);\n',
  });
  const quiet = await clean.pushpals(['tick']);
  assert.is(quiet.exitCode, 0, quiet.stderr);
  assert.match(quiet.stderr, /tidy: no-change/);
  await clean.remove();
});

test.run();
