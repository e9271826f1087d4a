import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Agent } from '../../../runner/generated/types.js';
import { mayExecute } from '../../../runner/core/agents/exec-allow.js';
import { compacted } from '../../../runner/core/agents/compaction.js';
import { asText, charsOf } from '../../../runner/core/agents/history.js';
import type { Message } from '../../../runner/core/agents/message.js';
import { actionText, parseActions } from '../../../runner/core/agents/text-actions.js';
import { bounded, listing, numbered, replacedOnce } from '../../../runner/core/agents/tool-results.js';
import { execScript } from '../../../runner/core/agents/tool-scripts.js';
import { toolSpecs } from '../../../runner/core/agents/tools.js';
import { TranscriptLines } from '../../../runner/core/agents/transcript.js';
import { untrusted } from '../../../runner/core/agents/untrusted.js';
import { HeadAndTail } from '../../../runner/core/head-and-tail.js';

const ALLOW = ['npm test*', 'node *', 'git diff*', 'make', 'a*b*c'];

const COMMANDS: readonly (readonly [readonly string[], boolean])[] = [
  [['npm', 'test'], true],
  [['npm', 'test:unit', '--', 'x'], true],
  [['npm', 'test', '&&', 'rm', '-rf', '/'], true],
  [['npm', 'run', 'test'], false],
  [['npm'], false],
  [['npm test'], false],
  [['npm test && rm'], false],
  [['node'], true],
  [['node', 'x.js'], true],
  [['nodejs', 'x.js'], false],
  [['git', '-c', 'core.pager=x', 'diff'], false],
  [['git', 'diff', '--stat'], true],
  [['make'], true],
  [['make', 'all'], false],
  [['make\nrm'], false],
  [['aXbYc'], true],
  [['aXcYb'], false],
  [['ab'], false],
  [[''], false],
  [[], false],
  [['-c', 'x'], false],
  [['node', 'a\0b'], false],
];

const matches = (text: unknown, wanted: RegExp): void => {
  assert.match(String(text), wanted);
};

test('the roles that come along may ask git what was, and have it run nothing', () => {
  for (const name of readdirSync('agents').filter((file) => file.endsWith('.yml'))) {
    const { exec } = parse(readFileSync(join('agents', name), 'utf8')) as Agent;
    const allow = exec?.allow ?? [];
    if (allow.length === 0) continue;
    assert.ok(mayExecute(['git', 'diff'], allow) && mayExecute(['git', 'log', '-1', '--stat'], allow), name);
    assert.not.ok(mayExecute(['git', 'difftool', '-y', '-x', 'sh -c id'], allow), name);
    assert.not.ok(mayExecute(['git', 'shortlog', '-c', 'x'], allow), name);
  }
});

test('a command is allowed argument by argument, and nothing else is', () => {
  for (const [argv, isAllowed] of COMMANDS) assert.is(mayExecute(argv, ALLOW), isAllowed, JSON.stringify(argv));
  assert.not(mayExecute(['make'], []));
  assert.not(mayExecute(['make'], ['', ' ']));
  assert.not(mayExecute(['-x'], ['*']));
});

test('an argument is a quoted word of the script, whatever is in it', () => {
  assert.is(execScript(["it's", '$(x)\n`y`']), "set -- 'it'\\''s' '$(x)\n`y`'\nexec \"$@\" </dev/null\n");
});

const SPECS = toolSpecs({ agent: 'a', exec: { allow: ['x'] } }, { readOnly: false, remembers: false }, undefined);
const TEXT = fc.string({
  unit: fc.constantFrom('a', '\n', '"', 'END', 'ENDX', '<', ' ', 'ACTION read', '```', '\r', 'ä', ':'),
});

test('an action holds any text, and is read as it was written', () => {
  fc.assert(
    fc.property(TEXT, TEXT, TEXT, (path, content, thought) => {
      const call = { id: 't-1', name: 'write', arguments: { ok: true, value: { path, content } } } as const;
      const prose = thought.replaceAll('ACTION', 'action');
      const read = parseActions(`${prose}\n${actionText(call)}`, SPECS, 't');
      assert.ok(read.ok, JSON.stringify(read));
      assert.equal(read.value.calls, [call]);
    }),
  );
});

test('lists, numbers and several actions are read; what cannot be is named', () => {
  const answer = 'ACTION exec\ncommand: ["x", "y z"]\nseconds: 3\n\n```\nACTION read\npath: "a b"\n```';
  const read = parseActions(answer, SPECS, 't');
  assert.ok(read.ok);
  assert.equal(
    read.value.calls.map(({ id, arguments: given }) => [id, given.ok && given.value]),
    [
      ['t-1', { command: ['x', 'y z'], seconds: 3 }],
      ['t-2', { path: 'a b' }],
    ],
  );
  const faults = [
    ['ACTION write\npath: a\ncontent: <<END\nx', /no end: there is no line that is only END/],
    ['ACTION read\npath: a\nThat reads it.', /Line 3 of your answer/],
    ['ACTION read\npath: a\npath: b', /there twice/],
  ] as const;
  for (const [text, wanted] of faults) {
    const read = parseActions(text, SPECS, 't');
    matches(read.ok ? '' : read.failure, wanted);
  }
});

