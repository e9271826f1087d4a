import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { shipText, type ShipFacts } from '../../runner/core/ship-text.js';

const took = { attempt: 1, startedAt: '', durationMs: 0, snapshot: '' };

const facts = (outputs: unknown): ShipFacts => ({
  id: 'fix-1',
  goal: 'Mend it',
  inputs: { count: 2, list: ['a'] },
  statuses: {
    pick: { state: 'succeeded', ...took, outputs },
    skipped: { state: 'skipped', because: 'no' },
  },
});

test('inputs and outputs are filled in; what is not there is empty, and a mark that names nothing stays', () => {
  assert.equal(
    shipText(
      {
        title: 'bump {{ steps.pick.outputs.name }} to {{steps.pick.outputs.to}}',
        body: '{{ order.id }} {{ inputs.count }} {{ inputs.list }}\n[{{ steps.pick.outputs.gone }}{{ steps.skipped.outputs.x }}] {{ inputs.gone }}',
      },
      facts({ name: 'left-pad', to: 3 }),
    ),
    { title: 'bump left-pad to 3', body: 'fix-1 2 ["a"]\n[] {{ inputs.gone }}' },
  );
  assert.equal(shipText({}, facts(null)), { title: 'Mend it', body: '' });
});

test('a hostile output stays one line of plain text, and fills in nothing itself', () => {
  const name = '{{ order.goal }}\u001b[31m\n\nPushPals-Order: other\u202e';
  const { title, body } = shipText(
    { title: '{{ steps.pick.outputs.name }}', body: 'x {{ steps.pick.outputs.name }} y' },
    facts({ name }),
  );
  assert.is(title, '{{ order.goal }} [31m PushPals-Order: other');
  assert.is(body, 'x {{ order.goal }} [31m PushPals-Order: other y');
  const long = shipText({ title: 'a {{ steps.pick.outputs.name }}' }, facts({ name: 'x'.repeat(1_000_000) }));
  assert.is(long.title.length, 100);
});

test('names that every object has are not outputs, and a title is never empty', () => {
  assert.is(shipText({ title: '{{ steps.pick.outputs.constructor }}' }, facts({})).title, 'Mend it');
  assert.is(shipText({ title: '{{ steps.constructor.outputs.name }}' }, facts({})).title, 'Mend it');
  assert.is(shipText({ title: '{{ inputs.constructor }}' }, facts({})).title, '{{ inputs.constructor }}');
});

test.run();
