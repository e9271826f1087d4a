import { epochMs, type Instant } from './ids.js';
import { span } from './span.js';

/** What tells whether anybody ticks. */
export interface TickFacts {
  readonly now: Instant;
  readonly lastTickAt: Instant | null;
  /** A watch that is alive here; null where there is none. */
  readonly watch: { readonly pid: number; readonly since: Instant } | null;
}

const QUIET_MS = 24 * 3_600_000;
/** A watch looks at the latest each half a minute, unless it was told otherwise. */
const STUCK_MS = 3_600_000;

/** Whether ticks come, and what has them come where they do not. */
export function tickHealth({ now, lastTickAt, watch }: TickFacts): {
  readonly state: 'ok' | 'warn';
  readonly found: string;
  readonly mend?: string;
} {
  const mend = 'Let it run by itself: pushpals install cron, or pushpals install systemd';
  if (lastTickAt === null) return { state: 'warn', found: 'none has run here yet', mend };
  const ago = (at: Instant): number => epochMs(now) - epochMs(at);
  const age = ago(lastTickAt);
  const found = `${span(age)} ago`;
  if (watch !== null) {
    const by = `${found}, by a watch (pid ${String(watch.pid)}, for ${span(ago(watch.since))})`;
    if (age <= STUCK_MS) return { state: 'ok', found: by };
    return {
      state: 'warn',
      found: by,
      mend: `Look at what it says, or end it and start it again: kill ${String(watch.pid)}`,
    };
  }
  return age > QUIET_MS ? { state: 'warn', found, mend } : { state: 'ok', found };
}
