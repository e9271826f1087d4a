import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import type { OrderRecord, Policy, VaultRequest } from '../../runner/generated/types.js';
import type { PullRequest } from '../../runner/core/forge/pull-request.js';
import type { CommitId, Instant } from '../../runner/core/ids.js';
import { judge, type ApprovalCommit, type Signature } from '../../runner/core/vault/approval.js';
import { meansNo, wordOf, type ForgeSays } from '../../runner/core/vault/forge-word.js';
import { asked, holdsFor, isOf, isSound, requestPath, subjectOf } from '../../runner/core/vault/request.js';
import { settle, type RequestView } from '../../runner/core/vault/settle.js';

const RUNNER = { name: 'PushPals runner', email: 'runner@pushpals.invalid' };
const NOW = '2026-11-20T12:00:00.000Z' as Instant;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const PARTS = { order: 'o', formula: 'f', policy: 'p', base: 'a'.repeat(40), tree: 'b'.repeat(40), diff: 'd' };
const subject = subjectOf({ kind: 'merge', order: 'go', run: 'go-1', step: 'ship' }, PARTS, sha256);
const request = (more: Partial<VaultRequest> = {}): VaultRequest => ({
  id: 'go-aaaaaa',
  kind: 'merge',
  order: 'go',
  run: 'go-1',
  step: 'ship',
  tier: 'medium',
  reasons: [],
  subject,
  needs: { approvals: 1 },
  asks: { what: 'May it ship?', why: 'because', then: 'it ships', rollback: 'git revert' },
  at: NOW,
  expires: '2026-12-01T00:00:00.000Z',
  ...more,
});
const record = {
  id: 'go',
  accepted: { at: NOW, from: 'x', digest: '', actor: 'Olga <olga@example.org>' },
  run: { id: 'go-1' },
} as unknown as OrderRecord;
const policyOf = (verify: Policy['verify']): Policy => ({
  version: 1,
  ...(verify === undefined ? {} : { verify }),
  approvers: [
    { id: 'ada', emails: ['ada@example.org'], logins: { github: 'Ada' }, groups: ['leads'] },
    { id: 'bob', emails: ['Bob@Example.org'] },
    { id: 'olga', emails: ['olga@example.org'], logins: { github: 'olga' } },
  ],
});
const move = [
  { path: requestPath('pending', 'go-aaaaaa'), kind: 'deleted' },
  { path: requestPath('approved', 'go-aaaaaa'), kind: 'added' },
];
const person = (name: string): { name: string; email: string } => ({ name, email: `${name}@example.org` });
const commit = (more: Partial<ApprovalCommit> = {}): ApprovalCommit => ({
  commit: 'c'.repeat(40),
  author: person('ada'),
  committer: person('ada'),
  changes: move,
  asAsked: true,
  signature: { is: 'good', by: 'ada' },
  ...more,
});
const view = (more: Partial<RequestView> = {}): RequestView => ({
  state: 'approved',
  request: request(),
  asAsked: false,
  hasBranch: true,
  closed: null,
  approval: commit(),
  movedBy: null,
  isSound: true,
  wasFired: false,
  restored: [],
  ...more,
});
const settled = (seen: RequestView, policy = policyOf('signature')): ReturnType<typeof settle> =>
  settle(seen, 'go-aaaaaa', record, PARTS, policy, NOW, RUNNER);

