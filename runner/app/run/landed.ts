import type { Project } from '../../generated/types.js';
import { targetOf } from '../../core/delivery.js';
import type { CommitId } from '../../core/ids.js';
import { delivered } from '../../core/delivered.js';
import { mergeEvidence } from '../../core/merge-evidence.js';
import { evidencePath, shipRef, type StoredOrder } from '../../core/record.js';
import { isResultOfRun } from '../results.js';
import { targetTip } from '../target.js';
import type { Tools } from '../tools.js';
import type { Transition } from '../transition.js';

/**
 * The end of an order whose run came into the target before its runner died, and cannot be gone on with; null where it did not, as far as is known here. What is in
 * the target is never done a second time.
 */
export async function landedBefore(tools: Tools, project: Project, from: StoredOrder): Promise<Transition | null> {
  const { id, run, shipped } = from.record;
  if (run === undefined || (from.state !== 'active' && from.state !== 'waiting')) return null;
  const { repository } = tools;
  const found = (shipped?.commit ?? (await repository.resolve(shipRef(id)))) as CommitId | null;
  if (found === null || (await repository.tree(found)) === null) return null;
  if (!(await isResultOfRun(repository, run.id, found))) return null;
  const into = shipped?.into ?? targetOf(project);
  const tip = await targetTip(tools, into);
  if (tip === null || !(await repository.isAncestor(found, tip))) return null;
  const at = tools.clock.now();
  const [base = ''] = await repository.parents(found);
  const known = shipped ?? { branch: `pushpals/${id}`, commit: found, base, into, via: 'merge' as const, at };
  const record = { ...from.record, run, shipped: known };
  const { to } = delivered({ state: 'active', record }, tip, at);
  const none = { conflict: null, resolved: [], checks: [] };
  const content = mergeEvidence({ record, outcome: 'landed', tip, merged: [id], ...none, at });
  return { event: 'deliver', from, to, files: [{ path: `${evidencePath(run)}/merge/merge.json`, content }] };
}
