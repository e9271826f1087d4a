import type { Calendar } from '../core/ask/when.js';
import { epochMs, instant, type Instant } from '../core/ids.js';

/** Instants as the clocks of a time zone show them: `Mon 2026-11-23 03:12`. */
export function localTime(timezone: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hourCycle: 'h23',
    ...{ weekday: 'short', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  });
  return (at) => {
    const shown: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(epochMs(at))) shown[type] = value;
    const { weekday = '', year = '', month = '', day = '', hour = '', minute = '' } = shown;
    return `${weekday} ${year}-${month}-${day} ${hour}:${minute}`;
  };
}

/** The days of a time zone. An hour that a change of clocks skips begins when the clocks show the next one. */
export function calendarOf(timezone: string, now: Instant): Calendar {
  const shown = localTime(timezone);
  const dateAndTime = (at: Instant): string => shown(at).slice(4);
  const at = (date: string, hour: number): Instant => {
    const wanted = Date.parse(`${date}T${String(hour).padStart(2, '0')}:00:00.000Z`);
    const offset = (ms: number): number => Date.parse(`${dateAndTime(instant(ms)).replace(' ', 'T')}:00.000Z`) - ms;
    const guess = wanted - offset(wanted);
    return instant(wanted - offset(guess));
  };
  return { today: dateAndTime(now).slice(0, 10), at };
}
