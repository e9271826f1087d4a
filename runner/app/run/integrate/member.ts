import { isLanding, landingChecks, type LandingOrder } from '../../../core/delivery.js';
import { fail, ok, type Result } from '../../../core/failure.js';
import { graphOf, type Node } from '../../../core/graph.js';
import type { CommitId } from '../../../core/ids.js';
import type { LoadedFormula } from '../../../core/observed.js';
import type { ActiveOrder } from '../../../core/record.js';
import { wantedBy } from '../../../core/secrets/grants.js';
import { inputsOf, type Desired } from '../../desired.js';
import { readOps } from '../../observe.js';
import type { RunContext } from '../context.js';
import type { RunJournal } from '../journal.js';
import { RunSecrets } from '../secrets.js';
import { remakeMerge } from '../start-merge.js';
import { Trees } from '../trees.js';

type Merging = ActiveOrder['record'] & Required<Pick<LandingOrder['record'], 'shipped'>>;

/** A result that is to be merged, with what it must pass. */
export interface Member {
  readonly record: Merging;
  readonly loaded: LoadedFormula;
  readonly checks: readonly Node[];
  /** What its checks are run in: its own order, formula and secrets, under the claim of the order that leads. */
  readonly context: RunContext;
  readonly trees: Trees;
}

export const commitOf = ({ record }: Pick<Member, 'record'>): CommitId => record.shipped.commit as CommitId;

/** The order that leads, by its own claim. */
export function leaderOf(context: RunContext, trees: Trees): Member {
  const { journal, loaded, nodes, project } = context;
  const { record } = journal.order;
  const { shipped } = record;
  if (shipped === undefined) throw new Error(`${record.id} has shipped nothing`);
  const merging: Merging = { ...record, shipped };
  return { record: merging, loaded, checks: landingChecks(nodes, record.run.steps, project), context, trees };
}

/**
 * The others that are tried with the one that leads, in their order: those that still wait for the same target, and whose checks get no secrets: what others wrote would
 * run beside them.
 */
export async function followersOf(
  { tools, project, policy }: Pick<RunContext, 'tools' | 'project' | 'policy'>,
  desired: Desired,
  leader: Member,
  ids: readonly string[],
): Promise<Result<readonly Member[]>> {
  if (ids.length === 0 || leader.checks.some(isSecret)) return ok([]);
  const view = await readOps(tools);
  if (!view.ok) return view;
  const waiting = new Map(view.value.live.filter(isLanding).map((order) => [order.record.id, order.record]));
  const members: Member[] = [];
  for (const id of ids) {
    const record = waiting.get(id);
    const { into, via } = record?.shipped ?? {};
    if (record === undefined || into !== leader.record.shipped.into || via !== 'merge') continue;
    const loaded = await desired.formula(record.run.formula);
    if (loaded?.ok !== true || loaded.value.digest !== record.run.formulaDigest) continue;
    const nodes = graphOf(loaded.value.formula, record.order.checks);
    const checks = landingChecks(nodes, record.run.steps, project);
    if (checks.some(isSecret)) continue;
    const { formula } = loaded.value;
    const context: RunContext = {
      ...leader.context,
      // It is never `base` of the leader that a check of another's is compared with.
      base: record.shipped.base as CommitId,
      loaded: loaded.value,
      nodes,
      inputs: inputsOf(formula, record.order.inputs),
      merge: null,
      journal: of(leader.context.journal, { state: 'active', record }),
      facts: new Map(),
      secrets: new RunSecrets(tools.secrets, project, policy, formula),
      approved: null,
    };
    members.push({ record, loaded: loaded.value, checks, context, trees: new Trees(context) });
  }
  return ok(members);
}

const isSecret = ({ step }: Node): boolean => wantedBy(step).length > 0;

/** The leader's journal, as steps of another order see it: they read what is theirs, and write nothing. */
function of(journal: RunJournal, order: ActiveOrder): RunJournal {
  const nothing = (): never => {
    throw new Error(`${order.record.id} is merged under the claim of ${journal.order.record.id}`);
  };
  return {
    order,
    held: (at) => journal.held(at),
    ...{ steps: nothing, settle: nothing, renew: nothing, end: nothing, close: nothing },
  };
}

/** Gets a result that another machine made. */
export async function bringResult(
  { tools }: Pick<RunContext, 'tools'>,
  { record }: { readonly record: Merging },
): Promise<Result<null>> {
  const { repository, sharing } = tools;
  const { id, run, shipped } = record;
  if ((await repository.tree(shipped.commit as CommitId)) !== null) return remakeMerge(tools, run);
  const fetched = sharing === null ? ok(null) : await sharing.fetchRun(run.id, id);
  if (!fetched.ok) return fetched;
  if ((await repository.tree(shipped.commit as CommitId)) !== null) return remakeMerge(tools, run);
  const what = `the result ${shipped.commit.slice(0, 12)} of ${id} is nowhere to be found`;
  return fail({ class: 'state-conflict', what, hint: `Have it done again: pushpals order retry ${id}.` });
}
