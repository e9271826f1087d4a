/** The project that is worked on: formulas of every shape, and a policy with gates. Scripts are in the language of `job.ts`. */
import type { Operator } from './git/vault-history.js';
import type { Random } from './random.js';

const person = (name: string): Operator => ({
  name,
  email: `${name}@example.org`,
  key: `ssh-ed25519 AAAA${name.padEnd(40, 'x')}`,
});

/** Who may approve. */
export const APPROVERS: readonly Operator[] = ['ada', 'bob', 'dan'].map(person);
/** Who may not, and tries. */
export const MALLORY: Operator = person('mallory');
/** In whose name cron ticks, and who files what lies in the inbox uncommitted. */
export const CAROL: Operator = { ...person('carol'), key: null };

const CHANGE = 'write src/$PUSHPALS_ORDER.txt by $PUSHPALS_RUN';
const SHIP = '  - { id: ship, ship: { title: "do: {{ order.goal }}" }, needs: [NEEDS] }';
const ship = (needs: string): string => SHIP.replace('NEEDS', needs);
const run = (id: string, lines: readonly string[], more = ''): string =>
  `  - id: ${id}\n    run: |\n${lines.map((line) => `      ${line}\n`).join('')}${more === '' ? '' : `    ${more}\n`}`;

const formula = (name: string, head: string, ...steps: readonly string[]): [string, string] => [
  name,
  `formula: ${name}\nversion: 1\n${head === '' ? '' : `${head}\n`}steps:\n${steps.map((step) => step.trimEnd()).join('\n')}\n`,
];

const CHECK = '  - { id: verify, check: "need src/$PUSHPALS_ORDER.txt", needs: [change] }';

export const FORMULAS: ReadonlyMap<string, string> = new Map([
  formula('fix', '', run('change', ['take 2s', CHANGE]), CHECK, ship('verify')),
  formula('clash', '', run('change', ['write src/shared.txt by $PUSHPALS_RUN', CHANGE]), CHECK, ship('verify')),
  formula(
    'flaky',
    'budget: { attempts: 3 }',
    run('change', [CHANGE, 'flaky 50'], 'retry: { attempts: 2, backoff: 5s }'),
    CHECK,
    ship('verify'),
  ),
  formula('fails', 'budget: { attempts: 2 }', run('change', ['say no', 'fail 3']), ship('change')),
  formula('hangs', '', run('change', ['hang'], 'timeout: 40s'), ship('change')),
  formula(
    'parallel',
    '',
    run('a', ['take 3s', 'write src/$PUSHPALS_ORDER-a.txt a']),
    run('b', ['take 1s', 'write src/$PUSHPALS_ORDER-b.txt b']),
    run('c', ['flaky 30'], 'continue-on-failure: true'),
    run('change', ['need src/$PUSHPALS_ORDER-a.txt', 'need src/$PUSHPALS_ORDER-b.txt', CHANGE], 'needs: [a, b]'),
    CHECK,
    ship('verify'),
  ),
  formula(
    'matrix',
    'concurrency: { group: one-at-a-time }',
    run('each', ['take 2s', 'write src/$PUSHPALS_ORDER-$MATRIX_N.txt $MATRIX_N'], 'matrix: { n: [1, 2, 3] }'),
    run('change', [CHANGE], 'needs: [each]'),
    CHECK,
    ship('verify'),
  ),
  formula(
    'plan',
    '',
    run('think', [
      'take 1s',
      'output {"orders":[{"goal":"one of $PUSHPALS_ORDER","formula":"fix"},{"goal":"two of $PUSHPALS_ORDER","formula":"flaky"}],"parts":[{"name":"a","goal":"a of $PUSHPALS_ORDER","formula":"fix"},{"name":"b","goal":"b of $PUSHPALS_ORDER","formula":"flaky","after":["a"]},{"name":"c","goal":"c of $PUSHPALS_ORDER","formula":"asks"}]}',
    ]),
    '  - { id: file, orders: "steps.think.outputs.orders", needs: [think] }',
    '  - { id: parts, orders: "steps.think.outputs.parts", await: true, needs: [file] }',
    run('change', [CHANGE], 'needs: [parts]'),
    ship('change'),
  ),
  formula(
    'install',
    'concurrency: { group: one-at-a-time }',
    run('install', ['take 5s', 'write ignored/package here']),
    run('more', ['take 5s', 'need ignored/package', 'write ignored/other here'], 'needs: [install]'),
    run('change', ['need ignored/package', 'need ignored/other', 'take 4s', CHANGE], 'needs: [more]'),
    CHECK,
    ship('verify'),
  ),
  formula(
    'asks',
    '',
    run('change', [CHANGE]),
    '  - { id: gate, approve: "Is it good?", needs: [change] }',
    run('after', ['add src/$PUSHPALS_ORDER.txt approved'], 'needs: [gate]'),
    ship('after'),
  ),
  formula(
    'tasks',
    '',
    run('change', [CHANGE]),
    '  - { id: outside, task: "Turn it on", needs: [change] }',
    ship('outside'),
  ),
  formula(
    'overtime',
    'budget: { time: 1m }',
    run('change', ['take 40s', CHANGE]),
    run('second', ['take 40s'], 'needs: [change]'),
    ship('second'),
  ),
  formula('careful', 'risk: medium', run('change', ['take 1s', CHANGE]), CHECK, ship('verify')),
  formula(
    'risky',
    'risk: high\nconcurrency: { group: risky }',
    run('change', ['take 1s', CHANGE]),
    CHECK,
    ship('verify'),
  ),
  formula(
    'replaces',
    'concurrency: { group: replaces, on-conflict: replace }',
    run('change', ['take 20s', CHANGE]),
    CHECK,
    ship('verify'),
  ),
  formula(
    'drops',
    'concurrency: { group: drops, on-conflict: drop }',
    run('change', ['take 20s', CHANGE]),
    ship('change'),
  ),
  formula(
    'merges',
    'base: { merge: "\\"feature\\"" }',
    run('change', ['take 1s', 'join src/shared.txt', CHANGE]),
    CHECK,
    ship('verify'),
  ),
  formula(
    'broken',
    '',
    run('change', [CHANGE]),
    '  - { id: verify, check: "need not-there", needs: [change] }',
    ship('verify'),
  ),
]);

