import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checksSay } from '../../../runner/core/forge/checks-say.js';
import type { Check } from '../../../runner/core/forge/pull-request.js';

const check = (name: string, state: Check['state'], isRequired = false): Check => ({
  ...{ name, state, isRequired, url: '', summary: '' },
});

test('what the rules ask for counts, and where they ask for nothing all that is there does', () => {
  assert.is(checksSay([]), 'no check on the forge has passed on it yet');
  assert.is(checksSay([check('a', 'skipped')]), 'no check on the forge has passed on it yet');
  assert.is(checksSay([check('a', 'success'), check('b', 'skipped')]), null);
  assert.is(checksSay([check('a', 'success', true), check('b', 'failure')]), null);
  assert.is(checksSay([check('a', 'pending', true), check('b', 'success')]), 'its checks are under way (a)');
  assert.is(checksSay([check('a', 'success'), check('b', 'pending')]), 'its checks are under way (b)');
  assert.is(
    checksSay([check('a', 'failure', true), check('b\u001b\u202e', 'cancelled', true), check('c', 'pending', true)]),
    'its checks have not passed (a, b)',
  );
  const many = Array.from({ length: 7 }, (_, at) => check(`c${String(at)}`, 'failure'));
  assert.is(checksSay(many), 'its checks have not passed (c0, c1, c2, c3, c4 and 2 more)');
  assert.ok((checksSay([check('x'.repeat(10_000), 'failure')]) ?? '').length < 200);
});

test.run();
