import { MergeRequests, Users } from '@gitbeaker/core';
import * as v from 'valibot';
import type { OpenedPull, WantedPull } from '../../../app/ports/forge.js';
import type { PullRequest } from '../../../core/forge/pull-request.js';
import { ForgeFault, forgeFaultOf, orNull } from '../forge-fault.js';
import { fitting, listed, shaped } from '../shapes.js';
import type { PullWire, TalkWire } from '../wire.js';
import * as answers from './answers.js';
import { paged, type GitLabClient } from './client.js';

/** Pipelines that may still come to an end. */
const UNDERWAY = ['created', 'waiting_for_resource', 'preparing', 'pending', 'running', 'scheduled'];

export const gitlabPulls = (gitlab: GitLabClient, talk: TalkWire): PullWire => new GitLabPulls(gitlab, talk);

class GitLabPulls implements PullWire {
  readonly #requests: MergeRequests<boolean>;
  readonly #users: Users<boolean>;

  constructor(
    private readonly gitlab: GitLabClient,
    private readonly talk: TalkWire,
  ) {
    this.#requests = new MergeRequests(gitlab.options);
    this.#users = new Users(gitlab.options);
  }

  readonly openPulls: PullWire['openPulls'] = async () => {
    const all = await this.#list({ state: 'opened', sort: 'asc' });
    return all.flatMap((request) => answers.pullRequest(request) ?? []);
  };

