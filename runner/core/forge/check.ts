import type { Project } from '../../generated/types.js';
import type { Fault } from '../fault.js';

/** What is wrong with `forge`: one that is named has to be found. */
export function forgeFaults({ forge }: Project): readonly Fault[] {
  if (forge?.kind === undefined || forge.kind === 'none') return [];
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
