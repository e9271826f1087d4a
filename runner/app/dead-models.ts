import { modelsOf, wantedAgents } from '../core/agents/agent.js';
import type { Failure, Result } from '../core/failure.js';
import type { LoadedFormula } from '../core/observed.js';
import type { Desired } from './desired.js';
import type { Tools } from './tools.js';

/** Models that agents of the formulas may use and that do not answer, asked all at once; each is bounded in time, and remembers for a while what it was told. */
export async function deadModels(
  { models }: Pick<Tools, 'models'>,
  { project }: Pick<Desired, 'project'>,
  formulas: ReadonlyMap<string, Result<LoadedFormula>>,
): Promise<Map<string, Failure>> {
  const agents = [...formulas.values()].flatMap((loaded) => (loaded.ok ? wantedAgents(loaded.value, project) : []));
  const wanted = new Map(agents.flatMap((agent) => modelsOf(agent, project)));
  const failures = await Promise.all(
    [...wanted].map(async ([name, spec]) => [name, await (await models.open(name, spec)).unavailable()] as const),
  );
  return new Map(failures.flatMap(([name, failure]) => (failure === null ? [] : [[name, failure] as const])));
}