  readonly pull: PullWire['pull'] = async (number) => {
    const said = await orNull(this.#pull(number));
    return said && answers.pullRequest(said);
  };

  readonly pullOf: PullWire['pullOf'] = async (branch, merged) => {
    const all = (await this.#list({ sourceBranch: branch, sort: 'desc' })).filter(answers.isOwn);
    const isIt = (request: answers.MergeRequest): boolean =>
      request.target_branch === merged?.into && answers.pullRequest(request)?.merged?.commit === merged.as;
    const found = all.findLast(isIt) ?? all[0];
    return found === undefined ? null : answers.pullRequest(await this.#pull(found.iid));
  };

  readonly openPull: PullWire['openPull'] = async (wanted): Promise<OpenedPull> => {
    const there = await this.#open(wanted);
    const request = there ?? (await this.#create(wanted));
    const unmet = await this.#furnish(request, wanted);
    return { pull: whole(await this.#pull(request.iid)), isAdopted: there !== undefined, unmet };
  };

  async #open({ head, base }: Pick<WantedPull, 'head' | 'base'>): Promise<answers.MergeRequest | undefined> {
    const found = await this.#list({ state: 'opened', sourceBranch: head, targetBranch: base, sort: 'desc' });
    return found.find(answers.isOwn);
  }

  async #create(wanted: WantedPull): Promise<answers.MergeRequest> {
    const { head, base, title, body, draft } = wanted;
    const { project } = this.gitlab;
    try {
      const made = await this.#requests.create(project, head, base, draft ? answers.DRAFT + title : title, {
        description: body,
        removeSourceBranch: false,
      });
      return shaped(answers.mergeRequest, made);
    } catch (error) {
      if (forgeFaultOf(error)?.status !== 409) throw error;
      // Somebody was faster, or the answer to an earlier try was lost.
      const request = await this.#open(wanted);
      if (request === undefined) throw error;
      return request;
    }
  }

  /** Labels and reviewers that are not there yet; says which could not be had. */
  async #furnish(request: answers.MergeRequest, { labels, reviewers }: WantedPull): Promise<readonly string[]> {
    const add = labels.filter((label) => !request.labels.includes(label));
    await this.talk.setLabels({ kind: 'pull', number: request.iid }, { add, remove: [] });
    const has = new Set(request.reviewers.map(({ username }) => username.toLowerCase()));
    const open = reviewers.filter((login) => !has.has(login.toLowerCase()));
    if (open.length === 0) return [];
    const found = await Promise.all(open.map((login) => this.#person(login)));
    const ids = [...request.reviewers, ...found.flatMap((person) => person ?? [])].map(({ id }) => id);
    const { reviewers: taken } = shaped(
      answers.mergeRequest,
      await this.#requests.edit(this.gitlab.project, request.iid, { reviewerIds: ids }),
    );
    // An edition without several reviewers takes the first.
    const asked = new Set(taken.map(({ username }) => username.toLowerCase()));
    return open
      .filter((login) => !asked.has(login.toLowerCase()))
      .map((login) => `${login} cannot be asked for a review`);
  }

  async #person(username: string): Promise<{ readonly id: number } | undefined> {
    const [found] = shaped(v.array(answers.person), await this.#users.all({ username }));
    return found;
  }

  readonly updatePull: PullWire['updatePull'] = async (number, { title, body, draft }) => {
    const before = await this.#pull(number);
    const isDraft = draft ?? before.draft;
    const bare = title ?? answers.bareTitle(before);
    const change = {
      ...(isDraft === before.draft && bare === answers.bareTitle(before)
        ? {}
        : { title: isDraft ? answers.DRAFT + bare : bare }),
      ...(body === undefined || body === before.description ? {} : { description: body }),
    };
    if (Object.keys(change).length > 0) await this.#requests.edit(this.gitlab.project, number, change);
    return whole(await this.#pull(number));
  };

  readonly closePull: PullWire['closePull'] = async (number, why) => {
    const { state } = await this.#pull(number);
    if (state !== 'opened') return null;
    await this.talk.putComment({ kind: 'pull', number }, 'closed', why);
    await this.#requests.edit(this.gitlab.project, number, { stateEvent: 'close' });
    return null;
  };

  readonly mergePull: PullWire['mergePull'] = async (number, { method, head, message }) => {
    const before = whole(await this.#pull(number));
    if (before.merged !== null && before.head.commit === head) return before.merged.commit;
    if (method === 'rebase') await this.#needsFastForward();
    await this.#requests.merge(this.gitlab.project, number, {
      sha: head,
      squash: method === 'squash',
      shouldRemoveSourceBranch: false,
      [method === 'squash' ? 'squashCommitMessage' : 'mergeCommitMessage']: `${message.title}\n\n${message.body}`,
    });
    const { merged } = whole(await this.#pull(number));
    if (merged === null) throw new ForgeFault('refused', 'it says that it merges, and has not yet');
    return merged.commit;
  };

  /** How GitLab merges is the project's setting; a squash alone is up to who merges. */
  async #needsFastForward(): Promise<void> {
    const { merge_method } = shaped(answers.project, await this.gitlab.get('.'));
    if (merge_method !== 'ff')
      throw new ForgeFault(
        'refused',
        `it merges by its project's own method, ${merge_method}: rebasing there takes \`fast-forward merge\``,
      );
  }

  readonly enableAutoMerge: PullWire['enableAutoMerge'] = async (number, { method, head }) => {
    const { head_pipeline, sha } = await this.#pull(number);
    // It would merge at once.
    if (head_pipeline === null || sha !== head || !UNDERWAY.includes(head_pipeline.status)) return false;
    try {
      await this.#requests.merge(this.gitlab.project, number, {
        sha: head,
        squash: method === 'squash',
        shouldRemoveSourceBranch: false,
        mergeWhenPipelineSucceeds: true,
      });
      return true;
    } catch (error) {
      if (forgeFaultOf(error)?.problem === 'refused') return false;
      throw error;
    }
  };

  async #pull(number: number): Promise<answers.MergeRequest> {
    return shaped(answers.mergeRequest, await this.#requests.show(this.gitlab.project, number));
  }

  async #list(filter: {
    readonly state?: 'opened';
    readonly sourceBranch?: string;
    readonly targetBranch?: string;
    readonly sort: 'asc' | 'desc';
  }): Promise<readonly answers.MergeRequest[]> {
    const all = await paged((pages) =>
      this.#requests.all({ projectId: this.gitlab.project, orderBy: 'created_at', ...pages, ...filter }),
    );
    return fitting(shaped(v.array(listed(answers.mergeRequest)), all), this.gitlab.leftOut);
  }
}

function whole(said: answers.MergeRequest): PullRequest {
  const pull = answers.pullRequest(said);
  if (pull === null) throw new ForgeFault('refused', 'the merge request has no commit');
  return pull;
}
