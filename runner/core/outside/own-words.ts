import type { Order } from '../../generated/types.js';

/** So many words in a row are no accident any more: somebody copied them. */
const LONGEST_RUN = 8;

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * The first stretch of eight words that a text has from another one; null where it is in words of its own. Fewer may well be
 * the same: what names things has no other words.
 */
export function copiedFrom(text: string, original: string): string | null {
  const known = new Set(stretchesOf(original));
  return stretchesOf(text).find((stretch) => known.has(stretch)) ?? null;
}

function stretchesOf(text: string): readonly string[] {
  const words = wordsOf(text);
  const starts = words.slice(0, Math.max(0, words.length - LONGEST_RUN + 1));
  return starts.map((_, at) => words.slice(at, at + LONGEST_RUN).join(' '));
}

/**
 * What orders that are to be filed have, word for word, from the text from outside that led to them: the first of each. None where nothing did.
 * `orders` may have any shape: it is what somebody answered.
 */
export function copies({ outside, context }: Order, orders: unknown): readonly string[] {
  if (outside === undefined || context === undefined || !Array.isArray(orders)) return [];
  return orders.flatMap((order: unknown) => {
    const copied = textsOf(order).flatMap((text) => copiedFrom(text, context) ?? [])[0];
    return copied === undefined ? [] : [`it repeats what was said outside (“${copied}”): say it in words of your own`];
  });
}

/** The parts of an order that are taken for what is wanted. A path is named as it is; only what reads as a sentence is none. */
function textsOf(order: unknown): readonly string[] {
  const { goal, done, constraints, paths } = (order ?? {}) as Partial<Record<keyof Order | 'paths', unknown>>;
  const { notes, only, avoid } = (constraints ?? {}) as Partial<Record<'notes' | 'only' | 'avoid', unknown>>;
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
  const globs = [...list(only), ...list(avoid), ...list(paths)].filter((glob) => /\s/.test(String(glob)));
  return [goal, ...list(done), notes, ...globs].filter((text) => typeof text === 'string');
}
