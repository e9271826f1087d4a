import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as fc from 'fast-check';
import type { AgentEvent, EventReader } from '../../../../runner/core/agents/events/event.js';
import { Lines } from '../../../../runner/core/agents/events/lines.js';
import { readerOf } from '../../../../runner/core/agents/events/readers.js';

const KINDS = ['claude', 'codex', 'aider', 'goose', 'openhands'] as const;
type Kind = (typeof KINDS)[number];

const FILES: Readonly<Record<Kind, string>> = {
  claude: 'claude.ndjson',
  codex: 'codex.ndjson',
  aider: 'aider.txt',
  goose: 'goose.ndjson',
  openhands: 'openhands.txt',
};

/** What a reader makes of a text that comes in pieces of some length. */
function read(reader: EventReader, text: string, piece = 7): readonly AgentEvent[] {
  const [lines, bytes, events] = [new Lines(), Buffer.from(text), [] as AgentEvent[]];
  for (let from = 0; from < bytes.length; from += piece)
    for (const line of lines.write(bytes.subarray(from, from + piece))) events.push(...reader.read(line));
  for (const line of lines.end()) events.push(...reader.read(line));
  return [...events, ...reader.end()];
}

const recorded = (kind: Kind): string => readFileSync(`tests/agents/recorded/${FILES[kind]}`, 'utf8');

/** Events in a word each, as a reader of the transcript would tell them. */
const told = (events: readonly AgentEvent[]): readonly string[] =>
  events.map((event) => {
    if (event.type === 'answer')
      return [
        `answer ${event.text}`,
        ...event.calls.map(
          ({ id, name, arguments: given }) => `${id} ${name} ${JSON.stringify(given.ok ? given.value : given.text)}`,
        ),
      ].join(' | ');
    if (event.type === 'result') return `result ${event.call} ${event.name} ${String(event.ok)} ${event.text}`;
    return event.type === 'end' ? `end ${String(event.ok)} ${event.text}` : `note ${event.text}`;
  });

test('claude: messages, calls, results and the usage of the whole run', () => {
  const reader = readerOf('claude');
  assert.equal(told(read(reader, recorded('claude'))), [
    'answer I look at the code first.',
    'answer  | toolu_01 Read {"file_path":"/workspace/src/total.sh"}',
    'result toolu_01 Read true      1\techo $(($1 - $2))\n',
    'answer  | toolu_02 Edit {"file_path":"/workspace/src/total.sh","old_string":"$1 - $2","new_string":"$1 + $2"}',
    'result toolu_02 Edit true The file /workspace/src/total.sh has been updated.',
    'answer The sum adds again.',
    'end true The sum adds again.',
  ]);
  assert.equal(reader.used, { turns: 3, inputTokens: 37_365, outputTokens: 174, costUsd: 0.0214 });
});

test('claude: what is used is known before the end, and the parts of one message are counted once', () => {
  const reader = readerOf('claude');
  read(reader, recorded('claude').split('\n').slice(0, 4).join('\n'));
  assert.equal(reader.used, { turns: 1, inputTokens: 12_204, outputTokens: 71, costUsd: 0 });
});

test('codex: items are answers with their results, and the end of the turn tells what was used', () => {
  const reader = readerOf('codex');
  assert.equal(told(read(reader, recorded('codex'))), [
    `answer  | item_1 command_execution {"command":"bash -lc 'sh test.sh'"}`,
    'result item_1 command_execution false wanted 5, got -1\n',
    'answer  | item_2 file_change {"changes":["update src/total.sh"]}',
    'result item_2 file_change true ',
    'answer  | item_3 docs.find {"query":"sum"}',
    'result item_3 docs.find true nothing found',
    'answer The sum adds again.',
    'end true ',
  ]);
  assert.equal(reader.used, { turns: 4, inputTokens: 24_763, outputTokens: 122, costUsd: 0 });
  const failed = read(readerOf('codex'), '{"type":"turn.failed","error":{"message":"usage limit reached"}}');
  assert.equal(told(failed), ['end false usage limit reached']);
});

test('goose: the pieces of an answer become one', () => {
  const reader = readerOf('goose');
  assert.equal(told(read(reader, recorded('goose'))), [
    'answer I look at the code first. | call_1 developer__shell {"command":"sh test.sh"}',
    'result call_1  true wanted 5, got -1\n',
    'answer The sum adds again.',
    'end true ',
  ]);
  assert.equal(reader.used, { turns: 2, inputTokens: 5120, outputTokens: 0, costUsd: 0 });
});

