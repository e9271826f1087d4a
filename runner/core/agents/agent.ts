import type { Agent, Formula, Project, Step } from '../../generated/types.js';
import type { LoadedFormula } from '../observed.js';
import type { Fault } from '../fault.js';
import { hostFaults } from '../egress.js';
import { suggestion } from '../nearest.js';
import { secretFaults } from '../secrets/check.js';
import { commandFaults } from './command-line.js';

/** The names of the agents that the steps of a formula are performed by, or depend on, sorted. */
export const agentsOf = (formula: Formula): readonly string[] => [
  ...new Set(
    [formula.agent, ...formula.steps.flatMap((step) => [step.by, step['if-agent']])]
      .filter((name) => name !== undefined)
      .sort(),
  ),
];

/** The agent that performs a step of a formula; undefined for one that needs none. */
export const agentOf = (step: Step, formula: Formula): string | undefined =>
  step.agent !== undefined ? (step.by ?? formula.agent) : step.review !== undefined ? step.by : undefined;

/** The agents that do the work of a formula, and not those that only review it. */
export const workersOf = (formula: Formula): readonly string[] => [
  ...new Set(
    [formula.agent, ...formula.steps.filter(({ agent }) => agent !== undefined).map(({ by }) => by)].flatMap(
      (name) => name ?? [],
    ),
  ),
];

/** The models that an agent may use, the first choice first, each by its key and as the project names it; none for one that is a command. */
export function modelsOf(
  agent: Agent,
  project: Project,
): readonly (readonly [name: string, spec: NonNullable<Project['models']>[string]])[] {
  if (agent.command !== undefined) return [];
  return [agent.model ?? 'default', ...(agent.fallback ?? [])].flatMap((name) => {
    const spec = Object.hasOwn(project.models ?? {}, name) ? project.models?.[name] : undefined;
    return spec === undefined ? [] : [[name, spec] as const];
  });
}

/** Why an agent cannot work in a project, whatever answers there: nothing under `models` is its model. Null: it can. */
export function unmanned(agent: Agent, project: Project): string | null {
  if (agent.command !== undefined) return null;
  const wanted = agent.model ?? 'default';
  const [first] = modelsOf(agent, project);
  return first?.[0] === wanted ? null : `the project has no model ${wanted}, which the agent ${agent.agent} uses`;
}

/** Why a step is left out for want of the agent that it names as `if-agent`; null: it is not. */
export function leftOut(step: Step, { agents }: Pick<LoadedFormula, 'agents'>, project: Project): string | null {
  const agent = agents.get(step['if-agent'] ?? '');
  return agent === undefined ? null : unmanned(agent, project);
}

/**
 * The agents that a run will want: not those whose steps are all left out, or are there only `if-agent` and under a condition. Of the latter nobody can say
 * before, and rules may do the work alone.
 */
export function wantedAgents(
  { formula, agents }: Pick<LoadedFormula, 'formula' | 'agents'>,
  project: Project,
): readonly Agent[] {
  const isWanted = (step: Step): boolean =>
    step['if-agent'] === undefined || (step.when === undefined && leftOut(step, { agents }, project) === null);
  return [...agents].flatMap(([name, agent]) => {
    const own = formula.steps.filter((step) => agentOf(step, formula) === name);
    const isOnlyNamed = own.length === 0 && formula.agent !== name;
    return isOnlyNamed || (own.length > 0 && !own.some(isWanted)) ? [] : [agent];
  });
}

/** What is wrong with an agent of the right shape. `fileName` is its file's name without folder and ending. */
export function checkAgent(agent: Agent, fileName: string, project: Project): Fault[] {
  const faults: Fault[] = [];
  if (agent.agent !== fileName)
    faults.push({ path: ['agent'], message: `the file is named ${fileName}`, hint: 'Give both the same name.' });
  faults.push(...hostFaults(agent.network, ['network']), ...secretFaults(agent, 'the agent', []));
  if (agent.command !== undefined) {
    for (const key of ['model', 'fallback', 'tools', 'exec'] as const)
      if (agent[key] !== undefined)
        faults.push({
          path: [key],
          message: `\`${key}\` has no effect beside \`command\`: the command brings its own`,
          hint: `Remove \`${key}\`, or \`command\`.`,
        });
    return [...faults, ...commandFaults(agent.command, ['command'])];
  }
  if (agent.exec !== undefined && agent.tools?.includes('exec') === false)
    faults.push({
      path: ['exec'],
      message: '`exec` has no effect: `tools` does not name it',
      hint: 'Add `exec` to `tools`.',
    });
  const names = Object.keys(project.models ?? {});
  const named: readonly [name: string, path: Fault['path']][] = [
    ...(agent.model === undefined ? [] : [[agent.model, ['model']] as [string, Fault['path']]]),
    ...(agent.fallback ?? []).map((name, index): [string, Fault['path']] => [name, ['fallback', index]]),
  ];
  for (const [name, path] of named) {
    if (names.includes(name)) continue;
    faults.push({
      path,
      message: `pushpals.yml has no model \`${name}\``,
      hint: names.length === 0 ? 'Add it under `models:`.' : suggestion(name, names, 'models'),
    });
  }
  return faults;
}
