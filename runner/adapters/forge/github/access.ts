import type { ForgeAccess } from '../../../core/forge/pull-request.js';
import { instant } from '../../../core/ids.js';
import { forgeFaultOf } from '../forge-fault.js';
import { shaped } from '../shapes.js';
import type { ForgeWire } from '../wire.js';
import { repository } from './answers.js';
import type { GitHubClient } from './client.js';

export function githubAccess(github: GitHubClient): Pick<ForgeWire, 'access'> {
  return {
    async access(): Promise<ForgeAccess> {
      const { data, headers } = await github.ask('GET /repos/{owner}/{repo}');
      const facts = shaped(repository, data);
      const said = headers['x-oauth-scopes'];
      const scopes =
        said === undefined
          ? null
          : String(said)
              .split(',')
              .flatMap((scope) => scope.trim() || []);
      const missing = [
        ...(facts.permissions?.push === false ? ['the right to push to the repository'] : []),
        ...(facts.archived ? ['a repository that is not archived'] : []),
        ...(scopes === null
          ? await unreadable(github, facts.default_branch, facts.has_issues)
          : missingScopes(scopes, facts.private)),
      ];
      // `2026-12-01 10:00:00 UTC`
      const expires = Date.parse(String(headers['github-authentication-token-expiration'] ?? '').replace(' UTC', 'Z'));
      const expiresAt = Number.isNaN(expires) ? null : instant(expires);
      return { login: await github.self(), scopes, expiresAt, missing, doubt: null };
    },
  };
}

function missingScopes(scopes: readonly string[], isPrivate: boolean): readonly string[] {
  if (scopes.includes('repo') || (!isPrivate && scopes.includes('public_repo'))) return [];
  return [`the scope ${isPrivate ? 'repo' : 'public_repo'}`];
}

/** A fine-grained token does not say what it may do: what it may not read, it may not write either. */
async function unreadable(github: GitHubClient, ref: string, hasIssues: boolean): Promise<readonly string[]> {
  const lacking = await Promise.all(
    [
      { what: 'Pull requests: read and write', route: 'GET ./pulls' },
      ...(hasIssues ? [{ what: 'Issues: read and write', route: 'GET ./issues' }] : []),
      { what: 'Checks: read', route: 'GET ./commits/{ref}/check-runs' },
      { what: 'Commit statuses: read', route: 'GET ./commits/{ref}/status' },
    ].map(async ({ what, route }) => {
      try {
        await github.ask(route, { ref, per_page: 1 });
        return [];
      } catch (error) {
        const problem = forgeFaultOf(error)?.problem;
        if (problem === 'forbidden') return [what];
        // An empty repository has no commit to ask about.
        if (problem === 'not-found' || problem === 'refused') return [];
        throw error;
      }
    }),
  );
  return lacking.flat();
}
