import { paged, route, type Handler, type Routes } from './routes.js';
import type { Asked, Front, Reply } from './server.js';
import {
  Refused,
  type Check,
  type Comment,
  type ForgeWorld,
  type Issue,
  type Permission,
  type Pull,
  type Token,
  wordsOf,
} from './world.js';

const API = '/api/v4';
const DRAFT = /^Draft:\s*/;
const LEVELS: Readonly<Record<Permission, number>> = { admin: 40, write: 30, read: 20, none: 0 };
const STATUS: Readonly<Record<Check['state'], string>> = {
  success: 'success',
  failure: 'failed',
  cancelled: 'canceled',
  skipped: 'skipped',
  pending: 'running',
};

const says = (status: number, message: unknown): Reply => ({ status, body: { message } });
const NOT_FOUND = says(404, '404 Project Not Found');

/** The parts of GitLab's API (v4, 17) that the runner uses, as its documentation has them. */
export const gitlab: Front = (world, asked, url) => {
  const token = world.tokens.get(String(asked.headers['private-token'] ?? ''));
  if (token?.login == null) return says(401, '401 Unauthorized');
  return route(routes(world, token, token.login, url), asked, API) ?? says(404, '404 Not Found');
};

function routes(world: ForgeWorld, token: Token, login: string, url: string): Routes {
  const at = `/projects/${encodeURIComponent(world.repo)}`;
  const ids = idsOf(world);
  const person = (who: string | null): object | null =>
    who === null ? null : { id: ids(who), username: who, name: who };
  const guarded =
    (needs: 'read' | 'write', run: Handler): Handler =>
    (parts, asked) => {
      if (!token.scopes.includes('api') && !(needs === 'read' && token.scopes.includes('read_api')))
        return {
          status: 403,
          body: {
            error: 'insufficient_scope',
            error_description: 'The request requires higher privileges than provided by the access token.',
            scope: 'api',
          },
        };
      if (world.may(login) === 'none') return NOT_FOUND;
      if (needs === 'write' && LEVELS[world.may(login)] < 30) return says(403, '403 Forbidden');
      try {
        return run(parts, asked);
      } catch (error) {
        if (error instanceof Refused) return REFUSALS[error.why] ?? says(405, '405 Method Not Allowed');
        throw error;
      }
    };
  const reads = (run: Handler): Handler => guarded('read', run);
  const writes = (run: Handler): Handler => guarded('write', run);
  const onPull =
    (run: (pull: Pull, asked: Asked, parts: readonly string[]) => Reply): Handler =>
    (parts, asked) => {
      const pull = world.pulls.find(({ number }) => number === Number(parts[0]));
      return pull === undefined ? says(404, '404 Not found') : run(pull, asked, parts);
    };
  const onIssue =
    (run: (issue: Issue, asked: Asked, parts: readonly string[]) => Reply): Handler =>
    (parts, asked) => {
      const issue = world.issues.find(({ number }) => number === Number(parts[0]));
      return issue === undefined ? says(404, '404 Not found') : run(issue, asked, parts);
    };
  const shown = (pull: Pull, isWhole = true): object => mergeRequestJson(world, pull, url, person, ids, isWhole);
  const noteJson = ({ id, author, body }: Comment): object => ({
    id,
    body,
    author: person(author),
    system: false,
    created_at: world.now,
  });
  const notes = (on: number, asked: Asked): Reply =>
    paged(world.comments.filter((comment) => comment.on === on).map(noteJson), asked, url);
  const editNote = (id: string | undefined, body: unknown): Reply => {
    const comment = world.comments.find((one) => one.id === Number(id));
    if (comment === undefined) return says(404, '404 Note Not Found');
    if (comment.author !== login) return says(403, '403 Forbidden');
    comment.body = String(body);
    world.changed();
    return { status: 200, body: noteJson(comment) };
  };
  const label = (thing: Issue | Pull, body: Asked['body']): void => {
    for (const name of listOf(body['add_labels'])) thing.labels.add(name);
    for (const name of listOf(body['remove_labels'])) thing.labels.delete(name);
  };

  return {
    'GET /user': reads(() => ({ status: 200, body: person(login) })),
    'GET /users': reads((_, { query }) => ({
      status: 200,
      body: [...world.people.keys()].filter((who) => who === query.get('username')).map(person),
    })),
    'GET /personal_access_tokens/self': () => ({
      status: 200,
      body: { id: 1, active: true, scopes: token.scopes, expires_at: token.expiresAt ?? null },
    }),
    [`GET ${at}`]: reads(() => ({
      status: 200,
      body: {
        id: 1,
        path_with_namespace: world.repo,
        archived: false,
        default_branch: 'main',
        merge_method: 'merge',
        only_allow_merge_if_pipeline_succeeds: world.required.size > 0,
        permissions: { project_access: { access_level: LEVELS[world.may(login)] }, group_access: null },
      },
    })),
    [`GET ${at}/members/all/:`]: reads(([id]) => {
      const who = [...world.people.keys()].find((name) => ids(name) === Number(id));
      return who === undefined
        ? says(404, '404 Not found')
        : { status: 200, body: { ...person(who), access_level: LEVELS[world.may(who)] } };
    }),
    [`GET ${at}/merge_requests`]: reads((_, asked) => {
      const { query } = asked;
      const pulls = world.pulls.filter(
        (pull) =>
          (query.get('state') !== 'opened' || pull.state === 'open') &&
          (query.get('source_branch') === null || query.get('source_branch') === pull.head) &&
          (query.get('target_branch') === null || query.get('target_branch') === pull.base),
      );
      return paged(
        (query.get('sort') === 'asc' ? pulls : pulls.reverse()).map((pull) => shown(pull, false)),
        asked,
        url,
      );
    }),
    [`POST ${at}/merge_requests`]: writes((_, { body }) => {
      const title = String(body['title']);
      const wanted = {
        head: String(body['source_branch']),
        base: String(body['target_branch']),
        title: title.replace(DRAFT, ''),
        body: String(body['description'] ?? ''),
        isDraft: DRAFT.test(title),
      };
      return { status: 201, body: shown(world.openPull(login, wanted)) };
    }),
    [`GET ${at}/merge_requests/:`]: reads(onPull((pull) => ({ status: 200, body: shown(pull) }))),
    [`PUT ${at}/merge_requests/:`]: writes(
      onPull((pull, { body }) => {
        if (typeof body['title'] === 'string') {
          pull.title = body['title'].replace(DRAFT, '');
          pull.isDraft = DRAFT.test(body['title']);
        }
        if (typeof body['description'] === 'string') pull.body = body['description'];
        label(pull, body);
        if (Array.isArray(body['reviewer_ids'])) {
          pull.reviewers.clear();
          for (const who of world.people.keys()) if (body['reviewer_ids'].includes(ids(who))) pull.reviewers.add(who);
        }
        if (body['state_event'] === 'close') world.close(pull, login);
        world.changed(pull);
        return { status: 200, body: shown(pull) };
      }),
    ),
    [`PUT ${at}/merge_requests/:/merge`]: writes(
      onPull((pull, { body }) => {
        const method = body['squash'] === true ? 'squash' : 'merge';
        if (body['sha'] !== undefined && body['sha'] !== world.headOf(pull))
          return says(409, 'SHA does not match HEAD of source branch');
        if (body['merge_when_pipeline_succeeds'] === true && !world.passes(pull))
          world.enableAutoMerge(pull, login, method, String(body['sha']));
        else
          world.merge(
            pull,
            login,
            method,
            String(body['sha']),
            wordsOf(body[method === 'squash' ? 'squash_commit_message' : 'merge_commit_message'], ''),
          );
        return { status: 200, body: shown(pull) };
      }),
    ),
    [`GET ${at}/merge_requests/:/approvals`]: reads(
      onPull((pull) => ({
        status: 200,
        body: {
          approved_by: world.reviews
            .filter(({ on, state }) => on === pull.number && state === 'approved')
            .map(({ author, at: approved_at }) => ({ user: person(author), approved_at })),
        },
      })),
    ),
    [`GET ${at}/merge_requests/:/reviewers`]: reads(
      onPull((pull) => ({
        status: 200,
        body: world.reviews
          .filter(({ on, state }) => on === pull.number && state === 'changes-requested')
          .map(({ author, at: created_at }) => ({ user: person(author), state: 'requested_changes', created_at })),
      })),
    ),
    [`GET ${at}/merge_requests/:/notes`]: reads(
      onPull((pull, asked) => {
        const reviewed = world.reviews
          .filter(({ on, state }) => on === pull.number && state !== 'approved')
          .flatMap((review) => [
            ...(review.body === ''
              ? []
              : [
                  {
                    id: review.id,
                    body: review.body,
                    author: person(review.author),
                    system: false,
                    created_at: review.at,
                  },
                ]),
            ...review.comments.map(({ id, path, line, body }) => ({
              id,
              body,
              author: person(review.author),
              system: false,
              created_at: review.at,
              position: { new_path: path, new_line: line },
            })),
          ]);
        const added = {
          id: 9999,
          body: 'added 1 commit',
          author: person(pull.author),
          system: true,
          created_at: pull.updatedAt,
        };
        return paged(
          [...reviewed, ...world.comments.filter(({ on }) => on === pull.number).map(noteJson), added],
          asked,
          url,
        );
      }),
    ),
    [`POST ${at}/merge_requests/:/notes`]: writes(
      onPull((pull, { body }) => ({
        status: 201,
        body: noteJson(world.comment(pull.number, login, String(body['body']))),
      })),
    ),
    [`PUT ${at}/merge_requests/:/notes/:`]: writes(onPull((_, { body }, [, id]) => editNote(id, body['body']))),
    [`GET ${at}/repository/commits/:/statuses`]: reads(([commit = ''], asked) =>
      paged(
        (world.checks.get(commit) ?? []).map((check) => ({
          name: check.name,
          status: STATUS[check.state],
          description: check.summary,
          target_url: `${url}/jobs/${encodeURIComponent(check.name)}`,
          allow_failure: false,
        })),
        asked,
        url,
      ),
    ),
    [`GET ${at}/issues`]: reads((_, asked) => {
      const labels = listOf(asked.query.get('labels'));
      const found = world.issues.filter(
        (issue) => issue.state === 'open' && labels.every((name) => issue.labels.has(name)),
      );
      return paged(
        found.map((issue) => issueJson(issue, url, person)),
        asked,
        url,
      );
    }),
    [`GET ${at}/issues/:`]: reads(onIssue((issue) => ({ status: 200, body: issueJson(issue, url, person) }))),
    [`PUT ${at}/issues/:`]: writes(
      onIssue((issue, { body }) => {
        label(issue, body);
        world.changed(issue);
        return { status: 200, body: issueJson(issue, url, person) };
      }),
    ),
    [`GET ${at}/issues/:/notes`]: reads(onIssue((issue, asked) => notes(issue.number, asked))),
    [`POST ${at}/issues/:/notes`]: writes(
      onIssue((issue, { body }) => ({
        status: 201,
        body: noteJson(world.comment(issue.number, login, String(body['body']))),
      })),
    ),
    [`PUT ${at}/issues/:/notes/:`]: writes(onIssue((_, { body }, [, id]) => editNote(id, body['body']))),
  };
}

