// deadline: 300s
// one Node: what a plan may hold is decided in core
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeProject } from './program.js';

/** What the planner answers first, which does not fit, and then. */
const [WRONG, RIGHT] = [
  { orders: [{ name: 'core', goal: 'The core' }] },
  {
    orders: [
      {
        name: 'core',
        goal: 'The core',
        why: 'First',
        done: ['it is there'],
        formula: 'child',
        checks: ['test'],
        paths: ['src/**'],
      },
      {
        name: 'docs',
        goal: 'Words',
        why: 'Then',
        done: ['it is said'],
        formula: 'child',
        after: ['core'],
        lane: 'deterministic',
      },
      { name: 'rest', goal: 'The rest', why: 'Also', done: ['it is done'] },
    ],
  },
];

test('an order too large for one run is divided by a planner, whose answer is held to its form, and done by parts', async () => {
  const project = await makeProject('host');
  try {
    await project.commit({
      'pushpals.yml':
        'version: 1\nproject: test\nsandbox: { driver: host }\ncommands: { test: test -e src/grow-core.txt }\nformula: child\n',
      'wrong.json': JSON.stringify(WRONG),
      'right.json': JSON.stringify(RIGHT),
      'answer.sh':
        'if cat | grep -q "does not fit"; then cp right.json "$PUSHPALS_OUT/outputs.json"; else cp wrong.json "$PUSHPALS_OUT/outputs.json"; fi\n',
      'agents/planner.yml':
        'agent: planner\ncapabilities: [planning]\ncommand: { argv: [sh, answer.sh], stdin: prompt }\n',
      'formulas/child.yml': `formula: child
version: 1
steps:
  - { id: change, run: 'echo "$PUSHPALS_ORDER" > "src/$PUSHPALS_ORDER.txt"' }
  - { id: ship, ship: {} }
`,
    });
    await project.write('ops/inbox/grow.yml', 'goal: Grow\ncapability: planning\nconstraints: { avoid: [docs/**] }\n');
    const tick = await project.pushpals(['tick']);
    assert.is(tick.exitCode, 0, tick.stderr);
    const { stdout } = await project.pushpals(['order', 'list', '--all', '--json']);
    const states = (JSON.parse(stdout) as { id: string; state: string }[]).map(({ id, state }) => `${id} ${state}`);
    assert.equal(states.sort(), ['grow done', 'grow-core done', 'grow-docs done', 'grow-rest done']);
    const shown = await project.pushpals(['order', 'show', 'grow']);
    assert.match(shown.stdout, /^formula {3}plan-work \(its agent has the capability planning\)$/m);
    const core = await project.pushpals(['order', 'show', 'grow-core', '--json']);
    const child = JSON.parse(core.stdout) as { order: object; run: { steps: Record<string, { state: string }> } };
    assert.equal(child.order, {
      goal: 'The core',
      formula: 'child',
      done: ['it is there'],
      checks: ['test'],
      constraints: { avoid: ['docs/**'], only: ['src/**'] },
    });
    assert.is(child.run.steps['order-checks.1']?.state, 'succeeded');
    const rest = await project.pushpals(['order', 'show', 'grow-rest']);
    assert.match(rest.stdout, /^formula {3}child \(nothing else says which, and pushpals\.yml names it\)$/m);
  } finally {
    await project.remove();
  }
});

test.run();
