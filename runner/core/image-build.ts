import type { Policy, Project } from '../generated/types.js';
import { dockerfileFaults } from './dockerfile.js';
import type { Fault } from './fault.js';
import { wholeFile, type Problem } from './failure.js';
import { imagePolicy } from './images.js';

/** An image that the project makes itself, by what it is made from. */
export interface ImageBuild {
  /** Its name, which holds a digest of all of it: the same is made once. */
  readonly image: string;
  readonly dockerfile: string;
  /** The folder that the Dockerfile can copy from; undefined: none. */
  readonly context: string | undefined;
  readonly network: 'none' | 'full';
}

const DOCKERFILE = 'Dockerfile';

/** What a project says of its build, with what it leaves out; null where it builds none. */
export function buildOptions({ sandbox }: Pick<Project, 'sandbox'>): Omit<ImageBuild, 'image'> | null {
  if (sandbox?.build === undefined) return null;
  const { dockerfile = DOCKERFILE, context, network = 'none' } = sandbox.build;
  return { dockerfile, context, network };
}

/** What is wrong with a `sandbox.build`, beside its Dockerfile. */
export function buildFaults({ sandbox = {} }: Pick<Project, 'sandbox'>): Fault[] {
  if (sandbox.build === undefined) return [];
  const path = ['sandbox', 'build'];
  if ((sandbox.driver ?? 'docker') !== 'docker')
    return [
      {
        path,
        message: `the driver \`${sandbox.driver ?? ''}\` has no images`,
        hint: 'Remove `build`, or set `driver: docker`.',
      },
    ];
  if (sandbox.image !== undefined)
    return [{ path, message: 'a project has an `image` or builds one', hint: 'Remove `image` or `build`.' }];
  return [];
}

/** What is wrong with what a project builds from: the Dockerfile as it is committed, null where there is none, held to the policy. */
export function buildProblems(
  project: Pick<Project, 'sandbox'>,
  policy: Policy,
  text: string | null,
): readonly Problem[] {
  const build = buildOptions(project);
  if (build === null) return [];
  const { dockerfile, network } = build;
  if (text === null)
    return [
      wholeFile('pushpals.yml', `\`sandbox.build\` names \`${dockerfile}\`, and there is no such file`, 'Commit it.'),
    ];
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
        'pushpals.yml',
        '`sandbox.build.network: full` is more than the policy lets any step reach',
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
