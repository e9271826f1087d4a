import { fail, ok } from '../../core/failure.js';
import { issueStatus, type IssueStory } from '../../core/forge/issue-status.js';
import { goneWords, issueOrderName } from '../../core/forge/issues.js';
import type { SeenOnForge } from '../../core/forge/seen.js';
import { elapsedMs, type CommitId, type Instant } from '../../core/ids.js';
import type { StoredOrder } from '../../core/record.js';
import { readOps } from '../observe.js';
import type { ForgeUnavailable, Told } from '../ports/forge.js';
import type { IssueNote } from '../ports/machine.js';
import { readFile } from '../records.js';
import { redacted } from '../redact.js';
import type { Tools } from '../tools.js';
import { isOfAll } from './issues.js';
import { issueOrders, readIssueOrders, type IssueOrders } from './issue-stories.js';

/** So many comments are written after one look. */
const MOST = 20;
/** Of several runners the one that took an issue in speaks first; the others only where it has not for so long. */
const FIRST_MS = 120_000;
/** What the forge does not take for a reason that may be over is said again after so long. */
const AGAIN_MS = 3_600_000;
/** What ended longer ago, and nobody here has heard of, has been told by somebody. */
const LATELY_MS = 7 * 24 * 3_600_000;

/** What an issue is to be told. */
interface Telling {
  readonly text: string;
  /** Which orders it is of. */
  readonly root: string;
  readonly note: IssueNote;
  /** It is remembered, and nothing is asked of the forge. */
  readonly isOld: boolean;
}

/** What is known of the issues. */
interface Around {
  readonly tip: CommitId;
  readonly seen: SeenOnForge;
}

/**
 * Has the one comment of the runner's on each issue say what became of it: made when it is taken in, edited where that has changed. What was said last is
 * remembered on this machine, and that is all that it is: a runner that does not know finds its comment on the forge. `made`: the orders that were just made here, with
 * when they were accepted; null for those that were rejected.
 */
export async function keepIssues(
  tools: Tools,
  seen: SeenOnForge,
  made: ReadonlyMap<string, string | null>,
): Told<null> {
  const { forge, machine, sharing, scanner, report } = tools;
  if (forge === null) return ok(null);
  const isNews = [...made.keys()].some((name) => name.startsWith('issue-'));
  // Another runner may have been quicker to take it in.
  if (isNews && sharing !== null && !(await sharing.sync()).ok) return ok(null);
  const view = await readOps(tools);
  if (!view.ok) return ok(null);
  const around = { tip: view.value.tip, seen };
  const before = await machine.issueNotes(forge.where);
  const all = await issueOrders(tools, view.value);
  // Whose it is to speak first is remembered before: whatever becomes of this process, its machine goes on.
  const notes = new Map([
    ...before,
    ...all.filter(isMadeBy(made)).map(({ number }) => [number, before.get(number) ?? UNTOLD] as const),
  ]);
  if (notes.size > before.size) await machine.noteIssues(forge.where, notes);
  let left = MOST;
  let failed: ForgeUnavailable | null = null;
  const numbers = byNumber(all);
  for (const [number, texts] of numbers) {
    const known = notes.get(number);
    const telling = left === 0 || failed !== null ? null : await tellingOf(tools, around, texts, known);
    if (telling === null) continue;
    const { text, root, note, isOld } = telling;
    const untaken = known?.untaken;
    if (untaken?.text === note.told && elapsedMs(untaken.at, tools.clock.now()) < AGAIN_MS) continue;
    if (!isOld && note.told !== known?.told) {
      left -= 1;
      const put = await forge.putComment(
        { kind: 'issue', number },
        'order',
        await redacted(scanner, 'a comment', text),
      );
      if (!put.ok && isOfAll(put.failure)) {
        failed = put.failure;
        continue;
      }
      const words = put.ok
        ? 'is told there what became of it'
        : `cannot be told what became of it (${put.failure.why})`;
      report({ event: 'warning', text: `issue #${String(number)} ${words}: ${root}` });
      if (!put.ok && put.failure.problem !== 'refused' && put.failure.problem !== 'not-found') {
        const untaken = { text: note.told, at: tools.clock.now() };
        notes.set(number, { ...(known ?? UNTOLD), untaken });
        continue;
      }
    }
    notes.set(number, note);
  }
  for (const number of notes.keys()) if (!numbers.has(number)) notes.delete(number);
  if (JSON.stringify([...before]) !== JSON.stringify([...notes])) await machine.noteIssues(forge.where, notes);
  return failed === null ? ok(null) : fail(failed);
}

