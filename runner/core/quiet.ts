import type { Change } from './change.js';
import { isGovernance } from './policy.js';

/** What a change is that nobody needs to see for its own sake. */
export const MINOR = ['cosmetic', 'documentation'] as const;
export type Minor = (typeof MINOR)[number];

/** The texts of a changed file; null: there is none, or it cannot be read as text. */
export interface Texts {
  readonly before: string | null;
  readonly after: string | null;
}

/** Prose for people. What steers an agent is no documentation, whatever its ending says, nor is what lies where tests or programs read it. */
const PROSE = /\.(md|markdown|rst|adoc)$/i;
const PROSE_NAMES =
  /^(readme|changelog|changes|contributing|authors|code_of_conduct|security|support|history)(\.[a-z]+)?$/i;
const STEERS = /(^|\/)(agents|claude|gemini|copilot-instructions|skill|llms|prompt|system)[^/]*$/i;

export function isDocumentation(path: string): boolean {
  const names = path.split('/');
  const name = names.at(-1) ?? '';
  if (STEERS.test(path) || isGovernance(path) || names.some((part) => part.startsWith('.'))) return false;
  if (
    names.slice(0, -1).some((part) => /^(tests?|specs?|__tests__|fixtures|testdata|templates?|prompts?)$/i.test(part))
  )
    return false;
  if (!PROSE.test(name)) return PROSE_NAMES.test(name) && !/\.(?!md|markdown|rst|adoc|txt)[a-z]+$/i.test(name);
  return names.length === 1 || /^docs?$|^documentation$/i.test(names[0] ?? '') || PROSE_NAMES.test(name);
}

/** Languages in which indentation, empty lines and lines that are a comment (`// …`) mean nothing. */
const BRACES = /\.([cm]?[jt]s|java|c|h|cc|cpp|hpp|cs|go|rs|kt|swift|scala)$/;

const TOOLS =
  /[@=#]|:\S|-(disable|enable|ignore|expect)|\b(eslint|prettier|biome|istanbul|c8|v8|tslint|jshint|globals?|noqa|nolint|nosonar|nosec|pragma|clang|codeql|cgo|region|endregion|webpack\w*|vite|swagger|copyright|license|spdx)\b/i;
/** Whether a comment may be one that tools read; it is then taken for code. */
const isForTools = (comment: string): boolean => comment.length > 400 || TOOLS.test(comment);

/**
 * The lines of a file that mean something, without those that are empty or a comment and without their indentation; null where that cannot be told
 * without parsing the language: something could be text over several lines.
 */
function meaning(text: string): readonly string[] | null {
  if (/"""|'''|r#*"|R"|\$@?"|@"|\\\r?$/m.test(text)) return null;
  const lines: string[] = [];
  let isInComment = false;
  let comment: string[] = [];
  for (const whole of text.split('\n')) {
    const line = whole.trim();
    if (!isInComment && line.startsWith('/*')) [isInComment, comment] = [true, []];
    if (isInComment) {
      comment.push(line);
      const end = line.indexOf('*/', comment.length === 1 ? 2 : 0);
      if (end === -1) continue;
      isInComment = false;
      // Code after it, or a tool's comment.
      if (end !== line.length - 2 || comment.some((each) => isForTools(each))) lines.push(...comment);
      continue;
    }
    if (line === '' || (line.startsWith('// ') && !isForTools(line))) continue;
    if ([...line.replace(/\\./g, '').matchAll(/[`"]/g)].length % 2 !== 0) return null;
    lines.push(line);
  }
  return isInComment ? null : lines;
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((line, index) => line === other[index]);

/** Whether a file says the same as before but for comments, indentation and empty lines. What is not known for sure is not. */
export function isCosmetic({ path, kind, oldMode, newMode, binary }: Change, { before, after }: Texts): boolean {
  if (kind !== 'modified' || oldMode !== newMode || newMode === '120000' || binary || isGovernance(path)) return false;
  if (before === null || after === null || !BRACES.test(path)) return false;
  const [was, is] = [meaning(before), meaning(after)];
  return was !== null && is !== null && same(was, is);
}

/**
 * What a whole change is: `documentation` where it is nothing but prose for people, `cosmetic` where the rest is comments, indentation and empty lines.
 * Null: there is more to it, or that cannot be told.
 */
export function minorChange(changes: readonly Change[], texts: ReadonlyMap<string, Texts>): Minor | null {
  if (changes.length === 0) return null;
  const isProse = (change: Change): boolean =>
    isDocumentation(change.path) && !change.binary && ![change.oldMode, change.newMode].includes('120000');
  const rest = changes.filter((change) => !isProse(change));
  if (rest.length === 0) return 'documentation';
  return rest.every((change) => {
    const found = texts.get(change.path);
    return found !== undefined && isCosmetic(change, found);
  })
    ? 'cosmetic'
    : null;
}
