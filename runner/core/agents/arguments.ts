import { parseJson } from '../parse-json.js';
import { unsafeJson } from '../plain-json.js';
import type { CallArguments } from './message.js';

/** As much is kept of arguments that are none, to show the model. */
const KEPT = 4096;
/**
 * A call's arguments, as a model gave them: an object, or JSON of one. Anything else, and what cannot be handled like other data, is kept as text, its
 * first 4096 characters.
 */
export function callArguments(given: unknown): CallArguments {
  const value = typeof given === 'string' ? parseJson(given) : given;
  if (isObject(value) && unsafeJson(value) === null) return { ok: true, value };
  const unsafe = typeof given === 'string' ? null : unsafeJson(given);
  const text = typeof given === 'string' ? given : (unsafe ?? JSON.stringify(given ?? null));
  return { ok: false, text: text.slice(0, KEPT) };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
