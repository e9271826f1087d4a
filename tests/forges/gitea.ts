import { paged, route, type Handler, type Routes } from './routes.js';
import type { Front, Reply } from './server.js';
import {
  Refused,
  type Check,
  type Comment,
  type ForgeWorld,
  type Issue,
  type Method,
  type Pull,
  type Review,
  type Token,
  wordsOf,
} from './world.js';

const API = '/api/v1';
const STATES = { approved: 'APPROVED', 'changes-requested': 'REQUEST_CHANGES', commented: 'COMMENT' } as const;
const DRAFT = /^WIP:\s*/;
const STATUS: Readonly<Record<Check['state'], string>> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'error',
  skipped: 'skipped',
  pending: 'pending',
};

const says = (status: number, message: string): Reply => ({
  status,
  body: { message, url: 'https://gitea.example/api/swagger' },
});
const NOT_FOUND = says(404, 'The target couldn’t be found.');
const CREATED = (body: unknown): Reply => ({ status: 201, body });

/** The parts of the API of Gitea 1.22 and Forgejo that the runner uses, as its description (swagger) has them. */
export const gitea: Front = (world, asked, url) => {
  const token = world.tokens.get((asked.headers.authorization ?? '').replace(/^token /, ''));
  if (token === undefined) return says(401, 'user does not exist [uid: 0, name: ]');
  return route(routes(world, token, url), asked, API) ?? NOT_FOUND;
};

