import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ofRun } from '../../runner/adapters/forge/github/answers.js';

const stateOf = (status: string, conclusion: string | null): string =>
  ofRun({ name: 'ci', status, conclusion, html_url: null, output: null }, true).state;

test('what came of a check on GitHub: only what looked at the code and found fault with it has failed', () => {
  const states = {
    ...{ success: 'success', neutral: 'success', skipped: 'skipped', failure: 'failure', action_required: 'pending' },
    ...{ cancelled: 'cancelled', stale: 'cancelled', timed_out: 'cancelled', startup_failure: 'cancelled' },
    'something new': 'failure',
  };
  for (const [conclusion, state] of Object.entries(states))
    assert.is(stateOf('completed', conclusion), state, conclusion);
  assert.is(stateOf('in_progress', null), 'pending');
  assert.is(stateOf('completed', null), 'failure');
});

test.run();
