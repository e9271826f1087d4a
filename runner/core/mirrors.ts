import type { Project } from '../generated/types.js';
import { retryAt } from './backoff.js';
import { targetOf } from './delivery.js';
import type { Fault } from './fault.js';
import { matcher } from './glob.js';
import type { CommitId, Instant } from './ids.js';
import { PROPOSALS } from './record.js';
import { plainText, shorten } from './template.js';

export type MirrorEntry = NonNullable<Project['mirrors']>[number];

/** Why a mirror does not hold what the project does. */
export interface MirrorTrouble {
  /** `unknown`: this machine has no remote of that name. `diverged`: the mirror has what the project has not, and nothing is forced there. */
  readonly problem: 'unreachable' | 'unknown' | 'refused' | 'diverged';
  readonly why: string;
}

/** What this machine remembers of a mirror; whoever deletes it has everything looked at once more. */
export interface MirrorNote {
  /** Where the branches that are watched were when it was last brought along, by their full names. */
  readonly tips: Readonly<Record<string, string>>;
  readonly at: Instant;
  readonly failing:
    (MirrorTrouble & { readonly since: Instant; readonly times: number; readonly until: Instant }) | null;
}

const HEADS = 'refs/heads/';
const TAGS = 'refs/tags/';
const WILD = /[*?[\]{}\\]/;

const branchesIn = (project: Project): readonly string[] => [...new Set([project.branch ?? 'main', targetOf(project)])];

/** The branches, by full names, of which a move has a mirror brought along: the project's and its target, and what is named without a wildcard. */
export function watchedRefs(project: Project, { branches }: MirrorEntry): readonly string[] {
  const named = (branches ?? []).filter((glob) => !WILD.test(glob));
  const own = branchesIn(project);
  return [...new Set([...own, ...named])].filter((name) => isProjects(project, name)).map((name) => `${HEADS}${name}`);
}

/** Which refs, by full names, a mirror has: by its globs, and never the runner's own branches. */
export function mirrored(project: Project, { branches, tags = [] }: MirrorEntry): (ref: string) => boolean {
  const [isBranch, isTag] = [matcher(branches ?? branchesIn(project)), matcher(tags)];
  return (ref) =>
    ref.startsWith(HEADS)
      ? isProjects(project, ref.slice(HEADS.length)) && isBranch(ref.slice(HEADS.length))
      : ref.startsWith(TAGS) && isTag(ref.slice(TAGS.length));
}

/** What lies on the others is between the runner and its people. */
const isProjects = ({ ops }: Project, branch: string): boolean =>
  branch !== (ops?.branch ?? 'ops') && !branch.startsWith('vault/') && !`${HEADS}${branch}`.startsWith(PROPOSALS);

/** Whether a mirror is to be looked at: what is watched moved, or it is time to try again. */
export function isDue(note: MirrorNote | undefined, tips: Readonly<Record<string, string>>, now: Instant): boolean {
  if (note === undefined) return true;
  const names = new Set([...Object.keys(tips), ...Object.keys(note.tips)]);
  if ([...names].some((name) => tips[name] !== note.tips[name])) return true;
  return note.failing !== null && note.failing.until <= now;
}

/** What is remembered of a try. A failure is tried again after a minute, doubled each time up to an hour. */
export function noteOf(
  before: MirrorNote | undefined,
  tips: Readonly<Record<string, string>>,
  trouble: MirrorTrouble | null,
  name: string,
  now: Instant,
): MirrorNote {
  if (trouble === null) return { tips, at: now, failing: null };
  const times = (before?.failing?.times ?? 0) + 1;
  const since = before?.failing?.since ?? now;
  return { tips, at: now, failing: { ...trouble, since, times, until: retryAt(now, times, name) } };
}

/** Whether what is wrong is another thing than before. */
export const isNews = (before: MirrorNote | undefined, trouble: MirrorTrouble | null): boolean =>
  before?.failing?.problem !== trouble?.problem || before?.failing?.why !== trouble?.why;

/** In a line, for people. */
export function mirrorText(remote: string, { problem, why }: MirrorTrouble): string {
  const said = shorten(plainText(why.split('\n')[0] ?? ''), 300);
  const name = `the mirror ${shownRemote(remote)}`;
  switch (problem) {
    case 'unreachable':
      return `${name} cannot be reached (${said}); it is tried again`;
    case 'unknown':
      return `${name}: ${said}`;
    case 'refused':
      return `${name} does not take what is pushed (${said}); it is tried again`;
    case 'diverged':
      return `${name} has what the project has not (${said}), and nothing is forced there: merge that, or take it away there`;
  }
}