test('text cannot hold the marks that it stands between', () => {
  const digest = (text: string): string => (text.startsWith('what\n') ? 'aaaaaaaaaaaa' : 'bbbbbbbbbbbb');
  assert.is(untrusted('what', 'x', digest), '<<untrusted aaaaaaaaaaaa: what\nx\nuntrusted aaaaaaaaaaaa>>');
  matches(untrusted('what', 'untrusted aaaaaaaaaaaa>>', digest), /^<<untrusted bbbbbbbbbbbb: /);
});

test('a text is replaced where it stands once', () => {
  assert.equal(replacedOnce('a$1b', '$1', '$&'), { ok: true, value: 'a$&b' });
  assert.not(replacedOnce('aaa', 'aa', 'b').ok);
  assert.not(replacedOnce('a', 'a', 'a').ok);
  assert.not(replacedOnce('', 'a', '').ok);
});

test('files and lines are shown within bounds', () => {
  assert.is(numbered('a\nb\n', 2), '2\tb\n[lines 2 to 2 of 2]');
  assert.is(numbered('a'), '1\ta');
  matches(numbered('a', 5), /no line 5/);
  const many = Array.from({ length: 400 }, (_, index) => `./src/${String(index)}/x`);
  matches(listing([...many, './top'], ''), /^401 files.*\nsrc\/ \(400 files\)\ntop$/s);
  matches(listing(many, 'src'), /src\/0\/ \(1 files\).*\[100 entries more\]$/s);
  assert.is(bounded('0123456789', 4), '01\n[6 characters are cut out here]\n89');
});

test('the head and the tail of a stream are kept, wherever its chunks end', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 9 })), (chunks) => {
      const ascii = chunks.map((chunk) => chunk.map((byte) => 97 + (byte % 26)));
      const kept = new HeadAndTail(4, 5);
      for (const chunk of ascii) kept.write(chunk);
      const all = Buffer.concat(ascii).toString();
      const cut = `${all.slice(0, 4)}\n[${String(all.length - 9)} bytes are cut out here]\n${all.slice(-5)}`;
      assert.is(kept.text(), all.length <= 9 ? all : cut);
    }),
  );
});

/** Turns that each read a file. */
const turns = (count: number, chars: number): readonly Message[] => [
  { role: 'system', text: 'rules' },
  { role: 'user', text: 'task' },
  ...Array.from({ length: count }, (_, turn): readonly Message[] => {
    const id = String(turn);
    return [
      {
        role: 'assistant',
        text: 'I look.',
        calls: [{ id, name: 'read', arguments: { ok: true, value: { path: 'a' } } }],
      },
      { role: 'tool', call: id, name: 'read', text: 'x'.repeat(chars) },
    ];
  }).flat(),
];

test('a history is made shorter from its oldest results on, and no answer is parted from them', () => {
  const long = turns(10, 1000);
  assert.is(compacted(long, 100_000, 0), long);
  const shorter = compacted(long, 12_000, 0);
  assert.ok(charsOf(shorter) <= 6000);
  assert.equal(shorter.slice(0, 3), long.slice(0, 3));
  matches(shorter[3]?.text, /^\[1000 characters of what read answered are cut/);
  assert.is(shorter.at(-1), long.at(-1));
  assert.equal(compacted(long, 12_000, 0), shorter);
  const tiny = compacted(turns(60, 10), 2000, 0);
  assert.ok(charsOf(tiny) <= 1000, String(charsOf(tiny)));
  assert.equal(
    tiny.slice(0, 3).map(({ role }) => role),
    ['system', 'user', 'assistant'],
  );
});

test('a conversation is told as text with the sides taking turns', () => {
  const [system, ...rest] = asText(turns(2, 3), SPECS);
  matches(system?.text, /ACTION write/);
  assert.equal(
    rest.map(({ role }) => role),
    ['user', 'assistant', 'user', 'assistant', 'user'],
  );
  assert.is(rest[1]?.text, 'I look.\n\nACTION read\npath: a');
});

test('a transcript keeps its first and last lines, and says what is cut', () => {
  const lines = new TranscriptLines();
  for (let turn = 0; turn < 2000; turn += 1)
    lines.add({ at: 't', type: 'note', text: `${String(turn)} ${'x'.repeat(1000)}` });
  const read = lines
    .text()
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text);
  matches(read[0], /^0 /);
  matches(read.at(-1), /^1999 /);
  assert.is(read.filter((text) => text.endsWith('entries are cut out here')).length, 1);
  assert.ok(lines.text().length < 1_100_000);
});

test.run();
