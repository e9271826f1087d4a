import { bounded } from '../../../core/agents/tool-results.js';
import { TranscriptLines, type TranscriptEntry } from '../../../core/agents/transcript.js';
import type { LiveLines } from '../../ports/run-files.js';
import { redacted } from '../../redact.js';
import { factsOf } from '../context.js';
import type { AgentTask } from './task.js';

type Entry<T extends TranscriptEntry['type']> = Omit<Extract<TranscriptEntry, { type: T }>, 'at' | 'type'>;
type Untimed = TranscriptEntry extends infer E ? (E extends { at: string } ? Omit<E, 'at'> : never) : never;

/** No text of a transcript is longer. */
const MOST_CHARS = 128 * 1024;

/**
 * The transcript of one sitting of an agent: every entry masked, and bounded, as it comes, followed on this machine while the step runs, and at its end without what
 * looks like a credential among the step's facts.
 */
export class StepTranscript {
  readonly #lines = new TranscriptLines();
  readonly #live: LiveLines;

  constructor(private readonly task: AgentTask) {
    const { context, node } = task;
    this.#live = context.tools.runFiles.transcript(context.run, node.key);
  }

  begin(entry: Omit<Entry<'begin'>, 'step' | 'attempt' | 'agent'>): void {
    const { node, attempt, agent } = this.task;
    this.#add({ type: 'begin', step: node.key, attempt, agent: agent.agent, ...entry });
  }

  message({ message }: Entry<'message'>): void {
    this.#add({ type: 'message', message: { ...message, text: bounded(message.text, MOST_CHARS) } });
  }

  answer(entry: Entry<'answer'>): void {
    this.#add({ type: 'answer', ...entry, text: bounded(entry.text, MOST_CHARS) });
  }

  result(entry: Entry<'result'>): void {
    this.#add({ type: 'result', ...entry, text: bounded(entry.text, MOST_CHARS) });
  }

  note(text: string): void {
    this.#add({ type: 'note', text: bounded(text, MOST_CHARS) });
  }

  async end(outcome: string): Promise<void> {
    const { context, node } = this.task;
    this.#add({ type: 'end', outcome, usage: context.ledger.of(node.key) });
    this.#live.end();
    const text = await redacted(
      context.tools.scanner,
      `${node.key}.transcript.ndjson`,
      this.#live.before + this.#lines.text(),
    );
    const facts = factsOf(context, node.key);
    facts.transcript = (facts.transcript ?? '') + text;
  }

  #add(entry: Untimed): void {
    const { context } = this.task;
    const whole = context.secrets.masked({ at: context.tools.clock.now(), ...entry });
    this.#lines.add(whole);
    this.#live.write(`${JSON.stringify(whole)}\n`);
  }
}
