import type { AgentTask } from './task.js';
import type { AgentEvent } from '../../../core/agents/events/event.js';
import { NO_USAGE } from '../../../core/agents/usage.js';
import { transcriptLine, type TranscriptEntry } from '../../../core/agents/transcript.js';
import type { Usage } from '../../../generated/types.js';
import { redacted } from '../../redact.js';

/** What a step's transcript holds at most; what comes later is in its log, head and tail. */
const MOST_CHARACTERS = 4 * 1024 * 1024;

type Entry = TranscriptEntry extends infer E ? (E extends { readonly at: string } ? Omit<E, 'at'> : never) : never;

/** The transcript of a command-line agent: what it was told, and what it printed of itself. */
export class CommandTranscript {
  #text = '';
  #isFull = false;
  #turn = 0;

  constructor(private readonly task: AgentTask) {
    const { node, attempt, agent, material } = task;
    this.#add({
      type: 'begin',
      step: node.key,
      attempt,
      agent: agent.agent,
      by: { command: agent.command?.argv ?? [] },
      budget: agent.budget ?? {},
      read: material.flatMap(({ read }) => (read === undefined ? [] : [read])),
    });
  }

  told(prompt: string): void {
    this.#add({ type: 'message', message: { role: 'user', text: prompt } });
  }

  /** `usage`: what was used since the entry before. */
  heard(event: AgentEvent, usage: Usage): void {
    switch (event.type) {
      case 'answer':
        this.#turn += 1;
        this.#add({
          type: 'answer',
          turn: this.#turn,
          text: event.text,
          calls: event.calls,
          usage,
          end: event.calls.length === 0 ? 'stop' : 'calls',
          ms: 0,
        });
        break;
      case 'result':
        this.#add({ ...event, turn: this.#turn, ms: 0 });
        break;
      case 'note':
        this.note(event.text);
        break;
      case 'end':
        this.note(event.ok ? `it says that it is done: ${event.text}` : `it says that it failed: ${event.text}`);
    }
  }

  note(text: string): void {
    this.#add({ type: 'note', text });
  }

  /** The whole of it, as NDJSON, with whatever looks like a credential cut out. */
  async end(outcome: string, usage: Usage = NO_USAGE): Promise<string> {
    this.#isFull = false;
    this.#add({ type: 'end', outcome, usage });
    return redacted(this.task.context.tools.scanner, `${this.task.node.key}.ndjson`, this.#text);
  }

  #add(entry: Entry): void {
    if (this.#isFull) return;
    const { secrets, tools } = this.task.context;
    const line = transcriptLine(secrets.masked({ at: tools.clock.now(), ...entry }));
    if (this.#text.length + line.length > MOST_CHARACTERS) {
      this.#isFull = true;
      this.#text += transcriptLine({ at: tools.clock.now(), type: 'note', text: 'the transcript is cut here' });
    } else this.#text += line;
  }
}
