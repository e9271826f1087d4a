import { IssueNotes, Issues, MergeRequestNotes, MergeRequests } from '@gitbeaker/core';
import * as v from 'valibot';
import { orNull } from '../forge-fault.js';
import { marked } from '../marker.js';
import { fitting, listed, shaped } from '../shapes.js';
import type { ForgeWire, Wired } from '../wire.js';
import * as answers from './answers.js';
import { DEVELOPER, GitLabClient, PAGES } from './client.js';
import { gitlabPulls } from './pulls.js';
import { reviewsOf } from './reviews.js';
import { unseenChecks } from '../unseen-checks.js';

/** Pages of texts that may have a million characters each: one that is too long to be read would be the end of all. */
const LONG = { perPage: 12, maxPages: 80 };

export function gitlabWire(wired: Wired): ForgeWire {
  const gitlab = new GitLabClient(wired);
  const talk = gitlabTalk(gitlab);
  return { ...gitlabReading(gitlab), ...gitlabPulls(gitlab, talk), ...talk };
}

const gitlabReading = (gitlab: GitLabClient): Pick<ForgeWire, 'access' | 'checks' | 'reviews'> => ({
  async access() {
    const [said, { username }, own] = await Promise.all([
      gitlab.get('.'),
      gitlab.self(),
      orNull(gitlab.get('personal_access_tokens/self')),
    ]);
    const { archived, permissions } = shaped(answers.project, said);
    const token = own === null ? null : shaped(answers.token, own);
    const levels = [permissions?.project_access?.access_level ?? 0, permissions?.group_access?.access_level ?? 0];
    const missing = [
      ...(permissions !== null && Math.max(...levels) < DEVELOPER ? ['the role Developer in the project'] : []),
      ...(archived ? ['a project that is not archived'] : []),
      ...(token === null || token.scopes.includes('api') ? [] : ['the scope api']),
    ];
    return {
      login: username,
      scopes: token?.scopes ?? null,
      expiresAt: token?.expires_at ?? null,
      missing,
      doubt: null,
    };
  },

  async checks(commit) {
    const [statuses, said] = await Promise.all([
      gitlab.get(`./repository/commits/${commit}/statuses`, { per_page: PAGES.perPage }),
      gitlab.get('.'),
    ]);
    // GitLab requires no check by its name: all of a pipeline, or none.
    const isRequired = shaped(answers.project, said).only_allow_merge_if_pipeline_succeeds;
    const told = shaped(v.array(answers.status), statuses);
    return [...told.map((status) => answers.ofStatus(status, isRequired)), ...unseenChecks(told.length, PAGES.perPage)];
  },

  reviews: (number) => reviewsOf(gitlab, number),
});

function gitlabTalk(gitlab: GitLabClient): Pick<ForgeWire, 'issues' | 'issue' | 'putComment' | 'setLabels'> {
  const { project, options } = gitlab;
  const [issues, requests] = [new Issues(options), new MergeRequests(options)];
  const notesOf = { issue: new IssueNotes(options), pull: new MergeRequestNotes(options) };
  return {
    async issues({ labels, since }) {
      const found = new Map<number, v.InferOutput<typeof answers.issue>>();
      const filter = { projectId: project, state: 'opened', orderBy: 'created_at', sort: 'asc', ...LONG } as const;
      // It lists what has all of several labels.
      for (const label of labels) {
        const said = await issues.all({
          ...filter,
          labels: label,
          ...(since === undefined ? {} : { updatedAfter: since }),
        });
        for (const issue of fitting(shaped(v.array(listed(answers.issue)), said), gitlab.leftOut))
          found.set(issue.iid, issue);
      }
      const all = [...found.values()].sort((one, other) => one.iid - other.iid);
      const writers = await gitlab.writers(all.flatMap(({ author }) => author ?? []));
      return all.map((issue) => answers.ofIssue(issue, issue.author !== null && writers.has(issue.author.username)));
    },

    async issue(number) {
      const said = await orNull(gitlab.get(`./issues/${String(number)}`));
      const issue = said === null ? null : shaped(answers.issue, said);
      if (issue === null) return null;
      const { author } = issue;
      return answers.ofIssue(issue, author !== null && (await gitlab.writers([author])).has(author.username));
    },

    async putComment({ kind, number }, marker, body) {
      const wanted = marked(marker, body);
      const notes = notesOf[kind];
      const [{ id: self }, said] = await Promise.all([
        gitlab.self(),
        notes.all(project, number, { sort: 'asc', ...PAGES }),
      ]);
      // Anybody can write a marker.
      const own = shaped(v.array(answers.note), said).find(
        (note) => note.author?.id === self && note.body.startsWith(marked(marker, '')),
      );
      if (own?.body === wanted) return null;
      if (own === undefined) await notes.create(project, number, wanted);
      else await notes.edit(project, number, own.id, { body: wanted });
      return null;
    },

    async setLabels({ kind, number }, { add, remove }) {
      if (add.length === 0 && remove.length === 0) return null;
      const change = {
        ...(add.length === 0 ? {} : { addLabels: add.join(',') }),
        ...(remove.length === 0 ? {} : { removeLabels: remove.join(',') }),
      };
      if (kind === 'pull') await requests.edit(project, number, change);
      else await issues.edit(project, number, change);
      return null;
    },
  };
}
