/** How deep a value from outside may nest: what walks it does so by recursion, and must be able to write it down. */
export const MAX_JSON_DEPTH = 64;

/** Why a parsed JSON value from outside cannot be handled like other data; null if it can. Looks no deeper than is allowed. */
export function unsafeJson(value: unknown, depth = 0): string | null {
  if (value === null || typeof value !== 'object') return null;
  if (depth >= MAX_JSON_DEPTH) return `it nests deeper than ${String(MAX_JSON_DEPTH)} levels`;
  for (const [key, item] of Object.entries(value)) {
    const unsafe = key === '__proto__' ? 'the key `__proto__` is not allowed' : unsafeJson(item, depth + 1);
    if (unsafe !== null) return unsafe;
  }
  return null;
}
