/** Gitea's and Forgejo's answers: the parts that are read, made what the port says. */
import * as v from 'valibot';
import type { Check, Issue, PullRequest, Review } from '../../../core/forge/pull-request.js';
import { address, at, branch, commit, count, name, text } from '../shapes.js';

/** Null where the account has gone. */
const person = v.nullish(v.object({ login: name }), null);
const loginOf = (who: v.InferOutput<typeof person>): string => who?.login ?? 'ghost';
const labels = v.nullish(v.array(v.object({ id: count, name })), []);
/** A title that begins so makes a draft. */
export const DRAFT = 'WIP: ';
const DRAFTS = /^(?:WIP:|\[WIP\])\s*/i;

export const pull = v.object({
  number: count,
  html_url: address,
  title: text,
  body: text,
  state: v.picklist(['open', 'closed']),
  draft: v.optional(v.boolean()),
  // `ref` is another one once the branch has gone.
  head: v.object({ label: branch, sha: commit, repo: v.nullish(v.object({ full_name: name }), null) }),
  base: v.object({ ref: branch }),
  labels,
  user: person,
  requested_reviewers: v.nullish(v.array(v.object({ login: name })), []),
  mergeable: v.nullish(v.boolean(), null),
  merged: v.nullish(v.boolean(), false),
  merged_at: v.nullish(at, null),
  merged_by: person,
  merge_commit_sha: v.nullish(v.string(), null),
  updated_at: at,
});
export type Pull = v.InferOutput<typeof pull>;

export const isDraft = ({ title, draft }: Pull): boolean => draft ?? DRAFTS.test(title);
export const bareTitle = ({ title }: Pick<Pull, 'title'>): string => title.replace(DRAFTS, '');

export function pullRequest(said: Pull, isOwn: boolean): PullRequest {
  const { merged_at, merge_commit_sha } = said;
  const merge = v.safeParse(commit, merge_commit_sha);
  const merged =
    !said.merged || merged_at === null || !merge.success
      ? null
      : { by: loginOf(said.merged_by), at: merged_at, commit: merge.output };
  return {
    number: said.number,
    url: said.html_url,
    title: bareTitle(said),
    body: said.body,
    state: merged === null ? said.state : 'merged',
    isDraft: isDraft(said),
    head: { branch: said.head.label, commit: said.head.sha, isOwn },
    base: said.base.ref,
    labels: said.labels.map((label) => label.name),
    author: loginOf(said.user),
    // A draft is not mergeable whatever it holds.
    mergeable: said.state === 'closed' || (isDraft(said) && said.mergeable === false) ? null : said.mergeable,
    merged,
    // It does not say who closed.
    closedBy: null,
    updatedAt: said.updated_at,
  };
}

export const repository = v.object({
  private: v.boolean(),
  archived: v.optional(v.boolean(), false),
  has_issues: v.optional(v.boolean(), true),
  autodetect_manual_merge: v.nullish(v.boolean(), null),
  permissions: v.optional(v.object({ push: v.boolean() })),
});

/** A merge that somebody pushed is recorded as made by whoever has the e-mail address of its commit, where Gitea looks for those. */
export const doubtOf = ({ autodetect_manual_merge: autodetects }: v.InferOutput<typeof repository>): string | null =>
  autodetects === false
    ? null
    : autodetects === true
      ? 'the repository autodetects manual merges, and takes a commit’s e-mail address for who made one'
      : 'the forge does not tell whether the repository autodetects manual merges, and takes a commit’s e-mail address for who made one';

export const label = v.object({ id: count, name });

const STATES: Readonly<Record<string, Check['state']>> = {
  success: 'success',
  warning: 'success',
  pending: 'pending',
  skipped: 'skipped',
};
export const status = v.object({ context: name, status: name, target_url: text, description: text });
export const statuses = v.object({ statuses: v.nullish(v.array(status), []) });
export const branchFacts = v.object({
  enable_status_check: v.optional(v.boolean(), false),
  status_check_contexts: v.nullish(v.array(name), []),
});
export const ofStatus = (told: v.InferOutput<typeof status>, isRequired: boolean): Check => ({
  name: told.context,
  state: STATES[told.status] ?? 'failure',
  isRequired,
  url: told.target_url,
  summary: told.description,
});

export const review = v.object({
  id: count,
  user: person,
  body: text,
  state: name,
  dismissed: v.optional(v.boolean(), false),
  commit_id: v.nullish(v.string(), null),
  comments_count: v.optional(count, 0),
  submitted_at: at,
});
export const reviewComment = v.object({ id: count, path: name, position: v.nullish(count, null), body: text });

const REVIEW_STATES: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  REQUEST_CHANGES: 'changes-requested',
  COMMENT: 'commented',
};
export const reviewer = ({ user }: v.InferOutput<typeof review>): string => loginOf(user);

/** Null for one that is not handed in yet. */
export function ofReview(
  said: v.InferOutput<typeof review>,
  comments: readonly v.InferOutput<typeof reviewComment>[],
  byMayWrite: boolean,
): Review | null {
  const state = REVIEW_STATES[said.state];
  if (state === undefined) return null;
  const seen = v.safeParse(commit, said.commit_id);
  return {
    id: String(said.id),
    by: loginOf(said.user),
    byMayWrite,
    // Somebody took it back; what was said is still there.
    state: said.dismissed ? 'commented' : state,
    commit: seen.success ? seen.output : null,
    at: said.submitted_at,
    body: said.body,
    comments: comments.map(({ id, path, position, body }) => ({ id: String(id), path, line: position || null, body })),
  };
}

export const issue = v.object({
  number: count,
  html_url: address,
  title: text,
  body: text,
  labels,
  user: person,
  state: name,
  updated_at: at,
  pull_request: v.nullish(v.unknown(), null),
});
export const author = ({ user }: { readonly user: v.InferOutput<typeof person> }): string => loginOf(user);

export const ofIssue = (said: v.InferOutput<typeof issue>, authorMayWrite: boolean): Issue => ({
  number: said.number,
  isOpen: said.state === 'open',
  url: said.html_url,
  title: said.title,
  body: said.body,
  labels: said.labels.map((one) => one.name),
  author: loginOf(said.user),
  authorMayWrite,
  updatedAt: said.updated_at,
});

export const comment = v.object({ id: count, body: text, user: person });