const REFUSALS: Partial<Record<Refused['why'], Reply>> = {
  exists: says(409, ['Another open merge request already exists for this source branch: !1']),
  'no-commits': says(422, ['There is nothing to merge']),
  'head-moved': says(409, 'SHA does not match HEAD of source branch'),
};

const listOf = (said: unknown): readonly string[] =>
  typeof said === 'string' ? said.split(',').filter((name) => name !== '') : [];

/** People by their numbers, in the order in which they were first seen. */
const IDS = new WeakMap<ForgeWorld, string[]>();
function idsOf(world: ForgeWorld): (who: string) => number {
  const known = IDS.get(world) ?? [];
  IDS.set(world, known);
  return (who) => {
    if (!known.includes(who)) known.push(who);
    return known.indexOf(who) + 1;
  };
}

function mergeRequestJson(
  world: ForgeWorld,
  pull: Pull,
  url: string,
  person: (who: string | null) => object | null,
  ids: (who: string) => number,
  isWhole: boolean,
): object {
  const head = world.headOf(pull);
  const checks = world.checks.get(head) ?? [];
  const isUnderway = checks.some(({ state }) => state === 'pending');
  const isMergeable = isWhole && world.mergeable(pull);
  // A squash is the only commit that GitLab names where nothing else is made.
  const squashed =
    pull.merged !== null &&
    world.git('rev-list', '--parents', '--max-count=1', pull.merged.commit).split(' ').length === 2;
  return {
    iid: pull.number,
    web_url: `${url}/${world.repo}/-/merge_requests/${String(pull.number)}`,
    title: pull.isDraft ? `Draft: ${pull.title}` : pull.title,
    description: pull.body === '' ? null : pull.body,
    state: pull.merged !== null ? 'merged' : pull.state === 'open' ? 'opened' : 'closed',
    draft: pull.isDraft,
    source_branch: pull.head,
    source_project_id: pull.forkHead === null ? 1 : 100 + ids(pull.author),
    target_project_id: 1,
    target_branch: pull.base,
    sha: head,
    labels: [...pull.labels],
    author: person(pull.author),
    reviewers: [...pull.reviewers].map(person),
    detailed_merge_status: !isWhole ? 'unchecked' : isMergeable ? 'mergeable' : 'conflict',
    has_conflicts: isWhole && pull.state === 'open' && !isMergeable,
    merged_by: person(pull.merged?.by ?? null),
    merge_user: person(pull.merged?.by ?? null),
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.merged !== null && !squashed ? pull.merged.commit : null,
    squash_commit_sha: pull.merged !== null && squashed ? pull.merged.commit : null,
    closed_by: person(pull.closedBy),
    head_pipeline: isWhole && checks.length > 0 ? { id: 1, status: isUnderway ? 'running' : 'success' } : null,
    updated_at: pull.updatedAt,
  };
}

const issueJson = (issue: Issue, url: string, person: (who: string | null) => object | null): object => ({
  iid: issue.number,
  web_url: `${url}/-/issues/${String(issue.number)}`,
  title: issue.title,
  description: issue.body === '' ? null : issue.body,
  labels: [...issue.labels],
  author: person(issue.author),
  state: issue.state === 'open' ? 'opened' : 'closed',
  updated_at: issue.updatedAt,
});
