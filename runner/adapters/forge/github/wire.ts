import type { ForgeWire, Wired } from '../wire.js';
import { githubAccess } from './access.js';
import { githubChecks } from './checks.js';
import { GitHubClient } from './client.js';
import { githubIssues } from './issues.js';
import { githubPulls } from './pulls.js';

export function githubWire(wired: Wired): ForgeWire {
  const github = new GitHubClient(wired);
  const issues = githubIssues(github);
  return { ...githubAccess(github), ...githubPulls(github, issues), ...githubChecks(github), ...issues };
}
