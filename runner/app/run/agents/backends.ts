import { modelsOf } from '../../../core/agents/agent.js';
import type { ModelFacts } from '../../../core/agents/transcript.js';
import { fail, ok, type Result } from '../../../core/failure.js';
import type { Model, ModelUnavailable } from '../../ports/models.js';
import type { AgentTask } from './task.js';

/** A model that answers, and what is known of it. */
export interface Backend {
  readonly model: Model;
  readonly facts: ModelFacts;
}

/** The models that an agent names, in its order; never another one. */
export class Backends {
  readonly #left: ReturnType<typeof modelsOf>[number][];

  constructor(private readonly task: AgentTask) {
    this.#left = [...modelsOf(task.agent, task.context.project)];
  }

  /** The next one that answers; where none is left that does, why the last one does not. */
  async next(because: ModelUnavailable | null = null): Promise<Result<Backend, ModelUnavailable>> {
    let why = because ?? missing(this.task.agent.model ?? 'default');
    for (let named = this.#left.shift(); named !== undefined; named = this.#left.shift()) {
      const [name, spec] = named;
      const { context, node } = this.task;
      const models = context.models?.(node.key) ?? context.tools.models;
      const model = await models.open(name, spec);
      const abilities = await model.abilities();
      if (!abilities.ok) {
        why = abilities.failure;
        continue;
      }
      const { contextTokens, callsTools, digest } = abilities.value;
      const { provider, temperature = 0, seed = 1, calls = 'auto' } = spec;
      const isNative = calls === 'auto' ? callsTools : calls === 'native';
      return ok({
        model,
        facts: {
          name,
          provider,
          model: spec.model,
          ...(digest === undefined ? {} : { digest }),
          temperature,
          seed,
          contextTokens,
          calls: isNative ? 'native' : 'text',
        },
      });
    }
    return fail(why);
  }
}

const missing = (model: string): ModelUnavailable => ({
  class: 'model-unavailable',
  model,
  why: 'pushpals.yml names no such model',
  mend: `Add \`${model}\` under \`models:\`.`,
});
