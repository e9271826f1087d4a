import { forgeUses } from '../../core/forge/uses.js';
import { keepNoted, mayKeep } from '../../core/forge/when.js';
import type { SeenOnForge } from '../../core/forge/seen.js';
import type { Plan } from '../../core/plan.js';
import type { Desired } from '../desired.js';
import type { Tools } from '../tools.js';
import type { ForgeUnavailable } from '../ports/forge.js';
import { keepIssues } from './issue-comments.js';
import { isOfAll } from './issues.js';
import { keepRequests } from '../vault/pulls.js';
import { keepResults } from './keep-results.js';
import { keepRolling } from './keep-rolling.js';
import { keepSignals } from './keep-signals.js';

/**
 * Has the forge show what stands here, after a look at it. What it does not do is noted, and tried again after a later look, ever more rarely; what it has against one part
 * holds up no other.
 */
export async function keepForge(
  tools: Tools,
  desired: Desired,
  seen: SeenOnForge | null,
  plan: Pick<Plan, 'results' | 'moves' | 'rejections'>,
): Promise<void> {
  if (seen === null || tools.dryRun) return;
  const { machine, clock, report } = tools;
  const { project, policy } = desired;
  if (!mayKeep(await machine.forgeNote(), clock.now())) return;
  const uses = forgeUses(project, policy);
  const parts = [
    ...(uses.requests ? [() => keepRequests(tools, policy, seen.requests)] : []),
    ...(uses.results ? [() => keepResults(tools, desired, seen, plan.results)] : []),
    ...(uses.rolling ? [() => keepRolling(tools, project, seen.rolling)] : []),
    ...(uses.labels === null ? [] : [() => keepIssues(tools, seen, madeBy(plan))]),
    () => keepSignals(tools, plan.results),
  ];
  let failure: ForgeUnavailable | null = null;
  for (const keep of parts) {
    const kept = await keep();
    if (kept.ok) continue;
    failure ??= kept.failure;
    if (isOfAll(kept.failure)) break;
  }
  const note = await machine.forgeNote();
  const before = note?.keeping ?? null;
  if (note === null || (failure === null && before === null)) return;
  await machine.noteForge(keepNoted(note, clock.now(), failure));
  if (failure !== null && failure.why !== before?.failure.why) report({ event: 'trouble', failure });
}

/** What was just taken in, with when; null for what was rejected. */
const madeBy = ({ moves, rejections }: Pick<Plan, 'moves' | 'rejections'>): ReadonlyMap<string, string | null> =>
  new Map([
    ...moves.flatMap(({ event, to: { record } }): [string, string][] =>
      event === 'accept' ? [[record.id, record.accepted.at]] : [],
    ),
    ...rejections.map(({ name }): [string, null] => [name, null]),
  ]);
