import type { Agent, Formula, Network, Project, Step } from '../../generated/types.js';
import { agentOf } from './agent.js';
import { networkOf, type Reach } from '../command.js';
import { wantedBy } from '../secrets/grants.js';

/**
 * A formula with what its agents bring to the steps that they perform: hosts and secrets beside the step's own, variables and image where the step has none. A
 * formula is only ever handled in this form, so that whatever looks at a step (policy, approval, sandbox) sees all of it.
 */
export function withAgents(formula: Formula, agents: ReadonlyMap<string, Agent>, project: Project): Formula {
  const steps = formula.steps.map((step) => {
    const agent = agents.get(agentOf(step, formula) ?? '');
    return agent === undefined ? step : withAgent(step, agent, project);
  });
  return { ...formula, steps };
}

function withAgent(step: Step, agent: Agent, project: Project): Step {
  const { network, secrets = [], env } = step;
  const image = step.build === undefined ? (step.image ?? agent.image) : undefined;
  const own = new Set(wantedBy(step).map(({ name }) => name));
  const more = (agent.secrets ?? []).filter((each) => !own.has(typeof each === 'string' ? each : each.name));
  const reach = agent.network === undefined ? network : both(networkOf(step, project), agent.network);
  return {
    ...step,
    ...(reach === undefined ? {} : { network: reach }),
    ...(secrets.length + more.length === 0 ? {} : { secrets: [...secrets, ...more] }),
    ...(env === undefined && agent.env === undefined ? {} : { env: { ...agent.env, ...env } }),
    ...(image === undefined ? {} : { image }),
  };
}

/** What reaches all that either does. `allowed` is as much as there can be, and stays that. */
function both(asked: Reach, more: Network): Reach {
  if (asked === 'allowed' || more === 'none') return asked;
  if (asked === 'none') return more;
  if (asked === 'full' || more === 'full') return 'full';
  return [...new Set([...asked, ...more])];
}
