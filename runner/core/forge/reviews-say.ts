import { plainText, shorten } from '../template.js';
import type { Review } from './pull-request.js';

const MOST_NAME = 60;

/** Who keeps a pull request from being merged by a review, in words; null where nobody does. The last word of each who may write counts, and a comment takes none back. */
export function reviewsSay(reviews: readonly Review[]): string | null {
  const last = new Map<string, Review['state']>();
  for (const { by, byMayWrite, state } of reviews) if (byMayWrite && state !== 'commented') last.set(by, state);
  const against = [...last].flatMap(([by, state]) => (state === 'changes-requested' ? [by] : []));
  const [first] = against;
  if (first === undefined) return null;
  const others = against.length === 1 ? '' : ` and ${String(against.length - 1)} more`;
  return `${shorten(plainText(first), MOST_NAME)}${others} asked for changes`;
}
