import * as v from 'valibot';
import type { Check } from '../../../core/forge/pull-request.js';
import { orNull } from '../forge-fault.js';
import { shaped } from '../shapes.js';
import type { ForgeWire } from '../wire.js';
import * as answers from './answers.js';
import { PAGE, type GitHubClient } from './client.js';
import { unseenChecks } from '../unseen-checks.js';

const RUNS = v.object({ check_runs: v.array(v.unknown()) });
/** After as many a list is left. */
const MOST_RUNS = 1_000;
const STATUSES = v.object({ statuses: v.array(answers.status) });

export function githubChecks(github: GitHubClient): Pick<ForgeWire, 'checks' | 'reviews'> {
  return {
    async checks(ref, into) {
      const [runs, { statuses }, required] = await Promise.all([
        github.all(
          'GET ./commits/{ref}/check-runs',
          { ref, filter: 'latest' },
          answers.checkRun,
          (data) => shaped(RUNS, data).check_runs,
        ),
        // The newest of each name.
        github.ask('GET ./commits/{ref}/status', { ref, per_page: PAGE }).then(({ data }) => shaped(STATUSES, data)),
        requiredOf(github, into),
      ]);
      const begun: readonly Check[] = [
        ...runs.map((run) => answers.ofRun(run, required.has(run.name))),
        ...statuses.map((status) => answers.ofStatus(status, required.has(status.context))),
      ];
      const names = new Set(begun.map(({ name }) => name));
      const awaited = [...required].filter((name) => !names.has(name));
      return [
        ...begun,
        ...unseenChecks(runs.length, MOST_RUNS),
        ...unseenChecks(statuses.length, PAGE),
        ...awaited.map((name): Check => ({ name, state: 'pending', isRequired: true, url: '', summary: '' })),
      ];
    },

    async reviews(number) {
      const pull = { pull_number: number };
      const [reviews, comments] = await Promise.all([
        github.all('GET ./pulls/{pull_number}/reviews', pull, answers.review),
        github.all('GET ./pulls/{pull_number}/comments', pull, answers.reviewComment),
      ]);
      const writers = await github.writers(reviews.map(({ user }) => answers.loginOf(user)));
      return reviews.flatMap((said) => answers.ofReview(said, comments, writers.has(answers.loginOf(said.user))) ?? []);
    },
  };
}

/** What has to succeed before anything gets into a branch, by its rule sets and by the older protection of branches: both hold. */
async function requiredOf(github: GitHubClient, branch: string): Promise<ReadonlySet<string>> {
  const [rules, facts] = await Promise.all([
    orNull(github.all('GET ./rules/branches/{branch}', { branch }, answers.branchRule)),
    orNull(github.ask('GET ./branches/{branch}', { branch })),
  ]);
  const protection = facts === null ? null : shaped(answers.branchFacts, facts.data).protection;
  return new Set([
    ...(rules ?? []).flatMap(
      ({ parameters }) => parameters?.required_status_checks.map(({ context }) => context) ?? [],
    ),
    ...(protection?.required_status_checks?.contexts ?? []),
  ]);
}
