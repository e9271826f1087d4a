import type { Agent } from '../../../generated/types.js';
import type { Node } from '../../../core/graph.js';
import type { CommitId } from '../../../core/ids.js';
import type { Result } from '../../../core/failure.js';
import type { RunContext } from '../context.js';
import type { Held, Trees } from '../trees.js';

/** What an agent is asked in one step. */
export interface AgentTask {
  readonly context: RunContext;
  readonly trees: Trees;
  readonly node: Node;
  /** The tree that it works on. */
  readonly held: Held;
  readonly agent: Agent;
  /** What the formula asks of it, in words. */
  readonly instructions: string;
  /** The JSON Schema of its answer; undefined: whatever it says. */
  readonly returns: Readonly<Record<string, unknown>> | undefined;
  /** The commit that the step starts from. */
  readonly input: CommitId;
  /** Counts from 1. */
  readonly attempt: number;
}

/** Works on a task until the agent says that it is done. The value is what it answers, which fits `returns` where that is given. */
export type AgentWorker = (task: AgentTask) => Promise<Result<{ readonly outputs?: unknown }>>;
