import { fail, ok, type Result } from '../core/failure.js';
import type { CommitId } from '../core/ids.js';
import {
  buildOptions,
  buildProblems,
  builtImage,
  stepBuildOptions,
  type BuildOptions,
  type ImageBuild,
} from '../core/image-build.js';
import type { LoadedFormula } from '../core/observed.js';
import { sandboxLimits } from '../core/step-limits.js';
import { PROJECT_FILE, type Desired } from './desired.js';
import type { ContextEntry, ImageStore } from './ports/sandbox.js';
import type { Tools } from './tools.js';

const MOST_BYTES = 256 * 1024 * 1024;
const MOST_FILES = 20_000;
const FILE_BYTES = 64 * 1024 * 1024;

/**
 * The desired state with the images that project and steps build named as their own: by a digest of what each is made from, read from the commit's objects and never from
 * a work tree. Asked of the tip of the project's branch alone, so that nobody's branch says what is built. A formula's digest holds the names of what its steps build,
 * so that an approval is of those as well.
 */
export async function withBuild(
  { repository, sha256 }: Pick<Tools, 'repository' | 'sha256'>,
  commit: CommitId,
  desired: Desired,
): Promise<Result<Desired>> {
  const { project, policy } = desired;
  const builds = new Map<string, ImageBuild>();
  const named = async (options: BuildOptions, file: string): Promise<Result<string>> => {
    const { dockerfile, context, network } = options;
    const text = await dockerfileAt(repository, commit, dockerfile);
    const problems = buildProblems(options, file, project, policy, text);
    if (problems.length > 0) return fail({ class: 'config-invalid', problems });
    const tree = context === undefined ? '' : await repository.tree(commit, context === '.' ? '' : context);
    const image = builtImage(project.project, sha256(JSON.stringify(['image', 1, text, tree, network])));
    builds.set(image, { image, ...options });
    return ok(image);
  };
  const formula = async (name: string): Promise<Result<LoadedFormula> | undefined> => {
    const loaded = await desired.formula(name);
    if (loaded?.ok !== true || loaded.value.formula.steps.every(({ build }) => build === undefined)) return loaded;
    const file = desired.origin('formulas', name) ?? name;
    const digests = [loaded.value.digest];
    const steps = [];
    for (const step of loaded.value.formula.steps) {
      const options = stepBuildOptions(step);
      const image = options === null ? null : await named(options, file);
      if (image?.ok === false) return image;
      if (image !== null) digests.push(image.value);
      steps.push(image === null ? step : { ...step, image: image.value });
    }
    const digest = sha256(digests.join('\n'));
    return ok({ ...loaded.value, digest, formula: { ...loaded.value.formula, steps } });
  };
  const options = buildOptions(project);
  const image = options === null ? null : await named(options, PROJECT_FILE);
  if (image?.ok === false) return image;
  if (image === null) return ok({ ...desired, builds, formula });
  return ok({
    ...desired,
    builds,
    formula,
    project: { ...project, sandbox: { ...project.sandbox, image: image.value } },
  });
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
  { project, builds }: Pick<Desired, 'project' | 'builds'>,
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
    {
      image,
      dockerfile: text,
      entries: entries.value,
      network,
      memoryBytes,
      mayPull,
      repositoryId: repositoryId(),
      wanted: [...builds.keys()],
    },
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
