import {
  Composer,
  Lexer,
  Parser,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type ParsedNode,
  type CST,
  type YAMLError,
} from 'yaml';
import type { Problem } from '../core/failure.js';
import { visibleLine } from '../core/visible.js';
import type { SourceText } from './text-file.js';

/** Bounds on a YAML file, so that a small file cannot cost much time or memory. */
export interface YamlLimits {
  /** Size of the file in bytes. */
  readonly maxBytes: number;
  /** How deep mappings and lists may nest. */
  readonly maxDepth: number;
  /** How many pieces of syntax, and how many values once aliases are followed. */
  readonly maxParts: number;
  /** Keys that are not data. */
  readonly forbiddenKeys: ReadonlySet<string>;
}

/** For files that people and agents write. Nobody needs keys that JavaScript takes for something else than data. */
export const YAML_LIMITS: YamlLimits = {
  maxBytes: 1024 * 1024,
  maxDepth: 64,
  maxParts: 100_000,
  forbiddenKeys: new Set(['__proto__', 'constructor', 'prototype']),
};

/** For records, which the runner wrote: they hold the outputs of steps, and what was written must be readable. */
export const RECORD_LIMITS: YamlLimits = {
  maxBytes: 64 * 1024 * 1024,
  maxDepth: 128,
  maxParts: 10_000_000,
  forbiddenKeys: new Set(['__proto__']),
};

/** Syntax errors are told up to this many: after the first few they are mostly consequences. */
const MAX_SYNTAX_PROBLEMS = 10;

export type Tree = { readonly root: ParsedNode | null; readonly problems: readonly Problem[] };

/**
 * Parses one YAML document. The bounds are watched while tokens are read, before anything recursive sees them: near the end of
 * the stack V8 ends the whole process instead of throwing.
 */
