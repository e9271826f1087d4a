// deadline: 180s
/**
 * What a person sees of each class of failures, held in golden files. After a wanted change:
 *
 *     PUSHPALS_UPDATE_GOLDEN=1 node scripts/test.mjs cli/failures
 */
import { access, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { renderFailure } from '../../runner/cli/render-failure.js';
import { RECOVERY, type Failure, type FailureClass } from '../../runner/core/failure.js';
import type { Instant } from '../../runner/core/ids.js';
import { makeProject, type Project } from './program.js';

const GOLDEN = 'tests/cli/golden';
const update = process.env['PUSHPALS_UPDATE_GOLDEN'] === '1';

async function golden(name: string, text: string): Promise<void> {
  const file = join(GOLDEN, `${name}.txt`);
  if (update) {
    await mkdir(GOLDEN, { recursive: true });
    await writeFile(file, `${text}\n`);
  }
  assert.is(`${text}\n`, await readFile(file, 'utf8').catch(() => '(there is no golden file)'), name);
}

/** What differs from run to run. */
const steady = (text: string): string =>
  text
    .replace(/\b[0-9a-f]{12,40}\b/g, 'DIGEST')
    .replace(/evidence\/\d{4}\/\d\d\/\d\d/g, 'evidence/DATE')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT')
    .replace(/after \d+ s/g, 'after N s')
    .trimEnd();

const EVIDENCE = 'evidence/2026/01/02/fix-1';
const tail = 'ok 1 - adds\nnot ok 2 - empties\n# fail 1';
/** One of each class, with the facts that it comes with. */
const EXAMPLES: { readonly [Class in FailureClass]: Extract<Failure, { class: Class }> } = {
  'config-invalid': {
    class: 'config-invalid',
    problems: [
      {
        file: 'pushpals.yml',
        line: 4,
        column: 11,
        excerpt: '  driver: dokcer',
        message: '`dokcer` is not one of docker, bubblewrap, host',
        hint: 'Did you mean `docker`?',
      },
      {
        file: 'pushpals.yml',
        line: 7,
        column: 1,
        excerpt: 'comands: {}',
        message: 'unknown key `comands`',
        hint: 'Did you mean `commands`?',
      },
    ],
  },
  'order-invalid': {
    class: 'order-invalid',
    problems: [
      {
        file: 'inbox/fix.md',
        line: 2,
        column: 10,
        excerpt: 'formula: fxi',
        message: 'unknown formula `fxi`',
        hint: 'Did you mean `fix`?',
      },
    ],
  },
  'machine-failed': {
    class: 'machine-failed',
    code: 'ENOSPC',
    doing: 'write',
    path: '/srv/app/.pushpals/runs/fix-1/out',
  },
  duplicate: { class: 'duplicate', twin: 'fix', twinState: 'queue', key: 'issue-812' },
  'policy-denied': {
    class: 'policy-denied',
    reasons: [{ rule: 'governance', tier: 'high', because: 'policy/policy.yml matches policy/**' }],
  },
  'scope-violation': {
    class: 'scope-violation',
    step: 'fix',
    entries: [{ path: 'src/auth/login.ts', why: 'no pattern of `write` matches it' }],
  },
  'sandbox-unavailable': {
    class: 'sandbox-unavailable',
    driver: 'docker',
    why: 'no engine answers at /var/run/docker.sock',
    mend: 'sudo systemctl start docker',
  },
  'image-missing': { class: 'image-missing', image: 'node:22-bookworm' },
  'image-build-failed': {
    class: 'image-build-failed',
    dockerfile: 'ci/Dockerfile',
    why: "The command '/bin/sh -c make' returned a non-zero code: 2",
    tail: 'Step 2/2 : RUN make\nmake: *** No rule to make target. Stop.',
    retryAt: '2026-01-02T03:05:00.000Z' as Instant,
  },
  'step-failed': { class: 'step-failed', step: 'fix', exitCode: 2, tail: 'src/a.ts(1,1): error TS1005' },
  'limit-exceeded': {
    class: 'limit-exceeded',
    step: 'build',
    limit: 'memory',
    most: 512 * 1024 * 1024,
    used: null,
    tail: 'Killed',
  },
  'output-invalid': { class: 'output-invalid', step: 'plan', why: 'orders: expected a list' },
  'secret-missing': {
    class: 'secret-missing',
    secret: 'NPM_TOKEN',
    why: "the runner's environment has no variable PUSHPALS_SECRET_NPM_TOKEN",
    mend: 'Start the runner with PUSHPALS_SECRET_NPM_TOKEN set, or say under `secrets: { NPM_TOKEN: … }` in pushpals.yml where the value is.',
  },
  'secret-found': {
    class: 'secret-found',
    where: 'what step release changed',
    findings: [
      { file: '.npmrc', line: 2, rule: 'a secret of this run' },
      { file: '$PUSHPALS_OUT/***.txt', line: null, rule: 'a secret of this run' },
    ],
  },
  'check-failed': { class: 'check-failed', step: 'verify', expect: 'success', exitCode: 1, tail },
  'baseline-broken': { class: 'baseline-broken', step: 'verify', base: 'a'.repeat(40), exitCode: 1, tail },
  'review-blocked': {
    class: 'review-blocked',
    step: 'look',
    rounds: 2,
    findings: [
      { severity: 'high', from: 'runner', title: 'It undoes what main gained', file: 'src/a.ts', line: 3 },
      { severity: 'medium', from: 'reviewer', title: 'The test never fails', file: 'test/b.ts', line: 9 },
    ],
  },
  'would-undo': {
    class: 'would-undo',
    step: 'ship',
    files: [
      {
        branch: 'main',
        path: 'src/a.ts',
        what: '2 line(s) are gone',
        commit: 'c'.repeat(40),
        lines: ['3: if (!user) return null;'],
      },
    ],
    count: 2,
    unread: 0,
  },
  timeout: { class: 'timeout', step: 'verify', limitMs: 600_000, what: 'step' },
  'merge-conflict': { class: 'merge-conflict', step: 'both', paths: ['src/a.ts'] },
  'stale-base': { class: 'stale-base', branch: 'pushpals/fix', found: 'b'.repeat(40) },
  'remote-unavailable': {
    class: 'remote-unavailable',
    remote: 'origin',
    problem: 'unreachable',
    why: 'ssh: connect to host git.example.org port 22: Connection timed out',
  },
  'claim-lost': { class: 'claim-lost', order: 'fix' },
  'runner-lost': { class: 'runner-lost', order: 'fix', claimant: 'host/4711' },
  'git-failed': {
    class: 'git-failed',
    command: 'git update-ref',
    exitCode: 128,
    stderr: 'fatal: cannot lock ref: No space left on device',
  },
  'state-conflict': {
    class: 'state-conflict',
    what: 'order fix is done',
    hint: 'Only a failed or cancelled order can be retried.',
  },
  'approval-needed': { class: 'approval-needed', request: 'fix-merge' },
  'outcome-unknown': {
    class: 'outcome-unknown',
    request: 'fix-merge',
    ref: 'refs/heads/pushpals/fix',
    found: '4444444444444444444444444444444444444444',
  },
  'model-unavailable': {
    class: 'model-unavailable',
    model: 'default',
    why: 'the server at http://127.0.0.1:11434 has no qwen3-coder:30b',
    mend: 'Run `ollama pull qwen3-coder:30b` there.',
  },
  'forge-unavailable': {
    class: 'forge-unavailable',
    forge: 'https://github.com/acme/app',
    problem: 'rate-limited',
    why: 'it wants to be left alone for 40 min (it answers 403: API rate limit exceeded)',
    retryAt: '2026-11-20T10:10:00.000Z' as Instant,
  },
  'model-output-invalid': { class: 'model-output-invalid', step: 'plan', why: '`orders` must be an array' },
  'agent-repeats': { class: 'agent-repeats', step: 'fix', call: 'search', times: 4 },
  'agent-stalled': { class: 'agent-stalled', step: 'fix', turns: 8 },
  'agent-gave-up': { class: 'agent-gave-up', step: 'fix', reason: 'the test needs a database, which is not there' },
  'budget-exhausted': { class: 'budget-exhausted', step: 'fix', what: 'tokens', most: 200_000, used: 200_431 },
  'child-failed': {
    class: 'child-failed',
    step: 'file',
    orders: [
      { id: 'grow-tests', state: 'failed', why: 'check-failed' },
      { id: 'grow-docs', state: 'cancelled', why: 'it comes after grow-tests, which ended as failed' },
    ],
  },
  'not-built': { class: 'not-built', what: '`agent` steps' },
};

for (const name of Object.keys(RECOVERY) as FailureClass[]) {
  test(`${name}, as a person reads it`, async () => {
    const shown = renderFailure(EXAMPLES[name], { paint: (_, text) => text }, EVIDENCE);
    const lines = shown.split('\n');
    assert.ok(lines[0]?.startsWith(`${name}: `), 'the class and what happened come first');
    assert.ok(
      lines.some((line) => line.startsWith('  → ')),
      'there is something to do next',
    );
    assert.is(lines.at(-1), `  evidence: ${EVIDENCE} (pushpals evidence show fix-1 --diff)`);
    await golden(name, shown);
  });
}

test('there is no golden file for a class that is gone', async () => {
  const known = new Set([...Object.keys(RECOVERY), ...SCREENS.map(([name]) => name)].map((name) => `${name}.txt`));
  assert.equal(
    (await readdir(GOLDEN)).filter((name) => !known.has(name)),
    [],
  );
});

/** Five failures on a real repository, from the file that a person wrote to the last line of the tick. */
const SCREENS: readonly (readonly [
  name: string,
  files: Readonly<Record<string, string>>,
  exitCode: number,
  env?: Record<string, string>,
])[] = [
  ['tick-broken-order', { 'ops/inbox/fix.yml': 'gaol: Mend it\nformula: f\n' }, 1],
  [
    'tick-step-failed',
    {
      'formulas/f.yml':
        'formula: f\nversion: 1\nsteps:\n  - { id: build, run: "echo compiling; echo no such file: a.c >&2; exit 2" }\n',
      'ops/inbox/fix.yml': 'goal: Mend it\nformula: f\n',
    },
    1,
  ],
  [
    'tick-check-failed',
    {
      'formulas/f.yml':
        'formula: f\nversion: 1\nsteps:\n  - { id: change, run: "echo two > src/a.txt" }\n  - { id: verify, check: "grep one src/a.txt || { echo one is gone; exit 1; }", needs: [change] }\n  - { id: ship, ship: {}, needs: [verify] }\n',
      'ops/inbox/fix.yml': 'goal: Mend it\nformula: f\n',
    },
    1,
  ],
  [
    'tick-broken-formula',
    {
      'formulas/f.yml': 'formula: f\nversion: 1\nsteps:\n  - { id: a, rnu: "true" }\n',
      'ops/inbox/fix.yml': 'goal: Mend it\nformula: f\n',
    },
    2,
  ],
  [
    'tick-no-engine',
    {
      'pushpals.yml': 'version: 1\nproject: test\nsandbox: { driver: docker, image: "busybox:1" }\n',
      'formulas/f.yml': 'formula: f\nversion: 1\nsteps:\n  - { id: a, run: "true" }\n',
      'ops/inbox/fix.yml': 'goal: Mend it\nformula: f\n',
    },
    3,
    { DOCKER_HOST: 'unix:///nowhere/docker.sock' },
  ],
];
for (const [name, files, exitCode, env = {}] of SCREENS) {
  test(`${name}: the whole of what a tick prints`, async () => {
    const project: Project = await makeProject('host');
    const committed = Object.entries(files).filter(([path]) => !path.startsWith('ops/'));
    if (committed.length > 0) await project.commit(Object.fromEntries(committed));
    for (const [path, text] of Object.entries(files)) if (path.startsWith('ops/')) await project.write(path, text);
    const tick = await project.pushpals(['tick'], { env });
    assert.is(tick.exitCode, exitCode, tick.stderr);
    await golden(name, steady(tick.stderr));
    await access(join(project.dir, 'ops'));
    await project.remove();
  });
}

test.run();
