import type { OpenedPull, WantedPull } from '../../../app/ports/forge.js';
import type { PullRequest } from '../../../core/forge/pull-request.js';
import { ForgeFault, forgeFaultOf, orNull } from '../forge-fault.js';
import { LeftOut, fitting, listed, shaped } from '../shapes.js';
import type { Merged, PullWire, TalkWire } from '../wire.js';
import * as answers from './answers.js';
import type { GiteaClient } from './client.js';
import { ownComment } from './comments.js';

export const giteaPulls = (gitea: GiteaClient, talk: TalkWire): PullWire => new GiteaPulls(gitea, talk);

class GiteaPulls implements PullWire {
  constructor(
    private readonly gitea: GiteaClient,
    private readonly talk: TalkWire,
  ) {}

  readonly openPulls: PullWire['openPulls'] = async () => {
    const pulls = await this.gitea.all('GET ./pulls', { state: 'open' }, listed(answers.pull));
    return fitting(pulls, this.gitea.leftOut)
      .map((pull) => this.#told(pull))
      .sort((one, other) => one.number - other.number);
  };

  readonly pull: PullWire['pull'] = async (number) => {
    const said = await orNull(this.#pull(number));
    return said && this.#whole(said);
  };

  readonly pullOf: PullWire['pullOf'] = async (branch, merged) => {
    const found = await this.#from(branch, 'all', null, merged);
    return found === undefined ? null : this.#whole(await this.#pull(found.number));
  };

  readonly openPull: PullWire['openPull'] = async (wanted): Promise<OpenedPull> => {
    const there = await this.#from(wanted.head, 'open', wanted.base);
    const pull = there ?? (await this.#create(wanted));
    const unmet = await this.#furnish(pull, wanted);
    return { pull: this.#told(await this.#pull(pull.number)), isAdopted: there !== undefined, unmet };
  };

  async #create({ head, base, title, body, draft }: WantedPull): Promise<answers.Pull> {
    try {
      const wanted = { head, base, title: draft ? answers.DRAFT + title : title, body };
      return shaped(answers.pull, (await this.gitea.ask('POST ./pulls', wanted)).data);
    } catch (error) {
      if (forgeFaultOf(error)?.status !== 409) throw error;
      // Somebody was faster, or the answer to an earlier try was lost.
      const pull = await this.#from(head, 'open', base);
      if (pull === undefined) throw error;
      return pull;
    }
  }

  /** Labels and reviewers that are not there yet; says which could not be had. */
  async #furnish(pull: answers.Pull, { labels, reviewers }: WantedPull): Promise<readonly string[]> {
    const has = new Set(pull.labels.map(({ name }) => name));
    const add = labels.filter((label) => !has.has(label));
    await this.talk.setLabels({ kind: 'pull', number: pull.number }, { add, remove: [] });
    const asked = new Set(pull.requested_reviewers.map(({ login }) => login.toLowerCase()));
    const open = reviewers.filter((login) => !asked.has(login.toLowerCase()));
    if (open.length === 0) return [];
    const at = `./pulls/${String(pull.number)}`;
    const reviews = await this.gitea.all(`GET ${at}/reviews`, {}, answers.review);
    const reviewed = new Set(reviews.map((review) => answers.reviewer(review).toLowerCase()));
    const unmet: string[] = [];
    for (const reviewer of open.filter((login) => !reviewed.has(login.toLowerCase()))) {
      const [, team] = reviewer.split('/');
      const who = team === undefined ? { reviewers: [reviewer] } : { team_reviewers: [team] };
      try {
        await this.gitea.ask(`POST ${at}/requested_reviewers`, who);
      } catch (error) {
        const fault = forgeFaultOf(error);
        if (fault?.problem !== 'refused' && fault?.problem !== 'not-found' && fault?.problem !== 'forbidden')
          throw error;
        unmet.push(`${reviewer} cannot be asked for a review: ${fault.message}`);
      }
    }
    return unmet;
  }

  readonly updatePull: PullWire['updatePull'] = async (number, { title, body, draft }) => {
    const before = await this.#pull(number);
    const wanted = `${(draft ?? answers.isDraft(before)) ? answers.DRAFT : ''}${title ?? answers.bareTitle(before)}`;
    const isAnotherDraft = draft !== undefined && draft !== answers.isDraft(before);
    const isAnotherTitle = title !== undefined && title !== answers.bareTitle(before);
    const change = {
      ...(isAnotherDraft || isAnotherTitle ? { title: wanted } : {}),
      ...(body === undefined || body === before.body ? {} : { body }),
    };
    if (Object.keys(change).length > 0) await this.gitea.ask(`PATCH ./pulls/${String(number)}`, change);
    return this.#told(await this.#pull(number));
  };

  readonly closePull: PullWire['closePull'] = async (number, why) => {
    const { state } = await this.#pull(number);
    if (state === 'closed') return null;
    await this.talk.putComment({ kind: 'pull', number }, 'closed', why);
    await this.gitea.ask(`PATCH ./pulls/${String(number)}`, { state: 'closed' });
    return null;
  };

  readonly mergePull: PullWire['mergePull'] = async (number, { method, head, message }) => {
    const before = this.#told(await this.#pull(number));
    if (before.merged !== null && before.head.commit === head) return before.merged.commit;
    const words = { MergeTitleField: message.title, MergeMessageField: message.body };
    await this.#merge(number, { Do: method, head_commit_id: head, ...words, merge_when_checks_succeed: false });
    const { merged } = this.#told(await this.#pull(number));
    if (merged === null) throw new ForgeFault('refused', 'it says that it merged, and has not');
    return merged.commit;
  };

  readonly enableAutoMerge: PullWire['enableAutoMerge'] = async (number, { method, head }) => {
    try {
      await this.#merge(number, { Do: method, head_commit_id: head, merge_when_checks_succeed: true });
      return true;
    } catch (error) {
      const fault = forgeFaultOf(error);
      if (fault?.problem !== 'refused') throw error;
      return /scheduled/i.test(fault.message);
    }
  };

  async #merge(number: number, how: Readonly<Record<string, unknown>>): Promise<void> {
    await this.gitea.ask(`POST ./pulls/${String(number)}/merge`, { delete_branch_after_merge: false, ...how });
  }

  async #pull(number: number): Promise<answers.Pull> {
    return shaped(answers.pull, (await this.gitea.ask(`GET ./pulls/${String(number)}`)).data);
  }

