import type * as v from 'valibot';
import type { Check } from '../../../core/forge/pull-request.js';
import { forgeFaultOf, orNull } from '../forge-fault.js';
import { marked } from '../marker.js';
import { fitting, listed, shaped } from '../shapes.js';
import type { ForgeWire, Wired } from '../wire.js';
import * as answers from './answers.js';
import { GiteaClient } from './client.js';
import { ownComment } from './comments.js';
import { giteaPulls } from './pulls.js';
import { unseenChecks } from '../unseen-checks.js';

export function giteaWire(wired: Wired): ForgeWire {
  const gitea = new GiteaClient(wired);
  const talk = giteaTalk(gitea);
  return { ...giteaAccess(gitea), ...giteaPulls(gitea, talk), ...giteaChecks(gitea), ...talk };
}

const giteaAccess = (gitea: GiteaClient): Pick<ForgeWire, 'access'> => ({
  async access() {
    const facts = shaped(answers.repository, (await gitea.ask('GET .')).data);
    // A token does not say what it may do: what it may not read, it may not write either.
    const lacking = await Promise.all(
      [
        { what: 'the scope write:repository', route: 'GET ./pulls' },
        ...(facts.has_issues ? [{ what: 'the scope write:issue', route: 'GET ./issues' }] : []),
        { what: 'the scope read:user', route: 'GET /user' },
      ].map(async ({ what, route }) => {
        try {
          await gitea.ask(route, null, { limit: 1 });
          return [];
        } catch (error) {
          if (forgeFaultOf(error)?.problem === 'forbidden') return [what];
          throw error;
        }
      }),
    );
    const missing = [
      ...(facts.permissions?.push === false ? ['the right to push to the repository'] : []),
      ...(facts.archived ? ['a repository that is not archived'] : []),
      ...lacking.flat(),
    ];
    const login = missing.includes('the scope read:user') ? null : await gitea.self();
    return { login, scopes: null, expiresAt: null, missing, doubt: answers.doubtOf(facts) };
  },
});

/** Gitea gives no more at once. */
const MOST_STATUSES = 50;

const giteaChecks = (gitea: GiteaClient): Pick<ForgeWire, 'checks' | 'reviews'> => ({
  async checks(commit, into) {
    const [said, facts] = await Promise.all([
      // The newest of each name.
      gitea.ask(`GET ./commits/${commit}/status`, null, { limit: MOST_STATUSES }),
      orNull(gitea.ask(`GET ./branches/${encodeURIComponent(into)}`)),
    ]);
    const rules = facts === null ? null : shaped(answers.branchFacts, facts.data);
    const required = new Set(rules?.enable_status_check === true ? rules.status_check_contexts : []);
    const { statuses } = shaped(answers.statuses, said.data);
    const begun = statuses.map((status) => answers.ofStatus(status, required.has(status.context)));
    const awaited = [...required].filter((name) => begun.every((check) => check.name !== name));
    return [
      ...begun,
      ...unseenChecks(statuses.length, MOST_STATUSES),
      ...awaited.map((name): Check => ({ name, state: 'pending', isRequired: true, url: '', summary: '' })),
    ];
  },

  async reviews(number) {
    const at = `./pulls/${String(number)}/reviews`;
    const reviews = await gitea.all(`GET ${at}`, {}, answers.review);
    const [writers, comments] = await Promise.all([
      gitea.writers(reviews.map(answers.reviewer)),
      Promise.all(
        reviews.map(({ id, comments_count }) =>
          comments_count === 0
            ? Promise.resolve([])
            : gitea.all(`GET ${at}/${String(id)}/comments`, {}, answers.reviewComment),
        ),
      ),
    ]);
    return reviews.flatMap(
      (said, index) => answers.ofReview(said, comments[index] ?? [], writers.has(answers.reviewer(said))) ?? [],
    );
  },
});

const giteaTalk = (gitea: GiteaClient): Pick<ForgeWire, 'issues' | 'issue' | 'putComment' | 'setLabels'> => ({
  async issues({ labels, since }) {
    const found = new Map<number, v.InferOutput<typeof answers.issue>>();
    const filter = { type: 'issues', state: 'open', ...(since === undefined ? {} : { since }) };
    // It lists what has all of several labels.
    for (const label of labels) {
      const all = await gitea.all('GET ./issues', { ...filter, labels: label }, listed(answers.issue));
      for (const issue of fitting(all, gitea.leftOut)) found.set(issue.number, issue);
    }
    const all = [...found.values()].sort((one, other) => one.number - other.number);
    const writers = await gitea.writers(all.map(answers.author));
    return all.map((issue) => answers.ofIssue(issue, writers.has(answers.author(issue))));
  },

  async issue(number) {
    const said = await orNull(gitea.ask(`GET ./issues/${String(number)}`));
    const issue = said === null ? null : shaped(answers.issue, said.data);
    if (issue === null || issue.pull_request !== null) return null;
    const author = answers.author(issue);
    return answers.ofIssue(issue, (await gitea.writers([author])).has(author));
  },

  async putComment({ number }, marker, body) {
    const wanted = marked(marker, body);
    const own = await ownComment(gitea, number, marker);
    if (own?.body === wanted) return null;
    if (own === undefined) await gitea.ask(`POST ./issues/${String(number)}/comments`, { body: wanted });
    else await gitea.ask(`PATCH ./issues/comments/${String(own.id)}`, { body: wanted });
    return null;
  },

  async setLabels({ number }, { add, remove }) {
    if (add.length === 0 && remove.length === 0) return null;
    const known = new Map(
      (await gitea.all('GET ./labels', {}, answers.label)).map(({ id, name }) => [name, id] as const),
    );
    for (const name of add.filter((label) => !known.has(label))) {
      const { data } = await gitea.ask('POST ./labels', { name, color: '#ededed' });
      known.set(name, shaped(answers.label, data).id);
    }
    const at = `./issues/${String(number)}/labels`;
    if (add.length > 0) await gitea.ask(`POST ${at}`, { labels: add.map((name) => known.get(name)) });
    for (const name of remove) {
      const id = known.get(name);
      if (id !== undefined) await orNull(gitea.ask(`DELETE ${at}/${String(id)}`));
    }
    return null;
  },
});
