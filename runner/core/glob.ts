/**
 * Globs over paths of a repository. Order text brings globs and a step brings paths, so the time must not depend on what is in them: regular
 * expressions made of globs, as libraries make them, can be kept busy for years by `*a*a*a*a*b` and a file called `aaaa…`. This is
 * Thompson's construction (“Regular Expression Search Algorithm”, 1968), whose work is bounded by the glob's length times the path's.
 */

type Instruction =
  | { readonly op: 'accept' }
  | { readonly op: 'one'; readonly takes: (char: string) => boolean }
  | { op: 'split'; to: readonly number[] };

/** A glob's automaton; its last state accepts. */
export type Program = readonly Instruction[];

export const programOf = (glob: string): Program => new Compiler(glob).program();

/** Whether a path, whole and relative, matches one of the globs. No globs match nothing. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  const programs = globs.map(programOf);
  return (path) => programs.some((program) => accepts(program, path));
}

/** The glob that matches a path alone. */
export const literally = (path: string): string => path.replace(/[\\*?[\]{},]/g, '\\$&');

const notSlash = (char: string): boolean => char !== '/';

/**
 * `*` and `?` stay within a name, `**` as a whole name is any number of folders, `[a-z]` and `[!a-z]` are one character, `{a,b}` is
 * either, and `\` takes away the meaning of what follows. Hidden files are like any others. All else is itself.
 */
class Compiler {
  readonly #instructions: Instruction[] = [];
  #at = 0;

  constructor(private readonly glob: string) {}

  program(): Program {
    this.#sequence('', true);
    this.#instructions.push({ op: 'accept' });
    return this.#instructions;
  }

  /** Up to one of the characters, or the end. `isName`: a name of a path begins here. */
  #sequence(until: string, isName: boolean): void {
    let begins = isName;
    while (this.#at < this.glob.length) {
      const char = this.glob[this.#at] ?? '';
      if (until.includes(char)) return;
      const begun = begins;
      begins = char === '/';
      if (char === '*') this.#stars(begun);
      else if (char === '?') this.#take(notSlash);
      else if (char === '[' && this.#classEnd() !== null) this.#class();
      else if (char === '{' && this.#hasAlternatives()) this.#alternatives(begun);
      else this.#literal();
    }
  }

  #take(takes: (char: string) => boolean): void {
    this.#instructions.push({ op: 'one', takes });
    this.#at += 1;
  }

  #literal(): void {
    if (this.glob[this.#at] === '\\' && this.#at + 1 < this.glob.length) this.#at += 1;
    const char = String.fromCodePoint(this.glob.codePointAt(this.#at) ?? 0);
    this.#instructions.push({ op: 'one', takes: (other) => other === char });
    this.#at += char.length;
  }

  #stars(begins: boolean): void {
    let count = 0;
    for (; this.glob[this.#at] === '*'; this.#at += 1) count += 1;
    const next = this.glob[this.#at];
    const isFolders = count === 2 && begins && (next === undefined || next === '/' || next === ',' || next === '}');
    if (!isFolders) this.#repeat(notSlash);
    else if (next === '/') {
      this.#at += 1;
      this.#folders();
    } else {
      this.#instructions.push({ op: 'one', takes: () => true });
      this.#repeat(() => true);
    }
  }

  #repeat(takes: (char: string) => boolean): void {
    const start = this.#instructions.length;
    this.#instructions.push({ op: 'split', to: [start + 1, start + 3] }, { op: 'one', takes });
    this.#instructions.push({ op: 'split', to: [start] });
  }

  /** Any number of names, each with its slash. */
  #folders(): void {
    const start = this.#instructions.length;
    this.#instructions.push(
      { op: 'split', to: [start + 1, start + 5] },
      { op: 'one', takes: notSlash },
      { op: 'split', to: [start + 1, start + 3] },
      { op: 'one', takes: (char) => char === '/' },
      { op: 'split', to: [start] },
    );
  }

  /** Where the class that begins here ends; null if it is none. */
  #classEnd(): number | null {
    const first = /^\[[!^]?\]?/.exec(this.glob.slice(this.#at))?.[0].length ?? 1;
    const end = this.glob.indexOf(']', this.#at + first);
    return end === -1 ? null : end;
  }

  #class(): void {
    const end = this.#classEnd() ?? this.#at;
    const inside = this.glob.slice(this.#at + 1, end);
    const isNegated = /^[!^]/.test(inside);
    const members = [...(isNegated ? inside.slice(1) : inside).replace(/\\(.)/gs, '$1')];
    const ranges: (readonly [string, string])[] = [];
    for (let at = 0; at < members.length; at += 1) {
      const from = members[at] ?? '';
      const to = members[at + 1] === '-' ? members[at + 2] : undefined;
      ranges.push([from, to ?? from]);
      if (to !== undefined) at += 2;
    }
    this.#at = end;
    this.#take((char) => char !== '/' && isNegated !== ranges.some(([from, to]) => from <= char && char <= to));
  }

  /** Whether a `{` has a comma and an end; otherwise it is itself. */
  #hasAlternatives(): boolean {
    let depth = 0;
    let hasComma = false;
    for (let at = this.#at; at < this.glob.length; at += 1) {
      const char = this.glob[at];
      if (char === '\\') at += 1;
      else if (char === '{') depth += 1;
      else if (char === ',' && depth === 1) hasComma = true;
      else if (char === '}' && (depth -= 1) === 0) return hasComma;
    }
    return false;
  }

  #alternatives(begins: boolean): void {
    const entry = { op: 'split' as const, to: [] as number[] };
    const exits: Extract<Instruction, { op: 'split' }>[] = [];
    this.#instructions.push(entry);
    do {
      this.#at += 1;
      entry.to.push(this.#instructions.length);
      this.#sequence(',}', begins);
      const exit: Extract<Instruction, { op: 'split' }> = { op: 'split', to: [] };
      this.#instructions.push(exit);
      exits.push(exit);
    } while (this.glob[this.#at] === ',');
    this.#at += 1;
    for (const exit of exits) exit.to = [this.#instructions.length];
  }
}

function accepts(program: Program, path: string): boolean {
  let states = reach(program, [0]);
  for (const char of path) {
    const next: number[] = [];
    for (const state of states) {
      const instruction = program[state];
      if (instruction?.op === 'one' && instruction.takes(char)) next.push(state + 1);
    }
    if (next.length === 0) return false;
    states = reach(program, next);
  }
  return states.has(program.length - 1);
}

/** The states that are reached without a character. */
export function reach(program: Program, from: readonly number[]): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [...from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (reached.has(state)) continue;
    reached.add(state);
    const instruction = program[state];
    if (instruction?.op === 'split') open.push(...instruction.to);
  }
  return reached;
}
