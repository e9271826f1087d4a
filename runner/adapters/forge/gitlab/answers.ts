/** GitLab's answers: the parts that are read, made what the port says. */
import * as v from 'valibot';
import type { Check, Issue, PullRequest } from '../../../core/forge/pull-request.js';
import { address, at, branch, commit, count, name, text } from '../shapes.js';

export const person = v.object({ id: count, username: name });
export const someone = v.nullish(person, null);
/** A title that begins so makes a draft. */
export const DRAFT = 'Draft: ';
const DRAFTS = /^(?:\[draft\]|\(draft\)|draft:)\s*/i;

export const mergeRequest = v.object({
  iid: count,
  web_url: address,
  title: text,
  description: text,
  state: v.picklist(['opened', 'closed', 'locked', 'merged']),
  draft: v.optional(v.boolean(), false),
  source_branch: branch,
  source_project_id: v.nullish(count, null),
  target_project_id: count,
  target_branch: branch,
  sha: v.nullish(commit, null),
  labels: v.array(name),
  author: someone,
  reviewers: v.nullish(v.array(person), []),
  detailed_merge_status: v.nullish(name, null),
  merge_status: v.nullish(name, null),
  has_conflicts: v.optional(v.boolean(), false),
  merged_by: someone,
  merge_user: someone,
  merged_at: v.nullish(at, null),
  merge_commit_sha: v.nullish(commit, null),
  squash_commit_sha: v.nullish(commit, null),
  closed_by: someone,
  head_pipeline: v.nullish(v.object({ status: name }), null),
  updated_at: at,
});
export type MergeRequest = v.InferOutput<typeof mergeRequest>;

const loginOf = (who: v.InferOutput<typeof someone>): string => who?.username ?? 'ghost';
export const bareTitle = ({ title }: Pick<MergeRequest, 'title'>): string => title.replace(DRAFTS, '');
export const isOwn = ({ source_project_id, target_project_id }: MergeRequest): boolean =>
  source_project_id === target_project_id;

/** Null: an empty merge request, whose branch has nothing in it. */
export function pullRequest(said: MergeRequest): PullRequest | null {
  const { sha, merged_at } = said;
  if (sha === null) return null;
  // Of a fast-forward there is no commit but the branch's own.
  const into = said.merge_commit_sha ?? said.squash_commit_sha ?? sha;
  const merged =
    said.state !== 'merged' || merged_at === null
      ? null
      : { by: loginOf(said.merge_user ?? said.merged_by), at: merged_at, commit: into };
  return {
    number: said.iid,
    url: said.web_url,
    title: bareTitle(said),
    body: said.description,
    state: merged !== null ? 'merged' : said.state === 'closed' ? 'closed' : 'open',
    isDraft: said.draft,
    head: { branch: said.source_branch, commit: sha, isOwn: isOwn(said) },
    base: said.target_branch,
    labels: said.labels,
    author: loginOf(said.author),
    mergeable: mergeable(said),
    merged,
    closedBy: said.state === 'closed' && said.closed_by !== null ? said.closed_by.username : null,
    updatedAt: said.updated_at,
  };
}

/** Whether the two fit together, whatever else is in the way of a merge. */
function mergeable({ state, detailed_merge_status, merge_status, has_conflicts }: MergeRequest): boolean | null {
  const status = detailed_merge_status ?? merge_status ?? 'unchecked';
  if (state !== 'opened' || ['unchecked', 'checking', 'preparing', 'approvals_syncing'].includes(status)) return null;
  return !has_conflicts && status !== 'conflict' && status !== 'cannot_be_merged';
}

export const project = v.object({
  archived: v.optional(v.boolean(), false),
  only_allow_merge_if_pipeline_succeeds: v.nullish(v.boolean(), false),
  merge_method: v.optional(name, 'merge'),
  permissions: v.nullish(
    v.object({
      project_access: v.nullish(v.object({ access_level: count }), null),
      group_access: v.nullish(v.object({ access_level: count }), null),
    }),
    null,
  ),
});
export const token = v.object({ scopes: v.array(name), expires_at: v.nullish(at, null) });

const STATES: Readonly<Record<string, Check['state']>> = {
  success: 'success',
  failed: 'failure',
  canceled: 'cancelled',
  canceling: 'cancelled',
  skipped: 'skipped',
  // Nobody has to start it.
  manual: 'skipped',
};
export const status = v.object({
  name,
  status: name,
  target_url: text,
  description: text,
  allow_failure: v.nullish(v.boolean(), false),
});
export const ofStatus = (told: v.InferOutput<typeof status>, isRequired: boolean): Check => ({
  name: told.name,
  state: STATES[told.status] ?? 'pending',
  isRequired: isRequired && !told.allow_failure,
  url: told.target_url,
  summary: told.description,
});

export const approvals = v.object({
  approved_by: v.array(v.object({ user: person, approved_at: v.nullish(at, null) })),
});
export const reviewer = v.object({ user: person, state: name, created_at: v.nullish(at, null) });
const position = v.nullish(v.object({ new_path: v.nullish(name), new_line: v.nullish(count) }), null);
export const note = v.object({
  id: count,
  body: text,
  author: someone,
  system: v.optional(v.boolean(), false),
  created_at: at,
  position,
});
export type Note = v.InferOutput<typeof note>;

export const issue = v.object({
  iid: count,
  web_url: address,
  title: text,
  description: text,
  labels: v.array(name),
  author: someone,
  state: name,
  updated_at: at,
});
export const ofIssue = (said: v.InferOutput<typeof issue>, authorMayWrite: boolean): Issue => ({
  number: said.iid,
  isOpen: said.state === 'opened',
  url: said.web_url,
  title: said.title,
  body: said.description,
  labels: said.labels,
  author: loginOf(said.author),
  authorMayWrite,
  updatedAt: said.updated_at,
});
