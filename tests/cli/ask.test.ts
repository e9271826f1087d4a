// deadline: 120s
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject } from './program.js';

const FORMULAS = {
  'formulas/mend.yml':
    'formula: mend\nversion: 1\nsteps:\n  - { id: change, run: "echo mended; echo two > src/a.txt" }\n  - { id: ship, needs: [change], ship: {} }\n',
  'formulas/broken.yml':
    'formula: broken\nversion: 1\nbudget: { attempts: 1 }\nsteps:\n  - { id: try, run: "echo it is bad; exit 3" }\n',
};

test('questions are answered from what happened, each with the command that shows it, and nothing is written', async () => {
  const project = await makeProject('host', FORMULAS);
  const ask = async (...words: string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await project.pushpals(['ask', ...words]);
    assert.is(exitCode, 0, `${words.join(' ')}\n${stdout}${stderr}`);
    return `${stdout}\n${stderr}`;
  };
  await project.pushpals(['order', 'new', 'Mend it', '--formula', 'mend', '--name', 'good']);
  await project.pushpals(['order', 'new', 'Break it', '--formula', 'broken', '--name', 'bad']);
  assert.match(
    await ask('what is in the queue?'),
    /2 orders are queued, the next one first\.[^]*good[^]*→ pushpals status/,
  );
  assert.match(await ask('why is good waiting'), /good is queued: 1st in the queue/);
  assert.match(await ask('why is nothing running?'), /Nothing is paused\.\n2 orders are queued\. No watch runs here/);
  assert.is((await project.pushpals(['tick'])).exitCode, 1);
  const tip = await project.git('rev-parse', 'ops');

  assert.match(await ask('what failed today?'), /^1 order failed today\.\n {2}bad .* step-failed {2}Break it$/m);
  assert.match(
    await ask('What shipped this week?'),
    /1 order shipped this week\.\n {2}good .* pushpals\/good: Mend it/,
  );
  assert.match(
    await ask('why did bad fail'),
    /bad is failed since .*: failed[^]*step-failed: step try[^]*→ pushpals order show bad/,
  );
  assert.match(
    await ask('what did good-1 change?'),
    /Branch pushpals\/good[^]*src\/a\.txt modified, \+1 −1[^]*→ pushpals evidence show good-1 --diff/,
  );
  assert.match(await ask('show the log of bad'), /── try ──\nit is bad\n→ pushpals log bad/);
  assert.match(await ask('who approved good'), /Nobody was asked to approve good\./);
  assert.match(await ask('what needs me?'), /Nothing waits for you\./);
  assert.match(await ask('how much did we use today'), /2 runs started today: .* 0 tokens, 2 lines shipped/);
  assert.match(await ask('which tier is good'), /good is low before the run/);
  const json = JSON.parse((await project.pushpals(['ask', 'what failed', '--json'])).stdout) as Record<string, unknown>;
  assert.equal(Object.keys(json), ['is', 'asked', 'lines', 'data', 'command']);

  const missing = await project.pushpals(['ask', 'why did godo fail']);
  assert.is(missing.exitCode, 4);
  assert.match(missing.stderr, /there is no order godo\n {2}→ Did you mean `good`\?/);
  assert.is(await project.git('rev-parse', 'ops'), tip, 'asking writes nothing');
  await project.remove();
});

test('what is no question is shown as an order, and filed only when that is said', async () => {
  const project = await makeProject('host', FORMULAS);
  await project.commit({
    'policy/policy.yml':
      'version: 1\ndefault: medium\napprovers: [{ id: ada, emails: [ada@example.org] }]\nroutes: [{ when: "order.goal.contains(\'lint\')", formula: mend }]\n',
  });
  const tip = await project.git('rev-parse', 'ops');
  const shown = await project.pushpals(['ask', 'Mend the lint errors']);
  assert.is(shown.exitCode, 0, shown.stderr);
  assert.match(
    shown.stdout,
    /name +mend-the-lint-errors\n +formula +mend\n +tier +medium: it runs, and ships when one approver/,
  );
  assert.match(shown.stderr, /nothing was filed/);
  const json = await project.pushpals(['ask', 'Mend the lint \u001b[31m$(touch pwned)', '--json']);
  const { filed, order } = JSON.parse(json.stdout) as { filed: boolean; order: { formula: string } };
  assert.equal([filed, order.formula], [false, 'mend']);
  const unrouted = await project.pushpals(['ask', 'Paint \u001b[31m the door']);
  assert.is(unrouted.exitCode, 2);
  assert.match(unrouted.stderr, /as an order it would be refused[^]*no formula:[^]*There are: .*mend/);
  assert.not.match(unrouted.stderr, /\u001b/);
  assert.is((await project.pushpals(['ask', 'Mend the lint errors', '--yes', '--dry-run'])).exitCode, 0);
  assert.is(await project.git('rev-parse', 'ops'), tip, 'nothing is filed without --yes');

  const done = await project.pushpals(['ask', 'Mend the lint errors', '--yes']);
  assert.match(done.stdout, /mend-the-lint-errors is queued with mend; the next tick starts it\./);
  assert.ok((await project.opsFiles()).includes('queue/mend-the-lint-errors.yml'));
  const twice = await project.pushpals(['ask', 'Mend the lint errors', '--yes']);
  assert.is(twice.exitCode, 4, 'the same work twice');
  await project.remove();
});

test.run();
