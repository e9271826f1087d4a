import { evidencePath, type StoredOrder } from '../record.js';

/** What became of a result by its pull request, for its evidence; none of an order that did not end by one. */
export function resultEvidence({
  record,
}: StoredOrder): readonly { readonly path: string; readonly content: string }[] {
  const { id, run, shipped, ended } = record;
  if (ended?.pull === undefined || run === undefined || shipped === undefined) return [];
  const { at, outcome, reason = null, into = null, seen = null, pull } = ended;
  const { branch, commit, base, tier = null } = shipped;
  const told = {
    order: id,
    run: run.id,
    outcome,
    reason,
    at,
    pull,
    result: { branch, commit, base, tier },
    into,
    seen,
  };
  return [{ path: `${evidencePath(run)}/merge/pull-request.json`, content: `${JSON.stringify(told, null, 2)}\n` }];
}
