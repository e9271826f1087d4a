import { closest, distance } from 'fastest-levenshtein';

/** The legal word that a misspelt one most likely meant; null if none is near. */
export function nearest(word: string, legal: readonly string[]): string | null {
  if (legal.length === 0) return null;
  const best = closest(word, [...legal]);
  return distance(word, best) <= Math.max(1, Math.floor(Math.max(word.length, best.length) / 3)) ? best : null;
}
