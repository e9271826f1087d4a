import type { TriggerRecord } from '../../generated/types.js';
import type { BlobId, CommitId, Instant } from '../../core/ids.js';
import { month } from '../../core/record.js';
import { matcher } from '../../core/glob.js';
import type { Happening, TriggerView } from '../../core/triggers/occasions.js';
import type { ObservedTriggers } from '../../core/triggers/record.js';
import { rootOf, specDigest, triggerBranches, type Trigger } from '../../core/triggers/trigger.js';
import { branchTip, type World } from '../world.js';
import type { TreeFile } from '../ports/repository.js';
import type { Looked } from './records.js';
import type { Tools } from '../tools.js';
import { chainOfCommit, decisions, endedOrders } from './happenings.js';

/** All that the project's triggers are planned from; null where there is none and never was one. */
export async function observeTriggers(
  tools: Tools,
  { base, desired }: World,
  view: Looked,
): Promise<ObservedTriggers | null> {
  const triggers = desired.project.triggers ?? [];
  if (triggers.length === 0 && view.triggers.size === 0) return null;
  const tips = new Map<string, CommitId | null>();
  for (const branch of triggerBranches(desired.project))
    if (tools.sharing?.watches(branch) !== false) tips.set(branch, await branchTip(tools, branch));
  const files = new Map<string, string>();
  const views = new Map<string, TriggerView>();
  for (const trigger of triggers) {
    const looked = trigger.files === undefined ? null : await matching(tools, view.tip, trigger.files);
    const digest = looked === null ? '' : tools.sha256(JSON.stringify(looked));
    if (looked !== null) files.set(trigger.id, digest);
    if (trigger.cron !== undefined) {
      const schedule = (await tools.formats.cron()).schedule(trigger.cron, trigger.timezone ?? 'UTC');
      views.set(trigger.id, { kind: 'cron', schedule });
      continue;
    }
    const record = view.triggers.get(trigger.id);
    if (record == null || record.spec !== specDigest(trigger, tools.sha256)) continue;
    if (trigger.branch !== undefined) {
      const tip = tips.get(trigger.branch);
      if (tip === undefined) continue;
      const isNews = tip !== null && tip !== record.tip;
      const changed = isNews ? await changedPaths(tools, trigger, record, base, tip) : null;
      const chain = isNews ? await chainOfCommit(tools, view, tip) : null;
      views.set(trigger.id, { kind: 'branch', tip, changed, chain });
    } else if (looked !== null) {
      const changed = digest === record.files ? [] : await changedFiles(tools, trigger, record, looked);
      views.set(trigger.id, { kind: 'files', digest, changed });
    } else if (trigger.after !== undefined) {
      views.set(trigger.id, { kind: 'after', ...(await happenings(tools, trigger, record, view)) });
    } else views.set(trigger.id, { kind: 'vault', ...(await happenings(tools, trigger, record, view)) });
  }
  return { tip: view.tip, records: view.triggers, views, tips, files };
}

/** The paths in the trigger's `paths` that a new tip changes; null where nobody can tell, or any will do. */
async function changedPaths(
  { repository }: Pick<Tools, 'repository'>,
  { paths }: Trigger,
  record: TriggerRecord,
  base: CommitId,
  tip: CommitId,
): Promise<readonly string[] | null> {
  // A branch that was not there before is looked at from where it left the project's.
  const from = (record.tip as CommitId | undefined) ?? (await repository.mergeBase(base, tip));
  const changed = from === null ? null : await repository.differences(from, tip);
  // What it pointed at may be gone from the repository.
  if (changed?.ok !== true) return null;
  const names = [...changed.value.keys()];
  if (paths !== undefined) return names.filter(matcher(paths));
  return names.length === 0 ? null : names;
}

type Listed = readonly (readonly [path: string, blob: BlobId])[];

/** The files of the ops branch that match, by path. */
async function matching(
  { repository }: Pick<Tools, 'repository'>,
  commit: CommitId,
  globs: readonly string[],
): Promise<Listed> {
  const roots = new Set(globs.flatMap((glob) => rootOf(glob) ?? []));
  const matches = matcher(globs);
  const found = await repository.files(commit, [...roots]);
  return found
    .filter(({ path }) => matches(path))
    .map(({ path, blob }) => [path, blob] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

async function changedFiles(
  tools: Pick<Tools, 'repository'>,
  { files = [] }: Trigger,
  { seen }: TriggerRecord,
  now: Listed,
): Promise<readonly string[] | null> {
  const commit = seen?.commit as CommitId | undefined;
  if (commit === undefined || (await tools.repository.tree(commit)) === null) return null;
  const before = new Map(await matching(tools, commit, files));
  const changed = now.filter(([path, blob]) => before.get(path) !== blob).map(([path]) => path);
  const gone = [...before.keys()].filter((path) => !now.some(([other]) => other === path));
  return [...changed, ...gone];
}

/** What the trigger waits for, among what came to its folder since it looked last. */
async function happenings(
  tools: Tools,
  trigger: Trigger,
  record: TriggerRecord,
  view: Looked,
): Promise<{ readonly happenings: readonly Happening[]; readonly others: number }> {
  if (record.suspended !== undefined) return { happenings: [], others: 0 };
  const { after, vault } = trigger;
  const folder =
    after !== undefined ? (after.on ?? 'done') : vault?.on === 'approved' ? 'vault/fired' : 'vault/rejected';
  const { files, since } = await newFiles(tools, view.tip, record, folder);
  if (files.length === 0) return { happenings: [], others: 0 };
  const found =
    after !== undefined
      ? await endedOrders(tools, files, after.formula, since)
      : await decisions(tools, files, view, vault ?? { on: 'approved' }, since);
  return { happenings: found, others: files.length - found.length };
}

/**
 * The files of a folder that were added or changed since the trigger looked. Where the commit that it looked at is not there any more, those that
 * may be, and since when they count; null where all of them do, whatever another machine's clock says.
 */
async function newFiles(
  { repository }: Pick<Tools, 'repository'>,
  tip: CommitId,
  record: TriggerRecord,
  folder: string,
): Promise<{ readonly files: readonly TreeFile[]; readonly since: Instant | null }> {
  const [before, after] = await Promise.all([
    record.seen === undefined ? null : repository.tree(record.seen.commit as CommitId, folder),
    repository.tree(tip, folder),
  ]);
  if (after === null || before === after) return { files: [], since: null };
  const changed = before === null ? null : await repository.differences(before, after);
  if (changed?.ok === true) {
    const there = [...changed.value].filter(([path, entry]) => entry !== null && path.endsWith('.yml'));
    const paths = there.map(([path]) => `${folder}/${path}`);
    return { files: await repository.files(tip, paths), since: null };
  }
  const since = (record.seen?.at ?? record.since) as Instant;
  const all = (await repository.files(tip, [folder])).filter(({ path }) => path.endsWith('.yml'));
  const isOld = (path: string): boolean => path.slice(folder.length + 1) < month(since);
  return { files: folder.startsWith('vault/') ? all : all.filter(({ path }) => !isOld(path)), since };
}