test('an approval by an approver goes, and everything else is refused with its reason', () => {
  assert.is(settled(view()).is, 'go');
  const why = (
    approval: Partial<ApprovalCommit>,
    more: Partial<VaultRequest> = {},
    policy = policyOf('signature'),
  ): string => {
    const judged = judge(request(more), commit(approval), record, policy, RUNNER);
    return judged.counts ? 'counts' : judged.why;
  };
  assert.match(why({ changes: [...move, { path: 'README.md', kind: 'modified' }] }), /it changes README\.md as well/);
  assert.match(why({ changes: move.slice(1) }), /does not move the request/);
  assert.match(why({ asAsked: false }), /byte for byte/);
  assert.match(why({ signature: { is: 'none' } }), /not signed/);
  assert.match(why({ signature: { is: 'bad', why: 'x' } }), /not good: x/);
  assert.match(why({ signature: { is: 'good', by: 'eve' } }), /eve is no approver/);
  assert.match(why({ signature: { is: 'good', by: 'olga' } }), /olga asked for the work/);
  assert.match(why({ committer: person('olga') }), /nobody approves their own/);
  assert.match(why({}, { needs: { approvals: 1, from: ['others'] } }), /in none of the groups others/);
  assert.match(why({}, { approvals: [{ by: 'ada', commit: 'd'.repeat(40), at: NOW }] }), /ada has approved it already/);
  const identity = policyOf('identity');
  const bob = { name: 'b', email: 'bob@example.org' };
  assert.is(why({ author: bob, committer: bob, signature: { is: 'none' } }, {}, identity), 'counts');
  assert.match(why({ author: person('eve') }, {}, identity), /its author eve@example\.org is no approver/);
  assert.match(
    why({ author: bob }, {}, identity),
    /its author is bob, and its committer ada@example\.org is somebody else/,
  );
});

/** The forge's record of a merge of the request by Ada. */
const pull = (more: Partial<PullRequest> = {}): PullRequest => ({
  number: 7,
  url: 'https://forge.example/7',
  title: '',
  body: '',
  state: 'merged',
  isDraft: false,
  head: { branch: 'vault/go-aaaaaa', commit: 'e'.repeat(40) as CommitId, isOwn: true },
  base: 'ops',
  labels: [],
  author: 'pals',
  mergeable: null,
  merged: { by: 'ada', at: NOW, commit: 'c'.repeat(40) as CommitId },
  closedBy: null,
  updatedAt: NOW,
  ...more,
});
const says = (of: PullRequest | null, self: string | null = 'pals', doubt: string | null = null): ForgeSays =>
  wordOf(of, { id: 'go-aaaaaa', ops: 'ops', commit: 'c'.repeat(40), kind: 'github', self, doubt });
const merged = (by: string, commit = 'c'): Pick<PullRequest, 'merged'> => ({
  merged: { by, at: NOW, commit: commit.repeat(40) as CommitId },
});
const github = { name: 'GitHub', email: 'noreply@github.com' };

for (const [how, made] of [
  ['a merge', { author: person('ada'), committer: github }],
  ['a squash', { author: github, committer: github }],
  ['a rebase', { author: RUNNER, committer: github }],
  ['a rebase that keeps both', { author: RUNNER, committer: RUNNER }],
] as const)
  test(`forge: ${how} is told by the forge's record, which goes into the request`, () => {
    const seen = view({ approval: commit({ ...made, signature: { is: 'none' }, forge: says(pull()) }) });
    const end = settled(seen, policyOf('forge'));
    assert.is(end.is, 'go');
    if (end.is !== 'go') return;
    const word = { kind: 'github', pull: 7, url: 'https://forge.example/7', login: 'ada', at: NOW };
    assert.equal(end.request.approvals, [{ by: 'ada', commit: 'c'.repeat(40), at: NOW, forge: word }]);
  });

const NO_WORD: readonly [why: string, of: PullRequest | null, said: RegExp, self?: string][] = [
  ['there is none', null, /knows no pull request from vault\/go-aaaaaa/],
  ['of a fork', pull({ head: { ...pull().head, isOwn: false } }), /not from the branch vault\/go-aaaaaa of this/],
  ['of another branch', pull({ head: { ...pull().head, branch: 'vault/other' } }), /not from the branch/],
  ['into another branch', pull({ base: 'main' }), /made for another branch than ops/],
  ['nobody merged it', pull({ state: 'open', merged: null }), /nobody has merged/],
  ['merged as another commit', pull(merged('ada', 'd')), /merged as another commit/],
  ['by the runner', pull(merged('Pals')), /Pals merged it, and that is who the runner works as/],
  ['by an approver whose token the runner has', pull(), /give the runner an account of its own/, 'ADA'],
  ['by somebody else', pull(merged('eve')), /eve merged it on github, and that is the login of no approver/],
  ['by who asked for it', pull(merged('olga')), /olga asked for the work/],
];
for (const [why, of, said, self] of NO_WORD)
  test(`forge: no approval, ${why}`, () => {
    const judged = judge(request(), commit({ forge: says(of, self) }), record, policyOf('forge'), RUNNER);
    assert.is(judged.counts, false);
    assert.match(judged.counts === false ? judged.why : '', said);
  });

