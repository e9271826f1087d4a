import type { Instant } from './ids.js';

/** The file on the ops branch that holds everything back. */
export const PAUSE_FILE = 'PAUSE';

/** Why nothing starts. A person may make the file by hand, even an empty one, so that any part but `now` may be missing. */
export interface Pause {
  readonly by: string | null;
  readonly at: Instant | null;
  readonly reason: string | null;
  /** What runs is handed back as well. */
  readonly now: boolean;
}

const KEY = /^(by|at|reason|now):\s*(.*)$/;

/** Reads any text: the file's being there is what counts, and this only says more. Text without keys is the reason. */
export function readPause(text: string): Pause {
  const found: Partial<Record<string, string>> = {};
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, key = 'reason', value = line] = KEY.exec(line) ?? [];
    found[key] ??= value;
  }
  const { by = null, at, reason = null, now } = found;
  const isInstant = at !== undefined && !Number.isNaN(Date.parse(at));
  return { by, at: isInstant ? (new Date(at).toISOString() as Instant) : null, reason, now: now === 'true' };
}

export function pauseText({ by, at, reason, now }: Pause): string {
  const lines = Object.entries({ by, at, reason, now: now ? 'true' : null });
  return [
    '# While this file is on the ops branch, nothing starts. `pushpals resume` takes it away.',
    ...lines.flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value.replace(/\s+/g, ' ').trim()}`])),
    '',
  ].join('\n');
}

/** Who paused and why, as one line; empty where the file does not say. */
export const pauseStory = ({ by, reason }: Pause): string =>
  `${by === null ? '' : ` by ${by}`}${reason === null ? '' : `: ${reason}`}`;
