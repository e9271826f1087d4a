import type { Project, Usage } from '../../generated/types.js';
import type { ReadIntoPrompt } from '../knowledge/report.js';
import type { Bounds } from './budget.js';
import type { Message, ToolCall } from './message.js';

/**
 * One line of a step's transcript, `steps/<n>-<step>.transcript.ndjson` in the evidence: what an agent was told, what it answered, and what came of
 * it, in the order in which it happened. Every text in it is masked and bounded before it is written.
 */
export type TranscriptEntry = { readonly at: string } & (
  | {
      readonly type: 'begin';
      readonly step: string;
      /** Counts from 1; a step that is tried again has a conversation for each. */
      readonly attempt: number;
      readonly agent: string;
      readonly by: ModelFacts | { readonly command: readonly string[] };
      readonly budget: Bounds;
      /** It was interrupted, and goes on with the conversation before. */
      readonly goesOn?: true;
      /** What was read into the prompt, each by its digest. */
      readonly read: readonly ReadIntoPrompt[];
    }
  | { readonly type: 'message'; readonly message: Message }
  | {
      readonly type: 'answer';
      readonly turn: number;
      readonly text: string;
      readonly calls: readonly ToolCall[];
      readonly usage: Usage;
      readonly end: AnswerEnd;
      readonly ms: number;
    }
  | {
      readonly type: 'result';
      readonly turn: number;
      readonly call: string;
      readonly name: string;
      readonly ok: boolean;
      readonly text: string;
      readonly ms: number;
    }
  /** What the loop did by itself: a repair, a retry, another model, history made shorter. */
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'end'; readonly outcome: string; readonly usage: Usage }
);

/** Why an answer is over: it is whole, it asks for tools, it was cut at its length, or the server did not want to go on. */
export type AnswerEnd = 'stop' | 'calls' | 'length' | 'refused';

/** What is needed to ask the same model the same again. */
export interface ModelFacts {
  /** The key under `models`. */
  readonly name: string;
  readonly provider: NonNullable<Project['models']>[string]['provider'];
  readonly model: string;
  /** What the server says that the model is, where it does. */
  readonly digest?: string;
  readonly temperature: number;
  readonly seed: number;
  readonly contextTokens: number;
  readonly calls: 'native' | 'text';
}

export const transcriptLine = (entry: TranscriptEntry): string => `${JSON.stringify(entry)}\n`;

const HEAD_CHARS = 256 * 1024;
const TAIL_CHARS = 768 * 1024;

/** The lines of a transcript in bounded memory: the first and the last ones, with a note where some are cut out between them. */
export class TranscriptLines {
  readonly #head: string[] = [];
  readonly #tail: string[] = [];
  #headChars = 0;
  #tailChars = 0;
  #cut = 0;
  #cutAt = '';

  add(entry: TranscriptEntry): void {
    const line = transcriptLine(entry);
    if (this.#tail.length === 0 && this.#cut === 0 && this.#headChars + line.length <= HEAD_CHARS) {
      this.#head.push(line);
      this.#headChars += line.length;
      return;
    }
    this.#tail.push(line);
    this.#tailChars += line.length;
    while (this.#tailChars > TAIL_CHARS) {
      this.#tailChars -= this.#tail.shift()?.length ?? 0;
      this.#cut += 1;
      this.#cutAt = entry.at;
    }
  }

  /** As NDJSON. */
  text(): string {
    const text = `${String(this.#cut)} entries are cut out here`;
    const cut = this.#cut === 0 ? [] : [transcriptLine({ at: this.#cutAt, type: 'note', text })];
    return [...this.#head, ...cut, ...this.#tail].join('');
  }
}
