import type { Formula, Step } from '../../generated/types.js';
import type { Fault } from '../fault.js';
import { suggestion } from '../nearest.js';
import { reachable } from '../needs.js';

/** What is wrong with the `review` steps of a formula, beyond what is asked of every step. */
export function reviewFaults(formula: Formula): readonly Fault[] {
  return formula.steps.flatMap((step, index) =>
    step.review === undefined ? [] : faultsOf(formula, step, ['steps', index]),
  );
}

function faultsOf(formula: Formula, step: Step, path: Fault['path']): readonly Fault[] {
  const faults: Fault[] = [];
  if (step.by === undefined)
    faults.push({
      path: [...path, 'review'],
      message: `step \`${step.id}\` does not say who reviews`,
      hint: 'Add `by: NAME`, such as `by: reviewer`.',
    });
  const { steps } = formula;
  const before = reachable(steps);
  const earlier = steps.filter(({ id }) => before.get(step.id)?.has(id) === true);
  const own = earlier.find(({ agent, by }) => agent !== undefined && (by ?? formula.agent) === step.by);
  if (step.by !== undefined && own !== undefined)
    faults.push({
      path: [...path, 'by'],
      message: `\`${step.by}\` would review its own work: it performs \`${own.id}\``,
      hint: 'Name another agent.',
    });
  if (step.fix === undefined) {
    if (step.rounds !== undefined)
      faults.push({
        path: [...path, 'rounds'],
        message: '`rounds` has no effect: nothing says what mends the findings',
        hint: 'Add `fix: STEP`, an `agent` step before it.',
      });
    return faults;
  }
  const fix = steps.find(({ id }) => id === step.fix);
  const agents = earlier.filter(({ agent, matrix }) => agent !== undefined && matrix === undefined);
  const names = agents.map(({ id }) => id);
  if (fix === undefined || !names.includes(fix.id)) {
    const why =
      fix === undefined
        ? `there is no step \`${step.fix}\``
        : fix.agent === undefined
          ? `\`${step.fix}\` is no \`agent\` step, and nobody mends anything there`
          : fix.matrix !== undefined
            ? `\`${step.fix}\` has a matrix, and would start from one tree several times`
            : `\`${step.fix}\` does not come before \`${step.id}\``;
    const hint =
      names.length === 0 ? 'Let it need an `agent` step, and name that.' : suggestion(step.fix, names, 'agent steps');
    return [...faults, { path: [...path, 'fix'], message: why, hint }];
  }
  const filing = steps.find(
    ({ id, orders }) =>
      orders !== undefined && before.get(id)?.has(fix.id) === true && before.get(id)?.has(step.id) !== true,
  );
  if (filing !== undefined)
    faults.push({
      path: [...path, 'fix'],
      message: `\`${filing.id}\` files orders after \`${fix.id}\` and before \`${step.id}\` has said yes, and would file them again`,
      hint: `Let \`${filing.id}\` need \`${step.id}\`.`,
    });
  return faults;
}
