import type { Project } from '../../generated/types.js';
import type { Fault } from '../fault.js';

/** What is wrong with `forge`: one that is named has to be found, and what is asked of one needs one. */
export function forgeFaults({ forge, issues }: Project): readonly Fault[] {
  if (forge?.kind === undefined || forge.kind === 'none')
    return issues === undefined
      ? []
      : [
          {
            path: ['issues'],
            message: '`issues` needs a forge, and the project names none',
            hint: 'Say which, such as `forge: { kind: github, repo: acme/app }`. Without one, the inbox takes what people outside say (`outside`).',
          },
        ];
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
