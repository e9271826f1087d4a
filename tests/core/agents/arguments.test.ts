import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callArguments } from '../../../runner/core/agents/arguments.js';

test('an object, and JSON of one, are arguments', () => {
  assert.equal(callArguments({ path: 'a' }), { ok: true, value: { path: 'a' } });
  assert.equal(callArguments('{"path":"a","list":[1,{"b":null}]}'), {
    ok: true,
    value: { path: 'a', list: [1, { b: null }] },
  });
  assert.equal(callArguments('{}'), { ok: true, value: {} });
});

test('anything else is kept as text', () => {
  assert.equal(callArguments('rm -rf'), { ok: false, text: 'rm -rf' });
  assert.equal(callArguments('{"path": "a"'), { ok: false, text: '{"path": "a"' });
  assert.equal(callArguments('[1]'), { ok: false, text: '[1]' });
  assert.equal(callArguments([1]), { ok: false, text: '[1]' });
  assert.equal(callArguments(null), { ok: false, text: 'null' });
  assert.equal(callArguments(undefined), { ok: false, text: 'null' });
  assert.equal(callArguments('null'), { ok: false, text: 'null' });
});

test('what could change the objects of the program is no argument, however it is spelt', () => {
  for (const hostile of ['{"__proto__":{"a":1}}', '{"a":[{"\\u005f_proto__":1}]}'])
    assert.equal(callArguments(hostile), { ok: false, text: hostile });
  assert.is(callArguments(JSON.parse('{"a":{"__proto__":1}}')).ok, false);
});

test('nothing that is nested endlessly, and nothing long, is kept', () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  const kept = callArguments(deep);
  assert.is(kept.ok, false);
  if (!kept.ok) assert.is(kept.text.length, 4096);
  assert.equal(callArguments(JSON.parse(deep)), { ok: false, text: 'it nests deeper than 64 levels' });
});

test.run();
