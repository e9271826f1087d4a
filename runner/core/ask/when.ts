import { instant, epochMs, type Instant } from '../ids.js';

/** The days of whoever asks. Dates are `2026-11-21`. */
export interface Calendar {
  readonly today: string;
  /** When an hour of a day begins. */
  readonly at: (date: string, hour: number) => Instant;
}

/** A stretch of time that a question names. */
export interface Span {
  /** In words that go after what happened: `today`, `in the last 24 hours`. */
  readonly said: string;
  readonly from: Instant;
  /** Not of it any more. */
  readonly until: Instant;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const COUNTS: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7 };
const UNITS: Readonly<Record<string, number>> = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS };

const dayAfter = (date: string, days: number): string =>
  instant(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).slice(0, 10);
const weekdayOf = (date: string): number => new Date(`${date}T00:00:00.000Z`).getUTCDay();

/** The span that the words say; null if they say none. */
export function spanOf(words: readonly string[], now: Instant, { today, at }: Calendar): Span | null {
  const said = words.join(' ');
  const days = (from: string, until: string | null, text = said): Span => ({
    said: text,
    from: at(from, 0),
    until: until === null ? now : at(until, 0),
  });
  const back = (ms: number, text: string): Span => ({ said: text, from: instant(epochMs(now) - ms), until: now });
  // Monday begins a week.
  const monday = dayAfter(today, -((weekdayOf(today) + 6) % 7));
  const month = `${today.slice(0, 7)}-01`;
  switch (said) {
    case 'today':
    case 'since midnight':
      return days(today, null, 'today');
    case 'yesterday':
      return days(dayAfter(today, -1), today);
    case 'since yesterday':
      return days(dayAfter(today, -1), null);
    case 'overnight':
      return { said: 'last night', from: at(dayAfter(today, -1), 18), until: earlier(at(today, 9), now) };
    case 'this morning':
      return { said, from: at(today, 0), until: earlier(at(today, 12), now) };
    case 'this week':
      return days(monday, null);
    case 'last week':
      return days(dayAfter(monday, -7), monday);
    case 'this month':
      return days(month, null);
    case 'last month':
      return days(`${dayAfter(month, -1).slice(0, 7)}-01`, month);
    case 'lately':
    case 'recently':
      return back(7 * DAY_MS, 'in the last 7 days');
    default:
      return backwards(said, back) ?? named(said, today, days);
  }
}

const earlier = (one: Instant, other: Instant): Instant => (one < other ? one : other);

/** `in the last 24 hours`, `past week`. */
function backwards(said: string, back: (ms: number, text: string) => Span): Span | null {
  const match = /^(?:in|within|during|over|for)? ?(?:last|past) (?:(\d{1,4}|[a-z]+) )?(hour|day|week)(s?)$/.exec(said);
  if (match === null) return null;
  const [, count = '1', unit = '', plural = ''] = match;
  const times = COUNTS[count] ?? (/^\d+$/.test(count) ? Number(count) : 0);
  if (times < 1) return null;
  return back(
    times * (UNITS[unit] ?? 0),
    `in the last ${times === 1 ? '' : `${String(times)} `}${unit}${times === 1 ? '' : plural || 's'}`,
  );
}

/** A day by its name or date: `on monday`, `since 2026-11-20`. */
function named(
  said: string,
  today: string,
  days: (from: string, until: string | null, text: string) => Span,
): Span | null {
  const match = /^(?:(on|since) )?([a-z]+|\d{4}-\d{2}-\d{2})$/.exec(said);
  const [, how = 'on', word = ''] = match ?? [];
  const weekday = WEEKDAYS.indexOf(word);
  const date = weekday >= 0 ? dayAfter(today, -((weekdayOf(today) - weekday + 7) % 7)) : isDate(word) ? word : null;
  if (date === null) return null;
  const text = weekday >= 0 ? `${how} ${word.slice(0, 1).toUpperCase()}${word.slice(1)}, ${date}` : `${how} ${date}`;
  return days(date, how === 'since' || date === today ? null : dayAfter(date, 1), text);
}

/** Whether it is a day that there is: not `2026-02-30`. */
const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`)) && dayAfter(text, 0) === text;
