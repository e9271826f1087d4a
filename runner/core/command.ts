import type { Command, Network, Policy, Project, Step } from '../generated/types.js';
import { beyond, type Egress } from './egress.js';
import { fail, ok, type Failure, type Result } from './failure.js';

/** What a script asks to reach; `allowed` is whatever the policy gives. */
export type Reach = Network | 'allowed';

/** What a sandbox is told to run, and what it may reach meanwhile. */
export interface Script {
  readonly text: string;
  readonly network: Reach;
}

/** Tests that write a report; a project without such a command has its tests read by what they print. */
export const REPORTING = 'test-report';

/** The script of a command; null where the project has none of that name. A project with nothing to set up need not say so. */
function scriptOf(command: Command, network: Reach | undefined, { commands = {}, sandbox }: Project): Script | null {
  const fallback = network ?? sandbox?.network ?? 'none';
  if (typeof command === 'string') return { text: command, network: fallback };
  const own = (name: string): (typeof commands)[string] | undefined =>
    Object.hasOwn(commands, name) ? commands[name] : undefined;
  const named = own(command.command) ?? (command.command === REPORTING ? own('test') : undefined);
  if (named === undefined) {
    const text = command.otherwise ?? (command.command === 'setup' ? ':' : undefined);
    return text === undefined ? null : { text, network: fallback };
  }
  if (typeof named === 'string') return { text: named, network: fallback };
  return { text: named.run, network: network ?? named.network ?? fallback };
}

/**
 * What a `run`, `check` or `diagnose` step runs, in turn. A named check finds the tree set up, as people run it, so the project's `setup` comes
 * before it and reaches what `setup` may reach; a command written out stands for itself. The answer is a missing command's name
 * where the project has none.
 */
export function scriptsOf(step: Step, project: Project): readonly Script[] | { readonly missing: string } {
  const command = step.run ?? step.check ?? step.diagnose;
  if (command === undefined) return [];
  const script = scriptOf(command, step.network, project);
  if (script === null) return { missing: typeof command === 'string' ? command : command.command };
  if (step.run !== undefined || typeof command === 'string' || command.command === 'setup') return [script];
  if (project.commands?.['setup'] === undefined) return [script];
  const setup = scriptOf({ command: 'setup' }, undefined, project);
  return setup === null ? [script] : [setup, script];
}

/** What a step asks to reach where its command does not say. */
export const networkOf = ({ network }: Pick<Step, 'network'>, { sandbox }: Pick<Project, 'sandbox'>): Reach =>
  network ?? sandbox?.network ?? 'none';

/** All that a step asks to reach: a command what each of its scripts does, an agent what all that it executes does. */
export function askedBy(step: Step, project: Project): readonly Reach[] {
  if (step.agent !== undefined || step.review !== undefined) return [networkOf(step, project)];
  const scripts = scriptsOf(step, project);
  return 'missing' in scripts ? [] : scripts.map(({ network }) => network);
}

/** What a sandbox is opened with. */
export type Granted = 'none' | 'full' | Egress;

/** What a script may reach, or why it may not reach what it asks for. */
export function grantedNetwork(
  asked: Reach,
  policy: Policy,
): Result<Granted, Extract<Failure, { class: 'policy-denied' }>> {
  const { allow = 'none', private: open = [] } = policy.network ?? {};
  const held = (hosts: readonly string[]): Egress => ({ hosts, private: open });
  const denied = (because: string): ReturnType<typeof grantedNetwork> =>
    fail({ class: 'policy-denied', reasons: [{ rule: 'network', tier: 'deny', because }] });
  if (asked === 'none') return ok('none');
  if (asked === 'allowed') return ok(Array.isArray(allow) ? held(allow) : allow);
  if (asked === 'full')
    return allow === 'full'
      ? ok('full')
      : denied('it needs the network, and policy/policy.yml does not say `network: { allow: full }`');
  if (allow === 'full') return ok(held(asked));
  const missing = beyond(asked, allow === 'none' ? [] : allow);
  if (missing.length === 0) return ok(held(asked));
  const [list, more] = [allow === 'none' ? [] : allow, missing.join(', ')];
  return denied(
    `it needs ${more}, and policy/policy.yml does not say \`network: { allow: [${[...list, ...missing].join(', ')}] }\``,
  );
}
