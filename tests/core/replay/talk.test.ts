import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { recordedTalk, sittingsOf, talkDifference, type Talk } from '../../../runner/core/replay/talk.js';

const usage = { turns: 1, inputTokens: 10, outputTokens: 2, costUsd: 0 };
const by = {
  name: 'default',
  provider: 'ollama',
  model: 'm',
  temperature: 0,
  seed: 1,
  contextTokens: 9,
  calls: 'native',
};
const BEGIN = { type: 'begin', step: 'fix', attempt: 1, agent: 'a', by, budget: {}, read: [] };
const ask = (text: string): object => ({ type: 'message', message: { role: 'user', text } });
const answer = (text: string): object => ({ type: 'answer', turn: 1, text, calls: [], usage, end: 'stop', ms: 5 });
const result = (name: string, text: string): object => ({
  ...{ type: 'result', turn: 1, call: 'c', name, ok: true, text, ms: 7 },
});
const END = { type: 'end', outcome: 'submitted', usage };
const ndjson = (...entries: readonly object[]): string =>
  entries.map((entry, index) => `${JSON.stringify({ at: String(index), ...entry })}\n`).join('');

function talk(...entries: readonly object[]): Talk {
  const read = recordedTalk(ndjson(BEGIN, ...entries, END));
  if (!read.ok) throw new Error(read.failure);
  return read.value;
}

for (const [what, text, why] of [
  ['none', null, /not in the record/],
  ['one that is cut', ndjson(BEGIN, { type: 'note', text: '12 entries are cut out here' }, END), /not whole/],
  ['one without an end', ndjson(BEGIN, ask('a')), /not whole/],
  ['two conversations in one', ndjson(BEGIN, BEGIN, END), /not whole/],
  [
    'one that was interrupted',
    ndjson(BEGIN, { ...END, outcome: 'model-unavailable: x' }, BEGIN, END),
    /2 sittings, and was/,
  ],
  ['two models', ndjson(BEGIN, END, { ...BEGIN, by: { ...by, model: 'n' } }, END), /more than one/],
  ['another model in the middle', ndjson(BEGIN, { type: 'note', text: 'going on with b: m' }, END), /more than one/],
  ['a command', ndjson({ ...BEGIN, by: { command: ['claude'] } }, END), /--live/],
  ['a line that is nothing', `${ndjson(BEGIN)}oops\n${ndjson(END)}`, /line 2 of its transcript/],
] as const)
  test(`a transcript that cannot be said again: ${what}`, () => {
    const read = recordedTalk(text);
    assert.match(read.ok ? 'ok' : read.failure, why);
  });

test('one that sat down to a step again is had again as often, and as often as a review sent the run back', () => {
  const twice = ndjson(BEGIN, answer('one'), END, BEGIN, answer('two'), END);
  const read = recordedTalk(twice, 2);
  assert.equal(read.ok && read.value.answers.map(({ text }) => text), ['one', 'two']);
  const lost = recordedTalk(ndjson(BEGIN, answer('two'), END), 2);
  assert.match(lost.ok ? 'ok' : lost.failure, /not whole/);
  const rounds = [{ review: 'look', fix: 'fix' }];
  assert.equal(
    ['look', 'fix', 'other'].map((step) => sittingsOf(rounds, step)),
    [1, 2, 1],
  );
});

test('what a reviewer is shown of what programs printed makes no difference; how they ended does', () => {
  const shown = (mark: string, state: string, printed: string): object =>
    ask(
      `Look.\n<<untrusted ${mark.repeat(12)}: what the steps came to\nverify (check): ${state}\n    ${printed}\nuntrusted ${mark.repeat(12)}>>\nEnd.`,
    );
  const was = talk(shown('a', 'succeeded', '3 passed in 12 ms'));
  assert.is(talkDifference('look', was, ndjson(BEGIN, shown('b', 'succeeded', '3 passed in 9 ms'), END)), null);
  const other = talkDifference('look', was, ndjson(BEGIN, shown('b', 'failed', '3 passed in 12 ms'), END));
  assert.match(other?.replayed ?? '', /verify \(check\): failed/);
});

test('the same conversation is the same, whatever it took, and whatever a program printed', () => {
  const was = talk(ask('Mend it.'), answer('I look.'), result('exec', '[exit code 0]\n3 passed in 12 ms'));
  const now = [ask('Mend it.'), { ...answer('I look.'), ms: 900 }, result('exec', '[exit code 0]\n3 passed in 9 ms')];
  assert.is(talkDifference('fix', was, ndjson(BEGIN, ...now, END)), null);
});

test('the first thing that was said otherwise is shown from the line on in which it differs', () => {
  const was = talk(ask('# Task\nMend it.'), result('exec', '[exit code 0]'));
  const asked = talkDifference('fix', was, ndjson(BEGIN, ask('# Task\nLeave it.'), END));
  assert.equal(asked, {
    ...{ step: 'fix', what: 'conversation' },
    ...{ recorded: 'user: # Task … line 2: Mend it.', replayed: 'user: # Task … line 2: Leave it.' },
  });
  const ended = talkDifference(
    'fix',
    was,
    ndjson(BEGIN, ask('# Task\nMend it.'), result('exec', '[exit code 1]'), END),
  );
  assert.is(ended?.replayed, 'exec worked: [exit code 1]');
  const less = talkDifference('fix', was, ndjson(BEGIN, ask('# Task\nMend it.')));
  assert.is(less?.replayed, 'nothing more');
});

test.run();
