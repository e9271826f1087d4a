import { wholeFile, type Problem } from '../core/failure.js';
import { formulaFor, SIGNALS } from '../core/forge/signals.js';
import { PROJECT_FILE, type Desired } from './desired.js';

/** Formulas that signals become orders of: each has to be there, and to take what its orders bring. */
export async function signalProblems({
  project,
  formulaNames,
  formula,
}: Pick<Desired, 'project' | 'formulaNames' | 'formula'>): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const key of SIGNALS) {
    const name = formulaFor(project, key);
    if (name === null) continue;
    const say = (message: string, hint: string): void => {
      problems.push(wholeFile(PROJECT_FILE, `\`signals.${key}\`: ${message}`, hint));
    };
    if (!formulaNames.includes(name)) {
      say(`there is no formula \`${name}\``, `There are: ${formulaNames.join(', ')}. \`off\` makes no order of it.`);
      continue;
    }
    const loaded = await formula(name);
    // What is wrong with the formula itself is told of it.
    if (loaded?.ok !== true) continue;
    const isOfBranch = key !== 'default-branch';
    for (const fault of loaded.value.checkInputs(isOfBranch ? { branch: 'pushpals/an-order' } : {}))
      say(
        `\`${name}\` cannot take its orders: ${fault}`,
        isOfBranch
          ? 'They bring the input `branch` and no other: give the others a default, or name a formula that has it, such as `follow-up`.'
          : 'They bring no inputs: give those of the formula defaults, or name another, such as `ci-medic`.',
      );
    if (isOfBranch && loaded.value.formula.base === undefined)
      say(
        `what \`${name}\` makes does not go onto the branch`,
        'Have it start from there: `base: { merge: inputs.branch }` in the formula.',
      );
  }
  return problems;
}
