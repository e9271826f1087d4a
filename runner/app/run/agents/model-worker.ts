import { fail } from '../../../core/failure.js';
import type { AgentWorker } from './task.js';

/** Has a model work with its tools. */
export const modelWorker: AgentWorker = () =>
  Promise.resolve(fail({ class: 'not-built', what: 'agents with a model' }));
