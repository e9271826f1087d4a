// one Node: what git merges
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rebase } from '../../../runner/app/run/rebase.js';
import { graphOf } from '../../../runner/core/graph.js';
import type { CommitId } from '../../../runner/core/ids.js';
import type { RunRecord, Step, StepStatus } from '../../../runner/generated/types.js';
import { NOON, withRepository } from '../../git-repository.js';

const STEPS: Step[] = [
  { id: 'fix', agent: 'Fix it.' },
  { id: 'trim', run: 'x', needs: ['fix'] },
  { id: 'note', run: 'x', needs: ['fix'] },
  { id: 'look', review: 'Look.', by: 'reviewer', fix: 'fix', needs: ['trim', 'note'] },
  { id: 'ship', ship: {} },
];

test('steps that went on from one commit do so on another base as well: what one took back, the other does not bring back', () =>
  withRepository(async ({ repository, git, commit }) => {
    const text = 'one\ntwo\nthree\n';
    const base = commit({ 'a.txt': text });
    const step = (from: string, files: Readonly<Record<string, string>>): CommitId => {
      git('checkout', '-q', '--detach', from);
      return commit(files);
    };
    const before = step(base, { 'a.txt': `${text}wrong\n` });
    // A second round starts from what the first one came to.
    const fix = step(before, { 'a.txt': `${text}right\nsuperfluous\n` });
    const trim = step(fix, { 'a.txt': `${text}right\n` });
    const note = step(fix, { 'b.txt': 'why\n' });
    const now = step(base, { 'c.txt': 'new\n' });
    const done = (snapshot: string): StepStatus => ({
      ...{ state: 'succeeded', attempt: 1, startedAt: NOON, durationMs: 1 },
      snapshot,
    });
    const run: RunRecord = {
      ...{ id: 'go-1', attempt: 1, claimedAt: NOON, leaseUntil: NOON, formula: 'mend', formulaDigest: 'd' },
      claimant: { host: 'here', pid: 1, startedAt: NOON, boot: 'b' },
      driver: 'host',
      base,
      steps: {
        fix: done(fix),
        trim: done(trim),
        note: done(note),
        look: { state: 'pending' },
        ship: { state: 'pending' },
      },
      rounds: [{ review: 'look', fix: 'fix', number: 1, at: NOON, snapshot: before, findings: [] }],
    };
    const nodes = graphOf({ formula: 'mend', version: 1, agent: 'worker', steps: STEPS });
    const rebuilt = await rebase({ repository }, nodes, run, now);
    assert.ok(rebuilt.ok);
    if (!rebuilt.ok) return;
    const { steps, rounds } = rebuilt.value;
    const at = (key: string): CommitId => {
      const status = steps[key];
      return (status?.state === 'succeeded' ? status.snapshot : '') as CommitId;
    };
    const merged = await repository.mergeTrees(at('trim'), at('note'));
    assert.ok(merged.ok);
    const show = (path: string): string => (merged.ok ? git('show', `${merged.value}:${path}`) : '');
    assert.equal([show('a.txt'), show('b.txt'), show('c.txt')], [`${text}right`, 'why', 'new']);
    assert.is(git('merge-base', at('trim'), at('note')), at('fix'));
    assert.is(git('rev-parse', `${at('fix')}^`), rounds?.[0]?.snapshot);
    assert.is(git('rev-parse', `${at('fix')}~2`), now);
    // Asked again, as after a crash, it comes to the same.
    const again = await rebase({ repository }, nodes, run, now);
    assert.equal(again.ok && again.value, rebuilt.value);
  }));

test.run();
