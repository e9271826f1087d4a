// deadline: 120s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject } from './program.js';

test('the report of the last run, or of an earlier one that is named, and nothing breaks when the reader goes away', async () => {
  const project = await makeProject('host');
  await project.commit({
    'formulas/f.yml':
      'formula: f\nversion: 1\nsteps:\n  - { id: a, run: "test -e good || { touch good; echo first >&2; exit 3; }" }\n  - { id: b, needs: [a], run: "echo two > src/a.txt" }\n  - { id: ship, ship: {} }\n',
  });
  await project.write('ops/inbox/fix.yml', 'goal: Mend it\nformula: f\n');
  assert.is((await project.pushpals(['tick'])).exitCode, 1);
  await project.commit({ good: 'yes\n' });
  await project.pushpals(['order', 'retry', 'fix']);
  assert.is((await project.pushpals(['tick'])).exitCode, 0);

  const last = await project.pushpals(['evidence', 'show', 'fix', '--diff']);
  assert.is(last.exitCode, 0, last.stderr);
  assert.match(last.stdout, /^fix: shipped$/m);
  assert.match(last.stdout, /^step +kind +ended/m);
  assert.match(last.stdout, /^\+two$/m);
  const first = await project.pushpals(['evidence', 'show', 'fix-1']);
  assert.match(first.stdout, /^fix: failed$/m);
  assert.match(first.stderr, /evidence\/\d{4}\/\d\d\/\d\d\/fix-1/);
  for (const name of ['fix-9', 'nobody-1']) assert.is((await project.pushpals(['evidence', 'show', name])).exitCode, 4);

  const piped = await project.shell(
    `"${process.execPath}" "${process.cwd()}/dist/pushpals.js" evidence show fix --diff | head -n 1`,
  );
  assert.is(piped, 'fix: shipped');
  await project.remove();
});

test.run();
