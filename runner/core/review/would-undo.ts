import type { Failure } from '../failure.js';
import { plainText, shorten } from '../template.js';
import type { Undone } from './undone.js';
import { isHigh } from './undone-findings.js';

export type WouldUndo = Extract<Failure, { class: 'would-undo' }>;

/** What a merge would take back of what one of its sides gained since they parted. */
export interface UndoneSide {
  readonly branch: string;
  readonly undone: readonly Undone[];
  /** Files that both changed and that were too much to look into. */
  readonly unread: number;
}

/** Files that tools make: what they hold is made anew as a whole, and nobody's lines are lost. */
const LOCK_FILES: ReadonlySet<string> = new Set([
  ...['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'poetry.lock', 'uv.lock'],
  ...[
    'Pipfile.lock',
    'Cargo.lock',
    'Gemfile.lock',
    'composer.lock',
    'mix.lock',
    'pubspec.lock',
    'flake.lock',
    'go.sum',
  ],
]);

/** Whether a file of that path is one that a tool makes as a whole. */
export const isLockFile = (path: string): boolean => LOCK_FILES.has(path.split('/').at(-1) ?? '');

const MOST_FILES = 20;
const MOST_LINES = 3;
const LINE_LENGTH = 120;

/** A place where what was taken back began: whoever wants to know who added it asks for that line. */
export interface UndonePlace {
  readonly path: string;
  /** Counts from 1, on the branch. */
  readonly line: number;
}

/**
 * The failure that says what a merge would silently take back; null if nothing. `excused` are files that nobody has to look at: made by a tool, or resolved as people did
 * before. `commits` names who added what is gone, by branch and path.
 */
export function wouldUndo(
  sides: readonly UndoneSide[],
  excused: (path: string) => boolean,
  step: string,
  commits: ReadonlyMap<string, string> = new Map(),
): WouldUndo | null {
  const found = sides.flatMap(({ branch, undone }) =>
    undone.filter((file) => isHigh(file) && !excused(file.path)).map((file) => ({ ...file, branch })),
  );
  const unread = sides.reduce((sum, side) => sum + side.unread, 0);
  if (found.length === 0 && unread === 0) return null;
  const files = found.slice(0, MOST_FILES).map(({ branch, path, whole, mode, gone, back, unseen }) => {
    const by = commits.get(placeKey(branch, path));
    const what = whole
      ? 'it is as it was before'
      : [
          gone.length === 0 ? null : `${String(gone.length)} line(s) are gone`,
          back.length === 0 ? null : `${String(back.length)} removed line(s) are back`,
          mode ? 'its mode is what it was' : null,
          unseen === null ? null : 'it cannot be looked into any more',
        ]
          .filter((part) => part !== null)
          .join(', ');
    const lines = [...gone, ...back]
      .slice(0, MOST_LINES)
      .map(({ number, text }) => `${String(number)}: ${shorten(plainText(text), LINE_LENGTH)}`);
    return { branch, path, what, lines, ...(by === undefined ? {} : { commit: by }) };
  });
  return { class: 'would-undo', step, files, count: found.length, unread };
}

export const placeKey = (branch: string, path: string): string => `${branch}\0${path}`;

/** The places of a failure of which the commit is worth looking for. */
export const placesOf = ({ undone }: UndoneSide, excused: (path: string) => boolean): readonly UndonePlace[] =>
  undone
    .filter((file) => isHigh(file) && !excused(file.path))
    .slice(0, MOST_FILES)
    .flatMap(({ path, gone }) => (gone[0] === undefined ? [] : [{ path, line: gone[0].number }]));

/** It in lines, for people who are asked whether the merge may go in all the same. */
export const undoneLines = ({ files, count, unread }: WouldUndo): readonly string[] => [
  ...files.map(
    ({ branch, path, what, commit }) =>
      `It takes back what ${branch} gained: ${path} - ${what}${commit === undefined ? '' : `, added by ${commit.slice(0, 12)}`}`,
  ),
  ...(count > files.length ? [`It takes back more, in ${String(count - files.length)} other file(s)`] : []),
  ...(unread === 0 ? [] : [`${String(unread)} file(s) that both sides changed were too much to look into`]),
];
