import { fail, ok, type Result } from '../../core/failure.js';
import type { CommitId } from '../../core/ids.js';
import type { LoadedFormula } from '../../core/observed.js';
import { baseOf } from '../../core/record.js';
import type { RunRecord } from '../../generated/types.js';
import { commitSource, readDesired, type Desired } from '../desired.js';
import { withBuild } from '../image-build.js';
import { driverOf } from '../observe.js';
import { oddRun } from '../run/trust.js';
import type { Tools } from '../tools.js';
import { projectTip, type World } from '../world.js';

/** How many commits of the project are looked through for a formula. */
const MOST_COMMITS = 50;

/** A formula as it was when a run began, with the project's files of then. */
export interface InForce {
  readonly desired: Desired;
  readonly loaded: LoadedFormula;
}

/**
 * The project's files from which a run's formula had the digest that is recorded: those of the commit it began on, or of another of the project's own
 * commits. Refused where none has it, where the record does not fit the project, or where the project has its steps held apart in another way by now.
 */
export async function inForce(
  tools: Tools,
  branch: string,
  { desired: today }: World,
  run: RunRecord,
): Promise<Result<InForce>> {
  const refused = (what: string, hint: string): Result<never> => fail({ class: 'state-conflict', what, hint });
  const tip = await projectTip(tools, branch);
  if (tip === null) return refused(`there is no branch ${branch}`, 'Make a first commit.');
  if (run.driver !== driverOf(today))
    return refused(
      `run ${run.id} ran in ${run.driver}, and the project says ${driverOf(today)} by now`,
      'A replay is held apart no less than any other run; set `sandbox.driver` back to replay it.',
    );
  const history = await tools.repository.history(`refs/heads/${branch}`, { limit: MOST_COMMITS });
  const began = run.merge === undefined ? baseOf(run) : (run.merge.incoming as CommitId);
  const commits = [...new Set([began, tip, ...history.map(({ commit }) => commit).reverse()])];
  for (const commit of commits) {
    if (!(await tools.repository.isAncestor(commit, tip))) continue;
    const desired = await readDesired(commitSource(tools.repository, commit), tools);
    if (!desired.ok) continue;
    // What its steps build is part of a formula.
    const built = await withBuild(tools, commit, desired.value);
    if (!built.ok) continue;
    const loaded = await built.value.formula(run.formula);
    if (loaded?.ok !== true || loaded.value.digest !== run.formulaDigest) continue;
    const odd = await oddRun(tools, desired.value, loaded.value, run, tip);
    if (odd !== null) return refused(`run ${run.id} cannot be replayed: ${odd}`, '`pushpals audit` looks for more.');
    return ok({ desired: built.value, loaded: loaded.value });
  }
  return refused(
    `no commit of the project has the formula ${run.formula} as run ${run.id} had it (sha256:${run.formulaDigest.slice(0, 12)})`,
    `It is looked for where the run began and in the newest ${String(MOST_COMMITS)} commits; a formula of PushPals itself is replayed by the version that ran it.`,
  );
}
