import type { Project } from '../generated/types.js';
import { modelFaults } from './agents/models-check.js';
import { hostFaults } from './egress.js';
import type { Fault } from './fault.js';
import { forgeFaults, pullFaults, rollingFaults } from './forge/check.js';
import { mirrorFaults } from './mirrors.js';
import { buildFaults } from './image-build.js';
import { projectIsolationFaults } from './isolation.js';
import { sourceFaults } from './secrets/check.js';
import { triggerFaults } from './triggers/check.js';

/**
 * What is wrong with a project of the right shape. `checkCron` says what is wrong with a schedule in a time zone; null if
 * nothing is.
 */
export function checkProject(
  project: Project,
  checkCron: (expression: string, timezone: string) => string | null,
): Fault[] {
  const faults = [
    ...triggerFaults(project, checkCron),
    ...projectIsolationFaults(project),
    ...sourceFaults(project),
    ...modelFaults(project),
    ...buildFaults(project),
  ];
  faults.push(...forgeFaults(project), ...mirrorFaults(project));
  if (project.integrate?.via === 'pull-request') faults.push(...pullFaults(project, ['integrate', 'via']));
  faults.push(...rollingFaults(project));
  const ops = project.ops?.branch ?? 'ops';
  if (ops === (project.branch ?? 'main')) {
    faults.push({
      path: project.ops?.branch === undefined ? ['branch'] : ['ops', 'branch'],
      message: `the project and its orders cannot share the branch \`${ops}\``,
      hint: 'Give the ops branch a name of its own.',
    });
  }
  faults.push(...hostFaults(project.sandbox?.network, ['sandbox', 'network']));
  for (const [name, command] of Object.entries(project.commands ?? {}))
    if (typeof command === 'object') faults.push(...hostFaults(command.network, ['commands', name, 'network']));
  return faults;
}
