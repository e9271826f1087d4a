import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import { buildOptions, buildProblems, builtImage, type ImageBuild } from '../core/image-build.js';
import { sandboxLimits } from '../core/step-limits.js';
import type { Desired } from './desired.js';
import type { ContextEntry, ImageStore } from './ports/sandbox.js';
import type { Tools } from './tools.js';

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 20_000;
const FILE_BYTES = 64 * 1024 * 1024;

/**
 * The desired state with the image that the project builds named as its own: by a digest of what it is made from, read from the commit's objects and never from
 * a work tree. Asked of the tip of the project's branch alone, so that nobody's branch says what is built.
 */
export async function withBuild(
  { repository, sha256 }: Pick<Tools, 'repository' | 'sha256'>,
  commit: CommitId,
  desired: Desired,
): Promise<Result<Desired>> {
  const options = buildOptions(desired.project);
  if (options === null) return ok(desired);
  const { dockerfile, context, network } = options;
  const text = await dockerfileAt(repository, commit, dockerfile);
  const problems = buildProblems(desired.project, desired.policy, text);
  if (problems.length > 0) return fail({ class: 'config-invalid', problems });
  const tree = context === undefined ? '' : await repository.tree(commit, context === '.' ? '' : context);
  const made = sha256(JSON.stringify(['image', 1, text, tree, network]));
  const image = builtImage(desired.project.project, made);
  const build: ImageBuild = { image, dockerfile, context, network };
  return ok({ ...desired, build, project: { ...desired.project, sandbox: { ...desired.project.sandbox, image } } });
}

async function dockerfileAt(
  repository: Pick<Tools['repository'], 'files' | 'blobs'>,
  commit: CommitId,
  dockerfile: string,
): Promise<string | null> {
  const found = (await repository.files(commit, [dockerfile])).find(
    ({ path, mode }) => path === dockerfile && mode.startsWith('100'),
  );
  const bytes = found === undefined ? null : (await repository.blobs([found.blob], FILE_BYTES)).get(found.blob);
  return bytes == null ? null : Buffer.from(bytes).toString('utf8');
}

/** Builds the image from the objects of a commit. What went wrong: in words, with the last lines that it printed. */
export async function buildFrom(
  { repository, repositoryId }: Pick<Tools, 'repository' | 'repositoryId'>,
  images: ImageStore,
  commit: CommitId,
  { project }: Pick<Desired, 'project'>,
  { image, dockerfile, context, network }: ImageBuild,
  signal: AbortSignal,
  onLine: (line: string) => void,
): Promise<Result<null, { readonly why: string; readonly tail: string }>> {
  const text = await dockerfileAt(repository, commit, dockerfile);
  if (text === null) return fail({ why: `${dockerfile} cannot be read`, tail: '' });
  const entries = context === undefined ? ok([]) : await contextAt(repository, commit, context === '.' ? '' : context);
  if (!entries.ok) return fail({ why: entries.failure, tail: '' });
  const { memoryBytes } = sandboxLimits(project);
  const mayPull = project.sandbox?.pull !== 'never';
  return images.build(
    { image, dockerfile: text, entries: entries.value, network, memoryBytes, mayPull, repositoryId },
    signal,
    onLine,
  );
}

/** The files of a folder, relative to it. Links stay links, which the engine follows inside of the context alone; a submodule is left out. */
async function contextAt(
  repository: Tools['repository'],
  commit: CommitId,
  folder: string,
): Promise<Result<readonly ContextEntry[], string>> {
  const files = (await repository.files(commit, [folder])).filter(({ mode }) => mode !== '160000');
  if (files.length > MOST_FILES) return fail(`its context has more than ${String(MOST_FILES)} files`);
  const entries: ContextEntry[] = [];
  let bytes = 0;
  for (const { path, mode, blob } of files) {
    const content = (await repository.blobs([blob], FILE_BYTES)).get(blob);
    bytes += content?.length ?? 0;
    if (content == null || bytes > MOST_BYTES)
      return fail(
        `its context is larger than ${String(MOST_BYTES / 1024 / 1024)} MB, or a file in it than ${String(FILE_BYTES / 1024 / 1024)} MB`,
      );
    const kind = mode === '120000' ? 'link' : mode === '100755' ? 'program' : 'file';
    entries.push({ path: folder === '' ? path : path.slice(folder.length + 1), kind, content });
  }
  return ok(entries);
}
