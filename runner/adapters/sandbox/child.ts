import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { performance } from 'node:perf_hooks';
import type { ExecEnd, ExecSpec, SandboxSpec } from '../../app/ports/sandbox.js';
import { endOf, stopWhen } from './stop.js';
import { watchUse } from './watch-use.js';

/** How long the output may stay open after every process that we know of is gone. */
const DRAIN_MS = 2_000;

/**
 * Waits for a child process to its end, within its time, handing on its standard output. `endAll` must end everything that the
 * child started and resolve when it is gone; it is called whatever the end was. Null if
 * something of it is still there.
 */
export async function runChild(
  child: ChildProcess,
  sandbox: SandboxSpec,
  spec: ExecSpec,
  kernel: { readonly refused: () => number; readonly members: () => readonly number[] },
  endAll: () => Promise<boolean>,
): Promise<ExecEnd | null> {
  const started = performance.now();
  const { stdout } = child;
  if (stdout === null) throw new TypeError('a child without an output');
  const closed = once(stdout, 'close');
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    // As a shell tells it, so that it makes no difference which of the shells was ended.
    child.once('exit', (code, signal) => {
      resolve(code ?? (signal === null ? null : 128 + constants.signals[signal]));
    });
  });
  let ending: Promise<boolean> | undefined;
  const stop = stopWhen(spec, () => {
    ending = endAll();
  });
  const use = watchUse(sandbox, spec.onOutput, stop, {
    refused: () => Promise.resolve(kernel.refused()),
    members: () => Promise.resolve(kernel.members()),
  });
  stdout.on('data', use.onOutput);
  try {
    const exitCode = await exited;
    const stopped = await ending;
    // A daemon may still run, and hold the output open: end it, so that the output ends.
    const gone = (await endAll()) && stopped !== false;
    const drained = setTimeout(() => stdout.destroy(), DRAIN_MS);
    await closed;
    clearTimeout(drained);
    if (!gone) return null;
    const exceeded = await use.last(exitCode);
    return endOf(exitCode, stop.reason(), exceeded, performance.now() - started);
  } finally {
    stop.release();
    use.release();
  }
}