test('forge: what it does not say now decides nothing, and what else is wrong is refused whatever it says', () => {
  const failure = { class: 'forge-unavailable', forge: 'f', problem: 'unreachable', why: 'no answer' } as const;
  const unknown = commit({ forge: { is: 'unknown', failure } });
  const waits = settled(view({ approval: unknown }), policyOf('forge'));
  assert.match(waits.is === 'waits' ? waits.reason : waits.is, /the forge does not say who merged it \(no answer\)/);
  const rider = commit({ forge: says(pull()), changes: [...move, { path: 'README.md', kind: 'modified' }] });
  assert.is(judge(request(), rider, record, policyOf('forge'), RUNNER).counts, false);
  assert.is(
    judge(request(), commit({ asAsked: false, forge: says(pull()) }), record, policyOf('forge'), RUNNER).counts,
    false,
  );
  assert.is(judge(request(), commit(), record, policyOf('forge'), RUNNER).counts, false);
  const byAda = { accepted: { ...record.accepted, actor: 'trigger backlog', onBehalfOf: 'github:ada' } };
  assert.is(judge(request(), commit({ forge: says(pull()) }), byAda, policyOf('forge'), RUNNER).counts, false);
});

test('forge: a record that may name somebody who did not merge is nobody’s word', () => {
  const said = says(pull(), 'pals', 'it takes an address for who merged');
  assert.is(said.is, 'not');
  assert.match(said.is === 'not' ? said.why : '', /ada merged .*, and it takes an address for who merged/);
});

test('a pull request that was closed is a no, and says whose', () => {
  const closed = { url: 'https://forge.example/7', by: 'ada' };
  const end = settled(view({ state: 'pending', asAsked: true, closed }), policyOf('forge'));
  assert.equal(end, { is: 'over', outcome: 'rejected', reason: 'https://forge.example/7 was closed', by: 'ada' });
});

test('whoever closed it said no, unless that was the runner, as whatever it works, or a bot', () => {
  const table: readonly (readonly [string | null, string | null, boolean])[] = [
    ['bob', 'pals', true],
    ['Pals', 'pals', false],
    ['pals', null, true],
    ['pushpals[bot]', null, false],
    ['stale[bot]', 'pals', false],
    [null, 'pals', true],
  ];
  for (const [by, self, means] of table) assert.is(meansNo(by, self), means, `${String(by)} ${String(self)}`);
});

test('a request that is old, changed, fired, or of something else is over', () => {
  const over = (more: Partial<RequestView>): string => {
    const end = settled(view(more));
    return end.is === 'over' ? `${end.outcome}: ${end.reason}` : end.is;
  };
  assert.match(over({ isSound: false }), /^void: its subject is not what it says/);
  assert.match(over({ wasFired: true }), /^void: it was fired before/);
  assert.match(over({ request: request({ order: 'other' }) }), /^void: .* of something else/);
  assert.match(over({ request: request({ run: 'go-2' }) }), /^void: .* of something else/);
  assert.match(over({ request: request({ expires: NOW }) }), /^expired/);
  assert.match(over({ request: request({ subject: { ...subject, policy: 'q' } }) }), /^void: .*changed: policy/);
  assert.match(over({ request: null }), /^void/);
  assert.match(over({ state: 'pending', hasBranch: false, asAsked: true }), /^rejected: the branch .* was deleted/);
  assert.match(over({ state: 'pending' }), /^void: .* was changed/);
  assert.is(over({ state: 'pending', asAsked: true }), 'waits');
  assert.match(over({ state: 'rejected' }), /^rejected/);
});

test('two approvals are asked for one after the other', () => {
  const two = request({ needs: { approvals: 2 } });
  const first = settled(view({ request: two }));
  assert.is(first.is, 'again');
  if (first.is !== 'again') return;
  assert.is(settled(view({ request: first.request })).is, 'again', 'not the same person');
  const bob = commit({
    commit: 'd'.repeat(40),
    author: person('bob'),
    committer: person('bob'),
    signature: { is: 'good', by: 'bob' },
  });
  const second = settled(view({ request: first.request, approval: bob }));
  assert.equal(second.is === 'go' ? second.request.approvals?.map(({ by }) => by) : second.is, ['ada', 'bob']);
});

