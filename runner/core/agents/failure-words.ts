import type { Failure } from '../failure.js';
import { visibleLine } from '../visible.js';

/** What went wrong with an agent's work, and what to do next. */
interface Words {
  readonly what: string;
  readonly details: readonly string[];
  readonly next: readonly string[];
}

type Agents = 'model-output-invalid' | 'agent-repeats' | 'agent-stalled' | 'agent-gave-up';

const TRANSCRIPT = 'The transcript has all of it: `pushpals log ORDER --transcript`.';

export function agentFailureWords(failure: Extract<Failure, { class: Agents }>): Words {
  switch (failure.class) {
    case 'model-output-invalid':
      return {
        what: `what the model returned in step ${failure.step} does not fit: ${failure.why}`,
        details: [],
        next: [TRANSCRIPT],
      };
    case 'agent-repeats':
      return {
        what: `the agent of step ${failure.step} called ${visibleLine(failure.call)} ${String(failure.times)} times, and the same came of it each time`,
        details: [],
        next: [TRANSCRIPT],
      };
    case 'agent-stalled':
      return {
        what: `the agent of step ${failure.step} took ${String(failure.turns)} turns in which it changed nothing, read nothing new and executed nothing`,
        details: [],
        next: [TRANSCRIPT],
      };
    case 'agent-gave-up':
      return {
        what: `the agent of step ${failure.step} gave up`,
        details: failure.reason
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(visibleLine),
        next: ['Say what it lacks in the order or the formula, or do it by hand.', TRANSCRIPT],
      };
  }
}