function routes(world: ForgeWorld, token: Token, url: string): Routes {
  const login = token.login ?? 'ghost';
  const at = `/repos/${world.repo}`;
  const guarded =
    (area: string, needs: 'read' | 'write', run: Handler): Handler =>
    (parts, asked) => {
      const has = token.scopes.includes(`write:${area}`) || (needs === 'read' && token.scopes.includes(`read:${area}`));
      if (!has) return says(403, `token does not have at least one of required scope(s): [${needs}:${area}]`);
      if (world.may(login) === 'none') return NOT_FOUND;
      if (needs === 'write' && !['admin', 'write'].includes(world.may(login)))
        return says(403, 'user should have a permission to write to a repo');
      try {
        return run(parts, asked);
      } catch (error) {
        if (error instanceof Refused) return REFUSALS[error.why] ?? says(405, 'Please try again later');
        throw error;
      }
    };
  const reads = (area: string, run: Handler): Handler => guarded(area, 'read', run);
  const writes = (area: string, run: Handler): Handler => guarded(area, 'write', run);
  const onPull =
    (run: (pull: Pull, ...args: Parameters<Handler>) => Reply): Handler =>
    (parts, asked) => {
      const pull = world.pulls.find(({ number }) => number === Number(parts[0]));
      return pull === undefined ? NOT_FOUND : run(pull, parts, asked);
    };
  const onIssue =
    (run: (issue: Issue | Pull, ...args: Parameters<Handler>) => Reply): Handler =>
    (parts, asked) => {
      const issue = world.numbered(Number(parts[0]));
      return issue === undefined ? NOT_FOUND : run(issue, parts, asked);
    };
  const page = (entries: readonly unknown[], asked: Parameters<Handler>[1]): Reply =>
    paged(entries, asked, url, 'limit', 50);
  const shown = (pull: Pull): object => pullJson(world, pull, url);

  return {
    'GET /user': guardedUser(token, login),
    [`GET ${at}`]: reads('repository', () => ({
      status: 200,
      body: {
        full_name: world.repo,
        private: world.isPrivate,
        archived: false,
        has_issues: true,
        autodetect_manual_merge: world.guessesMergers,
        permissions: { admin: false, push: ['admin', 'write'].includes(world.may(login)), pull: true },
      },
    })),
    [`GET ${at}/collaborators/:/permission`]: reads('repository', ([who = '']) =>
      world.people.has(who)
        ? { status: 200, body: { permission: world.may(who), user: { login: who } } }
        : says(404, 'user does not exist'),
    ),
    [`GET ${at}/pulls`]: reads('repository', (_, asked) => {
      const state = asked.query.get('state') ?? 'open';
      const pulls = world.pulls.filter((pull) => state === 'all' || pull.state === state).reverse();
      return page(pulls.map(shown), asked);
    }),
    [`POST ${at}/pulls`]: writes('repository', (_, { body }) => {
      const title = String(body['title']);
      const wanted = {
        head: String(body['head']),
        base: String(body['base']),
        title: title.replace(DRAFT, ''),
        body: String(body['body'] ?? ''),
        isDraft: DRAFT.test(title),
      };
      return CREATED(shown(world.openPull(login, wanted)));
    }),
    [`GET ${at}/pulls/:`]: reads(
      'repository',
      onPull((pull) => ({ status: 200, body: shown(pull) })),
    ),
    [`PATCH ${at}/pulls/:`]: writes(
      'repository',
      onPull((pull, _, { body }) => {
        if (typeof body['title'] === 'string') {
          pull.title = body['title'].replace(DRAFT, '');
          pull.isDraft = DRAFT.test(body['title']);
        }
        if (typeof body['body'] === 'string') pull.body = body['body'];
        if (body['state'] === 'closed') world.close(pull, login);
        world.changed(pull);
        return CREATED(shown(pull));
      }),
    ),
    [`POST ${at}/pulls/:/merge`]: writes(
      'repository',
      onPull((pull, _, { body }) => {
        const [method, head] = [String(body['Do']) as Method, String(body['head_commit_id'])];
        if (body['merge_when_checks_succeed'] === true && !world.passes(pull)) {
          world.enableAutoMerge(pull, login, method, head);
          return { status: 201 };
        }
        world.merge(pull, login, method, head, wordsOf(body['MergeTitleField'], body['MergeMessageField']));
        return { status: 200 };
      }),
    ),
    [`POST ${at}/pulls/:/requested_reviewers`]: writes(
      'repository',
      onPull((pull, _, { body }) => {
        const wanted = (body['reviewers'] ?? []) as string[];
        const unknown = wanted.find((who) => !world.people.has(who));
        if (unknown !== undefined) return says(404, `user does not exist [uid: 0, name: ${unknown}]`);
        for (const who of wanted) pull.reviewers.add(who);
        world.changed(pull);
        return CREATED([]);
      }),
    ),
    [`GET ${at}/pulls/:/reviews`]: reads(
      'repository',
      onPull((pull, _, asked) => page(world.reviews.filter(({ on }) => on === pull.number).map(reviewJson), asked)),
    ),
    [`GET ${at}/pulls/:/reviews/:/comments`]: reads('repository', (parts) => {
      const review = world.reviews.find(({ id }) => id === Number(parts[1]));
      return {
        status: 200,
        body: (review?.comments ?? []).map(({ id, path, line, body }) => ({ id, path, position: line ?? 0, body })),
      };
    }),
    [`GET ${at}/commits/:/status`]: reads('repository', ([commit = '']) => ({
      status: 200,
      body: {
        state: 'pending',
        sha: commit,
        statuses: (world.checks.get(commit) ?? []).map((check) => ({
          context: check.name,
          status: STATUS[check.state],
          description: check.summary,
          target_url: `${url}/checks/${encodeURIComponent(check.name)}`,
        })),
      },
    })),
    [`GET ${at}/branches/:`]: reads('repository', ([branch = '']) => {
      const contexts = world.required.get(branch) ?? [];
      return world.tip(branch) === null
        ? NOT_FOUND
        : {
            status: 200,
            body: {
              name: branch,
              protected: contexts.length > 0,
              enable_status_check: contexts.length > 0,
              status_check_contexts: contexts.length > 0 ? contexts : null,
            },
          };
    }),
    [`GET ${at}/issues`]: reads('issue', (_, asked) => {
      const labels = (asked.query.get('labels') ?? '').split(',').filter((label) => label !== '');
      const all = asked.query.get('type') === 'issues' ? [...world.issues] : [...world.issues, ...world.pulls];
      return page(
        all
          .filter((issue) => issue.state === 'open' && labels.every((label) => issue.labels.has(label)))
          .reverse()
          .map((issue) => issueJson(issue, url)),
        asked,
      );
    }),
    [`GET ${at}/issues/:`]: reads(
      'issue',
      onIssue((issue) => ({ status: 200, body: issueJson(issue, url) })),
    ),
    [`GET ${at}/issues/:/comments`]: reads(
      'issue',
      onIssue((issue) => ({
        status: 200,
        body: world.comments.filter(({ on }) => on === issue.number).map(commentJson),
      })),
    ),
    [`POST ${at}/issues/:/comments`]: writes(
      'issue',
      onIssue((issue, _, { body }) => CREATED(commentJson(world.comment(issue.number, login, String(body['body']))))),
    ),
    [`PATCH ${at}/issues/comments/:`]: writes('issue', ([id], { body }) => {
      const comment = world.comments.find((one) => one.id === Number(id));
      if (comment === undefined) return NOT_FOUND;
      if (comment.author !== login) return says(403, 'user should have a permission to edit');
      comment.body = String(body['body']);
      world.changed();
      return { status: 200, body: commentJson(comment) };
    }),
    [`GET ${at}/labels`]: reads('issue', (_, asked) =>
      page(
        labelsOf(world).map((name, id) => ({ id: id + 1, name })),
        asked,
      ),
    ),
    [`POST ${at}/labels`]: writes('issue', (_, { body }) => {
      const known = labelsOf(world);
      known.push(String(body['name']));
      return CREATED({ id: known.length, name: body['name'] });
    }),
    [`POST ${at}/issues/:/labels`]: writes(
      'issue',
      onIssue((issue, _, { body }) => {
        const known = labelsOf(world);
        const names = ((body['labels'] ?? []) as number[]).map((id) => known[id - 1]);
        for (const name of names) if (name !== undefined) issue.labels.add(name);
        world.changed(issue);
        return { status: 200, body: [] };
      }),
    ),
    [`DELETE ${at}/issues/:/labels/:`]: writes(
      'issue',
      onIssue((issue, [, id]) => {
        issue.labels.delete(labelsOf(world)[Number(id) - 1] ?? '');
        world.changed(issue);
        return { status: 204 };
      }),
    ),
  };
}

