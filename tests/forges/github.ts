import { route, paged, type Routes } from './routes.js';
import type { Asked, Front, Reply } from './server.js';
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

const API = '/api/v3';
const REVIEW_STATES = {
  approved: 'APPROVED',
  'changes-requested': 'CHANGES_REQUESTED',
  commented: 'COMMENTED',
} as const;
const CONCLUSIONS = {
  success: 'success',
  failure: 'failure',
  cancelled: 'cancelled',
  skipped: 'skipped',
  pending: null,
} as const;

const says = (status: number, message: string, more: object = {}): Reply => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status), ...more },
});
const NOT_FOUND = says(404, 'Not Found');
const FORBIDDEN = says(403, 'Resource not accessible by personal access token');
const invalid = (message: string): Reply =>
  says(422, 'Validation Failed', { errors: [{ resource: 'PullRequest', code: 'custom', message }] });

/** The parts of GitHub's API (2022-11-28, as an Enterprise server has it) that the runner uses, as its description has them. */
export const github: Front = (world, asked, url) => {
  const key = (asked.headers.authorization ?? '').replace(/^Bearer /, '');
  const token = world.tokens.get(key);
  if (token === undefined) return says(401, 'Bad credentials');
  const reply =
    asked.path === '/api/graphql'
      ? graphql(world, token, asked)
      : (route(routes(world, token, url), asked, API) ?? NOT_FOUND);
  const headers = {
    'x-ratelimit-limit': '5000',
    'x-ratelimit-remaining': '4999',
    ...(token.areas === null && token.login !== null ? { 'x-oauth-scopes': token.scopes.join(', ') } : {}),
    ...(token.expiresAt === undefined ? {} : { 'github-authentication-token-expiration': token.expiresAt }),
    ...reply.headers,
  };
  return { ...reply, headers };
};

