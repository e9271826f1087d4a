import type { Formula, ImageBuild as WrittenBuild, Policy, Project, Step } from '../generated/types.js';
import { dockerfileFaults } from './dockerfile.js';
import type { Fault } from './fault.js';
import { wholeFile, type Problem } from './failure.js';
import { imagePolicy } from './images.js';

/** An image that the project makes itself, for all steps or for one, by what it is made from. */
export interface ImageBuild {
  /** Its name, which holds a digest of all of it: the same is made once. */
  readonly image: string;
  readonly dockerfile: string;
  /** The folder that the Dockerfile can copy from; undefined: none. */
  readonly context: string | undefined;
  readonly network: 'none' | 'full';
}

const DOCKERFILE = 'Dockerfile';

/** What says how an image is made, beside what it is made from. */
export type BuildOptions = Omit<ImageBuild, 'image'>;

const optionsOf = ({ dockerfile = DOCKERFILE, context, network = 'none' }: WrittenBuild): BuildOptions => ({
  dockerfile,
  context,
  network,
});

/** What a project says of its build, with what it leaves out; null where it builds none. */
export const buildOptions = ({ sandbox }: Pick<Project, 'sandbox'>): BuildOptions | null =>
  sandbox?.build === undefined ? null : optionsOf(sandbox.build);

/** The same of a step. */
export const stepBuildOptions = ({ build }: Pick<Step, 'build'>): BuildOptions | null =>
  build === undefined ? null : optionsOf(build);

/**
 * What is wrong with the builds of a formula's steps, beside their Dockerfiles. Those lie in `formulas/`: what is changed there is high whatever the policy says,
 * as is a change to the formula.
 */
export function stepBuildFaults({ steps }: Formula, sandbox: Project['sandbox']): Fault[] {
  return steps.flatMap((step, index): Fault[] => {
    const options = stepBuildOptions(step);
    if (options === null) return [];
    const path = ['steps', index, 'build'];
    if ((sandbox?.driver ?? 'docker') !== 'docker') return [noImages(path, sandbox?.driver)];
    if (step.image !== undefined)
      return [{ path, message: 'a step has an `image` or builds one', hint: 'Remove `image` or `build`.' }];
    return options.dockerfile.startsWith('formulas/')
      ? []
      : [
          {
            path,
            message: `the Dockerfile of a step lies in \`formulas/\`, and \`${options.dockerfile}\` does not`,
            hint: `Move it, such as to \`dockerfile: formulas/${options.dockerfile.split('/').at(-1) ?? DOCKERFILE}\`; its \`context\` can be any folder.`,
          },
        ];
  });
}

const noImages = (path: Fault['path'], driver = ''): Fault => ({
  path,
  message: `the driver \`${driver}\` has no images`,
  hint: 'Remove `build`, or set `driver: docker`.',
});

/** What is wrong with a `sandbox.build`, beside its Dockerfile. */
export function buildFaults({ sandbox = {} }: Pick<Project, 'sandbox'>): Fault[] {
  if (sandbox.build === undefined) return [];
  const path = ['sandbox', 'build'];
  if ((sandbox.driver ?? 'docker') !== 'docker') return [noImages(path, sandbox.driver)];
  if (sandbox.image !== undefined)
    return [{ path, message: 'a project has an `image` or builds one', hint: 'Remove `image` or `build`.' }];
  return [];
}

/**
 * What is wrong with what an image is built from: the Dockerfile as it is committed, null where there is none, held to the policy. `file` is the one whose `build`
 * says so.
 */
export function buildProblems(
  { dockerfile, network }: BuildOptions,
  file: string,
  project: Pick<Project, 'sandbox'>,
  policy: Policy,
  text: string | null,
): readonly Problem[] {
  if (text === null)
    return [wholeFile(file, `\`build\` names \`${dockerfile}\`, and there is no such file`, 'Commit it.')];
  const problems = dockerfileFaults(text, { network, pinned: imagePolicy(project, policy) === 'pinned' }).map(
    ({ line, message, hint }): Problem => ({
      file: dockerfile,
      line,
      column: 1,
      excerpt: text.split(/\r?\n/)[line - 1] ?? '',
      message,
      hint,
    }),
  );
  if (network === 'full' && policy.network?.allow !== 'full')
    problems.push(
      wholeFile(
        file,
        '`build: { network: full }` is more than the policy lets any step reach',
        'Say `network: { allow: full }` in policy/policy.yml, or remove it.',
      ),
    );
  return problems;
}

/** The policy with what a build adds to it: a change to what says in which image everything runs is high, as one to pushpals.yml is. */
export function withBuildRule(policy: Policy, project: Pick<Project, 'sandbox'>): Policy {
  const build = buildOptions(project);
  if (build === null) return policy;
  const rule = { id: 'sandbox.build', tier: 'high' as const, paths: [build.dockerfile] };
  return { ...policy, rules: [...(policy.rules ?? []), rule] };
}

/** The name of what a build makes: `made` is a digest of Dockerfile, context and options. */
export const builtImage = (project: string, made: string): string =>
  `pushpals/${
    project
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'project'
  }:${made.slice(0, 32)}`;
