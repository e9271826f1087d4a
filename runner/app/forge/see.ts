import { ok } from '../../core/failure.js';
import { NO_ISSUES, NO_REQUESTS, NO_RESULTS, NO_SIGNALS, type SeenOnForge } from '../../core/forge/seen.js';
import type { ForgeUses } from '../../core/forge/uses.js';
import type { CommitId } from '../../core/ids.js';
import type { Rolling } from '../../core/forge/rolling.js';
import type { StoredOrder } from '../../core/record.js';
import type { Forge, Told } from '../ports/forge.js';
import { seeIssues } from './issues.js';
import { seeRequests } from './requests.js';
import { seeResults } from './results.js';
import { seeSignals } from './signals.js';

/** Asks the forge for everything that the project's files want to know of it, and for nothing else. */
export async function see(
  forge: Forge,
  uses: ForgeUses,
  branches: Branches,
  live: readonly StoredOrder[],
): Told<SeenOnForge> {
  const { ops, branch } = branches;
  const pulls = uses.requests || uses.results || uses.rolling ? await forge.openPulls() : ok([]);
  if (!pulls.ok) return pulls;
  const requests = uses.requests ? await seeRequests(forge, pulls.value, ops, live) : ok(NO_REQUESTS);
  if (!requests.ok) return requests;
  const results = uses.results ? await seeResults(forge, pulls.value, live) : ok(NO_RESULTS);
  if (!results.ok) return results;
  const { rolling: wanted } = branches;
  const rolling =
    pulls.value.find(({ head, base }) => head.isOwn && head.branch === wanted?.head && base === wanted.base) ?? null;
  const issues = uses.labels === null ? ok(NO_ISSUES) : await seeIssues(forge, uses.labels, live);
  if (!issues.ok) return issues;
  const signals =
    uses.signals === null ? ok(NO_SIGNALS) : await seeSignals(forge, uses.signals, branch, results.value.results, live);
  return signals.ok
    ? ok({ requests: requests.value, ...results.value, rolling, issues: issues.value, signals: signals.value })
    : signals;
}

/** The branches that the forge is asked about: that of orders, by its name, and the project's, with its tip. */
export interface Branches {
  readonly ops: string;
  readonly branch: { readonly name: string; readonly tip: CommitId | null };
  /** The integration branch and where it goes; null where it is no pull request. */
  readonly rolling: Rolling | null;
}
