import { readDesired, commitSource } from '../../app/desired.js';
import { findOrder } from '../../app/orders.js';
import { explainOrder, explainSupposed, type Explained } from '../../app/policy.js';
import type { Tier } from '../../generated/types.js';
import { projectTip } from '../../app/world.js';
import type { Exit, Invocation } from '../command.js';
import { printable, type Output } from '../output.js';
import { gateInWords } from '../screens/gate.js';
import { table } from '../table.js';

const PAINT = { low: 'good', medium: 'wait', high: 'bad', deny: 'bad' } as const;

export async function run({ connect, out, args, flag, option, options }: Invocation): Promise<Exit> {
  const connection = await connect();
  if (!connection.ok) return connection.failure;
  const { tools, branch, folder, reading } = connection.value;
  const wrong = (what: string, hint: string): Exit => ({ class: 'state-conflict', what, hint });
  const risk = option('risk');
  if (risk !== undefined && !isTier(risk)) return wrong(`--risk ${risk} is no tier`, 'Say low, medium or high.');
  const base = await projectTip(tools, branch);
  if (base === null) return wrong(`there is no branch ${branch}`, 'Make a first commit.');
  const desired = await readDesired(flag('draft') ? folder : commitSource(tools.repository, base), reading);
  if (!desired.ok) return desired.failure;
  const [name] = args;
  const supposed = { formula: option('formula'), risk, paths: options('paths').flatMap((list) => list.split(',')) };
  let explained;
  if (name === undefined) explained = await explainSupposed(tools, desired.value, supposed);
  else {
    const order = await findOrder(tools, name);
    if (!order.ok) return order.failure;
    explained = await explainOrder(tools, desired.value, order.value);
  }
  if (!explained.ok) return explained.failure;
  if (out.traits.json) out.json(explained.value.map(({ decision, ...rest }) => ({ ...rest, ...decision })));
  else
    explained.value.forEach((each, index) => {
      print(each, index > 0, out);
    });
  return 0;
}

const isTier = (text: string): text is Tier => text === 'low' || text === 'medium' || text === 'high';

function print({ about, formula, decision, network }: Explained, more: boolean, out: Output): void {
  if (more) out.line();
  const denied = decision.denied.length > 0;
  const verdict = denied ? 'denied' : `${decision.tier}: ${gateInWords(decision, about !== 'before the run')}`;
  out.line(
    `${about}, formula ${formula === null ? 'unknown' : printable(formula)} → ${out.paint(denied ? 'bad' : PAINT[decision.tier], verdict)}`,
  );
  const beside = decision.reasons.filter(
    ({ rule }) => !decision.trace.some((each) => each.rule === rule && each.counts),
  );
  const rows = [
    ...decision.trace.map(({ rule, tier, counts, because }) => ({ mark: counts ? tier : '-', rule, because, counts })),
    ...beside.map(({ rule, tier, because }) => ({ mark: tier, rule: `(${rule})`, because, counts: true })),
  ];
  const lines = table(
    rows.map(({ mark, rule, because }) => [`  ${mark}`, printable(rule), printable(because).replaceAll('\n', ' ')]),
    out.traits.width,
  );
  lines.forEach((line, index) => {
    out.line(rows[index]?.counts === true ? line : out.paint('dim', line));
  });
  for (const { step, reach, refused } of network) {
    const what = `  step ${printable(step)} reaches ${printable(reach)}`;
    out.line(
      refused === null
        ? what
        : out.paint('bad', `${what.replace(' reaches ', ' would reach ')}: ${printable(refused)}`),
    );
  }
}
