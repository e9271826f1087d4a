import type { Policy, Project } from '../../generated/types.js';
import { strictest, targetOf } from '../delivery.js';
import type { Fault } from '../fault.js';

/** What is wrong with `forge`: one that is named has to be found, and what is asked of one needs one. */
export function forgeFaults({ forge, issues, signals }: Project): readonly Fault[] {
  if (forge?.kind === undefined || forge.kind === 'none') {
    const needs = (key: string, otherwise: string): Fault => ({
      path: [key],
      message: `\`${key}\` needs a forge, and the project names none`,
      hint: `Say which, such as \`forge: { kind: github, repo: acme/app }\`. Without one, ${otherwise}.`,
    });
    return [
      ...(issues === undefined ? [] : [needs('issues', 'the inbox takes what people outside say (`outside`)')]),
      ...(signals === undefined ? [] : [needs('signals', 'a trigger can look after the branch')]),
    ];
  }
  if (forge.repo === undefined)
    return [
      {
        path: ['forge'],
        message: `\`kind: ${forge.kind}\` needs \`repo\``,
        hint: 'Its name on the forge, such as `repo: acme/app`.',
      },
    ];
  if (forge.kind !== 'gitlab' && forge.repo.split('/').length !== 2)
    return [{ path: ['forge', 'repo'], message: 'it is `owner/name`', hint: 'Only GitLab has groups in groups.' }];
  if (forge.kind === 'gitea' && forge.baseUrl === undefined)
    return [
      {
        path: ['forge'],
        message: '`kind: gitea` needs `baseUrl`',
        hint: 'Gitea and Forgejo are wherever somebody runs them, such as `baseUrl: "https://codeberg.org"`.',
      },
    ];
  return [];
}

/** What is wrong with an integration branch that is to be a pull request. */
export function rollingFaults(project: Project): readonly Fault[] {
  const { integrate = {} } = project;
  const path = ['integrate', 'rolling'];
  if (integrate.rolling !== true) return [];
  if (integrate.from === undefined || integrate.from === targetOf(project))
    return [
      {
        path,
        message: '`rolling` needs a target of its own, and the branch that it goes into',
        hint: 'Such as `into: main_agents` and `from: main`.',
      },
    ];
  return pullFaults(project, path, 'an integration branch as a pull request needs');
}

/** What results as pull requests, or whatever else `path` asks for, lack in the project. */
export function pullFaults(
  { forge, ops }: Project,
  path: Fault['path'],
  message = 'results as pull requests need',
): readonly Fault[] {
  if (forge?.kind === undefined || forge.kind === 'none')
    return [
      {
        path,
        message: `${message} a forge`,
        hint: 'Say in pushpals.yml where they live, such as `forge: { kind: github, repo: acme/app }`; without one there are `branch` and `merge`.',
      },
    ];
  if ((ops?.remote ?? 'none') === 'none')
    return [
      {
        path,
        message: `${message} a remote: the forge has to have their branches`,
        hint: "Name the forge's repository in pushpals.yml, such as `ops: { remote: origin }`.",
      },
    ];
  return [];
}

/** What is wrong with what a policy says of pull requests of results; `project`: null where it cannot be read. */
export function tierFaults({ tiers = {} }: Policy, project: Project | null): readonly Fault[] {
  return Object.entries(tiers).flatMap(([name, tier]): readonly Fault[] => {
    const path = ['tiers', name];
    const own = project?.integrate?.via ?? 'branch';
    const via = project === null ? null : strictest(own, tier.integrate ?? 'merge');
    // What the project itself lacks is told there.
    const lacking =
      project !== null && via === 'pull-request' && own !== via ? pullFaults(project, [...path, 'integrate']) : [];
    const both: readonly Fault[] =
      tier.draft === true && tier['auto-merge'] === true
        ? [
            {
              path: [...path, 'auto-merge'],
              message: 'a draft is merged by nobody before somebody marks it ready',
              hint: 'Take out `draft` or `auto-merge`.',
            },
          ]
        : [];
    const idle = (['draft', 'auto-merge'] as const).flatMap((key): readonly Fault[] =>
      tier[key] !== true || via === null || via === 'pull-request'
        ? []
        : [
            {
              path: [...path, key],
              message: `\`${key}\` has no effect: results of this tier are no pull requests`,
              hint: 'Say `integrate: { via: pull-request }` in pushpals.yml; or `via: merge` there, and `integrate: pull-request` beside it.',
            },
          ],
    );
    return [...lacking, ...both, ...idle];
  });
}
