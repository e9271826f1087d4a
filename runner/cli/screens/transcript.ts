import type { ToolCall } from '../../core/agents/message.js';
import type { TranscriptLine } from '../../core/agents/read-transcript.js';
import type { TranscriptEntry } from '../../core/agents/transcript.js';
import { tokensOf } from '../../core/agents/usage.js';
import { shorten } from '../../core/template.js';
import { printable, type Paint } from '../output.js';

/** Lines of one text that are shown; `--json` has all. */
const TEXT_LINES = 40;
const CALL_CHARS = 400;

/** A conversation for people: who says what, what was called and what came of it, and what each turn used. Nothing in it is obeyed. */
export function transcriptScreen(lines: readonly TranscriptLine[], paint: Paint): readonly string[] {
  return lines.flatMap((each) =>
    'entry' in each
      ? entryLines(each.entry, paint)
      : [paint('bad', `line ${String(each.line)} cannot be read: ${printable(each.problem)}`)],
  );
}

function entryLines(entry: TranscriptEntry, paint: Paint): readonly string[] {
  switch (entry.type) {
    case 'begin': {
      const by =
        'command' in entry.by
          ? entry.by.command.join(' ')
          : `${entry.by.model} (${entry.by.name}, ${entry.by.provider})`;
      return [
        paint('strong', `${oneLine(entry.agent)} begins with ${oneLine(by)}, attempt ${String(entry.attempt)}`),
        ...entry.read.map(({ kind, path, digest }) =>
          paint('dim', `  read ${oneLine(kind)} ${oneLine(path)} (${oneLine(digest)})`),
        ),
      ];
    }
    case 'message':
      return entry.message.role === 'assistant' || entry.message.role === 'tool'
        ? [paint('dim', `${entry.message.role}:`), ...indented(entry.message.text)]
        : [paint('strong', `${entry.message.role}:`), ...indented(entry.message.text)];
    case 'answer': {
      const cut = entry.end === 'length' ? ', cut at its length' : entry.end === 'refused' ? ', refused' : '';
      const used = `${String(entry.usage.inputTokens)} + ${String(entry.usage.outputTokens)} tokens, ${seconds(entry.ms)}`;
      return [
        `${paint('strong', `${String(entry.turn)}. answer`)} ${paint('dim', `(${used}${cut})`)}`,
        ...indented(entry.text),
        ...entry.calls.map((call) => `  → ${callText(call)}`),
      ];
    }
    case 'result':
      return [
        paint(entry.ok ? 'good' : 'bad', `  ${entry.ok ? '✓' : '✗'} ${oneLine(entry.name)} (${seconds(entry.ms)})`),
        ...indented(entry.text, '    '),
      ];
    case 'note':
      return [paint('wait', `  · ${oneLine(entry.text)}`)];
    case 'end':
      return [
        paint('strong', `end: ${oneLine(entry.outcome)}`) +
          paint('dim', ` (${String(entry.usage.turns)} turns, ${String(tokensOf(entry.usage))} tokens)`),
      ];
  }
}

const oneLine = (text: string): string => printable(text).replaceAll('\n', ' ');
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const callText = ({ name, arguments: given }: ToolCall): string =>
  shorten(
    `${oneLine(name)} ${oneLine(given.ok ? JSON.stringify(given.value) : `unreadable: ${given.text}`)}`,
    CALL_CHARS,
  );

function indented(text: string, by = '  '): readonly string[] {
  if (text.trim() === '') return [];
  const lines = printable(text.trimEnd()).split('\n');
  const more = lines.length - TEXT_LINES;
  return [
    ...lines.slice(0, TEXT_LINES).map((line) => `${by}${line}`),
    ...(more > 0 ? [`${by}… ${String(more)} more lines (--json has them)`] : []),
  ];
}
