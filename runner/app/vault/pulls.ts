import type { Policy, VaultRequest } from '../../generated/types.js';
import { ok } from '../../core/failure.js';
import { codeSpan } from '../../core/forge/outside-text.js';
import type { CommitId } from '../../core/ids.js';
import { requestPath, vaultRef } from '../../core/vault/request.js';
import { vaultBranch } from '../../core/vault/forge-word.js';
import { pullText } from '../../core/vault/pull-text.js';
import type { SeenRequests } from '../../core/forge/seen.js';
import { awaitedRequests } from '../forge/requests.js';
import { readOps } from '../observe.js';
import type { Forge, Told } from '../ports/forge.js';
import { opsBranch, type Tools } from '../tools.js';
import { readRequest } from './recheck.js';

/**
 * Has each request that an order waits for be a pull request into the ops branch, and closes those of requests that wait no more. All of it is told by the names of branches, so
 * whoever does it again finds what was done.
 */
export async function keepRequests(tools: Tools, policy: Policy, seen: SeenRequests): Told<null> {
  const { forge, sharing } = tools;
  if (forge === null || (await dueOn(tools, seen)) === null) return ok(null);
  // A pull request is of what the forge has; and another runner may have asked, or a person have answered, what is not known here yet.
  const shared = await sharing?.sync();
  if (shared?.ok === false) return ok(null);
  const due = await dueOn(tools, seen);
  if (due === null) return ok(null);
  const { tip, wanted, left } = due;
  for (const id of wanted) {
    const opened = await openRequest(tools, forge, policy, tip, id);
    if (!opened.ok) return opened;
  }
  for (const id of left) {
    const pull = seen.open.get(id);
    const ended = pull === undefined ? ok(null) : await forge.closePull(pull.number, await whyEnded(tools, tip, id));
    if (!ended.ok) return ended;
  }
  return ok(null);
}

/** What is to be done on the forge, by the ops branch as it is here. */
interface Due {
  readonly tip: CommitId;
  /** Requests without a pull request. */
  readonly wanted: readonly string[];
  /** Requests that are gone, and have one. */
  readonly left: readonly string[];
}

/** Null: nothing is. */
async function dueOn(tools: Tools, { open, closed }: SeenRequests): Promise<Due | null> {
  const view = await readOps(tools);
  if (!view.ok) return null;
  const { tip, live } = view.value;
  const files = await tools.repository.files(tip, ['vault/pending', 'vault/approved']);
  const paths = new Set(files.map(({ path }) => path));
  const isPending = (id: string): boolean => paths.has(requestPath('pending', id));
  const wanted = awaitedRequests(live).filter((id) => isPending(id) && !open.has(id) && !closed.has(id));
  const left = [...open.keys()].filter((id) => !isPending(id) && !paths.has(requestPath('approved', id)));
  return wanted.length + left.length === 0 ? null : { tip, wanted, left };
}

async function openRequest(tools: Tools, forge: Forge, policy: Policy, tip: CommitId, id: string): Told<null> {
  const request = await readRequest(tools, tip, 'pending', id);
  if (request === null || (await tools.repository.resolve(vaultRef(id))) === null) return ok(null);
  const opened = await forge.openPull({
    head: vaultBranch(id),
    base: opsBranch(tools.ops),
    ...pullText(request),
    labels: [],
    reviewers: reviewersOf(policy, request, forge.kind),
    draft: false,
  });
  if (!opened.ok) return opened;
  tools.report({ event: 'warning', text: `${id} is to be approved at ${opened.value.pull.url}` });
  return ok(null);
}

/** Who may say yes, by their logins; of many, some. */
function reviewersOf({ approvers = [] }: Policy, { needs }: VaultRequest, kind: string): readonly string[] {
  const { from = [] } = needs;
  const able = approvers.filter(({ groups = [] }) => from.length === 0 || groups.some((group) => from.includes(group)));
  return able.flatMap(({ logins = {} }) => logins[kind] ?? []).slice(0, 10);
}

async function whyEnded(tools: Tools, tip: CommitId, id: string): Promise<string> {
  for (const state of ['rejected', 'fired'] as const) {
    const request = await readRequest(tools, tip, state, id);
    if (request === null) continue;
    const { outcome = 'done', reason, by } = request.end ?? {};
    const who = by === undefined ? '' : ` by ${codeSpan(by)}`;
    return `${codeSpan(requestPath(state, id))}: ${outcome}${who}${reason === undefined ? '' : ` (${codeSpan(reason)})`}`;
  }
  return `Nothing waits for ${codeSpan(id)} any more.`;
}
