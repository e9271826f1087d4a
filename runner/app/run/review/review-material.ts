import type { Finding, Round } from '../../../generated/types.js';
import { ok, type Result } from '../../../core/failure.js';
import type { Statuses } from '../../../core/graph.js';
import type { CommitId } from '../../../core/ids.js';
import { findingsText } from '../../../core/review/findings.js';
import { STEPS_NAME, changeTable, checksTable, readablePatch } from '../../../core/review/material.js';
import type { Material } from '../agents/task.js';
import type { RunContext } from '../context.js';
import type { BranchSide } from './branch-side.js';

/** So much of a diff stands in a prompt; the rest can be read with the tools. */
const DIFF_BYTES = 40_000;
const BRANCH_BYTES = 10_000;

/**
 * What a reviewer is shown: what is changed, from the resulting trees and whatever the project's attributes say; what the steps came to; what the branches
 * gained beside it, and what of that it would undo; and what earlier rounds found.
 */
export async function reviewMaterial(
  context: RunContext,
  statuses: Statuses,
  input: CommitId,
  seen: {
    readonly sides: readonly BranchSide[];
    readonly computed: readonly Finding[];
    readonly rounds: readonly Round[];
  },
): Promise<Result<readonly Material[]>> {
  const { repository } = context.tools;
  const changes = await repository.changes(context.base, input);
  if (!changes.ok) return changes;
  const patch = await repository.patch(context.base, input, DIFF_BYTES);
  if (!patch.ok) return patch;
  const tails = new Map([...context.facts].map(([key, { log }]) => [key, log.slice(-2000)]));
  const material: Material[] = [
    { name: 'the files that are changed', text: changeTable(changes.value) },
    { name: 'the change as a diff', text: readablePatch(patch.value) },
    { name: STEPS_NAME, text: checksTable(context.nodes, statuses, tails) },
  ];
  const own = new Set(changes.value.map(({ path }) => path));
  for (const { branch, since, before, now } of seen.sides) {
    const gained = await repository.changes(before, now);
    if (!gained.ok) return gained;
    const overlap = gained.value.filter(({ path }) => own.has(path));
    const shown = overlap.length === 0 ? ok('') : await repository.patch(before, now, BRANCH_BYTES);
    if (!shown.ok) return shown;
    const text = [
      changeTable(gained.value),
      `Changed on both sides: ${overlap.length === 0 ? 'nothing' : changeTable(overlap)}`,
      readablePatch(shown.value),
    ].join('\n');
    material.push({ name: `what ${branch} gained ${since}`, text });
  }
  if (seen.computed.length > 0)
    material.push({ name: 'what the runner computed, and holds it up for', text: findingsText(seen.computed) });
  for (const { number, findings } of seen.rounds)
    material.push({
      name: `what you found in round ${String(number)}, before it was mended`,
      text: findingsText(findings),
    });
  return ok(material);
}
