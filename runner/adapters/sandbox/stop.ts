import { constants } from 'node:os';
import type { Exceeded } from '../../core/step-limits.js';
import type { ExecEnd, ExecSpec } from '../../app/ports/sandbox.js';

/** The longest that a timer can wait. */
const LONGEST_MS = 2 ** 31 - 1;

/** Why a command is ended: its time is up, nobody wants it any more, or it reached a limit. */
export type Reason = 'timeout' | 'cancel' | Exceeded;

export interface Stop {
  /** Why the command was told to stop; null if it was not. */
  reason(): Reason | null;
  /** Tells it to stop. Only the first reason counts. */
  because(why: Reason): void;
  /** Stops listening. */
  release(): void;
}

/** Calls `stop` once: when the time is up or the signal aborts, at once if it has aborted already. */
export function stopWhen({ timeoutMs, signal }: Pick<ExecSpec, 'timeoutMs' | 'signal'>, stop: () => void): Stop {
  let reason: Reason | null = null;
  const because = (why: Reason): void => {
    if (reason !== null) return;
    reason = why;
    stop();
  };
  const onAbort = (): void => {
    because('cancel');
  };
  const timer = setTimeout(
    () => {
      because('timeout');
    },
    Math.min(timeoutMs, LONGEST_MS),
  );
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return {
    reason: () => reason,
    because,
    release: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

const SIGNALS = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]));

/**
 * The end of a command from the exit code of its shell. A code of 128 + n is how a shell says that signal n ended the command;
 * a script that chooses such a code itself cannot be told from it. `exceeded` is what a command that was not stopped ran against. A command that was stopped has no code of its own.
 */
export function endOf(
  exitCode: number | null,
  reason: Reason | null,
  exceeded: Exceeded | null,
  durationMs: number,
): ExecEnd {
  const rest = {
    timedOut: reason === 'timeout',
    cancelled: reason === 'cancel',
    exceeded: reason === null ? exceeded : typeof reason === 'object' ? reason : null,
    durationMs: Math.round(durationMs),
  };
  if (reason !== null) return { exitCode: null, signal: 'SIGKILL', ...rest };
  const signal = exitCode !== null && exitCode > 128 ? SIGNALS.get(exitCode - 128) : undefined;
  return signal === undefined ? { exitCode, ...rest } : { exitCode, signal, ...rest };
}

/** The end of a command that was cancelled before it began, and so was never started. */
export const NEVER_STARTED: ExecEnd = endOf(null, 'cancel', null, 0);
