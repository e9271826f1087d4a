import { draftOrder, fileOrder } from '../../app/orders.js';
import { UNASSIGNED } from '../../core/order.js';
import type { Connection } from '../../app/connection.js';
import type { Exit, Invocation } from '../command.js';
import { printable } from '../output.js';
import { gateInWords } from '../screens/gate.js';

/** Shows the order that a text would be, and files it if that is wanted; never without. */
export async function propose(
  { tools, branch }: Connection,
  goal: string,
  { out, flag, option, confirm }: Pick<Invocation, 'out' | 'flag' | 'option' | 'confirm'>,
): Promise<Exit> {
  const named = option('formula');
  const given = named === undefined ? {} : { formula: named };
  const draft = await draftOrder(tools, branch, { goal }, given);
  if (!draft.ok) {
    out.note('no rule answers this; as an order it would be refused (--formula NAME names a formula)');
    return draft.failure;
  }
  const { order, explained } = draft.value;
  const { id, formula } = order.record;
  const decision = explained[0]?.decision;
  const decided =
    decision === undefined
      ? ''
      : decision.denied.length > 0
        ? `denied by the policy: ${decision.denied.map(({ because }) => because).join('; ')}`
        : `${decision.tier}: it ${gateInWords(decision, false)}`;
  const isUnassigned = formula === UNASSIGNED;
  const filing = flag('yes') && !flag('dry-run');
  if (out.traits.json && !filing) {
    out.json({ is: 'order', filed: false, order: order.record, decision: decision ?? null });
    return 0;
  }
  if (!out.traits.json) {
    out.line('No rule answers this; it would be an order:');
    out.line(`  goal     ${printable(goal).replaceAll('\n', '\n           ')}`);
    out.line(`  name     ${id}`);
    out.line(
      `  formula  ${isUnassigned ? 'none: no route of the policy names one, so it would wait until somebody does' : formula}`,
    );
    out.line(`  tier     ${printable(decided)}`);
    out.line(`  goes to  ops/queue/${id}.yml`);
  }
  if (flag('dry-run')) return 0;
  if (!flag('yes') && !(await confirm('File it?'))) {
    out.note('nothing was filed; say --yes to file it');
    return 0;
  }
  const filed = await fileOrder(tools, branch, { goal }, given, undefined);
  if (!filed.ok) return filed.failure;
  const { record } = filed.value;
  if (out.traits.json) out.json({ is: 'order', filed: true, order: record, decision: decision ?? null });
  else
    out.line(
      isUnassigned
        ? `${record.id} is queued; name its formula with \`pushpals order assign ${record.id} FORMULA\`.`
        : `${record.id} is queued with ${record.formula}; the next tick starts it.`,
    );
  return 0;
}
