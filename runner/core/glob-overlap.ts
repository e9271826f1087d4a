import { programOf, reach, type Program } from './glob.js';

/** What may still be spent on telling globs apart, in steps of the automata. */
export interface Effort {
  left: number;
}

/**
 * Whether some path matches both globs: a path through the product of their automata. It says no only where that is sure: what would take too long to
 * tell apart overlaps.
 */
export function globsOverlap(one: string, other: string, effort: Effort = { left: 1_000_000 }): boolean {
  if (one === other) return true;
  const [prefix, otherPrefix] = [literalPrefix(one), literalPrefix(other)];
  if (!prefix.startsWith(otherPrefix) && !otherPrefix.startsWith(prefix)) return false;
  const [a, b] = [programOf(one), programOf(other)];
  const chars = alphabet(one + other);
  const seen = new Set<number>();
  const open: (readonly [number, number])[] = [];
  const visit = (x: number, y: number): boolean => {
    const [from, to] = [reach(a, [x]), reach(b, [y])];
    effort.left -= from.size * to.size;
    for (const i of from)
      for (const j of to) {
        if (i === a.length - 1 && j === b.length - 1) return true;
        const pair = i * b.length + j;
        if (a[i]?.op !== 'one' || b[j]?.op !== 'one' || seen.has(pair)) continue;
        seen.add(pair);
        open.push([i, j]);
      }
    return false;
  };
  if (visit(0, 0)) return true;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [i, j] = next;
    effort.left -= chars.length;
    if (effort.left <= 0) return true;
    if (chars.some((char) => takes(a, i, char) && takes(b, j, char)) && visit(i + 1, j + 1)) return true;
  }
  return false;
}

function takes(program: Program, state: number, char: string): boolean {
  const instruction = program[state];
  return instruction?.op === 'one' && instruction.takes(char);
}

/** As much of a glob as stands for itself. */
const literalPrefix = (glob: string): string => /^[^*?[\]{}\\]*/.exec(glob)?.[0] ?? '';

/**
 * Characters that stand for all others: two sets of them that globs can write meet in one that either names, in a neighbour of one (of a class that is
 * negated), or in any that neither names.
 */
function alphabet(text: string): readonly string[] {
  const points = new Set([0x2f, 0xe000]);
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0;
    for (const near of [point - 1, point, point + 1]) if (near >= 0 && near <= 0x10ffff) points.add(near);
  }
  return [...points].map((point) => String.fromCodePoint(point));
}