/** What runners make orders of by themselves, where a result does not fit the target: mostly it resolves everything. */
const RESOLVER: ReadonlyMap<string, string> = new Map([
  formula(
    'conflict-resolver',
    'inputs: { branch: { type: string } }\nbase: { merge: inputs.branch }',
    run('resolve', ['take 3s', 'flaky 10', 'join src/shared.txt']),
    '  - { id: verify, check: "need src/shared.txt", needs: [resolve] }',
    ship('verify'),
  ),
]);

/** Whether a project has whatever has no group of its own run one at a time, on all machines together. */
const isOneAtATime = (project: string): boolean => project.includes('slots: 1,') && project.includes('remote:');

/** The formulas of a project. Where results are merged and have tests of their own, what is done most often meets itself in the queue. */
export function formulasOf(project: string): readonly (readonly [name: string, text: string])[] {
  const own = [...FORMULAS, ...RESOLVER];
  if (isOneAtATime(project))
    return own.map(([name, text]) => [
      name,
      text.includes('concurrency:') ? text : text.replace('steps:', 'concurrency: { group: one-at-a-time }\nsteps:'),
    ]);
  if (!project.includes('commands:')) return own;
  const clash = FORMULAS.get('clash') ?? '';
  return own.map(([name, text]) =>
    name === 'fix' ? [name, clash.replace('formula: clash', 'formula: fix')] : [name, text],
  );
}

/** Of every kind that can come about here. */
const TRIGGERS = `triggers:
  - { id: half-hourly, cron: "*/30 * * * *", missed: all, jitter: 10m, order: { formula: fix, goal: By the clock } }
  - { id: moved, branch: main, order: { formula: flaky, goal: Look at main } }
  - { id: mend, after: { formula: fails, on: failed }, order: { formula: fix, goal: Mend it } }
  - { id: granted, vault: { on: approved }, order: { formula: clash, goal: It was granted } }
`;

export function projectFile(random: Random, isShared: boolean): string {
  const slots = random.int(1, 4);
  return [
    'version: 1',
    'project: simulated',
    `runner: { slots: ${String(slots)}, parallel: ${String(random.int(1, 4))}, lease: 5m }`,
    'sandbox: { driver: host }',
    ...(isShared ? ['ops: { remote: origin }'] : []),
    // Some have their results merged, and of those some have tests of their own, which no formula runs.
    ...(slots > 2 ? ['integrate: { via: merge, batch: 3 }'] : []),
    ...(slots > 3 ? ['commands: { test: need src/shared.txt }'] : []),
    // They make many orders, which take their time: some simulations have them.
    slots === 2 ? TRIGGERS : '',
  ].join('\n');
}

/** `note` makes it another policy that says the same. */
export function policyFile(verify: 'signature' | 'identity', twoPeople: boolean, note = ''): string {
  return [
    'version: 1',
    'default: low',
    `verify: ${verify}`,
    'approvers:',
    ...APPROVERS.map(({ name, email, key }) => `  - { id: ${name}, emails: [${email}], keys: ["${key ?? ''}"] }`),
    'tiers:',
    '  low: { gate: auto }',
    '  medium: { gate: merge-approval }',
    `  high: { gate: proposal, approvals: ${twoPeople ? '2' : '1'} }`,
    'rules:',
    ...[...FORMULAS.keys()].map(
      (name) =>
        `  - { id: ${name}, tier: ${name === 'careful' ? 'medium' : name === 'risky' ? 'high' : 'low'}, formula: ${name} }`,
    ),
    ...(note === '' ? [] : [`# ${note}`]),
    '',
  ].join('\n');
}
