import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formats } from '../../../runner/adapters/formats.js';
import type { Clock } from '../../../runner/app/ports/machine.js';
import { chainOfCommit } from '../../../runner/app/triggers/happenings.js';
import type { CommitId, Instant } from '../../../runner/core/ids.js';
import { withRepository } from '../../git-repository.js';

const RECORD = `id: fix
order: { goal: Fix it }
formula: f
dedupe: fix
accepted: { at: '2026-10-31T23:00:00.000Z', from: trigger, digest: '', actor: ada, chain: 4 }
attempts: 1
ended: { at: '2026-10-31T23:59:59.000Z', outcome: shipped, branch: pushpals/fix }
`;

test('how many triggers led to a result is known in the month in which its order ended, and in the next', () =>
  withRepository(async ({ git, commit, repository }) => {
    assert.ok(formats.record('done/2026/10/fix.yml', Buffer.from(RECORD)).ok);
    const result = commit({ 'src/a.txt': 'two\n' });
    git('commit', '--quiet', '--amend', '--message=Fix it\n\nPushPals-Order: fix');
    const shipped = git('rev-parse', 'HEAD') as CommitId;
    const tip = commit({ 'done/2026/10/fix.yml': RECORD });
    const at = (now: string, commitId = shipped): Promise<number | null> => {
      const clock: Pick<Clock, 'now'> = { now: () => now as Instant };
      return chainOfCommit({ repository, formats, clock: clock as Clock }, { tip, live: [] }, commitId);
    };
    assert.is(await at('2026-10-31T23:59:59.500Z'), 4);
    assert.is(await at('2026-11-01T00:00:10.000Z'), 4, 'the month has turned');
    assert.is(await at('2027-01-01T00:00:00.000Z'), 0);
    assert.is(await at('2026-11-01T00:00:10.000Z', result), null, 'nobody’s result');
  }));

test.run();
