import type { Told } from '../../../core/agents/prompt.js';
import { scopesOf } from '../snapshot.js';
import type { AgentTask, Material } from './task.js';

/** What an agent is told of its task, by whatever it works. */
export function toldOf(task: AgentTask, guidance: readonly Material[]): Told {
  const { context, node, instructions, material, before, statuses, resumedFrom, talk } = task;
  const { order } = context.journal.order.record;
  const outputs = Object.fromEntries(
    Object.entries(statuses).flatMap(([key, status]) =>
      status.state === 'succeeded' && status.outputs !== undefined ? [[key, status.outputs]] : [],
    ),
  );
  const scopes = scopesOf(context, node);
  const isResumed = resumedFrom != null && talk == null;
  return { instructions, isResumed, order, inputs: context.inputs, scopes, outputs, guidance, material, before };
}
