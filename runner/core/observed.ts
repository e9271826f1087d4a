import type { Agent, Formula, Order, Policy, Project } from '../generated/types.js';
import type { Cel } from './cel.js';
import type { Failure, Result } from './failure.js';
import type { SeenOnForge } from './forge/seen.js';
import type { CommitId, Instant } from './ids.js';
import type { Expense } from './limits.js';
import type { Work } from './selection.js';
import type { RequestView } from './vault/settle.js';
import type { ActiveOrder, EndedState, StoredOrder } from './record.js';
import type { ObservedTriggers } from './triggers/record.js';

/** A file of the inbox, read. */
export interface Dropped {
  readonly path: string;
  readonly digest: string;
  readonly actor: string;
  readonly order: Result<Order>;
  /** What may be kept of it where it is refused, if that is not the file as it is. */
  readonly kept?: Uint8Array;
  /** An order came of it and has ended since; nobody came to take the file away. */
  readonly wasTaken?: boolean;
}

/** An order that something asks for which was seen on the forge. Whoever sees the same wants it under the same name, so that it is made once. */
export interface FromForge extends Dropped {
  readonly name: string;
  readonly work: Work;
  /** Whose work it goes on with. */
  readonly onBehalfOf?: string;
}

/** What was seen on the forge as orders to be made: none of these names was ever an order's. `path` is where it comes from, in words: `issue #812`. */
export interface SeenOrders {
  readonly orders: readonly FromForge[];
  /** What waits there for something, each with why. */
  readonly held: readonly { readonly from: string; readonly why: string }[];
  /** Pull requests of results with which only people get on. */
  readonly asks: readonly PersonAsked[];
}

/** A pull request on which a person has to go on, and why. */
export interface PersonAsked {
  readonly order: string;
  readonly pull: { readonly number: number; readonly url: string };
  readonly why: string;
}

/** Which orders of issues are not wanted any more, and which are again. */
export interface SeenWishes {
  /** Orders for which nothing was done yet, by their names: why, in words. */
  readonly withdrawn: ReadonlyMap<string, string>;
  /** Cancelled ones that were withdrawn, and whose issues have their label again. */
  readonly again: readonly StoredOrder[];
}

/** A formula as the base commit has it. */
export interface LoadedFormula {
  readonly formula: Formula;
  /** Of its file, and of the files of the agents that it names. */
  readonly digest: string;
  /** The agents that its steps name. */
  readonly agents: ReadonlyMap<string, Agent>;
  /** What is wrong with an order's inputs, in words. */
  readonly checkInputs: (inputs: Readonly<Record<string, unknown>>) => readonly string[];
}

/** A branch that results are merged into, as this runner knows it: at the remote where there is one. */
export interface TargetView {
  readonly tip: CommitId | null;
  /** Why it cannot be moved from here now, in words; null if it can. */
  readonly held: string | null;
  /** The orders on their way into it whose results it holds. */
  readonly holds: ReadonlySet<string>;
  /** Of orders whose pull requests were merged, by the forge: what of the commit that it names is so. */
  readonly merged: ReadonlyMap<string, MergedAs>;
}

/**
 * What git says of the commit that a pull request was merged as, by a forge. `absent`: the target does not hold it. `result`: it is there, and brought the result;
 * `others`: the result with changes of others; `unlike`: it is there, and did not bring it; `unknown`: the result itself is not here to compare it with.
 */
export type MergedAs = 'absent' | 'result' | 'others' | 'unlike' | 'unknown';

/** Everything a plan is made from. Nothing else is looked at. */
export interface Observed {
  readonly now: Instant;
  readonly base: CommitId;
  readonly project: Project;
  readonly policy: Policy;
  readonly paused: boolean;
  readonly live: readonly StoredOrder[];
  readonly dropped: readonly Dropped[];
  readonly fromForge: SeenOrders;
  readonly issues: SeenWishes;
  /** Names that orders had before, archived ones included. */
  readonly ended: ReadonlyMap<string, EndedState | 'rejected'>;
  /** Ended orders that a run waits for which may go on, by name. */
  readonly children: ReadonlyMap<string, StoredOrder>;
  /** Names of orders whose records cannot be read: they stay as they are, and no other order gets their names. */
  readonly unreadable: readonly string[];
  /** The formulas that the orders at hand may run: loaded, or why not. A name that is missing does not exist. */
  readonly formulas: ReadonlyMap<string, Result<LoadedFormula>>;
  readonly formulaNames: readonly string[];
  /** The formulas whose agents have a capability, the first choice first; of capabilities that an order at hand asks for. */
  readonly capable: ReadonlyMap<string, readonly string[]>;
  readonly policyDigest: string;
  /** The requests that orders wait for, by their id. */
  readonly requests: ReadonlyMap<string, RequestView>;
  /** Files among the approved requests that nobody waits for: an approval is used once. */
  readonly strays: readonly string[];
  readonly runner: { readonly name: string; readonly email: string };
  /** The runs that were started today (UTC); none where the policy has no limit that asks for them. */
  readonly today: readonly Expense[];
  /** Whether the process that claimed an order lives: null where this machine cannot tell. */
  readonly claimantAlive: (order: ActiveOrder) => boolean | null;
  /** The name of this runner where several share the work; null for one on its own. */
  readonly sharedBy: string | null;
  /** Why what is claimed could not be shared with other runners; null if it can, or need not. */
  readonly remoteFailure: Failure | null;
  /** Why a sandbox with that image (undefined: without one) cannot be opened now; null if it can. */
  readonly sandboxFailure: (image: string | undefined) => Failure | null;
  /** What is done about an image that the engine does not have; null: nothing, by `sandboxFailure`. */
  readonly pulls: (image: string | undefined) => 'due' | 'underway' | null;
  /** Another name of the image that can only ever mean that one; null where the engine does not have it. */
  readonly pinnedName: (image: string) => string | null;
  /** Why this machine cannot hand over a secret; null if it can, or if only running its command would tell. */
  readonly secretFailure: (name: string) => Failure | null;
  /** Why a model of the project's does not answer now, by its key; null if it does, or if nobody needs it. */
  readonly modelFailure: (name: string) => Failure | null;
  /** The targets of results that are on their way, by their names. */
  readonly targets: ReadonlyMap<string, TargetView>;
  /** What was just seen of the forge; null where it was not looked at. */
  readonly seen: SeenOnForge | null;
  /** Null where the project has no triggers and never had any. */
  readonly triggers: ObservedTriggers | null;
  readonly cel: Cel;
  readonly sha256: (text: string) => string;
}
