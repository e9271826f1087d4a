import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import type { Fault } from '../../runner/core/fault.js';
import { checkFormula } from '../../runner/core/formula.js';
import { graphOf } from '../../runner/core/graph.js';
import { cycles } from '../../runner/core/needs.js';
import { checkPolicy } from '../../runner/core/policy-check.js';
import { checkProject } from '../../runner/core/project.js';
import type { Formula, Policy, Project, Step } from '../../runner/generated/types.js';

const context = {
  commands: ['setup', 'test'],
  agents: ['bug-fixer', 'reviewer'],
  sandbox: { memory: '1GB' },
  checkCel: (expression: string): string | null => (expression.includes('((') ? 'at 1:1: syntax error' : null),
};

const words = (faults: readonly Fault[]): readonly string[] =>
  faults.map(({ path, message, hint }) => `${path.join('.')}: ${message}${hint === undefined ? '' : ` || ${hint}`}`);

const check = (steps: Step[], rest: Partial<Formula> = {}): readonly string[] =>
  words(checkFormula({ formula: 'f', version: 1, steps, ...rest }, 'f', context));

const FORMULAS: readonly (readonly [
  name: string,
  steps: Step[],
  expected: readonly string[],
  rest?: Partial<Formula>,
])[] = [
  [
    'a good one',
    [
      { id: 'a', run: { command: 'setup' }, matrix: { os: ['x', 'y'] } },
      { id: 'b', check: 'true', expect: 'failure', needs: ['a'], when: 'true', env: { A: 'b' } },
      { id: 's', ship: { title: '{{ order.goal }} {{ inputs.n }}' } },
      { id: 'o', orders: '[]', needs: ['s'] },
    ],
    [],
    { inputs: { n: { type: 'integer', default: 3 } } },
  ],
  [
    'no kind',
    [{ id: 'a' }],
    [
      'steps.0: step `a` must have exactly one of run, check, diagnose, agent, review, revert, approve, task, orders, ship; it has none',
    ],
  ],
  [
    'two kinds',
    [{ id: 'a', run: 'x', check: 'y' }],
    [
      'steps.0.check: step `a` must have exactly one of run, check, diagnose, agent, review, revert, approve, task, orders, ship; it has run and check || Make it two steps, the second with `needs`.',
    ],
  ],
  [
    'work for an agent that nobody has, and files in conflict without a merge',
    [{ id: 'a', agent: 'Do it.', by: 'bug-fixer', 'if-agent': 'bugfixer', scope: { conflicts: true } }],
    [
      'steps.0.if-agent: there is no agent `bugfixer` || Did you mean `bug-fixer`?',
      'steps.0.scope.conflicts: the formula starts from no merge, so no file conflicts || Remove `conflicts`, or add `base: { merge: … }`.',
    ],
  ],
  [
    'a review that sends back',
    [
      { id: 'a', agent: 'Do it.' },
      { id: 'c', check: 'true', needs: ['a'] },
      { id: 'r', review: 'Look.', by: 'reviewer', fix: 'a', rounds: 1, blocks: 'high', needs: ['c'] },
      { id: 's', ship: {} },
    ],
    [],
    { agent: 'bug-fixer' },
  ],
  [
    'a review by nobody, by its own author, of nothing, and after what ships',
    [
      { id: 'a', agent: 'Do it.', fix: 'b' },
      { id: 'b', review: 'Look.', needs: ['a'], rounds: 1, outputs: {} },
      { id: 'c', review: 'Look.', by: 'bug-fixer', needs: ['a'], matrix: { x: ['y'] } },
      { id: 's', ship: {} },
      { id: 'd', review: 'Look.', by: 'reviewer', needs: ['s'] },
    ],
    [
      'steps.0.fix: `fix` has no place in a `agent` step: only a `review` finds something || Remove `fix`.',
      'steps.1.outputs: `outputs` has no place in a `review` step: its outputs are its findings || Remove `outputs`.',
      'steps.2.matrix: `matrix` has no place in a `review` step: it happens once || Remove `matrix`.',
      'steps.4.needs: step `d` runs after `s` has shipped, so it can neither stop nor change what ships || Let `s` need it.',
      'steps.1.review: step `b` does not say who reviews || Add `by: NAME`, such as `by: reviewer`.',
      'steps.1.rounds: `rounds` has no effect: nothing says what mends the findings || Add `fix: STEP`, an `agent` step before it.',
      'steps.2.by: `bug-fixer` would review its own work: it performs `a` || Name another agent.',
    ],
    { agent: 'bug-fixer' },
  ],
  [
    'a review that sends back to what mends nothing',
    [
      { id: 'a', agent: 'Do it.' },
      { id: 'b', run: 'true', needs: ['a'] },
      { id: 'm', agent: 'Do it.', matrix: { x: ['y'] } },
      { id: 'l', agent: 'Do it.', needs: ['q'] },
      { id: 'o', orders: '[]', needs: ['a'] },
      { id: 'r', review: 'Look.', by: 'reviewer', fix: 'b', needs: ['b', 'm'] },
      { id: 'q', review: 'Look.', by: 'reviewer', fix: 'm', needs: ['m', 'a'] },
      { id: 't', review: 'Look.', by: 'reviewer', fix: 'l', needs: ['a'] },
      { id: 'u', review: 'Look.', by: 'reviewer', fix: 'x' },
      { id: 'v', review: 'Look.', by: 'reviewer', fix: 'a', needs: ['o'] },
    ],
    [
      'steps.5.fix: `b` is no `agent` step, and nobody mends anything there || Did you mean `a`?',
      'steps.6.fix: `m` has a matrix, and would start from one tree several times || Did you mean `a`?',
      'steps.7.fix: `l` does not come before `t` || Did you mean `a`?',
      'steps.8.fix: there is no step `x` || Let it need an `agent` step, and name that.',
      'steps.9.fix: `o` files orders after `a` and before `v` has said yes, and would file them again || Let `o` need `v`.',
    ],
    { agent: 'bug-fixer' },
  ],
  [
    'the same id twice',
    [
      { id: 'a', run: 'x' },
      { id: 'a', run: 'y' },
    ],
    ['steps.1.id: another step is called `a` (the 1st) || Give each step a name of its own.'],
  ],
  [
    'an unknown need',
    [
      { id: 'build', run: 'x' },
      { id: 'b', run: 'y', needs: ['biuld'] },
    ],
    ['steps.1.needs.0: there is no step `biuld` || Did you mean `build`?'],
  ],
  [
    'a cycle',
    [
      { id: 'a', run: 'x', needs: ['c'] },
      { id: 'b', run: 'x', needs: ['a'] },
      { id: 'c', run: 'x', needs: ['b'] },
    ],
    ['steps.0.needs: these steps wait for each other: a → c → b → a || Remove one of these `needs`.'],
  ],
  [
    'a step that needs itself',
    [{ id: 'a', run: 'x', needs: ['a'] }],
    ['steps.0.needs: these steps wait for each other: a → a || Remove one of these `needs`.'],
  ],
  [
    'two ships',
    [
      { id: 'a', ship: {} },
      { id: 'b', ship: {} },
    ],
    ['steps.1.ship: a formula ships once, and `a` does it || File orders for what is a piece of work of its own.'],
  ],
  [
    'work after the ship',
    [
      { id: 's', ship: {} },
      { id: 'a', orders: '[]', needs: ['s'] },
      { id: 'b', check: 'x', needs: ['a'] },
    ],
    [
      'steps.2.needs: step `b` runs after `s` has shipped, so it can neither stop nor change what ships || Let `s` need it.',
    ],
  ],
  [
    'an unknown command',
    [{ id: 'a', check: { command: 'tset' } }],
    ['steps.0.check.command: pushpals.yml has no command `tset` || Did you mean `test`?'],
  ],
  [
    'keys without effect',
    [
      { id: 'a', run: 'x', expect: 'failure' },
      { id: 's', ship: {}, matrix: { a: [1] }, image: 'x', scope: {} },
    ],
    [
      'steps.0.expect: `expect` has no place in a `run` step: only a `check` can be expected to fail || Remove `expect`.',
      'steps.1.scope: `scope` has no place in a `ship` step: only `run`, `agent` and `revert` steps change files || Remove `scope`.',
      'steps.1.image: `image` has no place in a `ship` step: it runs nothing in a sandbox || Remove `image`.',
      'steps.1.matrix: `matrix` has no place in a `ship` step: it happens once || Remove `matrix`.',
    ],
  ],
  [
    'a bad condition',
    [{ id: 'a', run: 'x', when: '((' }],
    ['steps.0.when: not a CEL expression that can be evaluated: at 1:1: syntax error'],
  ],
  [
    'an agent step without an agent',
    [{ id: 'a', agent: 'Do it' }],
    [
      'steps.0.agent: step `a` needs an agent, and the formula names none || Add `agent: NAME` to the formula, or `by: NAME` to the step.',
    ],
  ],
  [
    'an unknown agent',
    [{ id: 'a', agent: 'Do it' }],
    ['agent: there is no agent `bug-fixr` || Did you mean `bug-fixer`?'],
    { agent: 'bug-fixr' },
  ],
  [
    'another name than its file',
    [{ id: 'a', run: 'x' }],
    ['formula: the file is named `f`, the formula `g` || Give both the same name.'],
    { formula: 'g' },
  ],
  [
    'an unknown mark',
    [{ id: 's', ship: { title: '{{ order.gaol }}' } }],
    ['steps.0.ship.title: nothing is called `order.gaol` here || Did you mean `order.goal`?'],
  ],
  [
    'a base that is no expression',
    [{ id: 'a', run: 'x' }],
    ['base.merge: not a CEL expression that can be evaluated: at 1:1: syntax error'],
    { base: { merge: '((' } },
  ],
  ['a base that is one', [{ id: 'a', run: 'x' }], [], { base: { merge: 'inputs.branch' } }],
  [
    'marks of step outputs',
    [
      {
        id: 'pick',
        run: 'x',
        outputs: { type: 'object', properties: { name: {} } },
      },
      { id: 'open', run: 'x' },
      { id: 'many', run: 'x', matrix: { os: ['a', 'b'] } },
      { id: 'gate', check: 'x' },
      {
        id: 's',
        ship: {
          title: '{{ steps.pick.outputs.name }} {{ steps.open.outputs.anything }} {{ steps.pick.outputs.nam }}',
          body: '{{ steps.many.outputs.x }} {{ steps.gate.outputs.x }} {{ steps.open.outputs }}',
        },
      },
    ],
    [
      'steps.4.ship.title: nothing is called `steps.pick.outputs.nam` here || Did you mean `steps.pick.outputs.name`?',
      'steps.4.ship.body: nothing is called `steps.many.outputs.x` here || The names are order.goal, order.id, order.outside, steps.pick.outputs.name.',
      'steps.4.ship.body: nothing is called `steps.gate.outputs.x` here || The names are order.goal, order.id, order.outside, steps.pick.outputs.name.',
      'steps.4.ship.body: nothing is called `steps.open.outputs` here || The names are order.goal, order.id, order.outside, steps.pick.outputs.name.',
    ],
  ],
  [
    'defaults that do not fit',
    [{ id: 'a', run: 'x' }],
    [
      'inputs.a.default: the default of `a` is not of its type, integer',
      'inputs.b.default: the default of `b` is not one of its values || They are "x", "y".',
      'inputs.c.type: JSON Schema has no type `integr` || Did you mean `integer`?',
    ],
    { inputs: { a: { type: 'integer', default: 1.5 }, b: { enum: ['x', 'y'], default: 'z' }, c: { type: 'integr' } } },
  ],
  [
    'too large a matrix',
    [{ id: 'a', run: 'x', matrix: { a: Array.from({ length: 50 }, (_, n) => n), b: [1, 2, 3, 4, 5, 6] } }],
    ['steps.0.matrix: 300 combinations; at most 256 are allowed'],
  ],
];