export function parseTree(source: SourceText, limits: YamlLimits): Tree {
  const only = (problem: Problem): Tree => ({ root: null, problems: [problem] });
  const control = controlCharacter(source);
  if (control !== null) return only(control);
  const parser = new Parser();
  const composer = new Composer({
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  const documents: Document.Parsed[] = [];
  const take = (tokens: Iterable<CST.Token>): void => {
    for (const token of tokens) documents.push(...composer.next(token));
  };
  let parts = 0;
  for (const lexeme of new Lexer().lex(source.text)) {
    take(parser.next(lexeme));
    parts += 1;
    if (documents.length > 0) return only(secondDocument(source, parser.offset));
    if (parser.stack.length > limits.maxDepth) {
      return only(
        source.problem(
          parser.offset,
          `mappings and lists nest deeper than ${String(limits.maxDepth)} levels`,
          'Flatten it.',
        ),
      );
    }
    if (parts > limits.maxParts) {
      return only(
        source.problem(parser.offset, `the file has more than ${String(limits.maxParts)} parts`, 'Make it smaller.'),
      );
    }
  }
  take(parser.end());
  documents.push(...composer.end(true, source.text.length));
  const [document, another] = documents;
  if (document === undefined) throw new TypeError('the YAML library gave no document');
  if (another !== undefined) return only(secondDocument(source, another.range[0]));
  const found: readonly YAMLError[] = [...document.errors, ...document.warnings];
  const problems = found.slice(0, MAX_SYNTAX_PROBLEMS).map((error) => syntaxProblem(source, error));
  return { root: document.contents, problems };
}

const secondDocument = (source: SourceText, offset: number): Problem =>
  source.problem(
    Math.max(0, offset),
    'a second YAML document begins in this file',
    'Put each document in a file of its own.',
  );

/** YAML does not allow control characters in its text; quoted and escaped they are fine. */
function controlCharacter(source: SourceText): Problem | null {
  const match = /[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/.exec(source.text);
  if (match === null) return null;
  const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return source.problem(
    match.index,
    `there is a control character, U+${code}`,
    `Remove it, or write it as "\\u${code}" in double quotes.`,
  );
}

function syntaxProblem(source: SourceText, { code, message, pos }: YAMLError): Problem {
  const at = Math.max(0, Math.min(pos[0], source.text.length));
  if (code === 'TAB_AS_INDENT') return source.problem(at, 'YAML is not indented with tabs', 'Use spaces.');
  if (code === 'TAG_RESOLVE_FAILED')
    return source.problem(
      at,
      'YAML tags such as `!name` are not understood here',
      'Remove the tag; quote the text if it begins with `!`.',
    );
  if (code === 'NON_STRING_KEY') return source.problem(at, 'a key must be text');
  const words = visibleLine(message).slice(0, 200);
  if (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY') {
    return source.problem(at, `not YAML: ${words}`, 'Text that holds `: ` must stand in quotes.');
  }
  return source.problem(at, `not YAML: ${words}`);
}

/** A tree as plain JSON values, with what JSON cannot hold as problems. */
export class Conversion {
  readonly problems: Problem[] = [];
  /** Set when a bound was passed; then the value is not whole. */
  overflow: Problem | null = null;
  readonly #source: SourceText;
  readonly #limits: YamlLimits;
  /** What an alias stands for: the value, with how many values and levels it adds. */
  readonly #anchors = new Map<
    string,
    { readonly value: unknown; readonly size: number; readonly height: number } | 'open'
  >();
  #size = 0;

  constructor(source: SourceText, limits: YamlLimits) {
    this.#source = source;
    this.#limits = limits;
  }

  convert(node: ParsedNode | null, depth = 0): { readonly value: unknown; readonly height: number } {
    if (this.overflow !== null || node === null) return { value: null, height: 0 };
    if (isAlias(node)) return this.#alias(node.source, node.range[0], depth);
    const before = this.#size;
    this.#count(1, node.range[0]);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, 'open');
    const converted = this.#plain(node, depth);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, { ...converted, size: this.#size - before });
    return converted;
  }

  #plain(
    node: Exclude<ParsedNode, { type: 'ALIAS' }>,
    depth: number,
  ): { readonly value: unknown; readonly height: number } {
    if (isScalar(node)) return { value: this.#scalar(node.value, node.range[0]), height: 0 };
    let height = 0;
    const inside = (child: ParsedNode | null): unknown => {
      const converted = this.convert(child, depth + 1);
      height = Math.max(height, converted.height + 1);
      return converted.value;
    };
    if (isSeq(node)) return { value: node.items.map((item) => inside(item as ParsedNode | null)), height };
    if (!isMap(node)) return { value: null, height };
    const entries = new Map<string, unknown>();
    for (const pair of node.items) {
      const key = pair.key as ParsedNode | null;
      // Another kind of key has been told as a syntax error.
      if (!isScalar(key) || typeof key.value !== 'string') continue;
      const wrong = this.#keyProblem(key.value, entries);
      if (wrong !== null) this.problems.push(this.#source.problem(key.range?.[0] ?? node.range[0], ...wrong));
      else entries.set(key.value, inside(pair.value));
    }
    return { value: Object.fromEntries(entries), height };
  }

  #keyProblem(key: string, entries: ReadonlyMap<string, unknown>): [message: string, hint: string] | null {
    if (this.#limits.forbiddenKeys.has(key)) return [`the key \`${key}\` is not allowed`, 'Choose another name.'];
    if (entries.has(key)) return [`the key \`${shown(key)}\` is there twice`, 'Remove one of them.'];
    return null;
  }

  #scalar(value: unknown, offset: number): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.problems.push(
      this.#source.problem(offset, 'this number cannot be kept', 'Put it in quotes if it is meant as text.'),
    );
    return null;
  }

  #alias(name: string, offset: number, depth: number): { readonly value: unknown; readonly height: number } {
    const target = this.#anchors.get(name);
    if (target === undefined || target === 'open') {
      const why =
        target === 'open'
          ? `\`*${shown(name)}\` stands inside what it repeats`
          : `nothing is marked \`&${shown(name)}\` before this`;
      this.problems.push(this.#source.problem(offset, why, 'Write the value out.'));
      return { value: null, height: 0 };
    }
    if (depth + target.height > this.#limits.maxDepth) {
      const message = `with its aliases written out, the file nests deeper than ${String(this.#limits.maxDepth)} levels`;
      this.overflow ??= this.#source.problem(offset, message, 'Flatten it.');
      return { value: null, height: 0 };
    }
    this.#count(target.size, offset);
    return target;
  }

  /** Values count each time that they are repeated, so that a chain of aliases cannot stand for millions of them. */
  #count(values: number, offset: number): void {
    this.#size += values;
    if (this.#size <= this.#limits.maxParts) return;
    const message = `with its aliases written out, the file has more than ${String(this.#limits.maxParts)} values`;
    this.overflow ??= this.#source.problem(offset, message, 'Make it smaller.');
  }
}

const shown = (text: string): string => visibleLine(text.length > 60 ? `${text.slice(0, 60)}…` : text);
