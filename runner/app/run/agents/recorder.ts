import type { Usage } from '../../../generated/types.js';
import type { AnswerEnd, TranscriptEntry } from '../../../core/agents/transcript.js';
import { TranscriptLines } from '../../../core/agents/transcript.js';
import type { Message, ToolCall } from '../../../core/agents/message.js';
import { bounded } from '../../../core/agents/tool-results.js';
import { plainText, shorten } from '../../../core/template.js';
import { redacted } from '../../redact.js';
import type { LiveLines, StepLog } from '../../ports/run-files.js';
import { factsOf } from '../context.js';
import type { AgentTask } from './task.js';

type Entry<T extends TranscriptEntry['type']> = Omit<Extract<TranscriptEntry, { type: T }>, 'at' | 'type'>;

/** No text of a transcript is longer. */
const MOST_CHARS = 128 * 1024;
const LINE_CHARS = 160;

/**
 * Writes down what an agent is told, answers and does: whole for machines, in the transcript, and a line each for people, in the step's log. Both can be
 * followed on this machine while the step runs, and are in the evidence at its end. Values of secrets never get into either.
 */
export class Recorder {
  readonly #lines = new TranscriptLines();
  readonly #log: StepLog;
  readonly #live: LiveLines;

  constructor(private readonly task: AgentTask) {
    const { context, node } = task;
    this.#log = context.tools.runFiles.log(context.run, node.key);
    this.#live = context.tools.runFiles.transcript(context.run, node.key);
  }

  begin(entry: Omit<Entry<'begin'>, 'step' | 'attempt' | 'agent'>): void {
    const { node, attempt, agent } = this.task;
    const { by } = entry;
    this.#add({ type: 'begin', step: node.key, attempt, agent: agent.agent, ...entry });
    const who = 'command' in by ? by.command[0] : `${by.model} (${by.provider})`;
    this.say(`${agent.agent} works with ${who ?? ''}${attempt === 1 ? '' : `, attempt ${String(attempt)}`}`);
  }

  message(message: Message): void {
    this.#add({ type: 'message', message: { ...message, text: bounded(message.text, MOST_CHARS) } });
  }

  answer(entry: {
    turn: number;
    text: string;
    calls: readonly ToolCall[];
    usage: Usage;
    end: AnswerEnd;
    ms: number;
  }): void {
    this.#add({ type: 'answer', ...entry, text: bounded(entry.text, MOST_CHARS) });
    const { inputTokens, outputTokens } = entry.usage;
    this.say(`${String(entry.turn)}. ${entry.text} (${String(inputTokens)} + ${String(outputTokens)} tokens)`);
  }

  result(call: ToolCall, entry: { turn: number; ok: boolean; text: string; ms: number }): void {
    const text = bounded(entry.text, MOST_CHARS);
    this.#add({ type: 'result', call: call.id, name: call.name, ...entry, text });
    const first = text.split('\n', 1)[0] ?? '';
    this.say(`   ${callText(call)}${entry.ok ? '' : `: ${first}`}`);
  }

  note(text: string): void {
    this.#add({ type: 'note', text });
    this.say(`   ${text}`);
  }

  /** A line for people. */
  say(text: string): void {
    const line = shorten(plainText(this.task.context.secrets.maskedText(text)), LINE_CHARS);
    const indent = /^ */.exec(text)?.[0] ?? '';
    this.#log.write(Buffer.from(`${indent}${line}\n`));
  }

  /** Ends both, and hands them to the step's facts. */
  async end(outcome: string): Promise<void> {
    const { context, node } = this.task;
    const { scanner } = context.tools;
    this.#add({ type: 'end', outcome, usage: context.ledger.of(node.key) });
    this.say(outcome);
    this.#live.end();
    const { text, bytes } = await this.#log.end();
    const facts = factsOf(context, node.key);
    facts.log += await redacted(scanner, `${node.key}.log`, text);
    facts.logBytes += bytes;
    const transcript = await redacted(scanner, `${node.key}.transcript.ndjson`, this.#live.before + this.#lines.text());
    facts.transcript = (facts.transcript ?? '') + transcript;
  }

  #add(entry: TranscriptEntry extends infer E ? (E extends { at: string } ? Omit<E, 'at'> : never) : never): void {
    const { context } = this.task;
    const whole = context.secrets.masked({ at: context.tools.clock.now(), ...entry });
    this.#lines.add(whole);
    this.#live.write(`${JSON.stringify(whole)}\n`);
  }
}

/** A call in a few words: the tool, and what it is about. */
function callText({ name, arguments: given }: ToolCall): string {
  if (!given.ok) return name;
  const about = given.value['path'] ?? given.value['command'] ?? given.value['text'] ?? '';
  return `${name} ${Array.isArray(about) ? about.join(' ') : typeof about === 'string' ? about : ''}`;
}
