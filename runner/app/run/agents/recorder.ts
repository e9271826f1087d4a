import type { Message, ToolCall } from '../../../core/agents/message.js';
import { plainText, shorten } from '../../../core/template.js';
import { redacted } from '../../redact.js';
import type { StepLog } from '../../ports/run-files.js';
import { factsOf } from '../context.js';
import { StepTranscript } from './step-transcript.js';
import type { AgentTask } from './task.js';

const LINE_CHARS = 160;

/** Writes down what an agent is told, answers and does: whole for machines, in the transcript, and a line each for people, in the step's log. */
export class Recorder {
  readonly #transcript: StepTranscript;
  readonly #log: StepLog;

  constructor(private readonly task: AgentTask) {
    const { context, node } = task;
    this.#transcript = new StepTranscript(task);
    this.#log = context.tools.runFiles.log(context.run, node.key);
  }

  begin(entry: Parameters<StepTranscript['begin']>[0]): void {
    this.#transcript.begin(entry);
    const { attempt, agent } = this.task;
    const { by } = entry;
    const who = 'command' in by ? by.command[0] : `${by.model} (${by.provider})`;
    this.say(`${agent.agent} works with ${who ?? ''}${attempt === 1 ? '' : `, attempt ${String(attempt)}`}`);
  }

  message(message: Message): void {
    this.#transcript.message({ message });
  }

  answer(entry: Parameters<StepTranscript['answer']>[0]): void {
    this.#transcript.answer(entry);
    const { inputTokens, outputTokens } = entry.usage;
    this.say(`${String(entry.turn)}. ${entry.text} (${String(inputTokens)} + ${String(outputTokens)} tokens)`);
  }

  result(call: ToolCall, entry: { turn: number; ok: boolean; text: string; ms: number }): void {
    this.#transcript.result({ call: call.id, name: call.name, ...entry });
    const first = entry.text.split('\n', 1)[0] ?? '';
    this.say(`   ${callText(call)}${entry.ok ? '' : `: ${first}`}`);
  }

  note(text: string): void {
    this.#transcript.note(text);
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
    this.say(outcome);
    const { text, bytes } = await this.#log.end();
    const facts = factsOf(context, node.key);
    facts.log += await redacted(context.tools.scanner, `${node.key}.log`, text);
    facts.logBytes += bytes;
    await this.#transcript.end(outcome);
  }
}

/** A call in a few words: the tool, and what it is about. */
function callText({ name, arguments: given }: ToolCall): string {
  if (!given.ok) return name;
  const about = given.value['path'] ?? given.value['command'] ?? given.value['text'] ?? '';
  return `${name} ${Array.isArray(about) ? about.join(' ') : typeof about === 'string' ? about : ''}`;
}
