import { CronExpressionParser, type CronExpression } from 'cron-parser';
import { epochMs, instant, type Instant } from '../core/ids.js';
import type { Cron, Schedule } from '../core/triggers/schedule.js';

/** What the parser takes and the format does not: seconds, a value by chance, a restart. */
const ALIASES = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

const HOUR_MS = 3_600_000;
/** Farther from an instant than this no wall clock of it reads, whatever the zone and its change. */
const AROUND_MS = 42 * HOUR_MS;

export const cron: Cron = {
  check: (expression, timezone) => {
    if (expression.startsWith('@') && !ALIASES.has(expression))
      return `there is no \`${expression}\`; there are ${[...ALIASES].join(', ')}`;
    if (!expression.startsWith('@') && expression.trim().split(/\s+/).length !== 5)
      return 'expected five fields: minute, hour, day, month, weekday';
    if (/\bH\b/.test(expression)) return '`H` is a time by chance; use `jitter`';
    try {
      offsets(timezone)(0);
    } catch (error) {
      if (error instanceof RangeError) return `there is no time zone \`${timezone}\`; use an IANA name`;
      throw error;
    }
    try {
      walls(expression, 0).next();
      return null;
    } catch (error) {
      // The parser throws plain errors for every bad expression, with a message for people.
      if (error instanceof Error) return error.message;
      throw error;
    }
  },
  schedule,
};

/**
 * The library is asked for what a wall clock without daylight saving shows, where it is exact in both directions; which instants
 * those are in the zone is worked out here. (Asked in the zone itself, it gives other answers for the days on which clocks
 * change when it starts from the middle of them, which is what a tick does.)
 */
function schedule(expression: string, timezone: string): Schedule {
  const offsetAt = offsets(timezone);
  const everyHour = walls(expression, 0).fields.hour.isWildcard;

  /** The offsets before and after whatever change there is around a time. */
  const around = (ms: number): readonly [before: number, after: number] => [
    offsetAt(ms - AROUND_MS),
    offsetAt(ms + AROUND_MS),
  ];

  /** When a wall clock shows that: once, twice, or, where it is put forward past it, as late after the change as it would be without. */
  function instantsOf(wall: number): readonly number[] {
    const [before, after] = around(wall);
    if (before === after) return [wall - before];
    const shown = [wall - before, wall - after].filter((at) => at + offsetAt(at) === wall);
    if (shown.length === 0) return [wall - before];
    return everyHour ? shown : shown.slice(0, 1);
  }

  return {
    next: (after) => {
      const start = epochMs(after);
      const found = walls(expression, start + Math.min(...around(start)));
      let best = Infinity;
      for (;;) {
        const wall = step(found, 'next');
        // No later wall clock time comes to an earlier instant than this.
        if (wall === null || wall - Math.max(...around(wall)) > best) return asInstant(best);
        best = Math.min(best, ...instantsOf(wall).filter((at) => at > start));
      }
    },
    latest: (until) => {
      const start = epochMs(until);
      // The library looks before the time that it is given.
      const found = walls(expression, start + Math.max(...around(start)) + 1000);
      let best = -Infinity;
      for (;;) {
        const wall = step(found, 'prev');
        if (wall === null || wall - Math.min(...around(wall)) < best) return asInstant(best);
        best = Math.max(best, ...instantsOf(wall).filter((at) => at <= start));
      }
    },
  };
}

const walls = (expression: string, from: number): CronExpression =>
  CronExpressionParser.parse(expression, { tz: 'UTC', currentDate: from });

/** The next or previous time; null where the library gives up after years without one. */
function step(found: CronExpression, way: 'next' | 'prev'): number | null {
  try {
    return found[way]().getTime();
  } catch (error) {
    if (error instanceof Error && !found[way === 'next' ? 'hasNext' : 'hasPrev']()) return null;
    throw error;
  }
}

const asInstant = (ms: number): Instant | null => (Number.isFinite(ms) ? instant(ms) : null);

/** What a zone's clocks show more than UTC, in milliseconds. Throws `RangeError` where there is no such zone. */
function offsets(timezone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  return (ms) => {
    const shown: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(ms)) shown[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
  };
}