  /** The newest from a branch of the repository itself: it cannot be asked for by its branch, so that the newest thousand are looked through. */
  async #from(
    branch: string,
    state: 'open' | 'all',
    base: string | null,
    merged?: Merged,
  ): Promise<answers.Pull | undefined> {
    const isIt = (pull: answers.Pull | LeftOut): pull is answers.Pull =>
      !(pull instanceof LeftOut) &&
      pull.head.label === branch &&
      this.gitea.is(pull.head.repo?.full_name) &&
      (base === null || pull.base.ref === base);
    const isMerged = (pull: answers.Pull | LeftOut): boolean =>
      isIt(pull) && pull.base.ref === merged?.into && this.#told(pull).merged?.commit === merged.as;
    const isFound = merged === undefined ? isIt : isMerged;
    const pulls = await this.gitea.all('GET ./pulls', { state }, listed(answers.pull), (found) => found.some(isFound));
    const own = pulls.filter(isIt).sort((one, other) => other.number - one.number);
    return own.findLast(isMerged) ?? own[0];
  }

  /** With who closed it, where that was the runner: it says so before, and Gitea tells of nobody else. */
  async #whole(said: answers.Pull): Promise<PullRequest> {
    const pull = this.#told(said);
    if (pull.state !== 'closed') return pull;
    try {
      const own = await ownComment(this.gitea, pull.number, 'closed');
      return own === undefined ? pull : { ...pull, closedBy: await this.gitea.self() };
    } catch (error) {
      // A token that may not be asked whose it is has never said anything.
      if (forgeFaultOf(error)?.problem === 'forbidden') return pull;
      throw error;
    }
  }

  #told(pull: answers.Pull): PullRequest {
    return answers.pullRequest(pull, this.gitea.is(pull.head.repo?.full_name));
  }
}
