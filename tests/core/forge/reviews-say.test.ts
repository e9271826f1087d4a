import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Review } from '../../../runner/core/forge/pull-request.js';
import { reviewsSay } from '../../../runner/core/forge/reviews-say.js';
import type { Instant } from '../../../runner/core/ids.js';

const review = (by: string, state: Review['state'], byMayWrite = true): Review => ({
  ...{ id: `${by} ${state}`, by, byMayWrite, state, commit: null, at: '2026-11-20T12:00:00.000Z' as Instant },
  ...{ body: '', comments: [] },
});

test('the last word of each who may write counts, and a comment takes none back', () => {
  assert.is(reviewsSay([]), null);
  assert.is(reviewsSay([review('eve', 'changes-requested', false)]), null);
  assert.is(reviewsSay([review('ada', 'changes-requested'), review('ada', 'commented')]), 'ada asked for changes');
  assert.is(reviewsSay([review('ada', 'changes-requested'), review('ada', 'approved')]), null);
  assert.is(
    reviewsSay([review('ada', 'changes-requested'), review('bob', 'approved'), review('cleo', 'changes-requested')]),
    'ada and 1 more asked for changes',
  );
  assert.is(reviewsSay([review('a\u202eb\u0000', 'changes-requested')]), 'ab asked for changes');
});

test.run();
