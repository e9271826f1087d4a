import { fail, type Result } from '../../runner/core/failure.js';
import type { Call, Process } from './scheduler.js';

/** Has a call take effect, at a moment that somebody else chooses. */
export type Carry = <T>(call: Call<T>) => Promise<T>;

/** At once: for the contracts, which ask what a port does and not when. */
export const atOnce: Carry = ({ effect }) => Promise.resolve().then(effect);

/** The fault of a port, where the real one throws. */
export class SimulatedFault extends Error {
  /** Whose call it was. */
  process: Process | null = null;
}

/** By name as git's reader throws it. */
class SimulatedGitFault extends SimulatedFault {
  override readonly name = 'GitReadFailed';
}

/** As the system throws it. */
class SimulatedDiskFault extends SimulatedFault {
  readonly syscall = 'write';
  readonly code = 'EIO';
}

export const throwing = (what: string) => (): never => {
  throw new (what.startsWith('git ') ? SimulatedGitFault : SimulatedDiskFault)(`${what} failed`);
};

export const gitFailed = (command: string) => (): Result<never> =>
  fail({ class: 'git-failed', command, exitCode: 128, stderr: 'simulated' });
