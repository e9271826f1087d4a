/** GitHub's answers: the parts that are read, made what the port says. */
import * as v from 'valibot';
import type { Check, Issue, PullRequest, Review } from '../../../core/forge/pull-request.js';
import { address, at, branch, commit, count, name, text } from '../shapes.js';

/** Null where the account has gone. */
export const person = v.nullish(v.object({ login: name }), null);
const GHOST = 'ghost';
export const loginOf = (who: v.InferOutput<typeof person>): string => who?.login ?? GHOST;

const labels = v.array(v.object({ name }));
const side = v.object({ ref: branch, sha: commit, repo: v.nullish(v.object({ full_name: name }), null) });

export const pull = v.object({
  number: count,
  node_id: name,
  html_url: address,
  title: text,
  body: text,
  state: v.picklist(['open', 'closed']),
  draft: v.optional(v.boolean(), false),
  head: side,
  base: v.object({ ref: branch }),
  labels,
  user: person,
  requested_reviewers: v.nullish(v.array(v.object({ login: name })), []),
  requested_teams: v.nullish(v.array(v.object({ slug: name })), []),
  mergeable: v.nullish(v.boolean(), null),
  merged_at: v.nullish(at, null),
  merged_by: person,
  merge_commit_sha: v.nullish(commit, null),
  updated_at: at,
});
export type Pull = v.InferOutput<typeof pull>;

export function pullRequest(said: Pull, isOwn: boolean, closedBy: string | null): PullRequest {
  const { merged_at, merge_commit_sha } = said;
  const merged =
    merged_at === null || merge_commit_sha === null
      ? null
      : { by: loginOf(said.merged_by), at: merged_at, commit: merge_commit_sha };
  return {
    number: said.number,
    url: said.html_url,
    title: said.title,
    body: said.body,
    state: merged === null ? said.state : 'merged',
    isDraft: said.draft,
    head: {
      branch: said.head.ref,
      commit: said.head.sha,
      isOwn,
    },
    base: said.base.ref,
    labels: said.labels.map((label) => label.name),
    author: loginOf(said.user),
    mergeable: said.mergeable,
    merged,
    closedBy,
    updatedAt: said.updated_at,
  };
}

export const repository = v.object({
  full_name: name,
  private: v.boolean(),
  archived: v.optional(v.boolean(), false),
  has_issues: v.optional(v.boolean(), true),
  default_branch: branch,
  permissions: v.optional(v.object({ push: v.boolean() })),
});

export const checkRun = v.object({
  name,
  status: name,
  conclusion: v.nullish(name, null),
  html_url: v.nullish(address, null),
  output: v.nullish(v.object({ title: text, summary: text })),
});
export const status = v.object({ context: name, state: name, target_url: text, description: text });
export const branchRule = v.object({
  type: name,
  parameters: v.nullish(v.object({ required_status_checks: v.nullish(v.array(v.object({ context: name })), []) })),
});
export const branchFacts = v.object({
  protection: v.nullish(
    v.object({ required_status_checks: v.nullish(v.object({ contexts: v.nullish(v.array(name), []) })) }),
  ),
});

export const ofRun = (run: v.InferOutput<typeof checkRun>, isRequired: boolean): Check => ({
  name: run.name,
  state: run.status === 'completed' ? conclusion(run.conclusion) : 'pending',
  isRequired,
  url: run.html_url ?? '',
  summary: [run.output?.title ?? '', run.output?.summary ?? ''].filter((part) => part !== '').join('\n'),
});

export const ofStatus = (told: v.InferOutput<typeof status>, isRequired: boolean): Check => ({
  name: told.context,
  state: told.state === 'success' ? 'success' : told.state === 'pending' ? 'pending' : 'failure',
  isRequired,
  url: told.target_url,
  summary: told.description,
});

const CONCLUSIONS: Readonly<Record<string, Check['state']>> = {
  success: 'success',
  // GitHub counts it as passed.
  neutral: 'success',
  skipped: 'skipped',
  cancelled: 'cancelled',
  stale: 'cancelled',
  // Ended by what it ran on, and not by what it looked at.
  timed_out: 'cancelled',
  startup_failure: 'cancelled',
  // It goes on once somebody lets it.
  action_required: 'pending',
};

/** What nobody knows has not passed. */
const conclusion = (said: string | null): Check['state'] => CONCLUSIONS[said ?? ''] ?? 'failure';

export const review = v.object({
  id: count,
  user: person,
  body: text,
  state: name,
  commit_id: v.nullish(commit, null),
  submitted_at: v.nullish(at, null),
});
export const reviewComment = v.object({
  id: count,
  pull_request_review_id: v.nullish(count, null),
  path: name,
  line: v.nullish(count, null),
  original_line: v.nullish(count, null),
  body: text,
});

const REVIEW_STATES: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  // Somebody took it back; what was said is still there.
  DISMISSED: 'commented',
};

/** Null for one that is not handed in yet. */
export function ofReview(
  said: v.InferOutput<typeof review>,
  comments: readonly v.InferOutput<typeof reviewComment>[],
  byMayWrite: boolean,
): Review | null {
  const state = REVIEW_STATES[said.state];
  if (state === undefined || said.submitted_at === null) return null;
  return {
    id: String(said.id),
    by: loginOf(said.user),
    byMayWrite,
    state,
    commit: said.commit_id,
    at: said.submitted_at,
    body: said.body,
    comments: comments
      .filter(({ pull_request_review_id }) => pull_request_review_id === said.id)
      .map(({ id, path, line, body }) => ({ id: String(id), path, line, body })),
  };
}

export const issue = v.object({
  number: count,
  html_url: address,
  title: text,
  body: text,
  labels: v.array(v.union([v.object({ name }), name])),
  user: person,
  state: name,
  updated_at: at,
  pull_request: v.optional(v.unknown()),
  closed_by: person,
});

export const ofIssue = (said: v.InferOutput<typeof issue>, authorMayWrite: boolean): Issue => ({
  number: said.number,
  isOpen: said.state === 'open',
  url: said.html_url,
  title: said.title,
  body: said.body,
  labels: said.labels.map((label) => (typeof label === 'string' ? label : label.name)),
  author: loginOf(said.user),
  authorMayWrite,
  updatedAt: said.updated_at,
});

export const comment = v.object({
  id: count,
  body: text,
  user: person,
  performed_via_github_app: v.nullish(v.object({ id: count }), null),
});
