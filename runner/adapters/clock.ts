import { setTimeout as after } from 'node:timers/promises';
import { instant } from '../core/ids.js';
import type { Clock } from '../app/ports.js';

/** The system's clock. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  sleep: async (ms, signal) => {
    try {
      await after(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
    }
  },
};
