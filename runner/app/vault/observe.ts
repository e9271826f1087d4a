import type { Policy, VaultRequest } from '../../generated/types.js';
import type { CommitId } from '../../core/ids.js';
import { askedDigest } from '../../core/vault/plan.js';
import type { StoredOrder } from '../../core/record.js';
import type { ApprovalCommit } from '../../core/vault/approval.js';
import {
  isSound,
  requestPath,
  unanswered,
  vaultRef,
  wantsAnswer,
  type RequestState,
} from '../../core/vault/request.js';
import type { RequestView, Restored } from '../../core/vault/settle.js';
import type { TreeFile } from '../ports/repository.js';
import type { AllowedKey } from '../ports/vault.js';
import type { Tools } from '../tools.js';
import { askForge } from './forge.js';

type Reading = Pick<Tools, 'repository' | 'formats' | 'sha256' | 'vault' | 'forge' | 'ops' | 'seen'>;

/** The keys by which signatures of approvers are known. */
export const allowedKeys = ({ approvers = [] }: Policy): readonly AllowedKey[] =>
  approvers.flatMap(({ id, keys = [] }) => keys.map((key) => ({ id, key })));

/** Files of requests by their id, in one of the folders of `vault/`. */
async function filesIn(
  { repository }: Pick<Tools, 'repository'>,
  tip: CommitId,
  state: RequestState,
): Promise<ReadonlyMap<string, TreeFile>> {
  const files = await repository.files(tip, [`vault/${state}`]);
  return new Map(
    files.flatMap((file): [string, TreeFile][] => {
      const id = /^vault\/\w+\/([a-z0-9-]+)\.yml$/.exec(file.path)?.[1];
      return id === undefined || file.mode !== '100644' ? [] : [[id, file]];
    }),
  );
}

/** What became of the requests that orders wait for, and files among the approved ones that nobody waits for. */
export async function readRequests(
  tools: Reading,
  tip: CommitId,
  live: readonly StoredOrder[],
  { policy, base }: { readonly policy: Policy; readonly base: CommitId },
): Promise<{ readonly requests: ReadonlyMap<string, RequestView>; readonly strays: readonly string[] }> {
  const approved = await filesIn(tools, tip, 'approved');
  const awaited = live.flatMap((order) =>
    order.state === 'waiting' && order.record.waiting.on === 'approval' ? [order.record.waiting] : [],
  );
  const strays = [...approved.values()]
    .map(({ path }) => path)
    .filter((path) => !awaited.some(({ request = '' }) => path === requestPath('approved', request)));
  if (awaited.length === 0) return { requests: new Map(), strays };
  const pending = await filesIn(tools, tip, 'pending');
  const requests = new Map<string, RequestView>();
  for (const { request: id = '', asked = '' } of awaited) {
    const [inApproved, inPending] = [approved.get(id), pending.get(id)];
    const view =
      inApproved !== undefined
        ? await approvedView(tools, tip, id, inApproved, asked, policy)
        : inPending !== undefined
          ? await pendingView(tools, id, inPending, asked)
          : await endedView(tools, tip, id);
    requests.set(id, { ...view, isSound: await isSoundOn(tools, view.request, base) });
  }
  return { requests, strays };
}

const NOTHING = {
  asAsked: false,
  hasBranch: false,
  closed: null,
  approval: null,
  movedBy: null,
  isSound: false,
  wasFired: false,
  restored: [],
};

async function isSoundOn(tools: Reading, request: VaultRequest | null, base: CommitId): Promise<boolean> {
  if (request === null || !isSound(request, tools.sha256)) return false;
  // A merge is a run's own commit; who goes on with the run looks at its sides.
  return request.kind !== 'start' || tools.repository.isAncestor(request.subject.base as CommitId, base);
}

async function read(
  { repository, formats }: Reading,
  { path, blob }: TreeFile,
  id: string,
): Promise<VaultRequest | null> {
  const bytes = (await repository.blobs([blob])).get(blob);
  const request = bytes == null ? null : formats.request(path, bytes);
  return request?.ok === true && request.value.id === id ? request.value : null;
}

async function pendingView(tools: Reading, id: string, file: TreeFile, asked: string): Promise<RequestView> {
  const request = await read(tools, file, id);
  const asAsked = request !== null && askedDigest(request, tools.sha256) === asked;
  const { repository } = tools;
  // While a branch of the folder's own name is in the way there can be none, and nobody has deleted it.
  const isInTheWay = async (): Promise<boolean> => (await repository.resolve('refs/heads/vault')) !== null;
  const hasBranch = (await repository.resolve(vaultRef(id))) !== null || (await isInTheWay());
  const closed = tools.seen?.requests.closed.get(id) ?? null;
  return { ...NOTHING, state: 'pending', request, asAsked, hasBranch, closed };
}

