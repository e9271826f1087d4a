import type { Decision } from '../../core/policy.js';

/** What a decision asks for before an order goes on, or before its result ships. */
export function gateInWords({ gate, approval: { count, from } }: Decision, hasRun: boolean): string {
  const who = `${count === 1 ? 'one approver' : `${String(count)} approvers`}${from.length === 0 ? '' : ` of ${from.join(' or ')}`}`;
  if (gate === 'auto') return 'ships by itself once its checks pass';
  if (hasRun) return `ships when ${who} approved it`;
  return gate === 'merge-approval'
    ? `runs, and ships when ${who} approved the result`
    : `starts when ${who} approved it`;
}