for (const [name, steps, expected, rest] of FORMULAS) {
  test(`formula: ${name}`, () => {
    assert.equal(check(steps, rest), expected);
  });
}

test('a formula without faults has a graph in which everything can start', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const anyStep = fc.record({ run: fc.constant('x'), needs: fc.subarray(ids), ships: fc.boolean() });
  let sound = 0;
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 1, maxLength: 4 }), (drawn) => {
      const steps = drawn.map(({ run, needs, ships }, index): Step => ({
        id: ids[index] ?? '',
        needs,
        ...(ships ? { ship: {} } : { run }),
      }));
      if (check(steps).length > 0) return;
      sound += 1;
      const nodes = graphOf({ formula: 'f', version: 1, steps });
      const ended = new Set<string>();
      for (let round = 0; round < nodes.length; round += 1) {
        for (const node of nodes) if (node.needs.every((need) => ended.has(need))) ended.add(node.key);
      }
      assert.is(ended.size, nodes.length);
    }),
    { numRuns: 2000 },
  );
  assert.ok(sound > 50, 'the property must see sound formulas');
});

test('one cycle is told of each group that waits for itself', () => {
  const nodes = [
    { id: 'a', needs: ['b', 'c'] },
    { id: 'b', needs: ['a'] },
    { id: 'c', needs: ['a'] },
    { id: 'd', needs: ['e'] },
    { id: 'e', needs: ['d', 'a'] },
    { id: 'f', needs: ['a'] },
  ];
  assert.equal(cycles(nodes), [
    ['a', 'b'],
    ['d', 'e'],
  ]);
});