test('a subject holds part by part, and for another base only with the same diff', () => {
  assert.ok(isSound(request(), sha256));
  assert.not.ok(isSound(request({ subject: { ...subject, tree: 'e'.repeat(40) } }), sha256));
  assert.not.ok(isSound(request({ kind: 'step' }), sha256));
  assert.ok(holdsFor(subject, { ...subject, base: 'x', tree: 'y' }));
  assert.not.ok(holdsFor(subject, { ...subject, diff: 'e' }), 'whatever the digest says');
  assert.not.ok(holdsFor(subject, { ...subject, policy: 'q' }));
  const { diff: _, ...bare } = subject;
  assert.ok(holdsFor(bare, bare));
  assert.not.ok(holdsFor(bare, { ...bare, tree: 'y' }));
  assert.ok(isOf(request(), record));
  assert.equal(Object.keys(asked(request({ approvals: [], refused: [] }))).includes('approvals'), false);
});

const email = fc.constantFrom(
  RUNNER.email,
  'ada@example.org',
  'bob@example.org',
  'olga@example.org',
  'eve@example.org',
);
const who = fc.record({ name: fc.string(), email });
const signature = fc.oneof(
  fc.constant<Signature>({ is: 'none' }),
  fc.constant<Signature>({ is: 'unknown' }),
  fc.constantFrom('ada', 'bob', 'olga', 'eve').map((by): Signature => ({ is: 'good', by })),
);
const anyCommit = fc.record({
  commit: fc.constantFrom('c'.repeat(40), 'd'.repeat(40)),
  author: who,
  committer: who,
  changes: fc.constantFrom(move, [...move, { path: 'x', kind: 'added' }], move.slice(1)),
  asAsked: fc.boolean(),
  signature,
});
const anyView = fc.record({
  state: fc.constantFrom('pending', 'approved', 'fired', 'rejected', null),
  request: fc.constantFrom(request(), request({ needs: { approvals: 2 } }), null),
  asAsked: fc.boolean(),
  hasBranch: fc.boolean(),
  approval: fc.option(anyCommit),
  movedBy: fc.constant(null),
  closed: fc.constant(null),
  isSound: fc.boolean(),
  wasFired: fc.boolean(),
  restored: fc.constant([]),
});
const anyPolicy = fc.constantFrom(policyOf('signature'), policyOf('identity'), policyOf('forge'), policyOf(undefined));

test('property: nothing goes without an approver who is neither the runner nor the author', () => {
  fc.assert(
    fc.property(anyView, anyPolicy, (seen, policy) => {
      const end = settled(seen, policy);
      if (end.is !== 'go') return true;
      const { approval } = seen;
      const by = end.request.approvals?.at(-1)?.by;
      if (approval === null || (by !== 'ada' && by !== 'bob') || !approval.asAsked || approval.changes !== move)
        return false;
      const people = [approval.author.email, approval.committer.email];
      if (people.includes('olga@example.org')) return false;
      // No forge was asked.
      if (policy.verify === 'forge') return false;
      return policy.verify === 'identity'
        ? !people.includes(RUNNER.email) && !people.includes('eve@example.org')
        : approval.signature.is === 'good' && approval.signature.by === by;
    }),
    { numRuns: 5000 },
  );
});

test('property: no sequence of commits of the runner’s own leads to fired', () => {
  const own = anyCommit.map((made) => ({ ...made, author: RUNNER, committer: RUNNER }));
  fc.assert(
    fc.property(fc.array(fc.tuple(anyView, own), { maxLength: 8 }), anyPolicy, (steps, policy) => {
      let now = request({ needs: { approvals: 2 } });
      for (const [seen, approval] of steps) {
        const end = settled({ ...seen, request: seen.request === null ? null : now, approval }, policy);
        if (end.is === 'go') return false;
        if (end.is === 'again') now = end.request;
      }
      return (now.approvals ?? []).length === 0;
    }),
    { numRuns: 2000 },
  );
});

test.run();
