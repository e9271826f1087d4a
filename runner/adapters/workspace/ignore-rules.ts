import ignore, { type Ignore } from 'ignore';

/** The `.gitignore` rules in force in a folder: its own and those of the folders above it. */
export interface IgnoreRules {
  readonly prefix: string;
  readonly rules: Ignore;
  readonly above: IgnoreRules | null;
}

export function withRules(above: IgnoreRules | null, prefix: string, text: string): IgnoreRules {
  return { prefix, rules: ignore({ allowRelativePaths: false }).add(text), above };
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
