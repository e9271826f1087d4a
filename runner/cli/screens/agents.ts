import type { Listed } from '../../app/agents/roster.js';
import { printable } from '../output.js';

/** What an agent works by, in a few words: its command, or the model that is its first choice. */
export function backendOf({ agent, models }: Pick<Listed, 'agent' | 'models'>): string {
  if (agent === null) return 'its file has errors';
  if (agent.command !== undefined) return `command ${printable(agent.command.argv[0] ?? '')}`;
  const [first] = models;
  if (first === undefined) return `model ${agent.model ?? 'default'} (not in pushpals.yml)`;
  const [name, { provider, model }] = first;
  return `${name}: ${provider} ${printable(model)}`;
}

/** How an agent did: `3 of 4`, or nothing where it did not run. */
export const successOf = ({ record }: Pick<Listed, 'record'>): string =>
  record.runs === 0 ? '' : `${String(record.succeeded)} of ${String(record.runs)}`;
