import type { VaultRequest } from '../../generated/types.js';
import { fail, ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import { withoutWaiting } from '../../core/move.js';
import { shipRef, type StoredOrder } from '../../core/record.js';
import { judge } from '../../core/vault/approval.js';
import { askedDigest } from '../../core/vault/plan.js';
import { vaultBranch } from '../../core/vault/forge-word.js';
import {
  REQUEST_STATES,
  badAnswer,
  isSound,
  requestPath,
  vaultRef,
  type RequestState,
} from '../../core/vault/request.js';
import { findOrder } from '../orders.js';
import { RUNNER, type Tools } from '../tools.js';
import { transitionCommit, write } from '../transition.js';
import { readWorld } from '../world.js';
import { allowedKeys } from './observe.js';
import { readRequest } from './recheck.js';
import { dropBranch, endFiles } from './write.js';

/** A request, and where it stands. */
export interface Found {
  readonly state: RequestState;
  readonly request: VaultRequest;
}

const conflict = (what: string, hint: string): Result<never> => fail({ class: 'state-conflict', what, hint });
const NO_OPS = { what: 'there is no ops branch', hint: 'Run `pushpals init`.' };

/** Requests that wait for people, the oldest first. */
export async function openRequests(tools: Tools): Promise<Result<readonly VaultRequest[]>> {
  const tip = await tools.ops.tip();
  if (tip === null) return conflict(NO_OPS.what, NO_OPS.hint);
  const files = await tools.repository.files(tip, ['vault/pending', 'vault/approved']);
  const blobs = await tools.repository.blobs(files.map(({ blob }) => blob));
  const requests = files.flatMap(({ path, blob }) => {
    const bytes = blobs.get(blob);
    const read = path.endsWith('.yml') && bytes != null ? tools.formats.request(path, bytes) : null;
    return read?.ok === true ? [read.value] : [];
  });
  return ok(requests.sort((a, b) => (a.at < b.at ? -1 : 1)));
}

/** A request by its name, wherever it lies. */
export async function findRequest(tools: Tools, id: string): Promise<Result<Found>> {
  const tip = await tools.ops.tip();
  if (tip === null) return conflict(NO_OPS.what, NO_OPS.hint);
  for (const state of REQUEST_STATES) {
    const request = /^[a-z0-9-]+$/.test(id) ? await readRequest(tools, tip, state, id) : null;
    if (request !== null) return ok({ state, request });
  }
  return conflict(`there is no request ${id}`, '`pushpals vault list` lists those that wait.');
}

/** Everything that was ever asked of an order, the oldest first. */
export async function requestsOf(tools: Tools, order: string): Promise<Result<readonly Found[]>> {
  const tip = await tools.ops.tip();
  if (tip === null) return conflict(NO_OPS.what, NO_OPS.hint);
  const files = await tools.repository.files(
    tip,
    REQUEST_STATES.map((state) => `vault/${state}`),
  );
  const own = files.filter(({ path }) => path.split('/').at(-1)?.startsWith(`${order}-`) === true);
  const found: Found[] = [];
  for (const { path } of own) {
    const [, state = '', file = ''] = path.split('/');
    const request = await readRequest(tools, tip, state as RequestState, file.replace(/\.yml$/, ''));
    if (request?.order === order) found.push({ state: state as RequestState, request });
  }
  return ok(found.sort((a, b) => (a.request.at < b.request.at ? -1 : 1)));
}

/** What would ship, or what the run has come to, as a patch; null for a request to start. */
export async function requestDiff(
  tools: Tools,
  { subject }: VaultRequest,
  maxBytes: number,
): Promise<Result<string | null>> {
  if (subject.tree === undefined) return ok(null);
  return tools.repository.patch(subject.base as CommitId, subject.tree as CommitId, maxBytes);
}

/**
 * Approves a request in the name of whoever works here: a merge of its branch, signed where the policy asks for that. It is judged first as the next
 * tick will judge it, so that what would be refused is not written at all.
 */
export async function approveRequest(
  tools: Tools,
  branch: string,
  id: string,
  answer?: string,
): Promise<Result<{ by: string; more: number }>> {
  const world = await readWorld(tools, branch);
  if (!world.ok) return world;
  const { policy } = world.value.desired;
  if (policy.verify === 'forge') return onForge(tools, id);
  for (;;) {
    const tip = await tools.ops.tip();
    if (tip === null) return conflict(NO_OPS.what, NO_OPS.hint);
    const pending = await pendingRequest(tools, id);
    if (!pending.ok) return pending;
    const request = pending.value;
    const order = await findOrder(tools, request.order);
    if (!order.ok) return order;
    const waits = order.value.state === 'waiting' ? order.value.record.waiting : undefined;
    if (waits?.request !== id || waits.asked !== askedDigest(request, tools.sha256) || !isSound(request, tools.sha256))
      return conflict(
        `the request ${id} is not what order ${request.order} waits for`,
        'It was changed since it was asked. The next tick takes it back.',
      );
    const proposal = await tools.repository.resolve(vaultRef(id));
    if (proposal === null)
      return conflict(
        `the branch vault/${id} is not there`,
        'The next tick takes that for a rejection; if a branch called `vault` is in its way, rename that one first.',
      );
    const bad = badAnswer(request, answer);
    if (bad !== null) return conflict(bad, answerHint(request));
    const answered = answer === undefined ? request : { ...request, answer };
    const content = tools.formats.stringify(answered);
    const files = [
      { path: requestPath('pending', id), content: null },
      { path: requestPath('approved', id), content },
    ];
    const at = tools.clock.now();
    const moved = await tools.ops.append(tip, [{ subject: `tree of ${id}`, trailers: [], author: RUNNER, at, files }]);
    if (!moved.ok) return moved;
    const sign = (policy.verify ?? 'signature') === 'signature';
    const message = `Approve ${id}\n\n${request.asks.what}\n`;
    const merge = await tools.vault.approve(tip, proposal, moved.value, message, sign);
    if (!merge.ok) {
      const { failure } = merge;
      if (!sign || failure.class !== 'git-failed') return merge;
      const hint =
        'Have git sign with your SSH key: git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub';
      return conflict(`the approval could not be signed: ${failure.stderr.split('\n')[0] ?? ''}`, hint);
    }
    const seen = await tools.vault.added(merge.value, requestPath('approved', id), allowedKeys(policy));
    const changes = await tools.repository.changes(tip, merge.value);
    if (seen === null || !changes.ok) throw new Error('the approval that was just made cannot be read');
    const judged = judge(
      answered,
      { ...seen, changes: changes.value, asAsked: true },
      order.value.record,
      policy,
      RUNNER,
    );
    if (!judged.counts)
      return fail({
        class: 'policy-denied',
        reasons: [{ rule: 'approvers', tier: request.tier, because: judged.why }],
      });
    const more = request.needs.approvals - (request.approvals ?? []).length - 1;
    if (tools.dryRun) return ok({ by: judged.by, more });
    const advanced = await tools.ops.advance(tip, merge.value);
    if (!advanced.ok) return advanced;
    if (!advanced.value) continue;
    tools.sharing?.soon();
    await tools.ops.follow();
    return ok({ by: judged.by, more });
  }
}

/** Where the forge says who approved, it has to happen there. */
async function onForge({ forge }: Tools, id: string): Promise<Result<never>> {
  const what = 'the policy says `verify: forge`: a merge on the forge approves, and nothing else';
  if (forge === null) return conflict(what, 'Name `forge` in pushpals.yml.');
  const pull = await forge.pullOf(vaultBranch(id));
  if (!pull.ok) return pull;
  return conflict(
    what,
    pull.value === null
      ? `The next tick makes a pull request of ${id} at ${forge.where}.`
      : `Merge it there: ${pull.value.url}`,
  );
}

const answerHint = ({ id, kind, answers = [] }: VaultRequest): string => {
  if (kind === 'question') return `pushpals vault answer ${id} ${answers.join('|')}`;
  return kind === 'task' ? `pushpals vault answer ${id} "what was done"` : `pushpals vault approve ${id}`;
};

async function pendingRequest(tools: Tools, id: string): Promise<Result<VaultRequest>> {
  const found = await findRequest(tools, id);
  if (!found.ok) return found;
  if (found.value.state === 'pending') return ok(found.value.request);
  const hint =
    found.value.state === 'approved'
      ? 'The next tick goes on with it.'
      : '`pushpals vault list` lists those that wait.';
  return conflict(`the request ${id} is ${found.value.state} already`, hint);
}

/** Rejects a request that waits; its order is cancelled with the same commit. */
export async function rejectRequest(tools: Tools, id: string, reason: string): Promise<Result<StoredOrder>> {
  const { name, email } = tools.operator;
  let result: StoredOrder | null = null;
  const written = await write(tools, async () => {
    const found = await findRequest(tools, id);
    if (!found.ok) return found;
    const { state, request } = found.value;
    if (state !== 'pending' && state !== 'approved')
      return conflict(`the request ${id} is ${state} already`, '`pushpals vault list` lists those that wait.');
    const order = await findOrder(tools, request.order);
    if (!order.ok) return order;
    if (order.value.state !== 'waiting' || order.value.record.waiting.request !== id)
      return conflict(
        `order ${request.order} does not wait for ${id}`,
        `\`pushpals order show ${request.order}\` tells where it stands.`,
      );
    const at = tools.clock.now();
    const end = { at, outcome: 'rejected' as const, by: `${name} <${email}>`, reason };
    const files = endFiles({ request: { ...request, end }, from: state, to: 'rejected' }, tools);
    const ended = { at, outcome: 'cancelled' as const, reason: `${id} was rejected by ${name}: ${reason}` };
    const to: StoredOrder = { state: 'cancelled', record: { ...withoutWaiting(order.value.record), ended } };
    result = to;
    return ok([transitionCommit({ event: 'decline', from: order.value, to, files, actor: tools.operator }, tools)]);
  });
  if (!written.ok) return written;
  if (result === null) throw new Error('nothing was decided');
  if (!tools.dryRun) await dropBranch(tools, id);
  return ok(result);
}

/** Says what happened where nobody but a person can tell: the effect of an approved request was done, or it was not. */
export async function resolveRequest(tools: Tools, id: string, wasDone: boolean): Promise<Result<StoredOrder>> {
  const { name, email } = tools.operator;
  let result: StoredOrder | null = null;
  const written = await write(tools, async () => {
    const found = await findRequest(tools, id);
    if (!found.ok) return found;
    const { state, request } = found.value;
    const order = await findOrder(tools, request.order);
    if (!order.ok) return order;
    const waits = order.value.state === 'waiting' && order.value.record.waiting.request === id;
    if (state !== 'fired' || request.end?.outcome !== 'unknown' || !waits)
      return conflict(`what became of ${id} is known`, `\`pushpals vault show ${id}\` tells.`);
    const at = tools.clock.now();
    const end = { at, outcome: wasDone ? ('done' as const) : ('void' as const), by: `${name} <${email}>` };
    const files = endFiles({ request: { ...request, end }, from: 'fired', to: 'fired' }, tools);
    const { run, ...record } = withoutWaiting(order.value.record);
    const ref = shipRef(request.order);
    const commit = await tools.repository.resolve(ref);
    const shipped = commit === null ? {} : { branch: ref.slice('refs/heads/'.length), commit };
    const to: StoredOrder = wasDone
      ? {
          state: 'done',
          record: {
            ...record,
            ...(run === undefined ? {} : { run }),
            ended: { at, outcome: 'shipped', ...shipped, reason: `${name} said so` },
          },
        }
      : { state: 'queue', record };
    result = to;
    return ok([transitionCommit({ event: 'resolve', from: order.value, to, files, actor: tools.operator }, tools)]);
  });
  if (!written.ok) return written;
  if (result === null) throw new Error('nothing was decided');
  return ok(result);
}
