import { nextLook, noted } from '../../core/forge/when.js';
import type { SeenOnForge } from '../../core/forge/seen.js';
import { forgeUses, usesForge } from '../../core/forge/uses.js';
import { rollingOf } from '../../core/forge/rolling.js';
import { isByPull } from '../../core/forge/results.js';
import { elapsedMs } from '../../core/ids.js';
import type { StoredOrder } from '../../core/record.js';
import type { Desired } from '../desired.js';
import { readOps } from '../observe.js';
import { opsBranch, type Tools } from '../tools.js';
import { projectTip } from '../world.js';
import { awaitedRequests } from './requests.js';
import { unopenedResults } from './results.js';
import { movedRolling } from './keep-rolling.js';
import { see, type Branches } from './see.js';

type Files = Pick<Desired, 'project' | 'policy'>;

/**
 * Looks at the forge where that is due: once a minute at most, and at once for a request that was asked, or a result that shipped, since. Null where it is not due, or where it does not answer: that is
 * noted for people, and nothing else depends on it.
 */
export async function lookAtForge(tools: Tools, files: Files, asksNow = false): Promise<SeenOnForge | null> {
  const { forge, machine, clock } = tools;
  const uses = forgeUses(files.project, files.policy);
  if (tools.dryRun) return glance(tools, files);
  if (forge === null || !usesForge(uses)) return null;
  const view = await readOps(tools);
  if (!view.ok) return null;
  const { live } = view.value;
  const before = await machine.forgeNote();
  const now = clock.now();
  const next = nextLook(before, now);
  const waited = [
    ...(uses.requests ? awaitedRequests(live) : []),
    ...(uses.results ? unopenedResults(live) : []),
    ...(await movedRolling(tools, files.project)),
  ];
  const isNews = before?.failing === null && (asksNow || waited.some((id) => !before.waited.includes(id)));
  if (next !== null && next > now && !isNews) return null;
  const seen = await see(forge, uses, await branchesOf(tools, files), live);
  await machine.noteForge(noted(before, now, seen.ok ? null : seen.failure, waited));
  if (seen.ok) {
    if (before !== null && before.failing !== null)
      tools.report({ event: 'warning', text: `${forge.where} answers again; what waited is looked at` });
    await bringHeads(tools, seen.value, live);
    return seen.value;
  }
  if (before === null || before.failing === null) tools.report({ event: 'trouble', failure: seen.failure });
  return null;
}

/** Looks at the forge now, and remembers nothing of it: for whoever only wants to know. Null where it does not answer, which is said. */
export async function glance(tools: Tools, files: Files): Promise<SeenOnForge | null> {
  const { forge, report } = tools;
  const uses = forgeUses(files.project, files.policy);
  if (forge === null || !usesForge(uses)) return null;
  const view = await readOps(tools);
  if (!view.ok) return null;
  const seen = await see(forge, uses, await branchesOf(tools, files), view.value.live);
  if (seen.ok) return seen.value;
  report({ event: 'trouble', failure: seen.failure });
  return null;
}

/** Gets what others added to the branches of results while it is there: forges delete a branch that they have merged, and git is to say then what was merged. */
async function bringHeads(
  { repository, sharing }: Pick<Tools, 'repository' | 'sharing'>,
  { results }: SeenOnForge,
  live: readonly StoredOrder[],
): Promise<void> {
  for (const { record } of live.filter(isByPull)) {
    const head = results.get(record.id)?.head.commit;
    if (head === undefined || (await repository.tree(head)) !== null) continue;
    // A remote that is away is told by what shares the ops branch; a branch that is gone, by what becomes of the order.
    await sharing?.fetchRun(record.run.id, record.id);
  }
}

async function branchesOf(tools: Tools, { project }: Pick<Files, 'project'>): Promise<Branches> {
  const { branch: name = 'main' } = project;
  return {
    ops: opsBranch(tools.ops),
    branch: { name, tip: await projectTip(tools, name) },
    rolling: rollingOf(project),
  };
}

/** In how many milliseconds the forge is to be looked at for what waits there; none where nothing does. */
export async function untilLook(
  { forge, machine, clock }: Pick<Tools, 'forge' | 'machine' | 'clock'>,
  files: Files,
  live: readonly StoredOrder[],
): Promise<readonly number[]> {
  const uses = forgeUses(files.project, files.policy);
  const isAwaited =
    uses.labels !== null ||
    uses.signals?.branch === true ||
    (uses.requests && awaitedRequests(live).length > 0) ||
    (uses.results && live.some(isByPull));
  if (forge === null || !isAwaited) return [];
  const now = clock.now();
  const next = nextLook(await machine.forgeNote(), now);
  return [next === null ? 0 : Math.max(0, elapsedMs(now, next))];
}