const project = (rest: Partial<Project>): Project => ({ version: 1, project: 'p', ...rest });
const order = { formula: 'f' };

const PROJECTS: readonly (readonly [name: string, project: Project, expected: readonly string[]])[] = [
  [
    'a good one',
    project({
      triggers: [
        { id: 'a', cron: '@daily', timezone: 'Europe/Berlin', order },
        { id: 'b', branch: 'main', paths: ['x'], order },
      ],
    }),
    [],
  ],
  [
    'the same trigger twice',
    project({
      triggers: [
        { id: 'a', cron: '@daily', order },
        { id: 'a', branch: 'main', order },
      ],
    }),
    [
      'triggers.1.id: another trigger is called `a` || Give each trigger a name of its own: its orders are named after it.',
    ],
  ],
  [
    'a trigger that never fires',
    project({ triggers: [{ id: 'a', order }] }),
    [
      'triggers.0: trigger `a` never fires: it has none of `cron`, `branch`, `files`, `after`, `vault` || Add one of them.',
    ],
  ],
  [
    'a trigger of two kinds',
    project({ triggers: [{ id: 'a', cron: '@daily', branch: 'main', order }] }),
    ['triggers.0.branch: trigger `a` has both `cron` and `branch` || Make it two triggers.'],
  ],
  [
    'a bad schedule',
    project({ triggers: [{ id: 'a', cron: 'bad', order }] }),
    [
      'triggers.0.cron: not a schedule that can be followed: bad in UTC || Five fields (minute hour day month weekday), or `@daily` and the like.',
    ],
  ],
  [
    'a time zone without a schedule',
    project({ triggers: [{ id: 'a', branch: 'main', timezone: 'UTC', order }] }),
    ['triggers.0.timezone: `timezone` has no effect without `cron` || Remove `timezone`.'],
  ],
  [
    'paths without a branch',
    project({ triggers: [{ id: 'a', cron: '@daily', paths: ['x'], order }] }),
    ['triggers.0.paths: `paths` has no effect without `branch` || Remove `paths`.'],
  ],
  [
    'one branch for both',
    project({ branch: 'ops' }),
    ['branch: the project and its orders cannot share the branch `ops` || Give the ops branch a name of its own.'],
  ],
  [
    'results as pull requests',
    { version: 1, project: 'p', integrate: { via: 'pull-request' } },
    [
      'integrate.via: results as pull requests need a forge || Say in pushpals.yml where they live, such as `forge: { kind: github, repo: acme/app }`; without one there are `branch` and `merge`.',
    ],
  ],
  [
    'an integration branch as a pull request',
    { version: 1, project: 'p', integrate: { rolling: true } },
    [
      'integrate.rolling: `rolling` needs a target of its own, and the branch that it goes into || Such as `into: main_agents` and `from: main`.',
    ],
  ],
  [
    'an integration branch as a pull request of nothing',
    { version: 1, project: 'p', integrate: { into: 'next', from: 'main', rolling: true } },
    [
      'integrate.rolling: an integration branch as a pull request needs a forge || Say in pushpals.yml where they live, such as `forge: { kind: github, repo: acme/app }`; without one there are `branch` and `merge`.',
    ],
  ],
  [
    'results as pull requests without a remote',
    { version: 1, project: 'p', integrate: { via: 'pull-request' }, forge: { kind: 'github', repo: 'acme/app' } },
    [
      "integrate.via: results as pull requests need a remote: the forge has to have their branches || Name the forge's repository in pushpals.yml, such as `ops: { remote: origin }`.",
    ],
  ],
];