async function approvedView(
  tools: Reading,
  tip: CommitId,
  id: string,
  file: TreeFile,
  asked: string,
  policy: Policy,
): Promise<RequestView> {
  const request = await read(tools, file, id);
  const found = await tools.vault.added(tip, file.path, allowedKeys(policy));
  if (found?.parent == null) return { ...NOTHING, state: 'approved', request };
  const { commit, parent, author, committer, signature } = found;
  const changes = await tools.repository.changes(parent, commit);
  if (!changes.ok) throw new Error(`cannot read what ${commit} changes`);
  const [before] = await tools.repository.files(parent, [requestPath('pending', id)]);
  const [then] = await tools.repository.files(commit, [file.path]);
  const isSame = then?.blob === file.blob && (await isSameFile(tools, id, before, file));
  const asAsked = isSame && request !== null && askedDigest(request, tools.sha256) === asked;
  const forge = await askForge(tools, policy, { id }, commit);
  const said = forge === undefined ? {} : { forge };
  const approval: ApprovalCommit = { commit, author, committer, changes: changes.value, asAsked, signature, ...said };
  const own = new Set([file.path, requestPath('pending', id)]);
  const others = changes.value
    .map(({ path }) => path)
    .filter((path) => !own.has(path) && canBeTakenBack(path))
    .slice(0, MOST_RESTORED);
  const restored = others.length === 0 ? [] : await contentsBefore(tools, { tip, commit, parent }, others);
  const wasFired = await tools.vault.wasAdded(tip, requestPath('fired', id));
  return { ...NOTHING, state: 'approved', request, asAsked, approval, restored, wasFired };
}

/** Byte for byte, but for the answer that a person adds where one is asked for. */
export async function isSameFile(
  tools: Reading,
  id: string,
  pending: TreeFile | undefined,
  file: TreeFile,
): Promise<boolean> {
  if (pending === undefined || file.mode !== '100644') return false;
  if (pending.blob === file.blob) return true;
  const [before, now] = [await read(tools, pending, id), await read(tools, file, id)];
  if (before === null || now === null || !wantsAnswer(now)) return false;
  return JSON.stringify(unanswered(now)) === JSON.stringify(before);
}

/** What some file system takes for `.git` git itself checks out nowhere; it stays where it is, and says nothing to the runner. */
const canBeTakenBack = (path: string): boolean =>
  /^[^\p{Cc}\p{Cf}\\:\ufffd]+$/u.test(path) &&
  path.split('/').every((part) => !['', '.git', 'git~1'].includes(part.toLowerCase().replace(/[. ]+$/, '')));
const MOST_RESTORED = 1000;

/** What other paths held before a commit, where nothing changed them since: what it brought along is taken back with it. */
async function contentsBefore(
  { repository }: Reading,
  { tip, commit, parent }: { readonly tip: CommitId; readonly commit: CommitId; readonly parent: CommitId },
  paths: readonly string[],
): Promise<readonly Restored[]> {
  const blobs = async (at: CommitId): Promise<ReadonlyMap<string, TreeFile['blob']>> =>
    new Map((await repository.files(at, paths)).map(({ path, blob }) => [path, blob]));
  const [now, then, was] = [await blobs(tip), await blobs(commit), await blobs(parent)];
  const contents = await repository.blobs([...was.values()]);
  return paths.flatMap((path): readonly Restored[] => {
    if (now.get(path) !== then.get(path)) return [];
    const old = was.get(path);
    if (old === undefined) return [{ path, content: null }];
    const content = contents.get(old);
    // One that is too large to hold stays as it is.
    return content == null ? [] : [{ path, content }];
  });
}

async function endedView(tools: Reading, tip: CommitId, id: string): Promise<RequestView> {
  for (const state of ['rejected', 'fired'] as const) {
    const path = requestPath(state, id);
    const [file] = await tools.repository.files(tip, [path]);
    if (file === undefined) continue;
    const moved = state === 'rejected' ? await tools.vault.added(tip, path, []) : null;
    return { ...NOTHING, state, request: await read(tools, file, id), movedBy: moved?.committer ?? null };
  }
  return { ...NOTHING, state: null, request: null };
}
