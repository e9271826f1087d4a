// deadline: 120s
// one Node: what is asked of it is decided in core
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { makeProject } from './program.js';

/** Works on for ever the first time; where its own work is there already, it ends. */
const AGENT = `if [ -e src/part.txt ]; then echo whole > src/whole.txt; exit 0; fi
echo part > src/part.txt
i=0; while :; do i=$((i+1)); printf '{"type":"assistant","message":{"id":"msg_%d","content":[{"type":"text","text":"on"}],"usage":{"input_tokens":400}}}\\n' $i; sleep 0.05; done`;

test('a budget that ends in the middle leaves the partial work, and a person who grants more has the same run go on from it', async () => {
  const project = await makeProject('host');
  await project.commit({
    'agents/fake.yml': stringify({ agent: 'fake', command: { argv: ['sh', '-c', AGENT], events: 'claude' } }),
    'formulas/work.yml': stringify({
      formula: 'work',
      version: 1,
      agent: 'fake',
      budget: { tokens: 1000 },
      scope: { write: ['src/**'] },
      steps: [
        { id: 'count', run: 'echo ran >> src/count.txt' },
        { id: 'work', agent: 'Work.', needs: ['count'] },
        { id: 'ship', ship: {}, needs: ['work'] },
      ],
    }),
  });
  await project.write('ops/inbox/big.yml', 'goal: A lot\nformula: work\n');
  const tick = await project.pushpals(['tick']);
  assert.is(tick.exitCode, 1, tick.stderr);
  assert.match(tick.stderr, /budget-exhausted/);
  const shown = await project.pushpals(['order', 'show', 'big', '--json']);
  const order = JSON.parse(shown.stdout) as {
    state: string;
    spent: { inputTokens: number };
    run: { steps: Record<string, { partial?: string }> };
  };
  assert.is(order.state, 'failed');
  assert.ok(order.spent.inputTokens >= 1000);
  const partial = order.run.steps['work']?.partial ?? '';
  assert.is(await project.show(partial, 'src/part.txt'), 'part\n');
  const report = (await project.pushpals(['evidence', 'show', 'big'])).stdout;
  assert.ok(report.includes(partial), report);
  assert.match(report, /pushpals order retry big --grant tokens=1000/);
  assert.match((await project.pushpals(['order', 'show', 'big'])).stdout, /used +\d+ turns, \d+ tokens; 0 tokens left/);

  const wrong = await project.pushpals(['order', 'retry', 'big', '--grant', 'tokens=lots']);
  assert.match(wrong.stderr, /is no amount/);
  const retried = await project.pushpals(['order', 'retry', 'big', '--grant', 'tokens=5000']);
  assert.is(retried.exitCode, 0, retried.stderr);
  const again = await project.pushpals(['tick']);
  assert.is(again.exitCode, 0, again.stderr);
  assert.is(await project.show('pushpals/big', 'src/whole.txt'), 'whole\n');
  assert.is(await project.show('pushpals/big', 'src/count.txt'), 'ran\n', 'nothing before it was done again');
  const done = JSON.parse((await project.pushpals(['order', 'show', 'big', '--json'])).stdout) as {
    attempts: number;
    granted: { tokens: number };
    spent: { inputTokens: number };
  };
  assert.is(done.attempts, 1, 'it is the same run');
  assert.is(done.granted.tokens, 5000);
  assert.ok(done.spent.inputTokens >= order.spent.inputTokens, 'the ledger goes on');
  await project.remove();
});

test.run();
