import type Docker from 'dockerode';
import { fail, ok, type Result } from '../../core/failure.js';
import { isPinned, pullArguments } from '../../core/images.js';
import { parseJson } from '../../core/parse-json.js';
import type { ImageStore, PullProgress } from '../../app/ports/sandbox.js';
import { inspectImage, words } from './docker-answers.js';
import { engineFailure, statusOf } from './docker-engine.js';

const PULL_MS = 30 * 60_000;
const STALL_MS = 3 * 60_000;
/** A line longer than this is none of the engine's. */
const LINE_BYTES = 1024 * 1024;

/** The images of one engine, for those who need one that is not there. */
export const dockerImages = (engine: Docker): ImageStore => ({
  pinnedName: async (image) => {
    if (isPinned(image)) return image;
    try {
      const found = await inspectImage(engine, image);
      if (found === null) return null;
      const { fromImage } = pullArguments(image);
      const digest = (found.RepoDigests ?? []).find((each) => each.split('@')[0] === fromImage)?.split('@')[1];
      return digest === undefined ? found.Id : `${image}@${digest}`;
    } catch (error) {
      engineFailure(error);
      return null;
    }
  },
  pull: (image, signal, onProgress) => pull(engine, image, signal, onProgress),
  // Loaded where a project builds its image: no other needs any of it.
  build: async (spec, signal, onLine) => (await import('./image-build.js')).buildImage(engine, spec, signal, onLine),
});

async function pull(
  engine: Docker,
  image: string,
  signal: AbortSignal,
  onProgress: (progress: PullProgress) => void,
): Promise<Result<null, string>> {
  if (/^sha256:/.test(image)) return fail('an id of an image is known to the engine that made it, and to no registry');
  const tooLong = AbortSignal.timeout(PULL_MS);
  const stalled = new AbortController();
  const either = AbortSignal.any([signal, tooLong, stalled.signal]);
  let stall: NodeJS.Timeout | undefined;
  const moves = (): void => {
    clearTimeout(stall);
    stall = setTimeout(() => {
      stalled.abort();
    }, STALL_MS);
  };
  moves();
  try {
    // The engine ends what it does for a client that hangs up.
    const stream = await engine.createImage({
      ...pullArguments(image),
      abortSignal: either,
    });
    const said = await readSaid(stream, onProgress, moves);
    return said === null ? ok(null) : fail(words(said));
  } catch (error) {
    if (tooLong.aborted) return fail(`it took longer than ${String(PULL_MS / 60_000)} minutes`);
    if (stalled.signal.aborted) return fail(`nothing came for ${String(STALL_MS / 60_000)} minutes`);
    if (signal.aborted) return fail('it was ended');
    return fail(statusOf(error) === null ? engineFailure(error).why : words((error as Error).message));
  } finally {
    clearTimeout(stall);
  }
}

interface Said {
  readonly id?: string;
  readonly status?: string;
  readonly error?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

/** What the engine says went wrong; null if nothing did. */
async function readSaid(
  stream: NodeJS.ReadableStream,
  onProgress: (progress: PullProgress) => void,
  moves: () => void,
): Promise<string | null> {
  const layers = new Map<string, PullProgress>();
  let rest = '';
  let wrong: string | null = null;
  for await (const chunk of stream) {
    moves();
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LINE_BYTES) return 'the engine answers what cannot be read';
    for (const line of lines) {
      const said = parseJson(line) as Said | null;
      if (said === null || typeof said !== 'object') continue;
      if (typeof said.error === 'string') wrong = said.error;
      const { current, total } = said.progressDetail ?? {};
      if (said.status !== 'Downloading' || said.id === undefined || current === undefined || total === undefined)
        continue;
      layers.set(said.id, { doneBytes: current, totalBytes: total });
      const sums = [...layers.values()];
      onProgress({
        doneBytes: sums.reduce((sum, { doneBytes }) => sum + doneBytes, 0),
        totalBytes: sums.reduce((sum, { totalBytes }) => sum + totalBytes, 0),
      });
    }
  }
  return wrong;
}
