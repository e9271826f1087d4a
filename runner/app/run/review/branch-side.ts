import type { Finding } from '../../../generated/types.js';
import { ok, type Result } from '../../../core/failure.js';
import type { CommitId, Instant, TreeId } from '../../../core/ids.js';
import { baseOf } from '../../../core/record.js';
import { undone, undoneFindings, type FileAt, type ThreeTimes } from '../../../core/review/undone.js';
import type { Tools } from '../../tools.js';
import { projectTip } from '../../world.js';
import type { RunContext } from '../context.js';

/** A file that is larger is not looked into. */
const MOST_BYTES = 1024 * 1024;
/** More files than this changed on both sides are not all looked into. */
const MOST_FILES = 300;

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
 * a merge both sides, each with what it gained since the two parted.
 */
export async function branchSides(context: RunContext, input: CommitId): Promise<readonly BranchSide[]> {
  const { tools, merge, project, journal } = context;
  const { repository } = tools;
  const branch = project.branch ?? 'main';
  if (merge !== null) {
    const [head, incoming] = [merge.head as CommitId, merge.incoming as CommitId];
    const before = await repository.mergeBase(head, incoming);
    if (before === null) return [];
    const since = `since ${merge.branch} and ${branch} parted`;
    const sides = [
      { branch, since, before, now: incoming, result: input },
      { branch: merge.branch, since, before, now: head, result: input },
    ];
    return sides.filter(({ now }) => now !== before);
  }
  const { now, result } = await onTip(context, branch, input);
  const before = await repository.tipAt(now, journal.order.record.accepted.at as Instant);
  if (before === null || before === now) return [];
  return [{ branch, since: 'after the order was accepted', before, now, result }];
}

/** The project's branch as it is now, and what it would hold; where the change does not fit there any more, the base that it was made on. */
async function onTip(
  { tools, journal }: RunContext,
  branch: string,
  input: CommitId,
): Promise<Pick<BranchSide, 'now' | 'result'>> {
  const base = baseOf(journal.order.record.run);
  const tip = await projectTip(tools, branch);
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

async function undoneOn(
  { repository }: Tools,
  { branch, since, before, now, result }: BranchSide,
): Promise<Result<readonly Finding[]>> {
  const [earlier, later] = [await repository.differences(now, before), await repository.differences(now, result)];
  const gained = await repository.differences(before, now);
  if (!earlier.ok) return earlier;
  if (!later.ok) return later;
  if (!gained.ok) return gained;
  const both = [...later.value.keys()].filter((path) => earlier.value.has(path)).slice(0, MOST_FILES);
  if (both.length === 0) return ok([]);
  const others = [...later.value].flatMap(([path, entry]) =>
    entry === null || earlier.value.has(path) ? [] : [entry],
  );
  const entries = both.flatMap((path) => [gained.value.get(path), earlier.value.get(path), later.value.get(path)]);
  const texts = await textsOf(repository, [...entries, ...others.slice(0, MOST_FILES)]);
  const at = (entry: string | null | undefined): FileAt | null =>
    entry == null ? null : { entry, text: texts.get(idOf(entry)) ?? null };
  const files = both.map((path): ThreeTimes => ({
    path,
    before: at(earlier.value.get(path)),
    base: at(gained.value.get(path)),
    result: at(later.value.get(path)),
  }));
  const elsewhere = others.flatMap((entry) => texts.get(idOf(entry)) ?? []);
  return ok(undoneFindings(undone(files, elsewhere), branch, since));
}

const idOf = (entry: string): string => entry.split(' ')[1] ?? '';

async function textsOf(
  repository: Tools['repository'],
  entries: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  type Id = Parameters<typeof repository.blobs>[0][number];
  // A link's target is text as well; a submodule has nothing here.
  const ids = entries.flatMap((entry) => (entry == null || entry.startsWith('160000') ? [] : [idOf(entry) as Id]));
  const blobs = await repository.blobs([...new Set(ids)], MOST_BYTES);
  return new Map(
    [...blobs].flatMap(([id, bytes]) =>
      bytes === null || bytes.includes(0) ? [] : [[id as string, Buffer.from(bytes).toString('utf8')] as const],
    ),
  );
}