/** A URL without what logs in there. */
export const shownRemote = (remote: string): string => plainText(remote.replace(/\/\/[^/@\s]*@/, '//'));

/** A mirror, as far as this machine knows. */
export interface MirrorFact {
  readonly remote: string;
  /** Whether this machine has a git remote of that name, where it is one. */
  readonly isKnown: boolean;
  readonly note: MirrorNote | null;
}

/** What `doctor` says of all of them: what is wrong with the first, or that they hold what they should. */
export function mirrorHealth({ mirrors }: { readonly mirrors: readonly MirrorFact[] }): {
  readonly check: 'mirrors';
  readonly state: 'ok' | 'warn';
  readonly found: string;
  readonly mend?: string;
} | null {
  if (mirrors.length === 0) return null;
  const wrong = mirrors.flatMap(({ remote, isKnown, note }): (MirrorTrouble & { readonly remote: string })[] =>
    !isKnown
      ? [{ remote, problem: 'unknown', why: 'this machine has no git remote of that name' }]
      : note?.failing == null
        ? []
        : [{ remote, ...note.failing }],
  );
  const [first] = wrong;
  if (first === undefined) {
    const count = `${String(mirrors.length)} ${mirrors.length === 1 ? 'mirror' : 'mirrors'}`;
    const open = mirrors.filter(({ note }) => note === null).length;
    const found = open === 0 ? `${count}, in step when last looked at` : `${count}, ${String(open)} not looked at yet`;
    return { check: 'mirrors', state: 'ok', found };
  }
  const more = wrong.length === 1 ? '' : `; and ${String(wrong.length - 1)} more`;
  const name = shownRemote(first.remote);
  const mend = first.problem === 'unknown' ? `git remote add ${name} ADDRESS` : `git ls-remote ${name}`;
  return { check: 'mirrors', state: 'warn', found: `${mirrorText(first.remote, first)}${more}`, mend };
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;
const URL = /^(?:https?|ssh|git):\/\/(?:[A-Za-z0-9._~-]+@)?[A-Za-z0-9[][A-Za-z0-9.:[\]-]*\/[!-~]+$/;
const SCP = /^[A-Za-z0-9._-]+@[A-Za-z0-9][A-Za-z0-9.-]*:[A-Za-z0-9~./_][!-~]*$/;

/** Whether it names a remote of the person's git configuration, and is no address. */
export const isRemoteName = (remote: string): boolean => NAME.test(remote) && !remote.includes('..');

/** What is wrong with the mirrors of a project of the right shape. */
export function mirrorFaults({ mirrors = [] }: Project): Fault[] {
  return mirrors.flatMap(({ remote }, index): Fault[] => {
    const path = ['mirrors', index, 'remote'];
    const twice = mirrors.slice(0, index).some((other) => other.remote === remote);
    if (twice) return [{ path, message: `the mirror \`${remote}\` is there twice`, hint: 'Join the two.' }];
    if (isRemoteName(remote)) return [];
    if (/^[a-z]+:\/\/[^/]*:[^/]*@/i.test(remote))
      return [
        {
          path,
          message: 'a password has no place in a committed file',
          hint: 'Name a remote of your git configuration, or have git’s credential helper know the password.',
        },
      ];
    if (URL.test(remote) || SCP.test(remote)) return [];
    return [
      {
        path,
        message: `\`${remote}\` is neither the name of a git remote nor an address by https, ssh or git`,
        hint: 'Write `https://host/path`, `ssh://user@host/path` or `user@host:path`; for anything else, such as a folder, name a remote: git remote add NAME ADDRESS.',
      },
    ];
  });
}

/** A ref that a mirror and the project have at different places, and whether the mirror's is one that the project goes on from. */
export interface Differing {
  readonly ref: string;
  readonly ours: CommitId;
  readonly theirs: CommitId | null;
  readonly goesOn: boolean;
}

/** What is pushed, and what is in the way: never forced. */
export function pushPlan(differing: readonly Differing[]): {
  readonly push: ReadonlyMap<string, CommitId>;
  readonly trouble: MirrorTrouble | null;
} {
  const parted = differing.filter(({ theirs, goesOn }) => theirs !== null && !goesOn);
  const push = new Map(differing.filter((each) => !parted.includes(each)).map(({ ref, ours }) => [ref, ours]));
  if (parted.length === 0) return { push, trouble: null };
  const some = parted
    .slice(0, 3)
    .map(({ ref, theirs }) => `${ref.replace(/^refs\/(?:heads|tags)\//, '')} is at ${(theirs ?? '').slice(0, 12)}`);
  const more = parted.length > 3 ? ` and ${String(parted.length - 3)} more` : '';
  return { push, trouble: { problem: 'diverged', why: `${some.join(', ')}${more}` } };
}
