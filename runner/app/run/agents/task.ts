import type { Agent } from '../../../generated/types.js';
import type { Node } from '../../../core/graph.js';
import type { TranscriptEntry } from '../../../core/agents/transcript.js';
import type { CommitId } from '../../../core/ids.js';
import type { Result } from '../../../core/failure.js';
import type { RunContext } from '../context.js';
import type { Held, Trees } from '../trees.js';

/** A text that an agent is shown beside its instructions. Nobody vouches for it: in a prompt it stands delimited, and named as data. */
export interface Material {
  /** What it is, in a few words: `the change`, `a lesson of this project`. */
  readonly name: string;
  readonly text: string;
  /** The file that it was read from, for the transcript's `begin`; undefined: the runner made it. */
  readonly read?: Extract<TranscriptEntry, { readonly type: 'begin' }>['read'][number];
}

/** What an agent would have remembered by those who come after it; as it said it. */
export interface ProposedLesson {
  readonly title: string;
  readonly text: string;
  /** Globs of the files that it is about. */
  readonly paths?: readonly string[];
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
  /** Counts from 1. */
  readonly attempt: number;
}

/** What an agent came to. */
export interface Worked {
  /** Its answer, which fits `returns` where that is given. */
  readonly outputs?: unknown;
  readonly lessons?: readonly ProposedLesson[];
}

/** Works on a task until the agent says that it is done. */
export type AgentWorker = (task: AgentTask) => Promise<Result<Worked>>;
