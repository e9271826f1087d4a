import { ordinal, type Turn } from '../../core/forecast.js';
import { span } from '../../core/span.js';

/** An order's place in the queue, and when it is likely to start. */
export function turnText({ position, startsInMs, why, held }: Turn): string {
  const place = `${ordinal(position)} in the queue`;
  if (held === true) return `${place}; ${why ?? ''}`;
  if (startsInMs === null) return `${place}; nobody knows when it starts: ${why ?? ''}`;
  return startsInMs === 0 ? `${place}, starts with the next tick` : `${place}, starts in about ${span(startsInMs)}`;
}
