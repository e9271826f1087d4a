import * as v from 'valibot';
import type { OpenedPull, WantedPull } from '../../../app/ports/forge.js';
import type { PullRequest } from '../../../core/forge/pull-request.js';
import { forgeFaultOf, orNull } from '../forge-fault.js';
import { commit, fitting, listed, shaped } from '../shapes.js';
import type { Merged, PullWire, TalkWire } from '../wire.js';
import * as answers from './answers.js';
import { PAGE, type GitHubClient } from './client.js';

export const githubPulls = (github: GitHubClient, talk: TalkWire): PullWire => new GitHubPulls(github, talk);

class GitHubPulls implements PullWire {
  constructor(
    private readonly github: GitHubClient,
    private readonly talk: TalkWire,
  ) {}

  readonly openPulls: PullWire['openPulls'] = async () => {
    const order = { state: 'open', sort: 'created', direction: 'asc' };
    const pulls = await this.github.all('GET ./pulls', order, listed(answers.pull));
    return fitting(pulls, this.github.leftOut).map((pull) => this.#told(pull, null));
  };

  readonly pull: PullWire['pull'] = async (number) => {
    const said = await orNull(this.#pull(number));
    return said && this.#whole(said);
  };

  readonly pullOf: PullWire['pullOf'] = async (branch, merged) => {
    const found =
      (merged === undefined ? undefined : await this.#merged(branch, merged)) ??
      (await this.#from(branch, { state: 'all' }));
    return found === undefined ? null : this.#whole(await this.#pull(found.number));
  };

  readonly openPull: PullWire['openPull'] = async (wanted): Promise<OpenedPull> => {
    const there = await this.#from(wanted.head, { state: 'open', base: wanted.base });
    const { pull, unmet } = there === undefined ? await this.#create(wanted) : { pull: there, unmet: [] };
    const more = await this.#furnish(pull, wanted);
    return {
      pull: await this.#whole(await this.#pull(pull.number)),
      isAdopted: there !== undefined,
      unmet: [...unmet, ...more],
    };
  };

  async #create(wanted: WantedPull): Promise<{ readonly pull: answers.Pull; readonly unmet: readonly string[] }> {
    const { head, base, title, body, draft } = wanted;
    try {
      const { data } = await this.github.ask('POST ./pulls', { head, base, title, body, draft });
      return { pull: shaped(answers.pull, data), unmet: [] };
    } catch (error) {
      const fault = forgeFaultOf(error);
      if (fault?.status !== 422) throw error;
      if (draft && /draft/i.test(fault.message)) {
        const { pull, unmet } = await this.#create({ ...wanted, draft: false });
        return { pull, unmet: [...unmet, 'this repository has no drafts'] };
      }
      // Somebody was faster, or the answer to an earlier try was lost.
      const pull = await this.#from(head, { state: 'open', base });
      if (pull === undefined) throw error;
      return { pull, unmet: [] };
    }
  }

  /** Labels and reviewers that are not there yet; says which could not be had. */
  async #furnish(pull: answers.Pull, { labels, reviewers }: WantedPull): Promise<readonly string[]> {
    const has = new Set(pull.labels.map(({ name }) => name.toLowerCase()));
    await this.talk.setLabels(
      { kind: 'pull', number: pull.number },
      {
        add: labels.filter((label) => !has.has(label.toLowerCase())),
        remove: [],
      },
    );
    const asked = new Set([
      ...pull.requested_reviewers.map(({ login }) => login.toLowerCase()),
      ...pull.requested_teams.map(({ slug }) => `${this.github.owner}/${slug}`.toLowerCase()),
    ]);
    const open = reviewers.filter((reviewer) => !asked.has(reviewer.toLowerCase()));
    if (open.length === 0) return [];
    const number = { pull_number: pull.number };
    const reviews = await this.github.all('GET ./pulls/{pull_number}/reviews', number, answers.review);
    const reviewed = new Set(reviews.map(({ user }) => answers.loginOf(user).toLowerCase()));
    const unmet: string[] = [];
    // One by one: GitHub takes none of a list in which it does not know one.
    for (const reviewer of open.filter((login) => !reviewed.has(login.toLowerCase()))) {
      const [, team] = reviewer.split('/');
      const who = team === undefined ? { reviewers: [reviewer] } : { team_reviewers: [team] };
      try {
        await this.github.ask('POST ./pulls/{pull_number}/requested_reviewers', { ...number, ...who });
      } catch (error) {
        const fault = forgeFaultOf(error);
        if (fault?.problem !== 'refused' && fault?.problem !== 'forbidden') throw error;
        unmet.push(`${reviewer} cannot be asked for a review: ${fault.message}`);
      }
    }
    return unmet;
  }

  readonly updatePull: PullWire['updatePull'] = async (number, { title, body, draft }) => {
    const before = await this.#pull(number);
    if (draft !== undefined && draft !== before.draft) {
      const name = draft ? 'convertPullRequestToDraft' : 'markPullRequestReadyForReview';
      const mutation = `mutation($id: ID!) { ${name}(input: { pullRequestId: $id }) { clientMutationId } }`;
      await this.github.mutate(mutation, { id: before.node_id });
    }
    const change = {
      ...(title === undefined || title === before.title ? {} : { title }),
      ...(body === undefined || body === before.body ? {} : { body }),
    };
    if (Object.keys(change).length > 0)
      await this.github.ask('PATCH ./pulls/{pull_number}', { pull_number: number, ...change });
    return this.#whole(await this.#pull(number));
  };

  readonly closePull: PullWire['closePull'] = async (number, why) => {
    const { state } = await this.#pull(number);
    if (state === 'closed') return null;
    await this.talk.putComment({ kind: 'pull', number }, 'closed', why);
    await this.github.ask('PATCH ./pulls/{pull_number}', { pull_number: number, state: 'closed' });
    return null;
  };

  readonly mergePull: PullWire['mergePull'] = async (number, { method, head, message }) => {
    const { merged_at, merge_commit_sha, head: at } = await this.#pull(number);
    if (merged_at !== null && merge_commit_sha !== null && at.sha === head) return merge_commit_sha;
    const words = method === 'rebase' ? {} : { commit_title: message.title, commit_message: message.body };
    const how = { pull_number: number, sha: head, merge_method: method, ...words };
    const { data } = await this.github.ask('PUT ./pulls/{pull_number}/merge', how);
    return shaped(v.object({ sha: commit }), data).sha;
  };

  readonly enableAutoMerge: PullWire['enableAutoMerge'] = async (number, { method, head }) => {
    const { node_id: id } = await this.#pull(number);
    const mutation = `mutation($id: ID!, $how: PullRequestMergeMethod!, $head: GitObjectID!) {
      enablePullRequestAutoMerge(input: { pullRequestId: $id, mergeMethod: $how, expectedHeadOid: $head }) { clientMutationId }
    }`;
    try {
      await this.github.mutate(mutation, { id, how: method.toUpperCase(), head });
      return true;
    } catch (error) {
      if (forgeFaultOf(error)?.problem === 'refused') return false;
      throw error;
    }
  };

  async #pull(number: number): Promise<answers.Pull> {
    return shaped(answers.pull, (await this.github.ask('GET ./pulls/{pull_number}', { pull_number: number })).data);
  }

  /** The newest from a branch of the repository itself: `head` as a filter takes forks of the same owner as well. */
  async #from(
    branch: string,
    filter: { readonly state: 'open' | 'all'; readonly base?: string },
  ): Promise<answers.Pull | undefined> {
    const newest = { sort: 'created', direction: 'desc', per_page: PAGE };
    const head = `${this.github.owner}:${branch}`;
    const { data } = await this.github.ask('GET ./pulls', { ...filter, ...newest, head });
    const pulls = fitting(shaped(v.array(listed(answers.pull)), data), this.github.leftOut);
    return pulls.find((pull) => this.#isFrom(branch, pull));
  }

  async #merged(branch: string, { into, as }: Merged): Promise<answers.Pull | undefined> {
    const closed = { state: 'closed', base: into, head: `${this.github.owner}:${branch}` };
    const order = { ...closed, sort: 'created', direction: 'asc' };
    const pulls = fitting(await this.github.all('GET ./pulls', order, listed(answers.pull)), this.github.leftOut);
    // Of one that is not merged, GitHub names a commit as well.
    return pulls.find((pull) => this.#isFrom(branch, pull) && pull.merged_at !== null && pull.merge_commit_sha === as);
  }

  #isFrom(branch: string, { head: { ref, repo } }: answers.Pull): boolean {
    return ref === branch && this.github.is(repo?.full_name);
  }

  /** With who closed it, which only its issue says. */
  async #whole(pull: answers.Pull): Promise<PullRequest> {
    if (pull.state === 'open' || pull.merged_at !== null) return this.#told(pull, null);
    const { data } = await this.github.ask('GET ./issues/{issue_number}', { issue_number: pull.number });
    return this.#told(pull, answers.loginOf(shaped(answers.issue, data).closed_by));
  }

  #told(pull: answers.Pull, closedBy: string | null): PullRequest {
    return answers.pullRequest(pull, this.github.is(pull.head.repo?.full_name), closedBy);
  }
}
