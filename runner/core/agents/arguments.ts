import { parseJson } from '../parse-json.js';
import type { CallArguments } from './message.js';

/** As much is kept of arguments that are none, to show the model. */
const KEPT = 4096;
/** Deeper than any arguments of ours, and shallow enough for everything that walks them. */
const DEEPEST = 64;

/**
 * A call's arguments, as a model gave them: an object, or JSON of one. Anything else, what is nested more than 64 deep and what names `__proto__` is
 * kept as text, its first 4096 characters.
 */
export function callArguments(given: unknown): CallArguments {
  const value = typeof given === 'string' ? parseJson(given) : given;
  if (isObject(value) && isPlain(value)) return { ok: true, value };
  const text = typeof given === 'string' ? given : isPlain(given) ? (JSON.stringify(given) ?? '') : 'nested too deeply';
  return { ok: false, text: text.slice(0, KEPT) };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isPlain(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return false;
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      if (Object.hasOwn(one, '__proto__')) return false;
      for (const inner of Object.values(one)) next.push(inner);
    }
    level = next;
  }
  return true;
}
