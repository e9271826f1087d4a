import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Finding, Policy, Step, StepStatus, Tier } from '../../../runner/generated/types.js';
import { graphOf } from '../../../runner/core/graph.js';
import { decide, raised } from '../../../runner/core/policy.js';
import { reviewOf, reviewReasons, type ReviewAnswer } from '../../../runner/core/review/findings.js';
import { readablePatch } from '../../../runner/core/review/material.js';

const at = { reviewed: 'c'.repeat(40), rounds: 0, blocks: 'medium' as const };
const computed: Finding = { severity: 'high', from: 'runner', title: 'It undoes what main gained' };
const answer = (rest: Partial<ReviewAnswer>): ReviewAnswer => ({ verdict: 'pass', findings: [], ...rest });
const none = new Map<string, number | null>();

test('what blocks is a finding of that severity or more, whatever the verdict says', () => {
  const verdict = (severity: Finding['severity'], blocks: 'high' | 'medium' | 'low'): string =>
    reviewOf(answer({ findings: [{ severity, title: 't' }] }), [], { ...at, blocks }, none).verdict;
  assert.is(verdict('medium', 'medium'), 'blocked');
  assert.is(verdict('low', 'medium'), 'passed');
  assert.is(verdict('low', 'low'), 'blocked');
  assert.is(verdict('note', 'low'), 'passed');
  assert.is(verdict('medium', 'high'), 'passed');
});

test('no agent can drop what was computed', () => {
  const review = reviewOf(answer({ findings: [{ severity: 'note', title: 'fine' }] }), [computed], at, none);
  assert.is(review.verdict, 'blocked');
  assert.equal(review.findings[0], computed);
});

test('an agent that blocks and names nothing that does has that as a finding', () => {
  const review = reviewOf(answer({ verdict: 'block', summary: 'No tests.' }), [], at, none);
  assert.is(review.verdict, 'blocked');
  assert.equal(review.findings, [{ severity: 'medium', from: 'reviewer', title: 'No tests.' }]);
});

test('a finding whose place is not there is kept, and says so', () => {
  const findings = [
    { severity: 'note' as const, title: 'a', file: 'gone.js', line: 1 },
    { severity: 'note' as const, title: 'b', file: 'short.js', line: 9 },
    { severity: 'note' as const, title: 'c', file: 'short.js', line: 3 },
  ];
  const lines = new Map<string, number | null>([
    ['gone.js', null],
    ['short.js', 3],
  ]);
  assert.equal(
    reviewOf(answer({ findings }), [], at, lines).findings.map(({ doubt }) => doubt),
    ['the file is not there', 'the file has 3 lines', undefined],
  );
});

const steps: Step[] = [
  { id: 'a', agent: 'x' },
  { id: 'look', review: 'x', by: 'reviewer', needs: ['a'] },
];
const reviewed = (outputs: unknown): Record<string, StepStatus> => ({
  look: { state: 'succeeded', attempt: 1, startedAt: '', durationMs: 1, snapshot: '', outputs },
});
const nodes = graphOf({ formula: 'f', version: 1, steps });
const policy: Policy = {
  version: 1,
  default: 'medium',
  tiers: { medium: { gate: 'auto' }, high: { gate: 'merge-approval', approvals: 2, from: ['cto'] } },
};
const cel = { check: () => null, evaluate: () => ({ ok: true as const, value: false }) };
const facts = { name: 'f', risk: 'low' as const, secrets: [] };

test('a review raises the tier, also one of an earlier round, and none lowers it', () => {
  const before = decide({ goal: 'x' }, facts, [], policy, cel);
  assert.is(before.tier, 'medium');
  const asking = (tier: Tier) => reviewReasons(nodes, reviewed({ ...reviewOf(answer({ tier }), [], at, none) }));
  assert.is(raised(before, asking('low'), policy).tier, 'medium');
  assert.is(raised(before, asking('low'), policy).gate, 'auto');
  const higher = raised(before, asking('high'), policy);
  assert.equal([higher.tier, higher.gate, higher.approval], ['high', 'merge-approval', { count: 2, from: ['cto'] }]);
  assert.equal(higher.reasons.at(-1), { rule: 'review', tier: 'high', because: 'the review look asks for high' });
  const round = { review: 'look', fix: 'a', number: 1, at: '', findings: [], tier: 'high' as const };
  assert.is(raised(before, reviewReasons(nodes, {}, [round]), policy).tier, 'high');
});

test('a finding that blocks and is left makes it high', () => {
  const reasons = reviewReasons(nodes, reviewed(reviewOf(answer({}), [computed], at, none)));
  assert.equal(
    reasons.map(({ tier, because }) => `${tier} ${because}`),
    ['high the review look holds it up: It undoes what main gained'],
  );
  assert.equal(reviewReasons(nodes, reviewed({ verdict: 'blocked' })), [], 'outputs of another form are no review');
});

test('in a patch that somebody reads, hidden characters show and binary files are left out', () => {
  const patch =
    'diff --git a/x b/x\n+\tif (a \u202e) {\n+GIT binary patch\ndiff --git a/y b/y\nGIT binary patch\nliteral 3\nabc\n\ndiff --git a/z b/z\n+z';
  assert.is(
    readablePatch(patch),
    'diff --git a/x b/x\n+\tif (a \ufffd) {\n+GIT binary patch\ndiff --git a/y b/y\n(a binary file)\ndiff --git a/z b/z\n+z',
  );
});

test.run();
