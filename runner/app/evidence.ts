import { fail, ok, type Result } from '../core/failure.js';
import { evidencePath } from '../core/record.js';
import { findOrder } from './orders.js';
import type { Tools } from './tools.js';

export interface Evidence {
  /** The folder on the ops branch. */
  readonly folder: string;
  /** Contents by path below the folder, in the order of their names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The evidence of an order's last run. */
export async function readEvidence(tools: Tools, id: string): Promise<Result<Evidence>> {
  const order = await findOrder(tools, id);
  if (!order.ok) return order;
  const none = (what: string): Result<never> =>
    fail({ class: 'state-conflict', what, hint: `\`pushpals order show ${id}\` tells where it stands.` });
  const { run } = order.value.record;
  if (run === undefined) return none(`order ${id} has not run yet, so there is no evidence`);
  const tip = await tools.ops.tip();
  const folder = evidencePath(run);
  const files = tip === null ? [] : await tools.repository.files(tip, [folder]);
  if (files.length === 0) return none(`run ${run.id} of order ${id} has left no evidence yet`);
  const blobs = await tools.repository.blobs(files.map(({ blob }) => blob));
  return ok({
    folder,
    files: new Map(files.map(({ path, blob }) => [path.slice(folder.length + 1), blobs.get(blob) ?? new Uint8Array()])),
  });
}
