import type { Clock } from '../../app/ports/machine.js';
import { ServerFault, faultOf } from '../http/server-fault.js';

/** How long a busy server is waited for, all waits for one answer together. */
const MOST_WAIT_MS = 5 * 60_000;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** How often the same is asked of a server that breaks off, or fails by its own fault. */
const MOST_BROKEN = 3;
/** Wait, and it may be over. */
const BUSY = [408, 409, 425, 429, 503, 529];

/** Asks until there is an answer, as long as that makes sense. Fails with the last `ServerFault`; anything else is thrown on. */
export async function persist<T>(ask: () => Promise<T>, clock: Pick<Clock, 'sleep'>, signal: AbortSignal): Promise<T> {
  let waited = 0;
  let broken = 0;
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      const isBusy = fault.kind === 'status' && BUSY.includes(fault.status) && !isUsedUp(fault);
      if (!isBusy && (!isBroken(fault) || ++broken >= MOST_BROKEN)) throw fault;
      // A server that says `0` would be asked without end.
      const ours = Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
      const wait = Math.max(fault.retryAfterMs ?? ours, FIRST_WAIT_MS);
      waited += wait;
      if (waited > MOST_WAIT_MS)
        throw new ServerFault(fault.kind, `${fault.message}, and would have had to be waited for too long`, {
          status: fault.status,
        });
      await clock.sleep(wait, signal);
      if (signal.aborted) throw new ServerFault('called-off', 'it was called off');
    }
  }
}

/** A quota that is used up does not come back by waiting a while. */
const isUsedUp = ({ message }: ServerFault): boolean => message.includes('insufficient_quota');

const isBroken = ({ kind, status }: ServerFault): boolean =>
  kind === 'cut' || kind === 'malformed' || kind === 'unreachable' || (kind === 'status' && status >= 500);
