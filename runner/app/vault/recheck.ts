import type { Policy, VaultRequest } from '../../generated/types.js';
import type { StoredOrder } from '../../core/record.js';
import { judge } from '../../core/vault/approval.js';
import { asked, isOf, isSound, requestPath, type RequestState } from '../../core/vault/request.js';
import type { CommitId } from '../../core/ids.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { ForgeSays } from '../../core/vault/forge-word.js';
import { RUNNER, type Tools } from '../tools.js';
import { askForge } from './forge.js';
import { allowedKeys, isSameFile } from './observe.js';

type Approval = NonNullable<VaultRequest['approvals']>[number];

/** What a forge says of an approval. */
export type Says = (request: VaultRequest, approval: Approval) => Promise<ForgeSays | undefined>;

/** What it says now. */
const askedNow =
  (tools: Tools, policy: Policy): Says =>
  (request, { commit, forge }) =>
    askForge(tools, policy, request, commit, forge?.pull);

/**
 * Whether every approval that a request's file names is one, by the commits themselves, the policy in force and the forge, where that is asked: the file lies on a branch
 * that others than the runner may write to. Null if so, else why not. Fails where the forge does not answer.
 */
export async function recheck(
  tools: Tools,
  policy: Policy,
  request: VaultRequest,
  { record }: Pick<StoredOrder, 'record'>,
  says: Says = askedNow(tools, policy),
): Promise<Result<string | null>> {
  const tip = await tools.ops.tip();
  const { approvals = [] } = request;
  if (tip === null || approvals.length < request.needs.approvals) return ok('it has too few approvals');
  if (!isOf(request, record)) return ok(`it is no request of ${record.id} and its run`);
  if (!isSound(request, tools.sha256)) return ok('its digest is not that of its subject');
  for (const [index, approval] of approvals.entries()) {
    const { by, commit: named } = approval;
    const commit = named as CommitId;
    if (!/^[0-9a-f]{40,64}$/.test(commit) || !(await tools.repository.isAncestor(commit, tip)))
      return ok(`the commit ${named} that approved it is not in the history`);
    const path = requestPath('approved', request.id);
    const found = await tools.vault.added(commit, path, allowedKeys(policy));
    if (found?.commit !== commit || found.parent === null) return ok(`the commit ${named} approved nothing`);
    const changes = await tools.repository.changes(found.parent, commit);
    if (!changes.ok) return ok(`what ${named} changes cannot be read`);
    const [file] = await tools.repository.files(commit, [path]);
    const bytes = file === undefined ? null : (await tools.repository.blobs([file.blob])).get(file.blob);
    const then = bytes == null ? null : tools.formats.request(path, bytes);
    const [before] = await tools.repository.files(found.parent, [requestPath('pending', request.id)]);
    const asAsked =
      then?.ok === true &&
      file !== undefined &&
      (await isSameFile(tools, request.id, before, file)) &&
      (index < approvals.length - 1 || then.value.answer === request.answer) &&
      JSON.stringify(asked(then.value)) === JSON.stringify(asked(request));
    const earlier: VaultRequest = {
      ...request,
      approvals: approvals.slice(0, index),
      ...(then?.ok === true && then.value.answer !== undefined ? { answer: then.value.answer } : {}),
    };
    const forge = await says(request, approval);
    const facts = { ...found, changes: changes.value, asAsked, ...(forge === undefined ? {} : { forge }) };
    const judged = judge(earlier, facts, record, policy, RUNNER);
    if (judged.counts === null) return fail(judged.failure);
    if (!judged.counts) return ok(judged.why);
    if (judged.by !== by) return ok(`it was approved by ${judged.by}, not by ${by}`);
  }
  return ok(null);
}

/** The requests for more of its budget that were fired for an order, of any of its runs, and can be held to be approved. Fails as `firedRequest`. */
export async function firedGrants(
  tools: Tools,
  policy: Policy,
  { record }: Pick<StoredOrder, 'record'>,
): Promise<Result<readonly VaultRequest[]>> {
  const tip = await tools.ops.tip();
  if (tip === null) return ok([]);
  const stem = requestPath('fired', `${record.id.slice(0, 60)}-`).replace(/\.yml$/, '');
  const named = (await tools.repository.files(tip, ['vault/fired'])).filter(({ path }) => path.startsWith(stem));
  const files = await tools.repository.blobs(named.map(({ blob }) => blob));
  const fired: VaultRequest[] = [];
  for (const { path, blob } of named) {
    const bytes = files.get(blob);
    const read = bytes == null ? null : tools.formats.request(path, bytes);
    if (read?.ok !== true || read.value.kind !== 'budget' || path !== requestPath('fired', read.value.id)) continue;
    const { run: id = '' } = read.value;
    // What was granted to one run holds for those after it.
    const of = record.run === undefined ? record : { ...record, run: { ...record.run, id } };
    const wrong = await recheck(tools, policy, read.value, { record: of });
    if (!wrong.ok) return wrong;
    if (wrong.value === null) fired.push(read.value);
  }
  return ok(fired);
}

/**
 * The request that a run goes on with, as it was fired; null if there is none, or it can no longer be held to be approved. Fails where the forge that has to say so
 * does not answer.
 */
export async function firedRequest(
  tools: Tools,
  policy: Policy,
  order: StoredOrder,
): Promise<Result<VaultRequest | null>> {
  const id = order.record.run?.request;
  const tip = await tools.ops.tip();
  if (id === undefined || tip === null) return ok(null);
  const request = await readRequest(tools, tip, 'fired', id);
  if (request === null || (request.kind === 'merge' && request.end?.outcome !== 'intended')) return ok(null);
  const wrong = await recheck(tools, policy, request, order);
  if (!wrong.ok) return wrong;
  return ok(wrong.value === null ? request : null);
}

export async function readRequest(
  { repository, formats }: Pick<Tools, 'repository' | 'formats'>,
  tip: CommitId,
  state: RequestState,
  id: string,
): Promise<VaultRequest | null> {
  const path = requestPath(state, id);
  const [file] = await repository.files(tip, [path]);
  const bytes = file === undefined ? null : (await repository.blobs([file.blob])).get(file.blob);
  const read = bytes == null ? null : formats.request(path, bytes);
  return read?.ok === true ? read.value : null;
}