const UNTOLD: IssueNote = { told: '', ends: '' };

/** Whether an issue was taken in, or rejected, just now and here; of two runners that did so, one has made the order that stands. */
const isMadeBy =
  (made: ReadonlyMap<string, string | null>) =>
  ({ root, live }: IssueOrders): boolean => {
    const at = made.get(root);
    return (
      at === null || (at !== undefined && live.some(({ record }) => record.id === root && record.accepted.at === at))
    );
  };

function byNumber(all: readonly IssueOrders[]): ReadonlyMap<number, readonly IssueOrders[]> {
  const numbers = new Map<number, IssueOrders[]>();
  for (const each of [...all].sort((one, other) => one.number - other.number))
    numbers.set(each.number, [...(numbers.get(each.number) ?? []), each]);
  return numbers;
}

/** What is to be said of the newest text of an issue; null where nothing is, or another runner says it. */
async function tellingOf(
  tools: Tools,
  around: Around,
  texts: readonly IssueOrders[],
  known: IssueNote | undefined,
): Promise<Telling | null> {
  const { seen, tip } = around;
  const current = seen.issues.open.find(({ number }) => number === texts[0]?.number);
  const name = current === undefined ? null : issueOrderName(current, tools.sha256);
  const of = await newest(tools, texts, name);
  if (of === null) return null;
  const ends = of.live.length > 0 ? '' : tools.sha256(JSON.stringify(of.ended));
  if (ends !== '' && known?.ends === ends) return null;
  const orders = await readIssueOrders(tools, of);
  const rejected = orders.length > 0 ? null : await rejectionOf(tools, tip, of);
  if (orders.length === 0 && rejected === null) return null;
  const now = tools.clock.now();
  const since = (orders[0]?.record.accepted.at ?? current?.updatedAt ?? now) as Instant;
  if (known === undefined && tools.sharing !== null && elapsedMs(since, now) < FIRST_MS) return null;
  const gone = seen.issues.gone.get(of.number);
  const story: IssueStory = {
    orders,
    rejected,
    isEdited: name !== null && name !== of.root,
    gone: gone === undefined ? null : goneWords(of.number, gone),
    requestUrl: (id) => seen.requests.open.get(id)?.url ?? null,
  };
  const text = issueStatus(story);
  const isOld = known === undefined && current === undefined && elapsedMs(endOf(orders) ?? now, now) > LATELY_MS;
  return { text, root: of.root, note: { told: tools.sha256(text), ends }, isOld };
}

const endOf = (orders: readonly StoredOrder[]): Instant | null =>
  (orders
    .flatMap(({ record }) => record.ended?.at ?? [])
    .sort()
    .at(-1) ?? null) as Instant | null;

/** The text of which something has not ended, else the one that the issue has now, else the one that was taken in last. */
async function newest(tools: Tools, texts: readonly IssueOrders[], name: string | null): Promise<IssueOrders | null> {
  const plain = texts.find(({ live }) => live.length > 0) ?? texts.find(({ root }) => root === name);
  if (plain !== undefined || texts.length < 2) return plain ?? texts[0] ?? null;
  const dated = await Promise.all(
    texts.map(async (each) => ({ each, at: (await readIssueOrders(tools, each))[0]?.record.accepted.at ?? '' })),
  );
  return dated.reduce((last, next) => (next.at > last.at ? next : last)).each;
}

/** The reasons for which an issue was not taken in, without what stands around them. */
async function rejectionOf(tools: Tools, tip: CommitId, { ended }: IssueOrders): Promise<IssueStory['rejected']> {
  const found = ended.find(({ path }) => path.startsWith('rejected/'));
  const file = found === undefined ? null : await readFile(tools, tip, found.path);
  if (found === undefined || file === null) return null;
  const [, , says = ''] = /^(`{3,})text\n([^]*?)\n\1$/m.exec(Buffer.from(file.bytes).toString('utf8')) ?? [];
  return { path: found.path, says };
}
