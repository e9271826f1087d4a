import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '../app/ports/machine.js';
import { instant } from '../core/ids.js';
import { hasCode } from './workspace/files.js';

/** The longest that one timer can wait, in milliseconds; asked for more, Node waits one. */
const LONGEST_MS = 2 ** 31 - 1;

/** The system's clock. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  sleep: async (ms, signal) => {
    try {
      for (let left = ms; left > 0; left -= LONGEST_MS)
        await after(Math.min(left, LONGEST_MS), undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (!hasCode(error, 'ABORT_ERR')) throw error;
    }
  },
};
