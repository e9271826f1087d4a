import { epochMs, type Instant } from '../core/ids.js';

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
