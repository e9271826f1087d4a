import type { LandingOrder } from '../../core/delivery.js';
import { ok } from '../../core/failure.js';
import { resultBody, resultLines, resultTitle, type ResultFacts } from '../../core/forge/result-text.js';
import { formulaFacts } from '../../core/formula-facts.js';
import { graphOf } from '../../core/graph.js';
import type { CommitId } from '../../core/ids.js';
import { decide, raised } from '../../core/policy.js';
import { reviewReasons } from '../../core/review/findings.js';
import type { Desired } from '../desired.js';
import { changesWithDependencies } from '../manifests.js';
import { redacted } from '../redact.js';
import { opsBranch, type Tools } from '../tools.js';
import { readRequest } from '../vault/recheck.js';

/** What the policy says of a result's tier. */
export const policyOf = (
  { policy }: Pick<Desired, 'policy'>,
  { record }: LandingOrder,
): NonNullable<NonNullable<Desired['policy']['tiers']>['low']> => policy.tiers?.[record.shipped.tier ?? 'high'] ?? {};

/** The text of a result's pull request. What looks like a credential is cut out of it, as out of the report. */
export async function textOf(
  tools: Tools,
  desired: Desired,
  order: LandingOrder,
): Promise<{ readonly title: string; readonly body: string }> {
  const facts = await factsOf(tools, desired, order);
  const clean = (text: string): Promise<string> => redacted(tools.scanner, 'pull-request.md', text);
  const title = resultTitle({ record: order.record, message: await clean(facts.message) });
  return { title, body: resultBody(facts, (await clean(resultLines(facts).join('\n'))).split('\n')) };
}

async function factsOf(tools: Tools, desired: Desired, order: LandingOrder): Promise<ResultFacts> {
  const { repository, ops, cel } = tools;
  const { record } = order;
  const { run, shipped } = record;
  const [base, commit] = [shipped.base as CommitId, shipped.commit as CommitId];
  if ((await repository.tree(commit)) === null) await tools.sharing?.fetchRun(run.id, record.id);
  const isHere = (await repository.tree(commit)) !== null;
  const loaded = await desired.formula(run.formula);
  const formula = loaded?.ok === true && loaded.value.digest === run.formulaDigest ? loaded.value.formula : null;
  const changes = isHere ? await changesWithDependencies(repository, base, commit) : ok([]);
  const nodes = formula === null ? null : graphOf(formula, record.order.checks);
  const decided =
    formula === null || !changes.ok
      ? null
      : decide(record.order, formulaFacts(formula), changes.value, desired.policy, cel);
  const decision =
    decided === null || nodes === null
      ? null
      : raised(decided, reviewReasons(nodes, run.steps, run.rounds), desired.policy);
  const tip = await ops.tip();
  const request =
    run.request === undefined || tip === null ? null : await readRequest(tools, tip, 'fired', run.request);
  const { draft, 'auto-merge': isOurs } = policyOf(desired, order);
  return {
    record,
    message: isHere ? await repository.commitMessage(commit) : record.order.goal,
    nodes,
    changes: changes.ok ? changes.value : [],
    reasons: decision?.tier === shipped.tier ? (decision?.reasons ?? []) : [],
    approvedBy: (request?.approvals ?? []).map(({ by }) => by),
    ops: opsBranch(ops),
    merges: draft === true ? 'nobody-yet' : isOurs === true ? 'runner' : 'people',
  };
}
