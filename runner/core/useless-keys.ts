import type { Step } from '../generated/types.js';
import type { Fault } from './fault.js';
import type { StepKind } from './graph.js';

/** Keys that only a step with a sandbox of its own heeds. */
const SANDBOX_KEYS = [
  'env',
  'secrets',
  'image',
  'build',
  'cache',
  'network',
  'isolation',
  'limits',
  'outputs',
] as const;

/** A key without effect is a wish that silently does not come true. */
export function uselessKeys(step: Step, kind: StepKind, path: Fault['path']): Fault[] {
  const useless: [key: keyof Step, why: string][] = [];
  if (kind !== 'check') useless.push(['expect', 'only a `check` can be expected to fail']);
  if (kind !== 'orders') useless.push(['await', 'only an `orders` step files what can be waited for']);
  if (kind === 'orders' && step.await === true) useless.push(['matrix', 'its run waits for one list']);
  if (kind !== 'diagnose') useless.push(['runs', 'only a `diagnose` step runs its command more than once']);
  if (kind !== 'agent') useless.push(['returns', 'only `agent` steps answer in a form that the formula gives']);
  if (kind !== 'agent' && kind !== 'review')
    useless.push(['by', 'only `agent` and `review` steps are performed by an agent']);
  if (kind !== 'review')
    useless.push(
      ...(['fix', 'rounds', 'blocks'] as const).map((key): [keyof Step, string] => [
        key,
        'only a `review` finds something',
      ]),
    );
  if (kind === 'review') useless.push(['outputs', 'its outputs are its findings'], ['cache', 'it installs nothing']);
  if (kind !== 'run' && kind !== 'agent' && kind !== 'revert')
    useless.push(['scope', 'only `run`, `agent` and `revert` steps change files']);
  if (kind === 'ship' || kind === 'approve' || kind === 'task' || kind === 'orders' || kind === 'revert') {
    useless.push(...SANDBOX_KEYS.map((key): [keyof Step, string] => [key, 'it runs nothing in a sandbox']));
  }
  if (kind === 'ship' || kind === 'approve' || kind === 'task' || kind === 'review' || kind === 'revert')
    useless.push(['matrix', 'it happens once']);
  return useless
    .filter(([key]) => step[key] !== undefined)
    .map(([key, why]) => ({
      path: [...path, key],
      message: `\`${key}\` has no place in a \`${kind}\` step: ${why}`,
      hint: `Remove \`${key}\`.`,
    }));
}
