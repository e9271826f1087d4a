import { fail } from '../../../core/failure.js';
import type { AgentWorker } from './task.js';

/** Has a command-line agent work in the sandbox. */
export const commandWorker: AgentWorker = () =>
  Promise.resolve(fail({ class: 'not-built', what: 'agents that are a command' }));
