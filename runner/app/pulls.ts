import { epochMs } from '../core/ids.js';
import type { ImageStore } from './ports/sandbox.js';
import type { Tools } from './tools.js';

const TELL_MS = 500;

/**
 * Gets an image that orders wait for, before anything is claimed for them. That it could not be had is remembered on this machine, with why;
 * whoever observes next says so, and when it is tried again.
 */
export async function pullImage(
  { machine, clock, processes, report }: Pick<Tools, 'machine' | 'clock' | 'processes' | 'report'>,
  images: ImageStore,
  image: string,
  signal: AbortSignal,
): Promise<void> {
  const before = (await machine.pulls()).get(image);
  const failures = before?.failures ?? 0;
  const begun = clock.now();
  await machine.notePull(image, { at: begun, failures, why: before?.why ?? null, by: processes.self() });
  report({ event: 'pulling', image });
  let toldMs = -Infinity;
  const pulled = await images.pull(image, signal, (progress) => {
    const now = epochMs(clock.now());
    if (now - toldMs < TELL_MS && now >= toldMs) return;
    toldMs = now;
    report({ event: 'pull-progress', image, ...progress });
  });
  if (pulled.ok) {
    await machine.notePull(image, null);
    report({ event: 'pulled', image, durationMs: epochMs(clock.now()) - epochMs(begun) });
  } else if (signal.aborted) await machine.notePull(image, before ?? null);
  else {
    await machine.notePull(image, { at: clock.now(), failures: failures + 1, why: pulled.failure, by: null });
    report({ event: 'pull-failed', image, why: pulled.failure });
  }
}
