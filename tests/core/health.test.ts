import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { diskFull, examine, type HealthFacts } from '../../runner/core/health.js';
import type { Instant } from '../../runner/core/ids.js';
import { programsOf } from '../../runner/core/programs.js';

const at = (text: string): Instant => `2026-01-02T${text}.000Z` as Instant;
const ops = {
  branch: 'ops',
  worktree: 'ops',
  tree: 'in-step',
  unwritable: null,
  movedAt: at('11:59:00'),
  pause: null,
  idleOrders: 0,
  stuck: [],
} as const;
const WELL: HealthFacts = {
  now: at('12:00:00'),
  nodeVersion: '22.1.0',
  gitVersion: '2.39.5',
  project: null,
  problems: 0,
  ops,
  triggers: { declared: 2, suspended: [] },
  approvals: { verify: 'signature', approvers: 2, signers: 2, forge: null, canCheck: true },
  remote: { name: 'origin', required: false, problem: null, failing: null },
  mirrors: [],
  driver: { name: 'docker', image: 'node:22', failure: null },
  enforcement: null,
  missingPrograms: [],
  newestCommitAt: at('11:59:00'),
  freeBytes: 50 * 1024 ** 3,
  locks: [],
  lastTickAt: at('11:58:00'),
  watch: null,
  secrets: [],
  models: [],
  forge: null,
};

test('where all is well every check says so', () => {
  const findings = examine(WELL);
  assert.ok(
    findings.every(({ state }) => state === 'ok'),
    JSON.stringify(findings, null, 1),
  );
  assert.equal(
    findings.map(({ check }) => check),
    [
      'git',
      'node',
      'project',
      'approvals',
      'ops work tree',
      'triggers',
      'ops branch',
      'orders',
      'remote',
      'driver',
      'image',
      'commands',
      'clock',
      'disk',
      'locks',
      'last tick',
    ],
  );
});

