// one Node: a scenario of git and steps; what depends on the version is told by the files that run on both
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject } from './program.js';

test('a step beyond a limit fails alone, by the least of what project, formula and policy say, and other orders go on', async () => {
  const made = await makeProject('host');
  await made.commit({
    'pushpals.yml': 'version: 1\nproject: test\nsandbox: { driver: host, output: 1MB }\nrunner: { slots: 1 }\n',
    'policy/policy.yml': 'version: 1\ndefault: low\nlimits: { step: { output: 64KB, time: 1m } }\n',
    'formulas/print.yml': `formula: print
version: 1
steps:
  - { id: print, run: "exec yes", limits: { output: 128KB }, retry: { attempts: 2, backoff: 1ms } }
  - { id: ship, ship: {}, needs: [print] }
`,
    'formulas/fix.yml':
      'formula: fix\nversion: 1\nsteps:\n  - { id: fix, run: "echo two > src/a.txt" }\n  - { id: ship, ship: {}, needs: [fix] }\n',
  });
  await made.write('ops/inbox/a.yml', 'goal: Print\nformula: print\n');
  await made.write('ops/inbox/b.yml', 'goal: Fix\nformula: fix\n');
  const tick = await made.pushpals(['tick']);
  assert.is(tick.exitCode, 1, tick.stderr);
  assert.match(tick.stderr, /limit-exceeded: step print was killed: output, limit 64 KB, used \d+ KB/);
  assert.is(await made.show('pushpals/b', 'src/a.txt'), 'two\n');
  const { stdout } = await made.pushpals(['order', 'show', 'a', '--json']);
  assert.match(stdout, /"limit": ?"output",\s*"most": ?65536/);
  assert.match(stdout, /"attempt": ?2/, 'it is the work’s own fault: tried again as its step says, and no more');
  await made.remove();
});

test('a formula that asks for more than its project gives does not validate', async () => {
  const made = await makeProject('host');
  await made.commit({
    'formulas/big.yml':
      'formula: big\nversion: 1\nsteps:\n  - id: only\n    run: "true"\n    limits: { memory: 64GB }\n',
  });
  const end = await made.pushpals(['validate']);
  assert.is(end.exitCode, 2);
  assert.match(end.stderr + end.stdout, /formulas\/big\.yml:6:\d+: it asks for 64GB, and `sandbox\.memory`/);
  await made.remove();
});

test('who asks for more isolation than the driver gives is told so by `validate`, and nothing runs', async () => {
  const made = await makeProject('host');
  await made.commit({
    'formulas/strict.yml':
      'formula: strict\nversion: 1\nsteps:\n  - { id: only, run: "touch /tmp/ran-$PUSHPALS_RUN", isolation: process }\n',
  });
  const end = await made.pushpals(['validate']);
  assert.is(end.exitCode, 2);
  assert.match(end.stderr + end.stdout, /asks for the isolation `process`, and the driver `host` gives `none`/);
  await made.write('ops/inbox/a.yml', 'goal: Go\nformula: strict\n');
  const tick = await made.pushpals(['tick']);
  assert.is(tick.exitCode, 2, tick.stderr);
  assert.match((await made.pushpals(['order', 'show', 'a'])).stdout, /docker or bubblewrap/);
  await made.remove();
});

test.run();
