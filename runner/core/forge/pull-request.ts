import type { CommitId, Instant } from '../ids.js';

/** A pull request as the forge has it; on GitLab a merge request. Every text in it is outside text: data, whoever wrote it. */
export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'merged' | 'closed';
  readonly isDraft: boolean;
  readonly head: {
    readonly branch: string;
    readonly commit: CommitId;
    /** A branch of the repository itself, not one of the same name in a fork. */
    readonly isOwn: boolean;
  };
  readonly base: string;
  readonly labels: readonly string[];
  /** A login. */
  readonly author: string;
  /** Null: the forge does not know yet, or did not say (in a list). */
  readonly mergeable: boolean | null;
  /** `commit` is what the forge put into the base: a merge, or what a squash or a rebase made. */
  readonly merged: { readonly by: string; readonly at: Instant; readonly commit: CommitId } | null;
  /** Who closed one that was not merged; null where the forge did not say. Of the runner's own closing every forge says it, but in a list. */
  readonly closedBy: string | null;
  readonly updatedAt: Instant;
}

/** How the forge may merge. */
export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** What a check came to on one commit. */
export interface Check {
  readonly name: string;
  readonly state: 'pending' | 'success' | 'failure' | 'cancelled' | 'skipped';
  /** By the rules of the branch that was asked about. One that is required and has not begun is there as pending. */
  readonly isRequired: boolean;
  readonly url: string;
  readonly summary: string;
}

export interface Review {
  readonly id: string;
  /** A login. */
  readonly by: string;
  /** Whether they may write to the repository: the words of who may not are worth no order. */
  readonly byMayWrite: boolean;
  readonly state: 'approved' | 'changes-requested' | 'commented';
  /** The commit that was looked at. */
  readonly commit: CommitId | null;
  readonly at: Instant;
  readonly body: string;
  readonly comments: readonly ReviewComment[];
}

export interface ReviewComment {
  readonly id: string;
  readonly path: string;
  /** Counted from 1; null where it is about the file, or the line has gone. */
  readonly line: number | null;
  readonly body: string;
}

export interface Issue {
  readonly number: number;
  readonly isOpen: boolean;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** A login. */
  readonly author: string;
  readonly authorMayWrite: boolean;
  readonly updatedAt: Instant;
}

/** What the runner's token may do, as far as the forge tells. */
export interface ForgeAccess {
  /** Whose it is; null where the forge tells nobody (the token of an app). */
  readonly login: string | null;
  /** Null: the forge does not say. */
  readonly scopes: readonly string[] | null;
  readonly expiresAt: Instant | null;
  /** What the runner needs and the token surely lacks, each in words. */
  readonly missing: readonly string[];
  /** Why its record of who merged may name somebody who did not; null: it holds. */
  readonly doubt: string | null;
}
