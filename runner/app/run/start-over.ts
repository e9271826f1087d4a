import { isNothing } from '../../core/agents/usage.js';
import type { Project, VaultRequest } from '../../generated/types.js';
import { ok, type Result } from '../../core/failure.js';
import { withoutResult } from '../../core/landing.js';
import { withoutWaiting } from '../../core/move.js';
import type { StoredOrder } from '../../core/record.js';
import { isStill } from '../records.js';
import type { Tools } from '../tools.js';
import { transitionCommit, write, type Transition } from '../transition.js';
import { dropBranch, endFiles } from '../vault/write.js';
import { spentSoFar } from './agents/ledger.js';
import { landedBefore } from './landed.js';
import { dropRefs } from './start.js';

/** An order whose run cannot be gone on with starts anew, through every gate; or ends, where its result is in the target already. */
export async function requeue(tools: Tools, project: Project, from: StoredOrder, why: string): Promise<Result<null>> {
  const { run } = from.record;
  const landed = await landedBefore(tools, project, from);
  if (landed !== null) return deliver(tools, landed, why);
  const record = withoutResult(from.record);
  const spent = spentSoFar(tools, from.record);
  const to: StoredOrder = { state: 'queue', record: isNothing(spent) ? record : { ...record, spent } };
  const written = await write(tools, async (tip) =>
    ok((await isStill(tools, tip, from)) ? [transitionCommit({ event: 'requeue', from, to, body: why }, tools)] : null),
  );
  if (!written.ok) return written;
  tools.report({
    event: 'warning',
    text: `${to.record.id}: run ${run?.id ?? ''} is not gone on with (${why}); it starts anew`,
  });
  return ok(null);
}

async function deliver(tools: Tools, landed: Transition, why: string): Promise<Result<null>> {
  const { from, to } = landed;
  const written = await write(tools, async (tip) =>
    ok(from !== null && (await isStill(tools, tip, from)) ? [transitionCommit(landed, tools)] : null),
  );
  if (!written.ok) return written;
  const { id, ended } = to.record;
  const text = `${id}: its run is not gone on with (${why}), and need not be: its result is in ${ended?.into ?? ''}`;
  tools.report({ event: 'warning', text });
  return ok(null);
}

/** What was approved cannot be done any more: the order goes back to the queue, and runs on the project as it is now. */
export async function startOver(
  tools: Tools,
  from: Extract<StoredOrder, { state: 'waiting' }>,
  approved: VaultRequest,
  reason: string,
): Promise<Result<null>> {
  const end = { at: tools.clock.now(), outcome: 'void' as const, reason };
  const files = endFiles({ request: { ...approved, end }, from: 'approved', to: 'rejected' }, tools);
  const { run, ...record } = withoutWaiting(from.record);
  const to: StoredOrder = { state: 'queue', record };
  const written = await write(tools, async (tip) =>
    ok((await isStill(tools, tip, from)) ? [transitionCommit({ event: 'void', from, to, files }, tools)] : null),
  );
  if (!written.ok) return written;
  await dropBranch(tools, approved.id);
  if (run !== undefined) await dropRefs(tools, run, Object.keys(run.steps));
  return ok(null);
}
