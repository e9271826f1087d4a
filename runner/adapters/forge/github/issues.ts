import type * as v from 'valibot';
import { forgeFaultOf, orNull } from '../forge-fault.js';
import { marked } from '../marker.js';
import { fitting, listed, shaped } from '../shapes.js';
import type { ForgeWire } from '../wire.js';
import * as answers from './answers.js';
import type { GitHubClient } from './client.js';

export function githubIssues(github: GitHubClient): Pick<ForgeWire, 'issues' | 'issue' | 'putComment' | 'setLabels'> {
  return {
    async issues({ labels, since }) {
      const found = new Map<number, v.InferOutput<typeof answers.issue>>();
      const order = { state: 'open', sort: 'created', direction: 'asc', ...(since === undefined ? {} : { since }) };
      // GitHub lists what has all of several labels.
      for (const label of labels) {
        const all = await github.all('GET ./issues', { ...order, labels: label }, listed(answers.issue));
        for (const issue of fitting(all, github.leftOut))
          if (issue.pull_request === undefined) found.set(issue.number, issue);
      }
      const all = [...found.values()].sort((one, other) => one.number - other.number);
      const writers = await github.writers(all.map(({ user }) => answers.loginOf(user)));
      return all.map((issue) => answers.ofIssue(issue, writers.has(answers.loginOf(issue.user))));
    },

    async issue(number) {
      const said = await there(github.ask('GET ./issues/{issue_number}', { issue_number: number }));
      const issue = said === null ? null : shaped(answers.issue, said.data);
      if (issue === null || issue.pull_request !== undefined) return null;
      const author = answers.loginOf(issue.user);
      return answers.ofIssue(issue, (await github.writers([author])).has(author));
    },

    async putComment({ number }, marker, body) {
      const wanted = marked(marker, body);
      const login = await github.self();
      const issue = { issue_number: number };
      const comments = await github.all('GET ./issues/{issue_number}/comments', issue, answers.comment);
      // Anybody can write a marker. An app's token does not say whose it is.
      const own = comments.find(
        (comment) =>
          comment.body.startsWith(marked(marker, '')) &&
          (login === null ? comment.performed_via_github_app !== null : answers.loginOf(comment.user) === login),
      );
      if (own?.body === wanted) return null;
      if (own === undefined) await github.ask('POST ./issues/{issue_number}/comments', { ...issue, body: wanted });
      else await github.ask('PATCH ./issues/comments/{comment_id}', { comment_id: own.id, body: wanted });
      return null;
    },

    async setLabels({ number }, { add, remove }) {
      const issue = { issue_number: number };
      if (add.length > 0) await github.ask('POST ./issues/{issue_number}/labels', { ...issue, labels: [...add] });
      for (const name of remove)
        await orNull(github.ask('DELETE ./issues/{issue_number}/labels/{name}', { ...issue, name }));
      return null;
    },
  };
}

/** An issue that went to another repository is told by where it is now: here there is none any more. */
async function there<T>(ask: Promise<T>): Promise<T | null> {
  try {
    return await orNull(ask);
  } catch (error) {
    if (forgeFaultOf(error)?.status === 301) return null;
    throw error;
  }
}
