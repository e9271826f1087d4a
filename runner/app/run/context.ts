import type { ModelFacts } from '../../core/agents/transcript.js';
import { askedNothing, type Reaching } from '../../core/egress.js';
import type { LoadedFormula } from '../../core/observed.js';
import type { Node } from '../../core/graph.js';
import type { Result } from '../../core/failure.js';
import type { CommitId, RunId, StepKey } from '../../core/ids.js';
import type { Merge } from '../../core/merge.js';
import { stepRef } from '../../core/record.js';
import { replayRef } from '../../core/replay/scratch.js';
import type { Policy, Project, VaultRequest } from '../../generated/types.js';
import type { Models } from '../ports/models.js';
import type { SandboxDriver } from '../ports/sandbox.js';
import type { SnapshotLimits } from '../ports/workspaces.js';
import type { Tools } from '../tools.js';
import type { ReadIntoPrompt } from '../../core/knowledge/report.js';
import type { Ledger } from './agents/ledger.js';
import type { RunJournal } from './journal.js';
import type { RunSecrets } from './secrets.js';
import type { StepResult } from './step-result.js';

/** What every step of one run shares. */
export interface RunContext {
  readonly tools: Tools;
  readonly project: Project;
  readonly policy: Policy;
  readonly policyDigest: string;
  readonly loaded: LoadedFormula;
  readonly nodes: readonly Node[];
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What the result is made of so far, and compared with; another once the project moved on before the run shipped. */
  readonly base: CommitId;
  /** The merge that `base` is, where the formula starts from one. */
  readonly merge: Merge | null;
  readonly run: RunId;
  readonly journal: RunJournal;
  readonly driver: SandboxDriver;
  /** Aborts when the claim is lost or the runner is told to stop. */
  readonly signal: AbortSignal;
  /** Milliseconds that the run may still take. */
  readonly remainingMs: () => number;
  readonly facts: Map<string, StepFacts>;
  readonly secrets: RunSecrets;
  readonly ledger: Ledger;
  /** Another runner began it. */
  readonly resumed: boolean;
  /** What people said yes to, and this run goes on with. */
  readonly approved: VaultRequest | null;
  /** What a step has to be approved first; whoever ends the run asks it. */
  readonly asks: { request: VaultRequest | null };
  /**
   * Whether the step's start is written down; a step does nothing before, but for making its sandbox ready. So what a runner did before it
   * died is never more than what the branch says it had begun.
   */
  readonly begin: Promise<boolean>;
  /** Who answers a step's agent in the place of the project's models; null: nobody does. */
  readonly models?: (step: StepKey) => Models | null;
  /** How a step ended that a replay takes from the record instead of doing it; null: it is done. Absent where an order is run. */
  readonly recorded?: (node: Node, input: CommitId) => Promise<Result<StepResult>> | null;
}

/** What evidence says of a step beyond its status. */
export interface StepFacts {
  log: string;
  /** What an agent was told and did, as NDJSON (`TranscriptEntry`). */
  transcript?: string;
  /** What an agent left that could not come to its end. */
  partial?: CommitId;
  /** The digest of the transcript that it goes on from, where it could not come to its end. */
  conversation?: string;
  /** The models that an agent worked with, the last one last. */
  models?: readonly ModelFacts[];
  logBytes: number;
  exitCode?: number | null;
  imageDigest?: string | null;
  /** The names of the secrets that it was handed. */
  secrets?: readonly string[];
  /** What was read into the prompt of its agent, each by its digest. */
  read?: readonly ReadIntoPrompt[];
  files: { readonly name: string; readonly bytes: Uint8Array }[];
  notes: string[];
  /** What it asked to reach, where it was held to a list of hosts. */
  readonly network: Reaching;
}

/** Where the snapshot of a step is kept: for the run, or for as long as its replay lasts. */
export const snapshotRef = ({ journal, run, recorded }: RunContext, step: StepKey): string =>
  recorded === undefined ? stepRef(journal.order.record.run, step) : replayRef(run, step);

export const SNAPSHOT_LIMITS: SnapshotLimits = {
  maxFileBytes: 100 * 1024 * 1024,
  maxFiles: 200_000,
  maxTotalBytes: 1024 * 1024 * 1024,
};

export function factsOf(context: RunContext, key: string): StepFacts {
  const known = context.facts.get(key);
  if (known !== undefined) return known;
  const fresh: StepFacts = { log: '', logBytes: 0, files: [], notes: [], network: askedNothing() };
  context.facts.set(key, fresh);
  return fresh;
}