function routes(world: ForgeWorld, token: Token, url: string): Routes {
  const [owner = '', repo = ''] = world.repo.split('/');
  const login = token.login ?? 'app[bot]';
  const at = `/repos/${owner}/${repo}`;
  /** Reads need to see the repository; what is hidden is not there. */
  const guarded =
    (area: string, needs: 'read' | 'write', run: (parts: readonly string[], asked: Asked) => Reply) =>
    (parts: readonly string[], asked: Asked): Reply => {
      if (world.may(token.login) === 'none') return NOT_FOUND;
      if (token.areas === null) {
        const scope =
          token.login === null ||
          token.scopes.includes('repo') ||
          (!world.isPrivate && (needs === 'read' || token.scopes.includes('public_repo')));
        if (!scope) return NOT_FOUND;
      } else if (area !== 'metadata' && token.areas[area] !== 'write' && token.areas[area] !== needs) return FORBIDDEN;
      if (needs === 'write' && !['admin', 'write'].includes(world.may(token.login)))
        return says(403, 'Must have push access to the repository.');
      try {
        return run(parts, asked);
      } catch (error) {
        if (error instanceof Refused) return refused(error);
        throw error;
      }
    };
  const reads = (area: string, run: (parts: readonly string[], asked: Asked) => Reply) => guarded(area, 'read', run);
  const writes = (area: string, run: (parts: readonly string[], asked: Asked) => Reply) => guarded(area, 'write', run);
  const pullOf = (number = ''): Pull | undefined => world.pulls.find((pull) => pull.number === Number(number));
  const withPull = (number: string | undefined, run: (pull: Pull) => Reply): Reply => {
    const pull = pullOf(number);
    return pull === undefined ? NOT_FOUND : run(pull);
  };
  const shown = (pull: Pull): object => pullJson(world, pull, url, true);

  return {
    'GET /user': () =>
      token.login === null ? says(403, 'Resource not accessible by integration') : { status: 200, body: person(login) },
    [`GET ${at}`]: reads('metadata', () => ({
      status: 200,
      body: {
        full_name: world.repo,
        private: world.isPrivate,
        archived: false,
        has_issues: true,
        default_branch: 'main',
        permissions: {
          admin: world.may(token.login) === 'admin',
          push: ['admin', 'write'].includes(world.may(token.login)),
          pull: true,
        },
      },
    })),
    [`GET ${at}/collaborators/:/permission`]: reads('metadata', ([who = '']) =>
      world.people.has(who)
        ? { status: 200, body: { permission: world.may(who), user: person(who) } }
        : says(404, `${who} is not a user`),
    ),
    [`GET ${at}/pulls`]: reads('pull_requests', (_, asked) => {
      const { query } = asked;
      const state = query.get('state') ?? 'open';
      const head = query.get('head');
      const pulls = world.pulls.filter(
        (pull) =>
          (state === 'all' || pull.state === state) &&
          (head === null || head === `${pull.forkHead === null ? owner : pull.author}:${pull.head}`) &&
          (query.get('base') === null || query.get('base') === pull.base),
      );
      const ordered = query.get('direction') === 'asc' ? pulls : pulls.reverse();
      return paged(
        ordered.map((pull) => pullJson(world, pull, url, false)),
        asked,
        url,
      );
    }),
    [`POST ${at}/pulls`]: writes('pull_requests', (_, { body }) => {
      const wanted = {
        head: String(body['head']),
        base: String(body['base']),
        title: String(body['title']),
        body: String(body['body'] ?? ''),
        isDraft: body['draft'] === true,
      };
      return { status: 201, body: shown(world.openPull(login, wanted)) };
    }),
    [`GET ${at}/pulls/:`]: reads('pull_requests', ([number]) =>
      withPull(number, (pull) => ({ status: 200, body: shown(pull) })),
    ),
    [`PATCH ${at}/pulls/:`]: writes('pull_requests', ([number], { body }) =>
      withPull(number, (pull) => {
        if (typeof body['title'] === 'string') pull.title = body['title'];
        if (typeof body['body'] === 'string') pull.body = body['body'];
        if (body['state'] === 'closed') world.close(pull, login);
        world.changed(pull);
        return { status: 200, body: shown(pull) };
      }),
    ),
    [`PUT ${at}/pulls/:/merge`]: writes('contents', ([number], { body }) =>
      withPull(number, (pull) => {
        const sha = world.merge(
          pull,
          login,
          String(body['merge_method'] ?? 'merge') as Method,
          String(body['sha'] ?? world.headOf(pull)),
          wordsOf(body['commit_title'], body['commit_message']),
        );
        return { status: 200, body: { sha, merged: true, message: 'Pull Request successfully merged' } };
      }),
    ),
    [`POST ${at}/pulls/:/requested_reviewers`]: writes('pull_requests', ([number], { body }) =>
      withPull(number, (pull) => {
        const wanted = (body['reviewers'] ?? []) as string[];
        if (
          wanted.some((who) => !world.people.has(who)) ||
          wanted.includes(pull.author) ||
          body['team_reviewers'] !== undefined
        )
          return says(
            422,
            'Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the repository.',
          );
        for (const who of wanted) pull.reviewers.add(who);
        world.changed(pull);
        return { status: 201, body: shown(pull) };
      }),
    ),
    [`GET ${at}/pulls/:/reviews`]: reads('pull_requests', ([number], asked) =>
      withPull(number, () =>
        paged(
          world.reviews.filter(({ on }) => on === Number(number)).map((review) => reviewJson(review)),
          asked,
          url,
        ),
      ),
    ),
    [`GET ${at}/pulls/:/comments`]: reads('pull_requests', ([number], asked) =>
      withPull(number, () =>
        paged(world.reviews.filter(({ on }) => on === Number(number)).flatMap(commentsJson), asked, url),
      ),
    ),
    [`GET ${at}/commits/:/check-runs`]: reads('checks', ([commit = ''], asked) => {
      const { body, ...page } = paged(
        of(world, commit, 'run').map((check) => runJson(check, url)),
        asked,
        url,
      );
      return { ...page, body: { total_count: of(world, commit, 'run').length, check_runs: body } };
    }),
    [`GET ${at}/commits/:/status`]: reads('statuses', ([commit = '']) => {
      const statuses = of(world, commit, 'status').map((check) => statusJson(check, url));
      return {
        status: 200,
        body: {
          state: 'pending',
          statuses,
          sha: commit,
          total_count: statuses.length,
          url: `${url}${API}${at}/commits/${commit}/status`,
        },
      };
    }),
    [`GET ${at}/rules/branches/:`]: reads('metadata', ([branch = ''], asked) => {
      const contexts = (world.required.get(branch) ?? []).slice(1).map((context) => ({ context }));
      const rules =
        contexts.length === 0
          ? []
          : [
              { type: 'deletion' },
              { type: 'required_status_checks', parameters: { required_status_checks: contexts } },
            ];
      return paged(rules, asked, url);
    }),
    // The first by the older protection of branches, the others by rule sets: both hold.
    [`GET ${at}/branches/:`]: reads('metadata', ([branch = '']) => {
      if (world.tip(branch) === null) return says(404, 'Branch not found');
      const contexts = (world.required.get(branch) ?? []).slice(0, 1);
      return {
        status: 200,
        body: {
          name: branch,
          protected: contexts.length > 0,
          protection: {
            enabled: contexts.length > 0,
            required_status_checks: { enforcement_level: 'everyone', contexts },
          },
        },
      };
    }),
    [`GET ${at}/issues`]: reads('issues', (_, asked) => {
      const labels = (asked.query.get('labels') ?? '').split(',').filter((label) => label !== '');
      const since = asked.query.get('since');
      const all = [...world.issues, ...world.pulls].sort((one, other) => one.number - other.number);
      const found = all.filter(
        (issue) =>
          issue.state === 'open' &&
          labels.every((label) => issue.labels.has(label)) &&
          (since === null || issue.updatedAt >= since),
      );
      return paged(
        found.map((issue) => issueJson(issue, url)),
        asked,
        url,
      );
    }),
    [`GET ${at}/issues/:`]: reads('issues', ([number]) => {
      const issue = world.numbered(Number(number));
      return issue === undefined ? NOT_FOUND : { status: 200, body: issueJson(issue, url) };
    }),
    [`GET ${at}/issues/:/comments`]: reads('issues', ([number], asked) =>
      world.numbered(Number(number)) === undefined
        ? NOT_FOUND
        : paged(world.comments.filter(({ on }) => on === Number(number)).map(commentJson), asked, url),
    ),
    [`POST ${at}/issues/:/comments`]: writes('issues', ([number], { body }) =>
      world.numbered(Number(number)) === undefined
        ? NOT_FOUND
        : { status: 201, body: commentJson(world.comment(Number(number), token.login, String(body['body']))) },
    ),
    [`PATCH ${at}/issues/comments/:`]: writes('issues', ([id], { body }) => {
      const comment = world.comments.find((one) => one.id === Number(id));
      if (comment === undefined) return NOT_FOUND;
      comment.body = String(body['body']);
      world.changed();
      return { status: 200, body: commentJson(comment) };
    }),
    [`POST ${at}/issues/:/labels`]: writes('issues', ([number], { body }) => {
      const issue = world.numbered(Number(number));
      if (issue === undefined) return NOT_FOUND;
      for (const label of (body['labels'] ?? []) as string[]) issue.labels.add(label);
      world.changed(issue);
      return { status: 200, body: [...issue.labels].map((name) => ({ name })) };
    }),
    [`DELETE ${at}/issues/:/labels/:`]: writes('issues', ([number, name = '']) => {
      const issue = world.numbered(Number(number));
      if (issue?.labels.delete(name) !== true) return says(404, 'Label does not exist');
      world.changed(issue);
      return { status: 200, body: [...issue.labels].map((label) => ({ name: label })) };
    }),
  };
}

