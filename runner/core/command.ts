import type { Command, Network, Policy, Project, Step } from '../generated/types.js';
import type { Failure } from './failure.js';

/** What a sandbox is told to run, and what it may reach meanwhile. */
export interface Script {
  readonly text: string;
  readonly network: Network;
}

/** The script of a command; null where the project has none of that name. A project with nothing to set up need not say so. */
function scriptOf(command: Command, network: Network | undefined, { commands = {}, sandbox }: Project): Script | null {
  const fallback = network ?? sandbox?.network ?? 'none';
  if (typeof command === 'string') return { text: command, network: fallback };
  const named = Object.hasOwn(commands, command.command) ? commands[command.command] : undefined;
  if (named === undefined) return command.command === 'setup' ? { text: ':', network: fallback } : null;
  if (typeof named === 'string') return { text: named, network: fallback };
  return { text: named.run, network: network ?? named.network ?? fallback };
}

/**
 * What a `run` or `check` step runs, in turn. A named check finds the tree set up, as people run it, so the project's `setup` comes
 * before it and reaches what `setup` may reach; a command written out stands for itself. The answer is a missing command's name
 * where the project has none.
 */
export function scriptsOf(step: Step, project: Project): readonly Script[] | { readonly missing: string } {
  const command = step.run ?? step.check;
  if (command === undefined) return [];
  const script = scriptOf(command, step.network, project);
  if (script === null) return { missing: typeof command === 'string' ? command : command.command };
  if (step.check === undefined || typeof command === 'string' || command.command === 'setup') return [script];
  if (project.commands?.['setup'] === undefined) return [script];
  const setup = scriptOf({ command: 'setup' }, undefined, project);
  return setup === null ? [script] : [setup, script];
}

/** Why a script may not reach what it asks for; null where it may. */
export function networkRefusal(
  network: Network,
  policy: Policy,
): Extract<Failure, { class: 'not-built' | 'policy-denied' }> | null {
  if (Array.isArray(network)) return { class: 'not-built', what: 'a list of hosts as `network`' };
  if (network === 'none' || policy.network?.allow === 'full') return null;
  const because = 'it needs the network, and policy/policy.yml does not say `network: { allow: full }`';
  return { class: 'policy-denied', reasons: [{ rule: 'network', tier: 'deny', because }] };
}
