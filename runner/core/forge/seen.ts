import type { CommitId } from '../ids.js';
import type { Check, Issue, PullRequest, Review } from './pull-request.js';

/** What was seen of the forge in one look. */
export interface SeenOnForge {
  readonly requests: SeenRequests;
  readonly issues: SeenIssues;
  /** The pull requests of results, by the orders that wait until they are merged, whatever their state. */
  readonly results: ReadonlyMap<string, PullRequest>;
  /** Open ones from branches of other orders. */
  readonly left: readonly PullRequest[];
  /** The open one of the integration branch; null where there is none. */
  readonly rolling: PullRequest | null;
  readonly signals: SeenSignals;
}

export interface SeenRequests {
  /** Open pull requests into the ops branch from `vault/…`, by the id of the request. */
  readonly open: ReadonlyMap<string, PullRequest>;
  /** Requests that wait, and whose pull requests were closed without being merged. */
  readonly closed: ReadonlyMap<string, { readonly url: string; readonly by: string | null }>;
}

export const NO_REQUESTS: SeenRequests = { open: new Map(), closed: new Map() };

export interface SeenIssues {
  /** Open issues that have one of the project's labels, by their number. */
  readonly open: readonly Issue[];
  /** Issues of which an order has not ended and that are not among these any more, by their number: what became of them. */
  readonly gone: ReadonlyMap<number, GoneIssue>;
}

export type GoneIssue = 'closed' | 'unlabelled' | 'removed';

export const NO_ISSUES: SeenIssues = { open: [], gone: new Map() };

export const NO_RESULTS: Pick<SeenOnForge, 'results' | 'left'> = { results: new Map(), left: [] };

/** What the forge says of the project's branch and of the pull requests of results. */
export interface SeenSignals {
  /** Null where nothing asks for it. */
  readonly branch: { readonly name: string; readonly tip: CommitId; readonly checks: readonly Check[] } | null;
  readonly pulls: readonly SeenPull[];
}

export const NO_SIGNALS: SeenSignals = { branch: null, pulls: [] };

/** An open pull request of an order's result. What nothing asks for is empty. */
export interface SeenPull {
  readonly order: string;
  readonly pull: PullRequest;
  readonly checks: readonly Check[];
  readonly reviews: readonly Review[];
}
