import ignore, { type Ignore } from 'ignore';

/** The `.gitignore` rules in force in a folder: its own and those of the folders above it. */
export interface IgnoreRules {
  readonly prefix: string;
  readonly rules: Ignore;
  readonly above: IgnoreRules | null;
  /** How many lines all of them have. */
  readonly lines: number;
}

/** A `.gitignore` that is larger counts as empty. */
export const RULES_BYTES = 1024 * 1024;
/** In force in one folder, of its own file and those above: each is tried on each name. What is beyond counts as not there. */
const LINES = 5000;
const LINE_LENGTH = 1000;

export function withRules(above: IgnoreRules | null, prefix: string, text: string): IgnoreRules | null {
  const before = above?.lines ?? 0;
  if (before >= LINES) return above;
  const lines = text.split('\n', LINES - before).filter((line) => line.length <= LINE_LENGTH && !isCostly(line));
  return { prefix, rules: ignore({ ignoreCase: false }).add(lines), above, lines: before + lines.length };
}

/**
 * Each further star multiplies the time that matching a hostile name takes. Such a line is left out: what it would ignore is then
 * taken in and seen by everybody, which is the safe side.
 */
function isCostly(line: string): boolean {
  const folders = line.split('/');
  return (
    folders.filter((part) => part === '**').length > 3 ||
    folders.some((part) => part !== '**' && part.split('*').length > 4)
  );
}

/** Whether git ignores a path; the nearest file that says anything decides. Folders are asked with a trailing slash. */
export function isIgnored(rules: IgnoreRules | null, path: string): boolean {
  for (let level = rules; level !== null; level = level.above) {
    const answer = level.rules.test(path.slice(level.prefix.length));
    if (answer.ignored) return true;
    if (answer.unignored) return false;
  }
  return false;
}
