import type { Agent } from '../../../generated/types.js';
import type { Node, Statuses } from '../../../core/graph.js';
import type { ReadIntoPrompt } from '../../../core/knowledge/report.js';
import type { SoFar } from '../../../core/agents/so-far.js';
import type { CommitId } from '../../../core/ids.js';
import type { Failure, Result } from '../../../core/failure.js';
import type { RunContext } from '../context.js';
import type { Held, Trees } from '../trees.js';

/** A text that an agent is shown beside its instructions. Nobody vouches for it: in a prompt it stands delimited, and named as data. */
export interface Material {
  /** What it is, in a few words: `the change`, `a lesson of this project`. */
  readonly name: string;
  readonly text: string;
  /** The file that it was read from, for the transcript's `begin`; undefined: the runner made it. */
  readonly read?: ReadIntoPrompt;
}

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
  /** Shown after the instructions, in this order; bounded already. */
  readonly material: readonly Material[];
  /** It has no tool that changes or runs anything, whatever its file says. */
  readonly readOnly: boolean;
  /** The JSON Schema of its answer; undefined: whatever it says. */
  readonly returns: Readonly<Record<string, unknown>> | undefined;
  /** The commit that the step starts from. */
  readonly input: CommitId;
  /** What it had done so far, where it goes on from partial work; that is what the tree holds. */
  readonly resumedFrom?: CommitId | null;
  /** What was said so far, where it goes on with a conversation. */
  readonly talk?: SoFar | null;
  /** Counts from 1. */
  readonly attempt: number;
  /** How the attempt before this one failed. */
  readonly before: Failure | null;
  /** What the steps before this one came to. */
  readonly statuses: Statuses;
}

/** What an agent came to. */
export interface Worked {
  /** Its answer, which fits `returns` where that is given. */
  readonly outputs?: unknown;
  /** What it would have remembered by those who come after it, as it said it: a list of `ProposedLesson`, where it keeps to the form. */
  readonly lessons?: unknown;
}

/** Works on a task until the agent says that it is done. */
export type AgentWorker = (task: AgentTask) => Promise<Result<Worked>>;
