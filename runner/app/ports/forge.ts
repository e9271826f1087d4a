/** Where pull requests live. Every adapter passes the contract suite `tests/contracts/forge.ts`. */
import type { Failure, Result } from '../../core/failure.js';
import type { Check, ForgeAccess, Issue, MergeMethod, PullRequest, Review } from '../../core/forge/pull-request.js';
import type { CommitId, Instant } from '../../core/ids.js';

export type ForgeUnavailable = Extract<Failure, { class: 'forge-unavailable' }>;
export type Told<T> = Promise<Result<T, ForgeUnavailable>>;

/** Forges number issues and pull requests together, or (GitLab) each on its own. */
export interface Subject {
  readonly kind: 'pull' | 'issue';
  readonly number: number;
}

export interface WantedPull {
  /** A branch of the repository itself. */
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** Logins; a team of GitHub's is `organization/team`. */
  readonly reviewers: readonly string[];
  readonly draft: boolean;
}

export interface Merging {
  readonly method: MergeMethod;
  readonly head: CommitId;
  /** What the commit says that the forge makes, and not what anybody has made of the pull request's title and text. A rebase makes none. */
  readonly message: { readonly title: string; readonly body: string };
}

export interface OpenedPull {
  readonly pull: PullRequest;
  /** It was there already. */
  readonly isAdopted: boolean;
  /** What was wanted beside it and the forge did not do, in words: a reviewer that it does not know, drafts that it does not have. */
  readonly unmet: readonly string[];
}

/**
 * One repository on a forge. What it answers is checked by schema and is outside text all the same. All of it waits and asks again by itself while that
 * makes sense, some seconds at most, and fails with `forge-unavailable`; asked again, nothing is done twice.
 */
export interface Forge {
  readonly kind: 'github' | 'gitea' | 'gitlab';
  /** Where the repository is, for people. */
  readonly where: string;
  access(): Told<ForgeAccess>;
  /** The oldest first; the first thousand. */
  openPulls(): Told<readonly PullRequest[]>;
  /** Null where there is none of that number. */
  pull(number: number): Told<PullRequest | null>;
  /** The newest one from a branch of the repository itself, whatever its state; before all others the one that was merged `into` that branch `as` that commit. */
  pullOf(branch: string, merged?: { readonly into: string; readonly as: string }): Told<PullRequest | null>;
  /** Adopts one that is open for that head and base, and leaves its title and text alone; what is missing of labels and reviewers is added. */
  openPull(wanted: WantedPull): Told<OpenedPull>;
  updatePull(
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly draft?: boolean },
  ): Told<PullRequest>;
  /** Says why in a comment, then closes. */
  closePull(number: number, why: string): Told<null>;
  /** The commit that is in the base now. `refused` where its head is another commit than `head`, or the rules of the branch are against it. */
  mergePull(number: number, how: Merging): Told<CommitId>;
  /** False: the forge or the repository does not have it, or there is nothing to wait for. */
  enableAutoMerge(number: number, how: { readonly method: MergeMethod; readonly head: CommitId }): Told<boolean>;
  /** What is required is told by the rules of the branch `into`. */
  checks(commit: CommitId, into: string): Told<readonly Check[]>;
  /** The oldest first. */
  reviews(number: number): Told<readonly Review[]>;
  /** Open ones that have one of the labels; no pull requests. */
  issues(filter: { readonly labels: readonly string[]; readonly since?: Instant }): Told<readonly Issue[]>;
  /** Null where there is none of that number any more, or it is a pull request. */
  issue(number: number): Told<Issue | null>;
  /** One comment of the runner's with that marker, on an issue or a pull request: made, or edited where its text is another. */
  putComment(on: Subject, marker: string, body: string): Told<null>;
  setLabels(on: Subject, labels: { readonly add: readonly string[]; readonly remove: readonly string[] }): Told<null>;
}
