import type { VaultRequest } from '../../generated/types.js';
import { amountText, usedUpText, type Bounds, type UsedUp } from '../agents/budget.js';
import { span } from '../span.js';
import { plainText } from '../template.js';
import { common, type Asking } from './request.js';

/** A run that used up its time. */
export function timeRequest(asking: Asking & { readonly run: string; readonly budgetMs: number }): VaultRequest {
  const time = span(asking.budgetMs);
  return {
    ...common(asking, 'budget'),
    run: asking.run,
    asks: {
      what: `May ${asking.run} take another ${time}?`,
      why: plainText(asking.record.order.goal),
      risks: [`It has used up the ${time} that it may take, and has not come to its end.`],
      then: `It goes on after its last snapshot, with ${time} more. What it changes is decided on before it ships.`,
      rollback: 'Nothing has shipped. Rejecting the request cancels the order.',
    },
  };
}

/** A run whose agents used up what they may. `grant` is what a yes adds to the order's budget: nothing where the limit is a step's own. */
export function budgetRequest(
  asking: Asking & {
    readonly run: string;
    readonly used: UsedUp;
    readonly more: Bounds;
    readonly grant: Bounds;
    /** What the agent had done so far. */
    readonly partial: string | null;
  },
): VaultRequest {
  const { used, more, grant, partial } = asking;
  const another = amountText(more);
  const done = partial === null ? 'Nothing of it is in the repository yet.' : `What it had done so far is ${partial}.`;
  return {
    ...common(asking, 'budget'),
    run: asking.run,
    grant: { ...grant },
    asks: {
      what: `May ${asking.run} use another ${another}?`,
      why: plainText(asking.record.order.goal),
      risks: [`It has used up ${usedUpText(used)}, and has not come to its end. ${done}`],
      then: `It goes on from there, with another ${another}. What it changes is decided on before it ships.`,
      rollback: 'Nothing has shipped. Rejecting the request cancels the order.',
    },
  };
}
