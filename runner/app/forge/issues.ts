import { fail, ok } from '../../core/failure.js';
import { hasLabel, issueOf } from '../../core/forge/issues.js';
import type { Issue } from '../../core/forge/pull-request.js';
import type { GoneIssue, SeenIssues } from '../../core/forge/seen.js';
import type { StoredOrder } from '../../core/record.js';
import type { Forge, ForgeUnavailable, Told } from '../ports/forge.js';

/** The open issues with one of these labels; and what became of others of which an order has not ended. */
export async function seeIssues(
  forge: Forge,
  labels: readonly string[],
  live: readonly StoredOrder[],
): Told<SeenIssues> {
  const listed = await forge.issues({ labels });
  if (!listed.ok) return listed;
  const open = new Map(listed.value.map((issue) => [issue.number, issue]));
  const gone = new Map<number, GoneIssue>();
  for (const number of new Set(live.flatMap(({ record }) => issueOf(record)?.number ?? []))) {
    if (open.has(number)) continue;
    // A list may lack what is there: nothing is concluded from that alone.
    const found = await forge.issue(number);
    if (!found.ok && isOfAll(found.failure)) return fail(found.failure);
    if (!found.ok) continue;
    const issue = found.value;
    const became = goneAs(issue, labels);
    if (became !== null) gone.set(number, became);
    else if (issue !== null) open.set(number, issue);
  }
  return ok({ open: [...open.values()].sort((one, other) => one.number - other.number), gone });
}

function goneAs(issue: Issue | null, labels: readonly string[]): GoneIssue | null {
  if (issue === null) return 'removed';
  if (!issue.isOpen) return 'closed';
  return hasLabel(issue, labels) ? null : 'unlabelled';
}

/** Whether it is not about one issue alone. */
export const isOfAll = ({ problem }: ForgeUnavailable): boolean =>
  problem === 'unreachable' || problem === 'rate-limited' || problem === 'no-token';
