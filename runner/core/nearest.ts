import { closest, distance } from 'fastest-levenshtein';

/** The legal word that a misspelt one most likely meant; null if none is near. */
export function nearest(word: string, legal: readonly string[]): string | null {
  if (legal.length === 0) return null;
  const best = closest(word, [...legal]);
  // Two letters that changed places count twice, and are the commonest slip.
  const length = Math.max(word.length, best.length);
  return distance(word, best) <= Math.max(length < 3 ? 1 : 2, Math.floor(length / 3)) ? best : null;
}

/** The nearest legal word, or all of them. */
export function suggestion(word: string, legal: readonly string[], what: string): string {
  const near = nearest(word, legal);
  if (near !== null) return `Did you mean \`${near}\`?`;
  return legal.length === 0 ? `There are no ${what}.` : `The ${what} are ${legal.join(', ')}.`;
}
