import { ok, type Result } from '../../core/failure.js';
import { changesFiles, type Node } from '../../core/graph.js';
import { baselines } from '../../core/merge.js';
import { PROPOSALS, shipRef } from '../../core/record.js';
import { plainText } from '../../core/template.js';
import type { InputFile } from '../ports/run-files.js';
import { mergeFiles } from './conflicts.js';
import type { RunContext } from './context.js';

/** What a step finds in its input folder: the contents of `order.json`, and files beside it. */
interface StepInput {
  readonly order: unknown;
  readonly files: readonly InputFile[];
}

/**
 * The order and its inputs; for a step that changes files also the proposals that nobody has merged yet, so that it need not make one twice,
 * and what it needs to go on with a merge.
 */
export async function stepInput(context: RunContext, node: Node): Promise<Result<StepInput>> {
  const { tools, journal, inputs } = context;
  const { id, order, run } = journal.order.record;
  const told = { order: { id, ...order }, inputs };
  if (!changesFiles(node)) return ok({ order: told, files: [] });
  const files = await mergeFiles(context);
  if (!files.ok) return files;
  const [into = context.base] = baselines(run);
  const proposals = (await tools.repository.unmerged(PROPOSALS, into))
    .filter(({ ref }) => ref !== shipRef(id))
    .map(({ ref, subject }) => ({ branch: ref.slice('refs/heads/'.length), title: plainText(subject) }));
  return ok({ order: { ...told, proposals }, files: files.value });
}