const unavailable = {
  class: 'sandbox-unavailable',
  driver: 'docker',
  why: 'no engine',
  mend: 'sudo systemctl start docker',
} as const;
const CASES: readonly (readonly [
  name: string,
  facts: Partial<HealthFacts>,
  check: string,
  state: string,
  found: RegExp,
  mend: RegExp,
])[] = [
  ['no git', { gitVersion: null }, 'git', 'fail', /does not run/, /apt-get install git/],
  ['an old git', { gitVersion: '2.30.2' }, 'git', 'fail', /2\.30\.2; at least 2\.38/, /newer git/],
  ['an old node', { nodeVersion: '20.9.0' }, 'node', 'fail', /at least 20\.19/, /nvm install/],
  ['a major version ahead', { gitVersion: '3.0.0' }, 'git', 'ok', /3\.0\.0/, /^$/],
  [
    'no project',
    { project: { class: 'state-conflict', what: 'no pushpals.yml', hint: 'pushpals init' } },
    'project',
    'fail',
    /no pushpals\.yml/,
    /init/,
  ],
  ['problems', { problems: 2 }, 'project', 'fail', /2 problems/, /pushpals validate --committed/],
  ['no work tree', { ops: { ...ops, tree: 'missing' } }, 'ops work tree', 'fail', /not there/, /pushpals init/],
  [
    'another branch there',
    { ops: { ...ops, tree: 'elsewhere' } },
    'ops work tree',
    'fail',
    /something else/,
    /git -C ops switch ops/,
  ],
  ['a work tree behind', { ops: { ...ops, tree: 'behind' } }, 'ops work tree', 'warn', /behind/, /git -C ops status/],
  [
    'a read-only repository',
    { ops: { ...ops, unwritable: '.git/refs/heads cannot be written' } },
    'ops writable',
    'fail',
    /cannot be written/,
    /right to write/,
  ],
  [
    'a pause',
    { ops: { ...ops, pause: { by: 'Ada', at: null, reason: 'a release', now: false } } },
    'ops branch',
    'warn',
    /paused by Ada: a release; nothing starts/,
    /pushpals resume/,
  ],
  [
    'a frozen branch',
    { ops: { ...ops, idleOrders: 3, movedAt: at('09:00:00') } },
    'ops branch',
    'fail',
    /3 orders .* 3 h/,
    /pushpals tick/,
  ],
  ['an idle branch is not frozen', { ops: { ...ops, movedAt: at('01:00:00') } }, 'ops branch', 'ok', /11 h ago/, /^$/],
  [
    'a remote that is away',
    { remote: { name: 'origin', required: false, problem: 'it cannot be reached', failing: null } },
    'remote',
    'warn',
    /nothing here needs it/,
    /push --dry-run origin/,
  ],
  [
    'a remote that is needed',
    { remote: { name: 'hub', required: true, problem: 'it cannot be written', failing: null } },
    'remote',
    'fail',
    /^hub: it cannot be written$/,
    /push --dry-run hub/,
  ],
  [
    'a suspended trigger',
    { triggers: { declared: 3, suspended: ['nightly', 'weekly'] } },
    'triggers',
    'warn',
    /^nightly, weekly are suspended/,
    /pushpals trigger resume nightly$/,
  ],
  [
    'nobody who could sign',
    { approvals: { verify: 'signature', approvers: 2, signers: 0, forge: null, canCheck: true } },
    'approvals',
    'warn',
    /^nobody can approve: what is not `low` waits$/,
    /policy\/policy\.yml/,
  ],
  [
    'approvals by a forge that is not there',
    { approvals: { verify: 'forge', approvers: 2, signers: 2, forge: null, canCheck: true } },
    'approvals',
    'fail',
    /pushpals\.yml names no `forge`: nobody can approve/,
    /verify: signature/,
  ],
  [
    'approvers without a login on the forge',
    {
      approvals: {
        verify: 'forge',
        approvers: 2,
        signers: 2,
        forge: { kind: 'gitea', logins: 0, hasRemote: true },
        canCheck: true,
      },
    },
    'approvals',
    'warn',
    /^nobody can approve/,
    /`logins` on gitea/,
  ],
  [
    'signatures that cannot be checked',
    { approvals: { verify: 'signature', approvers: 1, signers: 1, forge: null, canCheck: false } },
    'approvals',
    'fail',
    /no ssh-keygen/,
    /openssh-client/,
  ],
  [
    'no engine',
    { driver: { name: 'docker', image: 'a', failure: unavailable } },
    'driver',
    'fail',
    /no engine/,
    /systemctl start docker/,
  ],
  [
    'no image',
    { driver: { name: 'docker', image: 'a', failure: { class: 'image-missing', image: 'a' } } },
    'image',
    'fail',
    /no image a/,
    /docker pull a/,
  ],
  ['the host', { driver: { name: 'host', image: null, failure: null } }, 'driver', 'warn', /nothing is isolated/, /^$/],
  ['a missing program', { missingPrograms: ['npm'] }, 'commands', 'fail', /no npm/, /image/],
  [
    'a clock that is late',
    { newestCommitAt: at('14:00:00') },
    'clock',
    'fail',
    /2 h before the newest commit/,
    /set-ntp/,
  ],
  ['a full disk', { freeBytes: 10 * 1024 ** 2 }, 'disk', 'fail', /10 MB free; no run starts/, /Free/],
  ['a disk that fills', { freeBytes: 1024 ** 3 }, 'disk', 'warn', /1 GB/, /Free/],
  [
    'a lock that lies there',
    { locks: [{ path: ".git/it's.lock", ageMs: 600_000 }] },
    'locks',
    'fail',
    /10 min old/,
    /rm '\.git\/it'\\''s\.lock'$/,
  ],
  [
    'orders that wait too long',
    { ops: { ...ops, stuck: ['fix', 'bump'] } },
    'orders',
    'warn',
    /^fix and 1 more: stuck/,
    /pushpals status/,
  ],
  ['a lock that is held', { locks: [{ path: '.git/index.lock', ageMs: 50 }] }, 'locks', 'ok', /none/, /^$/],
  [
    'a watch that hangs',
    { lastTickAt: at('10:00:00'), watch: { pid: 7, since: at('09:00:00') } },
    'last tick',
    'warn',
    /^2 h ago/,
    /kill 7/,
  ],
  ['no tick', { lastTickAt: null }, 'last tick', 'warn', /none has run/, /cron/],
  ['an old tick', { lastTickAt: '2025-12-30T12:00:00.000Z' as Instant }, 'last tick', 'warn', /^3 d ago$/, /cron/],
];
for (const [name, facts, check, state, found, mend] of CASES) {
  test(name, () => {
    const finding = examine({ ...WELL, ...facts }).find((one) => one.check === check);
    assert.is(finding?.state, state);
    assert.match(finding?.found ?? '', found);
    assert.match(finding?.mend ?? '', mend);
  });
}

test('a watch is said with the last tick', () => {
  const found = examine({ ...WELL, watch: { pid: 7, since: at('11:00:00') } }).find(
    ({ check }) => check === 'last tick',
  );
  assert.equal(found, { check: 'last tick', state: 'ok', found: '2 min ago, by a watch (pid 7, for 60 min)' });
});

test('no run starts on a full disk, and the order waits for space', () => {
  assert.is(diskFull(300 * 1024 ** 2, 'docker'), null);
  const failure = diskFull(10 * 1024 ** 2, 'docker');
  assert.is(failure?.class, 'sandbox-unavailable');
  assert.match(JSON.stringify(failure), /only 10 MB of disk are free/);
});

test('what cannot be asked is left out', () => {
  const findings = examine({
    ...WELL,
    ops: null,
    triggers: null,
    approvals: null,
    remote: null,
    driver: null,
    missingPrograms: null,
    newestCommitAt: null,
  });
  assert.equal(
    findings.map(({ check }) => check),
    ['git', 'node', 'project', 'clock', 'disk', 'locks'],
  );
});

test('the programs of a command are found behind variables and operators, and nothing else is taken for one', () => {
  const table: [string, string[]][] = [
    ['npm ci', ['npm']],
    ['npm ci && npm run build | tee log', ['npm', 'tee']],
    ['CI=1 FLAG="a b" make -j2', ['make']],
    ["mkdir -p x && printf '*' > x/.gitignore && GOFLAGS=-mod=mod go test ./...", ['mkdir', 'go']],
    ['.venv/bin/python -m pytest', []],
    ['if [ -e a ]; then $TOOL; fi', []],
    ['-rf x; $(echo hi)', ['-rf']],
  ];
  for (const [script, programs] of table) assert.equal(programsOf(script), programs, script);
});

test.run();