test('openhands: events over many lines, among words for people', () => {
  const reader = readerOf('openhands');
  assert.equal(told(read(reader, recorded('openhands'))), [
    'answer I run the tests first. | call_1 terminal {"command":"sh test.sh"}',
    'result call_1 terminal true wanted 5, got -1',
    'answer  | call_2 finish {"message":"The sum adds again."}',
    'end true The sum adds again.',
  ]);
  assert.equal(reader.used, { turns: 2, inputTokens: 8400, outputTokens: 210, costUsd: 0.0125 });
});

test('openhands: an event on one line is read too, as its documentation has it', () => {
  const line = '{"kind":"MessageEvent","source":"agent","llm_message":{"content":[{"type":"text","text":"Hello"}]}}';
  assert.equal(told(read(readerOf('openhands'), line)), ['answer Hello']);
});

test('aider: what each answer took, in its short numbers', () => {
  const reader = readerOf('aider');
  assert.equal(read(reader, recorded('aider')), []);
  assert.equal(reader.used, { turns: 2, inputTokens: 8244, outputTokens: 1196, costUsd: 0.02 });
});

test('a command without a stream counts as one answer', () => {
  const reader = readerOf('none');
  assert.equal(read(reader, recorded('claude')), []);
  assert.equal(reader.used, { turns: 1, inputTokens: 0, outputTokens: 0, costUsd: 0 });
});

test('lies are no numbers: what is not finite, negative or of another type counts as nothing', () => {
  const lie = (usage: string): EventReader => {
    const reader = readerOf('claude');
    read(reader, `{"type":"result","num_turns":-3,"total_cost_usd":-9,"usage":${usage}}`);
    return reader;
  };
  for (const usage of ['{"input_tokens":-5}', '{"input_tokens":"9"}', '{"input_tokens":1e999}', 'null', '[]', '7'])
    assert.equal(lie(usage).used, { turns: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 }, usage);
  assert.ok(Number.isSafeInteger(lie('{"input_tokens":1e300,"output_tokens":1e300}').used.inputTokens));
});

test('a later, smaller count takes nothing back', () => {
  const reader = readerOf('claude');
  read(reader, recorded('claude'));
  const { used } = reader;
  read(reader, '{"type":"result","num_turns":0,"total_cost_usd":0,"usage":{"input_tokens":0}}');
  assert.equal(reader.used, used);
});

test('keys of prototypes, and what nests too deep, are no events', () => {
  for (const kind of KINDS) {
    const reader = readerOf(kind);
    assert.equal(
      read(reader, '{"type":"result","__proto__":{"polluted":1}}\n{"type":"toString"}\n{"kind":"constructor"}'),
      [],
    );
    assert.equal(read(reader, `{"type":"assistant","message":${'['.repeat(100)}${']'.repeat(100)}}`), []);
  }
  assert.not.ok('polluted' in {});
});

test('a line without end is left out, what comes after it is read, and the memory stays small', () => {
  const lines = new Lines(1000);
  const chunk = Buffer.alloc(100_000, 'x');
  for (let times = 0; times < 100; times += 1) assert.equal(lines.write(chunk), []);
  assert.equal(lines.write(Buffer.from('\nshort\r\nlast')), ['short']);
  assert.equal(lines.end(), ['last']);
  assert.is(lines.leftOut, 1);
});

test('whatever is printed, a reader goes on, and its counts are finite and never grow less', () => {
  const pieces = KINDS.flatMap((kind) => recorded(kind).split('\n'));
  const line = fc.oneof(fc.constantFrom(...pieces), fc.string(), fc.json());
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.array(line, { maxLength: 30 }), (kind, all) => {
      const reader = readerOf(kind);
      let before = reader.used;
      for (const each of all) {
        reader.read(each);
        const { used } = reader;
        for (const key of ['turns', 'inputTokens', 'outputTokens', 'costUsd'] as const) {
          assert.ok(Number.isFinite(used[key]) && used[key] >= before[key]);
        }
        before = used;
      }
      reader.end();
    }),
    { numRuns: 200 },
  );
});

test.run();
