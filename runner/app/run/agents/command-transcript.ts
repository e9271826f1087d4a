import type { AgentEvent } from '../../../core/agents/events/event.js';
import type { Usage } from '../../../generated/types.js';
import { StepTranscript } from './step-transcript.js';
import type { AgentTask } from './task.js';

/** The transcript of a command-line agent: what it was told, and what it printed of itself. */
export class CommandTranscript {
  readonly #transcript: StepTranscript;
  #turn = 0;

  constructor(task: AgentTask) {
    const { agent, material } = task;
    this.#transcript = new StepTranscript(task);
    this.#transcript.begin({
      by: { command: agent.command?.argv ?? [] },
      budget: agent.budget ?? {},
      read: material.flatMap(({ read }) => (read === undefined ? [] : [read])),
    });
  }

  told(prompt: string): void {
    this.#transcript.message({ message: { role: 'user', text: prompt } });
  }

  /** `usage`: what was used since the entry before. How long anything took nobody knows. */
  heard(event: AgentEvent, usage: Usage): void {
    switch (event.type) {
      case 'answer': {
        const { text, calls } = event;
        this.#turn += 1;
        this.#transcript.answer({
          turn: this.#turn,
          text,
          calls,
          usage,
          end: calls.length === 0 ? 'stop' : 'calls',
          ms: 0,
        });
        break;
      }
      case 'result': {
        const { type: _, ...result } = event;
        this.#transcript.result({ ...result, turn: this.#turn, ms: 0 });
        break;
      }
      case 'note':
        this.note(event.text);
        break;
      case 'end':
        this.note(event.ok ? `it says that it is done: ${event.text}` : `it says that it failed: ${event.text}`);
    }
  }

  note(text: string): void {
    this.#transcript.note(text);
  }

  end(outcome: string): Promise<void> {
    return this.#transcript.end(outcome);
  }
}
