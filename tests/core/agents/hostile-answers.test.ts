import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonAnswer } from '../../../runner/core/agents/json-answer.js';
import { parseActions } from '../../../runner/core/agents/text-actions.js';
import { replacedOnce } from '../../../runner/core/agents/tool-results.js';
import { chooseLessons } from '../../../runner/core/knowledge/choose.js';

/** Each of these took minutes or more before it was bounded; the deadline of the file is what would tell. */
const MANY = 200_000;

test('JSON in a fence is read, and a fence of nothing but line breaks is none', () => {
  assert.equal(jsonAnswer('\n```json\n{"a": 1}\n```\n'), { a: 1 });
  assert.equal(jsonAnswer('```\n[1]\n```'), [1]);
  assert.is(jsonAnswer('null'), null);
  assert.is(jsonAnswer('```sh\n{}\n```'), undefined);
  assert.is(jsonAnswer('```'), undefined);
  assert.is(jsonAnswer(`\`\`\`${'\n'.repeat(MANY)}x`), undefined);
  assert.is(jsonAnswer(`\`\`\`${' \n'.repeat(MANY)}\`\`\``), undefined);
});

test('more actions than any answer means are refused, and many texts of several lines are read', () => {
  const spec = { name: 'write', description: '', parameters: { type: 'object', properties: {} } };
  const many = parseActions('ACTION write\n'.repeat(MANY), [spec], 'c');
  assert.match(many.ok ? 'ok' : many.failure, /at most 200 actions/);
  const lines = Array.from({ length: 150 }, (_, index) => `k${String(index)}: <<A\n${'x\n'.repeat(500)}A`);
  const read = parseActions(`ACTION write\n${lines.join('\n')}`, [spec], 'c');
  assert.is(read.ok && read.value.calls.length, 1, JSON.stringify(read).slice(0, 200));
});

test('a text that stands in a file without end is told from one that stands there once', () => {
  const found = replacedOnce('a'.repeat(2_000_000), 'a'.repeat(20_000), 'b');
  assert.match(found.ok ? 'ok' : found.failure, /more than 10 times.*and others/);
  const almost = replacedOnce('a\n'.repeat(500_000), `${'a\n'.repeat(5000)}b`, 'c');
  assert.match(almost.ok ? 'ok' : almost.failure, /does not stand there\. Read the file again/);
});

test('an order of nothing but dots does not hold up the choice of lessons', () => {
  const lessons = Array.from({ length: 300 }, (_, index) => ({
    lesson: { lesson: `l-${String(index)}`, title: 't', paths: ['docs/**'] } as never,
    text: 'x',
  }));
  const words = `${'.'.repeat(19_999)}a docs/guide.md,`;
  assert.is(chooseLessons(lessons, { scope: ['src/**'], changed: [], words: `docs/guide.md, ${words}` }).length, 10);
  assert.is(chooseLessons(lessons, { scope: ['src/**'], changed: [], words }).length, 0, 'what is cut is not read');
});

test.run();
