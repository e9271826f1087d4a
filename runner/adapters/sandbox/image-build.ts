import dockerignore from '@balena/dockerignore';
import type Docker from 'dockerode';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { basesOf } from '../../core/dockerfile.js';
import { fail, ok, type Result } from '../../core/failure.js';
import { parseJson } from '../../core/parse-json.js';
import type { BuildSpec, ContextEntry } from '../../app/ports/sandbox.js';
import { engineFailure, statusOf } from './docker-engine.js';
import { inspectImage, words } from './docker-answers.js';

const BUILD_MS = 30 * 60_000;
const TAIL_LINES = 20;
const LINE_CHARACTERS = 2_000;
/** How many images of its own a project keeps. */
const KEPT = 5;
/** No file of a project is called so. */
const DOCKERFILE = '.pushpals-dockerfile';
const BUILT = 'pushpals.built';

type Built = Result<null, { readonly why: string; readonly tail: string }>;

/** Builds an image by the engine's own builder, which needs no program beside it. Its steps reach no network unless the spec says so. */
export async function buildImage(
  engine: Docker,
  spec: BuildSpec,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<Built> {
  const tail: string[] = [];
  const tooLong = AbortSignal.timeout(BUILD_MS);
  const wrong = (why: string): Built => fail({ why, tail: tail.join('\n') });
  try {
    if (!spec.mayPull)
      for (const base of basesOf(spec.dockerfile))
        if ((await inspectImage(engine, base)) === null)
          return wrong(`the engine has no image ${base}, and \`sandbox.pull\` is \`never\`: docker pull ${base}`);
    const stream = await engine.buildImage(contextOf(spec), {
      t: spec.image,
      dockerfile: DOCKERFILE,
      networkmode: spec.network === 'none' ? 'none' : 'default',
      labels: { [BUILT]: spec.repositoryId },
      memory: spec.memoryBytes,
      memswap: spec.memoryBytes,
      rm: true,
      forcerm: true,
      version: '1',
      abortSignal: AbortSignal.any([signal, tooLong]),
    });
    const said = await readSaid(stream, (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine(line);
    });
    if (said !== null) return wrong(words(said));
    await prune(engine, spec);
    return ok(null);
  } catch (error) {
    if (tooLong.aborted) return wrong(`it took longer than ${String(BUILD_MS / 60_000)} minutes`);
    if (signal.aborted) return wrong('it was ended');
    return wrong(statusOf(error) === null ? engineFailure(error).why : words((error as Error).message));
  }
}

/** The context as the engine reads it: the same bytes for the same files, so that its own cache of layers holds. */
function contextOf({ dockerfile, entries }: BuildSpec): Readable {
  const archive = pack();
  const mtime = new Date(0);
  const ignored = entries.find(({ path }) => path === '.dockerignore');
  const rules = newRules().add(ignored === undefined ? '' : Buffer.from(ignored.content).toString('utf8'));
  for (const { path, kind, content } of entries.filter((entry) => !rules.ignores(entry.path))) {
    if (path === DOCKERFILE) continue;
    const bytes = Buffer.from(content);
    if (kind === 'link') archive.entry({ name: path, type: 'symlink', linkname: bytes.toString('utf8'), mtime });
    else archive.entry({ name: path, mode: MODE[kind], mtime }, bytes);
  }
  archive.entry({ name: DOCKERFILE, mode: MODE.file, mtime }, dockerfile);
  archive.finalize();
  return Readable.from(archive);
}

// Its types are of another kind of module than it is.
const newRules = dockerignore as unknown as typeof dockerignore.default;

const MODE: Readonly<Record<Exclude<ContextEntry['kind'], 'link'>, number>> = { file: 0o644, program: 0o755 };

/** What the builder says went wrong; null if nothing did. */
async function readSaid(stream: NodeJS.ReadableStream, onLine: (line: string) => void): Promise<string | null> {
  let rest = '';
  let wrong: string | null = null;
  for await (const chunk of stream) {
    const lines = (rest + chunk.toString()).split('\n');
    rest = (lines.pop() ?? '').slice(-1024 * 1024);
    for (const line of lines) {
      const said = parseJson(line) as {
        readonly stream?: string;
        readonly status?: string;
        readonly error?: string;
      } | null;
      if (said === null || typeof said !== 'object') continue;
      if (typeof said.error === 'string') wrong = said.error;
      const printed = (said.stream ?? '').split(/\r?\n/).filter((text) => text.trim() !== '');
      for (const text of printed) onLine(text.slice(0, LINE_CHARACTERS));
    }
  }
  return wrong;
}

/** Takes away the oldest images that were built for a project. One that something still uses stays. */
async function prune(engine: Docker, { repositoryId, wanted }: BuildSpec): Promise<void> {
  const filters = { label: [`${BUILT}=${repositoryId}`] };
  const built = await engine.listImages({ filters });
  const isOld = (tag: string): boolean => tag.startsWith('pushpals/') && !wanted.includes(tag);
  const tagged = built.filter(({ RepoTags }) => (RepoTags ?? []).some(isOld));
  const old = tagged.sort((a, b) => b.Created - a.Created).slice(KEPT);
  for (const { RepoTags } of old) {
    for (const tag of RepoTags ?? []) {
      try {
        await engine.getImage(tag).remove();
      } catch (error) {
        if (statusOf(error) !== 404 && statusOf(error) !== 409) throw error;
      }
    }
  }
}
