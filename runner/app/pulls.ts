import type { Result } from '../core/failure.js';
import { epochMs, type CommitId } from '../core/ids.js';
import type { ImageBuild } from '../core/image-build.js';
import type { Desired } from './desired.js';
import { buildFrom } from './image-build.js';
import type { ImageStore } from './ports/sandbox.js';
import type { Tools } from './tools.js';

const TELL_MS = 500;

interface Wrong {
  readonly why: string;
  readonly tail?: string;
}

/**
 * Gets an image that orders wait for, before anything is claimed for them. That it could not be had is remembered on this machine, with why;
 * whoever observes next says so, and when it is tried again.
 */
export async function pullImage(tools: Tools, images: ImageStore, image: string, signal: AbortSignal): Promise<void> {
  const { clock, report } = tools;
  let toldMs = -Infinity;
  report({ event: 'pulling', image });
  const pulled = await noted(tools, image, signal, async () => {
    const got = await images.pull(image, signal, (progress) => {
      const now = epochMs(clock.now());
      if (now - toldMs < TELL_MS && now >= toldMs) return;
      toldMs = now;
      report({ event: 'pull-progress', image, ...progress });
    });
    return got.ok ? got : { ok: false, failure: { why: got.failure } };
  });
  if (pulled.ok) report({ event: 'pulled', image, durationMs: pulled.value });
  else if (!signal.aborted) report({ event: 'pull-failed', image, why: pulled.failure.why });
}

/** The same for an image that the project builds itself, from the commit that its name was made from. */
export async function buildImage(
  tools: Tools,
  images: ImageStore,
  commit: CommitId,
  desired: Desired,
  build: ImageBuild,
  signal: AbortSignal,
): Promise<void> {
  const { report } = tools;
  const { image, dockerfile } = build;
  report({ event: 'building', image, dockerfile });
  const built = await noted(tools, image, signal, () =>
    buildFrom(tools, images, commit, desired, build, signal, (line) => {
      report({ event: 'build-output', image, line });
    }),
  );
  if (built.ok) report({ event: 'built', image, durationMs: built.value });
  else if (!signal.aborted) report({ event: 'build-failed', image, why: built.failure.why });
}

/** Remembers on this machine that somebody gets an image, and what came of it; answers how long it took. */
async function noted(
  { machine, clock, processes }: Pick<Tools, 'machine' | 'clock' | 'processes'>,
  image: string,
  signal: AbortSignal,
  get: () => Promise<Result<null, Wrong>>,
): Promise<Result<number, Wrong>> {
  const before = (await machine.pulls()).get(image);
  const failures = before?.failures ?? 0;
  const begun = clock.now();
  await machine.notePull(image, { at: begun, failures, why: before?.why ?? null, by: processes.self() });
  const got = await get();
  const now = clock.now();
  if (got.ok) await machine.notePull(image, null);
  else if (signal.aborted) await machine.notePull(image, before ?? null);
  else await machine.notePull(image, { at: now, failures: failures + 1, ...got.failure, by: null });
  return got.ok ? { ok: true, value: epochMs(now) - epochMs(begun) } : got;
}
