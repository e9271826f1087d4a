import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import { evidencePath } from '../core/record.js';
import { findOrder } from './orders.js';
import type { Tools } from './tools.js';

export interface Evidence {
  /** The folder on the ops branch. */
  readonly folder: string;
  /** Contents by path below the folder, in the order of their names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** The evidence of an order's last run, or of the run that is named (`fix-2`). */
export async function readEvidence(tools: Tools, name: string): Promise<Result<Evidence>> {
  const order = await findOrder(tools, name);
  const earlier = order.ok ? null : /^(.+)-\d+$/.exec(name)?.[1];
  const found = earlier == null ? order : await findOrder(tools, earlier);
  if (!found.ok) return order.ok ? found : order;
  const none = (what: string): Result<never> =>
    fail({
      class: 'state-conflict',
      what,
      hint: `\`pushpals order show ${found.value.record.id}\` tells where it stands.`,
    });
  const { run } = found.value.record;
  if (run === undefined) return none(`order ${found.value.record.id} has not run yet, so there is no evidence`);
  const tip = await tools.ops.tip();
  const wanted = order.ok ? run.id : name;
  const folder = wanted === run.id ? evidencePath(run) : tip === null ? null : await folderOf(tools, tip, wanted);
  const files = tip === null || folder === null ? [] : await tools.repository.files(tip, [folder]);
  if (files.length === 0 || folder === null) return none(`run ${wanted} has left no evidence`);
  const blobs = await tools.repository.blobs(files.map(({ blob }) => blob));
  return ok({
    folder,
    files: new Map(files.map(({ path, blob }) => [path.slice(folder.length + 1), blobs.get(blob) ?? new Uint8Array()])),
  });
}

/** Where an earlier run's evidence is: by day, and only the last run's day is in the order's record. */
async function folderOf({ repository }: Tools, tip: CommitId, run: string): Promise<string | null> {
  const files = await repository.files(tip, ['evidence']);
  const found = files.find(({ path }) => path.split('/')[4] === run);
  return found?.path.split('/').slice(0, 5).join('/') ?? null;
}
