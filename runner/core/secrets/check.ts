import type { Project, Step } from '../../generated/types.js';
import type { Fault } from '../fault.js';
import { wantedBy } from './grants.js';

/** Variables that the runner sets itself, or that change what runs. */
const OWN = /^(PUSHPALS_.*|MATRIX_.*|GIT_CONFIG_.*|LD_.*|PATH|HOME|IFS|ENV|CI|PAGER|TERM)$/;

/** What is wrong with the secrets that a step or an agent asks for; `what` says which. */
export function secretFaults(step: Pick<Step, 'env' | 'secrets'>, what: string, path: Fault['path']): Fault[] {
  const taken = new Set(Object.keys(step.env ?? {}));
  return wantedBy(step).flatMap(({ name, as }, index): Fault[] => {
    const variable = as === 'file' ? `${name}_FILE` : name;
    const place = [...path, 'secrets', index];
    if (OWN.test(variable))
      return [
        {
          path: place,
          message: `\`${variable}\` is a variable of the runner's own`,
          hint: 'Give the secret another name.',
        },
      ];
    if (taken.has(variable))
      return [
        {
          path: place,
          message: `${what} has the variable \`${variable}\` twice`,
          hint: 'A secret and a variable of `env`, or two secrets, cannot share a name.',
        },
      ];
    taken.add(variable);
    return [];
  });
}

/** What is wrong with where a project has the values of its secrets. */
export function sourceFaults({ secrets = {} }: Project): Fault[] {
  return Object.entries(secrets).flatMap(([name, { file, command }]): Fault[] => {
    const path = ['secrets', name];
    const [program = ''] = command ?? [];
    if (command !== undefined && (program === '' || (program.includes('/') && !program.startsWith('/'))))
      return [
        {
          path: [...path, 'command', 0],
          message: `\`${program}\` depends on the folder that the runner happens to be in`,
          hint: 'Name a program that is found by PATH, or its absolute path.',
        },
      ];
    if (file?.split('/').includes('..') === true)
      return [{ path: [...path, 'file'], message: `\`${file}\` climbs with \`..\``, hint: 'Write the path as it is.' }];
    return [];
  });
}