const guardedUser =
  (token: Token, login: string): Handler =>
  () =>
    token.scopes.includes('read:user')
      ? { status: 200, body: { id: 1, login } }
      : says(403, 'token does not have at least one of required scope(s): [read:user]');

/** The labels that a repository has, by their number. */
const LABELS = new WeakMap<ForgeWorld, string[]>();
function labelsOf(world: ForgeWorld): string[] {
  const known = LABELS.get(world) ?? [];
  LABELS.set(world, known);
  for (const { labels } of [...world.issues, ...world.pulls])
    for (const label of labels) if (!known.includes(label)) known.push(label);
  return known;
}

const REFUSALS: Partial<Record<Refused['why'], Reply>> = {
  exists: says(409, 'pull request already exists for these targets [id: 1]'),
  'no-commits': says(422, 'There is no commit between the base and the head.'),
  'head-moved': says(409, 'head out of date'),
  'no-auto-merge': says(405, 'auto merge is switched off'),
};

function pullJson(world: ForgeWorld, pull: Pull, url: string): object {
  const label = pull.head;
  const head = world.headOf(pull);
  return {
    number: pull.number,
    html_url: `${url}/${world.repo}/pulls/${String(pull.number)}`,
    title: pull.isDraft ? `WIP: ${pull.title}` : pull.title,
    body: pull.body,
    state: pull.state,
    draft: pull.isDraft,
    user: { login: pull.author },
    head: {
      label,
      ref: world.tip(label) === null ? `refs/pull/${String(pull.number)}/head` : label,
      sha: head,
      repo: { full_name: pull.forkHead === null ? world.repo : `${pull.author}/fork` },
    },
    base: { label: pull.base, ref: pull.base },
    labels: [...pull.labels].map((name) => ({ id: labelsOf(world).indexOf(name) + 1, name })),
    requested_reviewers: [...pull.reviewers].map((who) => ({ login: who })),
    mergeable: pull.forkHead === null && !pull.isDraft && world.mergeable(pull),
    merged: pull.merged !== null,
    merged_at: pull.merged?.at ?? null,
    merged_by: pull.merged === null ? null : { login: pull.merged.by },
    merge_commit_sha: pull.merged?.commit ?? null,
    updated_at: pull.updatedAt,
  };
}

const reviewJson = (review: Review): object => ({
  id: review.id,
  user: { login: review.author },
  body: review.body,
  state: STATES[review.state],
  dismissed: false,
  commit_id: review.commit,
  comments_count: review.comments.length,
  submitted_at: review.at,
});
const commentJson = ({ id, author, body }: Comment): object => ({
  id,
  body,
  user: author === null ? null : { login: author },
});
const issueJson = (issue: Issue | Pull, url: string): object => ({
  number: issue.number,
  html_url: `${url}/issues/${String(issue.number)}`,
  title: issue.title,
  body: issue.body,
  labels: [...issue.labels].map((name) => ({ id: 1, name })),
  user: { login: issue.author },
  state: issue.state,
  updated_at: issue.updatedAt,
  pull_request: 'base' in issue ? { merged: issue.merged !== null } : null,
});
