import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Bounds } from '../../../runner/core/agents/budget.js';
import { isOverGranted, vouched } from '../../../runner/core/agents/grants.js';
import type { OrderRecord, VaultRequest } from '../../../runner/generated/types.js';

const record = (granted?: Bounds): OrderRecord =>
  ({ id: 'a', ...(granted === undefined ? {} : { granted }) }) as OrderRecord;
const fired = (grant: Bounds, more: Partial<VaultRequest> = {}): VaultRequest =>
  ({ kind: 'budget', order: 'a', grant, ...more }) as VaultRequest;

test('grants count as far as requests were fired for them, whatever the record says', () => {
  const two = [fired({ tokens: 100 }), fired({ tokens: 50, cost: 2 })];
  assert.equal(vouched(record({ tokens: 150 }), two), { tokens: 150 });
  assert.equal(vouched(record({ tokens: 120 }), two).tokens, 120);
  assert.equal(vouched(record({ tokens: 9_999, turns: 7 }), two), { tokens: 150, turns: 0 });
  assert.equal(vouched(record({ tokens: 10 }), [fired({ tokens: 10 }, { order: 'b' })]), { tokens: 0 });
  assert.equal(vouched(record({ tokens: 10 }), [fired({ tokens: 10 }, { kind: 'merge' })]), { tokens: 0 });
});

test('a record is over-granted where it says more of anything than was approved', () => {
  assert.not.ok(isOverGranted(record(), []));
  assert.not.ok(isOverGranted(record({ tokens: 0 }), []));
  assert.not.ok(isOverGranted(record({ tokens: 100 }), [fired({ tokens: 100 })]));
  assert.ok(isOverGranted(record({ tokens: 101 }), [fired({ tokens: 100 })]));
  assert.ok(isOverGranted(record({ tokens: 100, turns: 1 }), [fired({ tokens: 100 })]));
});

test.run();
