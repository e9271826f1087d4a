import type { Finding } from '../../../generated/types.js';
import { ok, type Result } from '../../../core/failure.js';
import type { BlobId, CommitId, Instant, TreeId } from '../../../core/ids.js';
import type { Merge } from '../../../core/merge.js';
import { baseOf } from '../../../core/record.js';
import { undone, type FileAt, type ThreeTimes } from '../../../core/review/undone.js';
import { undoneFindings } from '../../../core/review/undone-findings.js';
import type { UndoneSide } from '../../../core/review/would-undo.js';
import type { Tools } from '../../tools.js';
import { projectTip } from '../../world.js';
import type { RunContext } from '../context.js';

/** A file that is larger is not looked into. */
const MOST_BYTES = 1024 * 1024;
/** More files of a change than this, or more bytes of all of them, are not read; that there were more is told. */
const MOST_FILES = 1000;
const MOST_BYTES_READ = 32 * 1024 * 1024;

/** What a branch gained beside the change, and what the change would do to it. */
export interface BranchSide {
  readonly branch: string;
  /** Since when it gained it, in words. */
  readonly since: string;
  readonly before: CommitId;
  readonly now: CommitId;
  /** What the branch would hold with the change in it. */
  readonly result: CommitId | TreeId;
}

/**
 * The branches that a change meets: the project's, with what it gained since the order was accepted, for whoever asked cannot have meant to lose that; of
 * a merge both sides, each with what it gained since the two parted; but not that of a branch which the run is there to mend: what is wrong there has to go.
 */
export async function branchSides(context: RunContext, input: CommitId): Promise<readonly BranchSide[]> {
  const { tools, merge, project, journal } = context;
  const { repository } = tools;
  const branch = project.branch ?? 'main';
  if (merge !== null) return sidesOfMerge(context, merge, input);
  const { now, result } = await onTip(context, branch, input);
  const before = await repository.tipAt(now, journal.order.record.accepted.at as Instant);
  if (before === null || before === now) return [];
  return [{ branch, since: 'after the order was accepted', before, now, result }];
}

/** The two sides that a merge brought together. */
export async function sidesOfMerge(
  { tools: { repository }, project, loaded }: Pick<RunContext, 'tools' | 'project' | 'loaded'>,
  merge: Merge,
  input: CommitId,
): Promise<readonly BranchSide[]> {
  const branch = merge.into ?? project.branch ?? 'main';
  const [head, incoming] = [merge.head as CommitId, merge.incoming as CommitId];
  const before = await repository.mergeBase(head, incoming);
  if (before === null) return [];
  const since = `since ${merge.branch} and ${branch} parted`;
  const sides = [
    { branch, since, before, now: incoming, result: input },
    ...(loaded.formula.base?.mends === true ? [] : [{ branch: merge.branch, since, before, now: head, result: input }]),
  ];
  return sides.filter(({ now }) => now !== before);
}

/** The project's branch as it is now, and what it would hold; where the change does not fit there any more, the base that it was made on. */
async function onTip(
  { tools, journal, recorded }: RunContext,
  branch: string,
  input: CommitId,
): Promise<Pick<BranchSide, 'now' | 'result'>> {
  const base = baseOf(journal.order.record.run);
  // A replay sees the project as the run had it.
  const tip = recorded === undefined ? await projectTip(tools, branch) : base;
  if (tip === null || tip === base || !(await tools.repository.isAncestor(base, tip)))
    return { now: base, result: input };
  const merged = await tools.repository.mergeTrees(tip, input);
  return merged.ok ? { now: tip, result: merged.value } : { now: base, result: input };
}

/** What the change silently takes back of what the branches gained: computed from the trees, whatever any attributes or models say. */
export async function undoneBySides(tools: Tools, sides: readonly BranchSide[]): Promise<Result<readonly Finding[]>> {
  const findings: Finding[] = [];
  for (const side of sides) {
    const found = await undoneOn(tools, side);
    if (!found.ok) return found;
    findings.push(...found.value);
  }
  return ok(findings);
}

async function undoneOn(tools: Tools, side: BranchSide): Promise<Result<readonly Finding[]>> {
  const found = await undoneIn(tools, side);
  if (!found.ok) return found;
  const { undone: files, unread } = found.value;
  return ok(undoneFindings(files, side.branch, side.since, unread));
}

/** What the change takes back of what one branch gained, file by file, and how many files of both were too much to look into. */
export async function undoneIn(
  { repository }: Tools,
  { branch, before, now, result }: BranchSide,
): Promise<Result<UndoneSide>> {
  const [earlier, later] = [await repository.differences(now, before), await repository.differences(now, result)];
  const [gained, replaced] = [await repository.differences(before, now), await repository.differences(result, now)];
  for (const each of [earlier, later, gained, replaced]) if (!each.ok) return each;
  if (!earlier.ok || !later.ok || !gained.ok || !replaced.ok) throw new TypeError('each was asked');
  const paths = [...later.value.keys()];
  const both = paths.filter((path) => earlier.value.has(path));
  if (both.length === 0) return ok({ branch, undone: [], unread: 0 });
  const reading = new Reading(repository);
  const entriesOf = (path: string): readonly Entry[] => [
    earlier.value.get(path),
    gained.value.get(path) ?? replaced.value.get(path),
    later.value.get(path),
  ];
  const files: ThreeTimes[] = [];
  for (const path of both) {
    const [before = null, base = null, result = null] = (await reading.read(entriesOf(path))) ?? [];
    if (reading.isOver) break;
    files.push({ path, before, base, result });
  }
  const others: Omit<ThreeTimes, 'before'>[] = [];
  for (const path of paths.filter((path) => !earlier.value.has(path))) {
    const [, base = null, result = null] = (await reading.read([null, ...entriesOf(path).slice(1)])) ?? [];
    if (reading.isOver) break;
    others.push({ path, base, result });
  }
  return ok({ branch, undone: undone(files, others), unread: both.length - files.length });
}

/** `mode id` of a file in a tree; nothing where there is none. */
type Entry = string | null | undefined;

const idOf = (entry: string): BlobId => (entry.split(' ')[1] ?? '') as BlobId;

/** Reads files of a change, up to so many and so much of all of them. */
class Reading {
  #files = 0;
  #bytes = 0;

  constructor(private readonly repository: Tools['repository']) {}

  get isOver(): boolean {
    return this.#files > MOST_FILES || this.#bytes > MOST_BYTES_READ;
  }

  /** The same file at several times; null once there was more than is read. */
  async read(entries: readonly Entry[]): Promise<readonly (FileAt | null)[] | null> {
    this.#files += 1;
    if (this.isOver) return null;
    // A link's target is text as well; a submodule has nothing here.
    const ids = entries.flatMap((entry) => (entry == null || entry.startsWith('160000') ? [] : [idOf(entry)]));
    const blobs = await this.repository.blobs([...new Set(ids)], MOST_BYTES);
    for (const bytes of blobs.values()) this.#bytes += bytes?.length ?? 0;
    return entries.map((entry) => {
      if (entry == null) return null;
      const bytes = blobs.get(idOf(entry));
      return { entry, text: bytes == null ? null : Buffer.from(bytes).toString('utf8') };
    });
  }
}
