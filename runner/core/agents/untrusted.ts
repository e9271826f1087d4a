import { reveal } from '../visible.js';

/** A digest of a text, in hexadecimal. */
export type Digest = (text: string) => string;

/**
 * Text that others wrote, as a model is shown it: named, and between marks that it cannot hold, since they follow from a digest of it. `what` says in a few
 * words what it is. Whoever writes the text would have to know its own digest.
 */
export function untrusted(what: string, text: string, digest: Digest): string {
  let mark = digest(`${what}\n${text}`).slice(0, 12);
  while (text.includes(mark)) mark = digest(mark).slice(0, 12);
  return `<<untrusted ${mark}: ${what}\n${text}\nuntrusted ${mark}>>`;
}

/** The same of prose, in which nothing is to be hidden: comments and characters that nobody sees are written out. */
export const untrustedProse = (what: string, text: string, digest: Digest): string =>
  untrusted(what, reveal(text), digest);
