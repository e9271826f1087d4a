import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withoutCiMarks } from '../../runner/core/ci-marks.js';
import { shipText } from '../../runner/core/ship-text.js';

test('nothing that others wrote has CI skip a commit, and the words stay', () => {
  for (const mark of ['skip ci', 'ci skip', 'no ci', 'skip actions', 'actions skip', ' Skip CI ', 'ci-skip', 'skip-ci'])
    assert.is(withoutCiMarks(`fix: x [${mark}] y`), `fix: x (${mark.trim()}) y`);
  assert.is(withoutCiMarks('***NO_CI*** a'), 'NO_CI a');
  assert.is(withoutCiMarks('skip-checks: true'), 'skip checks: true');
  assert.is(withoutCiMarks('[skipping] [no] [ci] a[0]'), '[skipping] [no] [ci] a[0]');
});

test('a formula may say it of its own results; an order, an input or an output may not', () => {
  const facts = { id: 'a', goal: 'Do it [skip ci]', inputs: { x: '[no ci]' }, statuses: {} };
  assert.is(shipText({}, facts).title, 'Do it (skip ci)');
  assert.equal(shipText({ title: '{{ inputs.x }} docs [skip ci]', body: '{{ order.goal }}' }, facts), {
    title: '(no ci) docs [skip ci]',
    body: 'Do it (skip ci)',
  });
});

test.run();
