import type { Project } from '../generated/types.js';
import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId, Instant } from '../core/ids.js';
import {
  isDue,
  isNews,
  mirrorText,
  mirrored,
  noteOf,
  pushPlan,
  watchedRefs,
  type Differing,
  type MirrorEntry,
  type MirrorTrouble,
} from '../core/mirrors.js';
import type { Tools } from './tools.js';
import { projectTip } from './world.js';

/** Where the branches are whose moves have a mirror brought along. Reads refs, and starts nothing. */
async function tipsOf(tools: Tools, project: Project, entry: MirrorEntry): Promise<Readonly<Record<string, string>>> {
  const tips: Record<string, string> = {};
  for (const ref of watchedRefs(project, entry)) {
    const tip = await projectTip(tools, ref.slice('refs/heads/'.length));
    if (tip !== null) tips[ref] = tip;
  }
  return tips;
}

/** Every ref that has to stand still for the mirrors to be left alone, with where it is; empty where there is none. */
export async function mirrorTips(tools: Tools, project: Project): Promise<Readonly<Record<string, string>>> {
  const all: Record<string, string> = {};
  for (const entry of project.mirrors ?? [])
    for (const ref of watchedRefs(project, entry)) all[ref] ??= (await tools.repository.resolve(ref)) ?? '';
  return all;
}

/** When the next mirror is tried again that could not be brought along; null where none is. */
export async function mirrorsAgainAt({ machine }: Pick<Tools, 'machine'>): Promise<Instant | null> {
  const times = [...(await machine.mirrorNotes()).values()].flatMap(({ failing }) => failing?.until ?? []);
  return times.sort()[0] ?? null;
}

/** The mirrors that are to be looked at now; what is remembered of one that the project has no more is forgotten. */
export async function dueMirrors(tools: Tools, project: Project): Promise<readonly MirrorEntry[]> {
  const mirrors = project.mirrors ?? [];
  const notes = await tools.machine.mirrorNotes();
  for (const remote of notes.keys())
    if (!mirrors.some((entry) => entry.remote === remote)) await tools.machine.noteMirror(remote, null);
  const due: MirrorEntry[] = [];
  for (const entry of mirrors)
    if (isDue(notes.get(entry.remote), await tipsOf(tools, project, entry), tools.clock.now())) due.push(entry);
  return due;
}

/** Brings a mirror along. That it cannot be is said once for as long as it stays so, remembered, and in nobody's way. */
export async function keepMirror(tools: Tools, project: Project, entry: MirrorEntry): Promise<void> {
  const { remote } = entry;
  const before = (await tools.machine.mirrorNotes()).get(remote);
  const tips = await tipsOf(tools, project, entry);
  const done = await bringAlong(tools, project, entry);
  const trouble = done.ok ? done.value.trouble : done.failure;
  const pushed = done.ok ? done.value.pushed : [];
  await tools.machine.noteMirror(remote, noteOf(before, tips, trouble, remote, tools.clock.now()));
  if (pushed.length > 0 || (trouble === null && before?.failing != null))
    tools.report({ event: 'mirrored', remote, refs: pushed });
  if (trouble !== null && isNews(before, trouble))
    tools.report({ event: 'mirror-failed', remote, text: mirrorText(remote, trouble) });
}

interface Brought {
  readonly pushed: readonly string[];
  readonly trouble: MirrorTrouble | null;
}

/** The mirror is looked at before the project: what another runner pushed there meanwhile is then known to be the project's. */
async function bringAlong(
  { mirrors, repository }: Tools,
  project: Project,
  entry: MirrorEntry,
): Promise<Result<Brought, MirrorTrouble>> {
  const { remote } = entry;
  const there = await mirrors.refs(remote);
  if (!there.ok) return there;
  const sources = await mirrors.sources(mirrored(project, entry));
  if (!sources.ok) return sources;
  const differ = [...sources.value].filter(([ref, at]) => there.value.get(ref) !== at);
  if (differ.length === 0) return ok({ pushed: [], trouble: null });
  const brought = await mirrors.bring(differ.map(([ref]) => ref));
  if (!brought.ok) return brought;
  const differing: Differing[] = [];
  for (const [ref, ours] of differ) {
    const theirs: CommitId | null = there.value.get(ref) ?? null;
    const goesOn = theirs !== null && ref.startsWith('refs/heads/') && (await repository.isAncestor(theirs, ours));
    differing.push({ ref, ours, theirs, goesOn });
  }
  const { push, trouble } = pushPlan(differing);
  if (push.size === 0) return ok({ pushed: [], trouble });
  const pushed = await mirrors.push(remote, push);
  return pushed.ok ? ok({ pushed: [...push.keys()], trouble }) : fail(pushed.failure);
}