const REFUSALS: Partial<Record<Refused['why'], Reply>> = {
  exists: invalid('A pull request already exists for this head and base.'),
  'no-commits': invalid('No commits between base and head'),
  drafts: says(422, 'Draft pull requests are not supported in this repository.'),
  'head-moved': says(409, 'Head branch was modified. Review and try the merge again.'),
  checks: says(405, 'Required status checks are expected.'),
};
const refused = ({ why }: Refused): Reply => REFUSALS[why] ?? says(405, 'Pull Request is not mergeable');

function graphql(world: ForgeWorld, token: Token, { body }: Asked): Reply {
  const login = token.login ?? 'app[bot]';
  const { id, how = 'MERGE', head = '' } = body['variables'] as { id: string; how?: string; head?: string };
  const query = String(body['query']);
  const pull = world.pulls.find(({ number }) => nodeOf(number) === id);
  const failed = (type: string, message: string): Reply => ({
    status: 200,
    body: { data: null, errors: [{ type, message }] },
  });
  if (pull === undefined) return failed('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
  if (!['admin', 'write'].includes(world.may(token.login)))
    return failed('FORBIDDEN', 'Resource not accessible by personal access token');
  try {
    if (query.includes('convertPullRequestToDraft')) pull.isDraft = true;
    else if (query.includes('markPullRequestReadyForReview')) pull.isDraft = false;
    else if (query.includes('enablePullRequestAutoMerge'))
      world.enableAutoMerge(pull, login, how.toLowerCase() as Method, head);
    else return failed('undefinedField', 'no such field');
  } catch (error) {
    if (error instanceof Refused)
      return failed(
        'UNPROCESSABLE',
        error.why === 'clean'
          ? 'Pull request Pull request is in clean status'
          : 'Pull request Auto merge is not allowed for this repository',
      );
    throw error;
  }
  world.changed(pull);
  return { status: 200, body: { data: { done: { clientMutationId: null } } } };
}

const nodeOf = (number: number): string => `PR_${String(number)}`;
const person = (login: string | null): object => ({
  login: login ?? 'app[bot]',
  id: 1,
  type: login === null ? 'Bot' : 'User',
});
const of = (world: ForgeWorld, ref: string, kind: Check['kind']): readonly Check[] =>
  (world.checks.get(ref) ?? []).filter((check) => check.kind === kind);
const at = (told: string): string => told.replace(/\.\d+Z$/, 'Z');

function pullJson(world: ForgeWorld, pull: Pull, url: string, isWhole: boolean): object {
  const [owner = ''] = world.repo.split('/');
  const whole = {
    mergeable: pull.state === 'open' ? world.mergeable(pull) : null,
    merged: pull.merged !== null,
    merged_by: pull.merged === null ? null : person(pull.merged.by),
  };
  return {
    number: pull.number,
    node_id: nodeOf(pull.number),
    html_url: `${url}/${world.repo}/pull/${String(pull.number)}`,
    title: pull.title,
    body: pull.body === '' ? null : pull.body,
    state: pull.state,
    draft: pull.isDraft,
    user: person(pull.author),
    head: {
      ref: pull.head,
      sha: world.headOf(pull),
      repo: { full_name: pull.forkHead === null ? world.repo : `${pull.author}/fork` },
    },
    base: { ref: pull.base, sha: world.tip(pull.base), repo: { full_name: world.repo, owner: { login: owner } } },
    labels: [...pull.labels].map((name) => ({ name })),
    requested_reviewers: [...pull.reviewers].map(person),
    requested_teams: [],
    merged_at: pull.merged === null ? null : at(pull.merged.at),
    merge_commit_sha: pull.merged?.commit ?? null,
    updated_at: at(pull.updatedAt),
    ...(isWhole ? whole : {}),
  };
}

const reviewJson = (review: Review): object => ({
  id: review.id,
  user: person(review.author),
  body: review.body,
  state: REVIEW_STATES[review.state],
  commit_id: review.commit,
  submitted_at: at(review.at),
});
const commentsJson = (review: Review): readonly object[] =>
  review.comments.map(({ id, path, line, body }) => ({
    id,
    pull_request_review_id: review.id,
    path,
    line,
    body,
    user: person(review.author),
  }));
const runJson = ({ name, state, summary }: Check, url: string): object => ({
  name,
  status: state === 'pending' ? 'in_progress' : 'completed',
  conclusion: CONCLUSIONS[state],
  html_url: `${url}/checks/${encodeURIComponent(name)}`,
  output: { title: null, summary: summary === '' ? null : summary },
});
const statusJson = ({ name, state, summary }: Check, url: string): object => ({
  context: name,
  state: state === 'cancelled' ? 'error' : state,
  description: summary,
  target_url: `${url}/statuses/${encodeURIComponent(name)}`,
});
const commentJson = ({ id, author, body }: Comment): object => ({
  id,
  body,
  user: person(author),
  performed_via_github_app: author === null ? { id: 7 } : null,
});

function issueJson(issue: Issue | Pull, url: string): object {
  const isPull = 'base' in issue;
  return {
    number: issue.number,
    html_url: `${url}/issues/${String(issue.number)}`,
    title: issue.title,
    body: issue.body === '' ? null : issue.body,
    state: issue.state,
    labels: [...issue.labels].map((name) => ({ id: 1, name })),
    user: person(issue.author),
    updated_at: at(issue.updatedAt),
    closed_by: isPull && issue.closedBy !== null ? person(issue.closedBy) : null,
    ...(isPull ? { pull_request: { merged_at: issue.merged?.at ?? null } } : {}),
  };
}
