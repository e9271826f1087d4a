import type { Policy, VaultRequest } from '../../generated/types.js';
import { ok } from '../../core/failure.js';
import { codeSpan } from '../../core/forge/outside-text.js';
import type { PullRequest } from '../../core/forge/pull-request.js';
import type { CommitId } from '../../core/ids.js';
import { requestPath, vaultRef } from '../../core/vault/request.js';
import { vaultBranch } from '../../core/vault/forge-word.js';
import { pullText, saysText } from '../../core/vault/pull-text.js';
import type { SeenRequests } from '../../core/forge/seen.js';
import { awaitedRequests } from '../forge/requests.js';
import { readOps } from '../observe.js';
import type { Forge, Told } from '../ports/forge.js';
import { opsBranch, type Tools } from '../tools.js';
import { readRequest } from './recheck.js';

/** What was found of pull requests before, by the ids of their requests: see `ForgeNote`. */
type Found = Map<string, string>;

/**
 * Has each request that an order waits for be a pull request into the ops branch that says what it asks, and closes those of requests that wait no more. All of it is told by the
 * names of branches, so whoever does it again finds what was done. What the forge refuses of one holds up no other.
 */
export async function keepRequests(tools: Tools, policy: Policy, seen: SeenRequests): Told<null> {
  const { forge, sharing, machine } = tools;
  if (forge === null) return ok(null);
  const before = (await machine.forgeNote())?.requests ?? {};
  const found: Found = new Map(Object.entries(before));
  if (isNothing(await dueOn(tools, seen))) return ok(null);
  // A pull request is of what the forge has; and another runner may have asked, or a person have answered, what is not known here yet.
  const shared = await sharing?.sync();
  if (shared?.ok === false) return ok(null);
  const due = await dueOn(tools, seen);
  const kept = await keepDue(tools, forge, policy, due, found);
  for (const id of found.keys()) if (!due.awaited.has(id)) found.delete(id);
  const note = await machine.forgeNote();
  const requests = Object.fromEntries(found);
  if (note !== null && JSON.stringify(requests) !== JSON.stringify(before))
    await machine.noteForge({ ...note, requests });
  return kept;
}

/** What is to be done on the forge, by the ops branch as it is here. */
interface Due {
  /** Requests that orders wait for. */
  readonly awaited: ReadonlySet<string>;
  /** Those without a pull request. */
  readonly wanted: readonly VaultRequest[];
  /** Those whose pull request says something else. */
  readonly altered: readonly { readonly request: VaultRequest; readonly pull: PullRequest }[];
  /** Pull requests of requests that are gone, with why. */
  readonly left: readonly { readonly pull: PullRequest; readonly why: string }[];
}

const isNothing = ({ wanted, altered, left }: Due): boolean => wanted.length + altered.length + left.length === 0;

async function dueOn(tools: Tools, { open, closed }: SeenRequests): Promise<Due> {
  const view = await readOps(tools);
  if (!view.ok) return { awaited: new Set(), wanted: [], altered: [], left: [] };
  const { tip, live } = view.value;
  const files = await tools.repository.files(tip, ['vault/pending', 'vault/approved']);
  const paths = new Set(files.map(({ path }) => path));
  const awaited = new Set(awaitedRequests(live));
  const wanted: VaultRequest[] = [];
  const altered: { request: VaultRequest; pull: PullRequest }[] = [];
  for (const id of awaited) {
    const request =
      closed.has(id) || !paths.has(requestPath('pending', id)) ? null : await readRequest(tools, tip, 'pending', id);
    if (request === null || request.id !== id) continue;
    const pull = open.get(id);
    if (pull === undefined) {
      if ((await tools.repository.resolve(vaultRef(id))) !== null) wanted.push(request);
    } else if (!saysText(pull, pullText(request))) altered.push({ request, pull });
  }
  const left: { pull: PullRequest; why: string }[] = [];
  for (const [id, pull] of open)
    if (!paths.has(requestPath('pending', id)) && !paths.has(requestPath('approved', id)))
      left.push({ pull, why: await whyEnded(tools, tip, id) });
  return { awaited, wanted, altered, left };
}

async function keepDue(tools: Tools, forge: Forge, policy: Policy, due: Due, found: Found): Told<null> {
  const { wanted, altered, left } = due;
  const tell = (id: string, what: string, text: string): void => {
    if (found.get(id) !== what) tools.report({ event: 'warning', text });
    found.set(id, what);
  };
  for (const request of wanted) {
    const { id } = request;
    const head = vaultBranch(id);
    const reviewers = reviewersOf(policy, request, forge.kind);
    const base = opsBranch(tools.ops);
    const opened = await forge.openPull({ head, base, ...pullText(request), labels: [], reviewers, draft: false });
    if (opened.ok) {
      found.delete(id);
      tools.report({ event: 'warning', text: `${id} is to be approved at ${opened.value.pull.url}` });
    } else if (opened.failure.problem === 'refused')
      tell(id, opened.failure.why, `the forge takes no pull request of ${head}: ${opened.failure.why}`);
    else return opened;
  }
  for (const { request, pull } of altered) {
    const { id } = request;
    const { url, author, number } = pull;
    const mended = await forge.updatePull(number, pullText(request));
    if (!mended.ok && mended.failure.problem !== 'refused') return mended;
    const now = mended.ok ? 'it says what is asked again' : `it stays so: ${mended.failure.why}`;
    const what = tools.sha256(JSON.stringify([pull.title, pull.body]));
    tell(id, what, `${url}, which ${author} opened, did not say what the request ${id} asks; ${now}`);
  }
  for (const { pull, why } of left) {
    const ended = await forge.closePull(pull.number, why);
    if (!ended.ok && ended.failure.problem !== 'refused') return ended;
  }
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
