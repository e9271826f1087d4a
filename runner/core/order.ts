import type { Order } from '../generated/types.js';

/** The formula of an order that nobody knows one for yet: it waits until a person names one. */
export const UNASSIGNED = 'unassigned';

/**
 * An order's name from the name of its file: lower case, everything else a dash, at most 40 characters, so that it is a
 * safe file name, ref and container name. `order` where nothing is left.
 */
export function slug(text: string): string {
  const words = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const cut =
    words.length <= 40 ? words : words.slice(0, words.lastIndexOf('-', 40) > 20 ? words.lastIndexOf('-', 40) : 40);
  return cut.replace(/-+$/, '') || 'order';
}

/** The name of an inbox file without folder and endings. */
export const fileStem = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.[A-Za-z0-9]+$/, '');

/** The first of `name`, `name-2`, `name-3` … that is free. */
export function freeName(name: string, taken: (candidate: string) => boolean): string {
  if (!taken(name)) return name;
  for (let count = 2; ; count += 1) {
    const candidate = `${name}-${String(count)}`;
    if (!taken(candidate)) return candidate;
  }
}

/** What makes two orders the same piece of work, as text to be digested; an explicit `dedupe` key stands for itself. */
export function dedupeText(order: Order, formula: string): string {
  return JSON.stringify([formula, order.goal.trim().replace(/\s+/g, ' '), sorted(order.inputs ?? {})]);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