for (const [name, value, expected] of PROJECTS) {
  test(`project: ${name}`, () => {
    assert.equal(
      words(checkProject(value, (expression, zone) => (expression === 'bad' ? `bad in ${zone}` : null))),
      expected,
    );
  });
}

const policy = (rest: Partial<Policy>): Policy => ({ version: 1, ...rest });

/** A project whose results are merged. */
const MERGING: Project = { version: 1, project: 'p', integrate: { via: 'merge' } };

const POLICIES: readonly (readonly [name: string, policy: Policy, expected: readonly string[]])[] = [
  [
    'a good one',
    policy({
      tiers: { high: { gate: 'proposal', approvals: 1, from: ['cto'] } },
      approvers: [{ id: 'ada', emails: ['ada@example.org'], groups: ['cto'] }],
      rules: [{ id: 'a', tier: 'low', formula: 'f' }],
      deny: [{ id: 'b', when: 'changes.binary' }],
    }),
    [],
  ],
  [
    'the same rule twice',
    policy({ rules: [{ id: 'a', tier: 'low', formula: 'f' }], deny: [{ id: 'a', formula: 'f' }] }),
    ['deny.0.id: another rule is called `a` || Give each rule a name of its own: decisions are explained by it.'],
  ],
  [
    'a rule without a condition',
    policy({ rules: [{ id: 'a', tier: 'low' }] }),
    [
      'rules.0: rule `a` has no condition, so it would match every order || Add one of formula, paths, only-paths, when; for the rest, there is `default`.',
    ],
  ],
  [
    'a deny without a condition',
    policy({ deny: [{ id: 'a' }] }),
    [
      'deny.0: rule `a` has no condition, so it would deny every change || Add one of formula, paths, only-paths, when.',
    ],
  ],
  [
    'a tier under deny',
    policy({ deny: [{ id: 'a', tier: 'low', formula: 'f' }] }),
    [
      'deny.0.tier: `tier` has no effect under `deny`: nothing that matches ships || Remove `tier`, or move the rule to `rules`.',
    ],
  ],
  [
    'no paths',
    policy({ rules: [{ id: 'a', tier: 'low', paths: [] }] }),
    ['rules.0.paths: rule `a` lists no path, so it never matches a change'],
  ],
  [
    'a group that nobody is in',
    policy({
      tiers: { high: { from: ['cot'] } },
      approvers: [{ id: 'ada', emails: ['ada@example.org'], groups: ['cto'] }],
    }),
    ['tiers.high.from.0: no approver is in the group `cot` || Did you mean `cto`?'],
  ],
  [
    'an approver whom nobody could tell, and keys that tell nobody',
    policy({
      approvers: [
        { id: 'a', keys: ['ssh-ed25519 AAAA', 'cert-authority ssh-ed25519 AAAB'] },
        { id: 'b', emails: ['b@example.org'], keys: ['ssh-ed25519 AAAA again'] },
      ],
    }),
    [
      'approvers.0.keys.1: not an SSH public key || Take the one line of a `.pub` file, such as `ssh-ed25519 AAAA…`.',
      'approvers.1.keys.0: the key is listed before || A signature has to tell who made it.',
      'approvers.0: approver `a` has no e-mail address, so nobody could tell whether they approve their own work || Add `emails`: those that their commits have.',
    ],
  ],
  [
    'results as pull requests where nothing has any',
    policy({ tiers: { low: { draft: true }, medium: { integrate: 'pull-request' } } }),
    [
      'tiers.low.draft: `draft` has no effect: results of this tier are no pull requests || Say `integrate: { via: pull-request }` in pushpals.yml; or `via: merge` there, and `integrate: pull-request` beside it.',
      'tiers.medium.integrate: results as pull requests need a forge || Say in pushpals.yml where they live, such as `forge: { kind: github, repo: acme/app }`; without one there are `branch` and `merge`.',
    ],
  ],
  [
    'a draft that the runner merges',
    policy({ tiers: { low: { integrate: 'pull-request', draft: true, 'auto-merge': true } } }),
    [
      'tiers.low.integrate: results as pull requests need a forge || Say in pushpals.yml where they live, such as `forge: { kind: github, repo: acme/app }`; without one there are `branch` and `merge`.',
      'tiers.low.auto-merge: a draft is merged by nobody before somebody marks it ready || Take out `draft` or `auto-merge`.',
    ],
  ],
  [
    'more approvals than approvers',
    policy({ tiers: { high: { approvals: 2 } }, approvers: [{ id: 'ada', emails: ['ada@example.org'] }] }),
    ['tiers.high.approvals: 2 must approve, and only 1 can || Add approvers, or ask for fewer.'],
  ],
  [
    'a bad condition',
    policy({ rules: [{ id: 'a', tier: 'low', when: '((' }], routes: [{ when: '((', formula: 'f' }] }),
    [
      'rules.0.when: not a CEL expression that can be evaluated: at 1:1: syntax error',
      'routes.0.when: not a CEL expression that can be evaluated: at 1:1: syntax error',
    ],
  ],
  [
    'the same approver twice',
    policy({
      approvers: [
        { id: 'a', emails: ['a@example.org'] },
        { id: 'a', emails: ['a@example.org'] },
      ],
    }),
    ['approvers.1.id: another approver is called `a`'],
  ],
];

for (const [name, value, expected] of POLICIES) {
  test(`policy: ${name}`, () => {
    assert.equal(words(checkPolicy(value, context.checkCel, MERGING)), expected);
  });
}

test.run();
