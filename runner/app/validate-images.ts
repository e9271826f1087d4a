import type { Policy, Project } from '../generated/types.js';
import type { Fault } from '../core/fault.js';
import type { Problem, Result } from '../core/failure.js';
import { imagePolicy, isPinned, unpinnedWords, usesImages } from '../core/images.js';
import { buildOptions, buildProblems, stepBuildOptions, type BuildOptions } from '../core/image-build.js';
import { PROJECT_FILE, checked, type Reading } from './desired.js';
import type { Source } from './ports/formats.js';

/** Images that are named by a tag where project or policy ask for digests, and what cannot be built, each at its place. A file that cannot be read is told of elsewhere. */
export async function imageProblems(
  source: Source,
  { formats }: Pick<Reading, 'formats'>,
  { project, policy }: { readonly project: Project; readonly policy: Policy },
): Promise<readonly Problem[]> {
  const problemsOfBuild = async (options: BuildOptions | null, path: string): Promise<readonly Problem[]> => {
    const dockerfile = options === null ? null : await source.file(options.dockerfile);
    const text = dockerfile === null ? null : Buffer.from(await dockerfile.read()).toString('utf8');
    return options === null ? [] : buildProblems(options, path, project, policy, text);
  };
  const built = [...(await problemsOfBuild(buildOptions(project), PROJECT_FILE))];
  const formulas = await source.folder('formulas');
  for (const place of formulas) {
    const read = formats.formula(place.path, await place.read());
    for (const step of read.ok ? read.value.value.steps : [])
      built.push(...(await problemsOfBuild(stepBuildOptions(step), place.path)));
  }
  if (!usesImages(project) || imagePolicy(project, policy) === 'any') return built;
  const file = await source.file(PROJECT_FILE);
  const own = file === null ? null : formats.project(file.path, await file.read());
  const problems = [
    ...built,
    ...(file === null || own === null ? [] : problemsOf(checked(file.path, own, projectFaults))),
  ];
  for (const place of formulas) {
    const read = formats.formula(place.path, await place.read());
    const faultsOf = ({ steps }: { readonly steps: readonly { readonly image?: string }[] }): Fault[] =>
      steps.flatMap(({ image }, index) => fault(image, ['steps', index, 'image']));
    problems.push(...(read.ok ? problemsOf(checked(place.path, read, faultsOf)) : []));
  }
  for (const place of await source.folder('agents')) {
    const read = formats.agent(place.path, await place.read());
    problems.push(...(read.ok ? problemsOf(checked(place.path, read, ({ image }) => fault(image, ['image']))) : []));
  }
  return problems;
}

const projectFaults = ({ sandbox }: Project): Fault[] => fault(sandbox?.image, ['sandbox', 'image']);

const fault = (image: string | undefined, path: Fault['path']): Fault[] =>
  image === undefined || isPinned(image) ? [] : [{ path, ...unpinnedWords(image, null) }];

const problemsOf = (result: Result<unknown>): Problem[] =>
  !result.ok && 'problems' in result.failure ? [...result.failure.problems] : [];
