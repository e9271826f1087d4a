import type { ChildProcess } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import type { ExecEnd, ExecSpec } from '../../app/ports.js';

/**
 * Waits for a child process to its end, within its time. `endAll` must end everything that the child started; it is called whatever
 * the end was, and before this resolves.
 */
export function run(child: ChildProcess, { timeoutMs, signal, onOutput }: ExecSpec, endAll: () => void): Promise<ExecEnd> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    let timedOut = false;
    let cancelled = false;
    let exited = false;
    const onAbort = (): void => {
      cancelled = true;
      endAll();
    };
    const timer = setTimeout(() => {
      timedOut = true;
      endAll();
    }, timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    // A daemon may hold the output open after the shell is gone: end it, so that `close` comes.
    child.once('exit', () => {
      exited = true;
      endAll();
    });
    child.once('close', (exitCode, signalName) => {
      settle();
      if (!exited) endAll();
      const end = { exitCode, timedOut, cancelled, outOfMemory: false, durationMs: Math.round(performance.now() - started) };
      resolve(signalName === null ? end : { ...end, signal: signalName });
    });
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
