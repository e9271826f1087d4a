import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Range, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Place, SourceText } from './text-file.js';

interface Entry {
  readonly key: Range | null;
  readonly value: ParsedNode | null;
}

/** Finds where the values of a parsed file stand. */
export class Places {
  readonly #source: SourceText;
  readonly #root: ParsedNode | null;
  readonly #entries = new Map<ParsedNode, ReadonlyMap<string | number, Entry>>();
  #anchors: ReadonlyMap<string, ParsedNode> | undefined;

  constructor(source: SourceText, root: ParsedNode | null) {
    this.#source = source;
    this.#root = root;
  }

  /** The place of a value, or of the nearest one around it. A block of several lines is pointed at by its key. */
  of(path: readonly (string | number)[]): Place {
    const { offset } = this.#find(path);
    return this.#source.place(offset);
  }

  /** The offset of a key itself; that of the mapping if there is no such key. */
  keyOffset(path: readonly (string | number)[], key: string): number {
    const { node, offset } = this.#find(path);
    return this.#children(node)?.get(key)?.key?.[0] ?? offset;
  }

  offset(path: readonly (string | number)[]): number {
    return this.#find(path).offset;
  }

  #find(path: readonly (string | number)[]): { readonly node: ParsedNode | null; readonly offset: number } {
    let node = this.#root;
    let offset = node?.range[0] ?? 0;
    for (const part of path) {
      const children = this.#children(node);
      const entry = children?.get(part) ?? children?.get(String(part));
      if (entry === undefined) break;
      const isBlock = (isMap(entry.value) || isSeq(entry.value)) && entry.value.flow !== true;
      const start = entry.value?.range[0];
      const isEmpty = isScalar(entry.value) && entry.value.source === '';
      offset = (isBlock || isEmpty ? (entry.key?.[0] ?? start) : (start ?? entry.key?.[0])) ?? offset;
      node = entry.value;
    }
    return { node, offset };
  }

  #children(node: ParsedNode | null): ReadonlyMap<string | number, Entry> | undefined {
    const target = isAlias(node) ? (this.#anchored().get(node.source) ?? null) : node;
    if (target === null || !(isMap(target) || isSeq(target))) return undefined;
    const known = this.#entries.get(target);
    if (known !== undefined) return known;
    const children = isSeq(target) ? itemsOf(target) : pairsOf(target);
    this.#entries.set(target, children);
    return children;
  }

  /** The last node of each anchor name: near enough for pointing. */
  #anchored(): ReadonlyMap<string, ParsedNode> {
    if (this.#anchors !== undefined) return this.#anchors;
    const anchors = new Map<string, ParsedNode>();
    const visit = (node: ParsedNode | null): void => {
      if (node === null || isAlias(node)) return;
      if (node.anchor !== undefined) anchors.set(node.anchor, node);
      if (isMap(node)) for (const pair of node.items) visit(pair.value);
      if (isSeq(node)) for (const item of node.items) visit(item);
    };
    visit(this.#root);
    this.#anchors = anchors;
    return anchors;
  }
}

const itemsOf = (node: YAMLSeq): ReadonlyMap<number, Entry> =>
  new Map(node.items.map((item, index) => [index, { key: null, value: item as ParsedNode | null }]));

function pairsOf(node: YAMLMap): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { key, value } of node.items) {
    if (isScalar(key) && typeof key.value === 'string' && !entries.has(key.value)) {
      entries.set(key.value, { key: key.range ?? null, value: value as ParsedNode | null });
    }
  }
  return entries;
}
