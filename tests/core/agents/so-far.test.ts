import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Message, ToolCall } from '../../../runner/core/agents/message.js';
import { talkSoFar } from '../../../runner/core/agents/so-far.js';
import { transcriptLine, type TranscriptEntry } from '../../../runner/core/agents/transcript.js';

const at = '2026-11-21T12:00:00.000Z';
const usage = { turns: 1, inputTokens: 1, outputTokens: 1, costUsd: 0 };
const begin = (more: object = {}): TranscriptEntry => ({
  ...{ at, type: 'begin', step: 'fix', attempt: 1, agent: 'mender', by: { command: ['sh'] }, budget: {}, read: [] },
  ...more,
});
const goesOn = begin({ goesOn: true });
const call = (id: string, name = 'read'): ToolCall => ({ id, name, arguments: { ok: true, value: { path: id } } });
const answer = (text: string, ...calls: ToolCall[]): TranscriptEntry => ({
  ...{ at, type: 'answer', turn: 1, text, calls, usage, end: 'stop', ms: 0 },
});
const result = (id: string, text = `of ${id}`): TranscriptEntry => ({
  ...{ at, type: 'result', turn: 1, call: id, name: 'read', ok: true, text, ms: 0 },
});
const end: TranscriptEntry = { at, type: 'end', outcome: 'budget-exhausted', usage };
const told: TranscriptEntry = { at, type: 'message', message: { role: 'user', text: 'the task' } };

const shown = (...entries: TranscriptEntry[]): readonly string[] | null =>
  talkSoFar(entries.map(transcriptLine).join(''))?.messages.map(text) ?? null;
const text = (message: Message): string =>
  message.role === 'tool' ? `${message.call}: ${message.text}` : `${message.role} ${message.text}`;

test('a conversation is gone on with as it was, without what it began with', () => {
  const talk = talkSoFar(
    [begin(), told, answer('one', call('a')), result('a'), answer('two', call('b')), result('b'), end]
      .map(transcriptLine)
      .join(''),
  );
  assert.is(talk?.turns, 2);
  assert.equal(talk?.messages, [
    { role: 'assistant', text: 'one', calls: [call('a')] },
    { role: 'tool', call: 'a', name: 'read', text: 'of a' },
    { role: 'assistant', text: 'two', calls: [call('b')] },
    { role: 'tool', call: 'b', name: 'read', text: 'of b' },
  ]);
});

test('each call has a result, and the sides take turns', () => {
  const notDone = 'Not done: you were interrupted before.';
  assert.equal(shown(begin(), answer('', call('a'), call('b')), result('a'), end), [
    'assistant ',
    'a: of a',
    `b: ${notDone}`,
  ]);
  assert.equal(shown(begin(), answer('one'), answer(''), answer('two'), end), [
    'assistant one',
    'user Go on.',
    'assistant two',
  ]);
  // What answers a call that was cut out of the transcript, or made up, is left out.
  assert.equal(shown(begin(), result('z'), answer('one', call('a')), result('z'), result('a'), result('a'), end), [
    'assistant one',
    'a: of a',
  ]);
});

test('sittings that go on follow each other, a new conversation stands alone, and what a dead runner did is gone', () => {
  const first = [begin(), told, answer('one', call('a')), end];
  assert.equal(shown(...first, goesOn, told, answer('two'), end), [
    'assistant one',
    'a: Not done: you were interrupted before.',
    'assistant two',
  ]);
  assert.equal(shown(...first, begin(), answer('two'), end), ['assistant two']);
  assert.equal(shown(...first, goesOn, answer('lost'), goesOn, answer('two'), end), [
    'assistant one',
    'a: Not done: you were interrupted before.',
    'assistant two',
  ]);
  assert.is(shown(begin(), answer('lost')), null);
  assert.is(talkSoFar(''), null);
  assert.is(talkSoFar('no JSON\n{"type":"answer"}\n'), null);
});

test.run();
