import type { Failure } from '../../core/failure.js';
import { completionReport, logName, provenance, runJson, type RunFacts } from '../../core/evidence.js';
import type { Statuses } from '../../core/graph.js';
import type { CommitId, Instant } from '../../core/ids.js';
import { evidencePath, type StoredOrder } from '../../core/record.js';
import { lastSnapshot, orderAfter, runEnd, type RunEnd } from '../../core/run-end.js';
import type { OpsCommit } from '../ports/ops.js';
import { factsOf, type RunContext } from './context.js';
import { dropRefs } from './start.js';

/** How a started order went: its last state, or why it is not this runner's any more. */
export type Executed =
  { readonly order: StoredOrder; readonly failure: Failure | null } | { readonly stopped: Failure | 'interrupted' };

const DIFF_BYTES = 1024 * 1024;

/** Commits the end of a run and its evidence in one commit. */
export async function finish(context: RunContext, statuses: Statuses): Promise<Executed> {
  const { tools, journal, nodes, loaded } = context;
  const { record } = journal.order;
  const end = runEnd(nodes, statuses);
  const at = tools.clock.now();
  const folder = evidencePath(record.run);
  const result = lastSnapshot(nodes, statuses) ?? context.base;
  const files = await evidenceFiles(context, statuses, { ...end, endedAt: at, result });
  const next = orderAfter(record, { ...end, at, evidence: folder }, loaded.formula);
  const { outcome, failure, branch, commit } = end;
  const event = next.state === 'done' ? 'finish' : next.state === 'failed' ? 'fail' : 'park';
  const written = await journal.end({ event, to: next, files });
  if (!written.ok) return { stopped: written.failure };
  // A shipped run's snapshots are in its commit; a failed run's are kept for whoever looks into it.
  if (next.state === 'done') await dropRefs(tools, record.run, Object.keys(statuses));
  tools.report({
    event: 'ended',
    order: record.id,
    outcome: next.state === 'waiting' ? 'waiting' : outcome,
    evidence: folder,
    ...(branch === null ? {} : { branch }),
    ...(commit === null ? {} : { commit }),
    ...(failure === null ? {} : { failure }),
    ...(next.state === 'waiting' && next.record.waiting.until !== undefined
      ? { retryAt: next.record.waiting.until as Instant }
      : {}),
  });
  return { order: next, failure };
}

async function evidenceFiles(
  context: RunContext,
  statuses: Statuses,
  end: RunEnd & { endedAt: string; result: CommitId },
): Promise<OpsCommit['files']> {
  const { tools, nodes, base, driver, journal } = context;
  const target = (end.commit ?? end.result) as CommitId;
  const changes = await tools.repository.changes(base, target);
  const patch = await tools.repository.patch(base, target, DIFF_BYTES);
  const folder = evidencePath(journal.order.record.run);
  const known = nodes.filter(({ key }) => context.facts.has(key));
  const steps = Object.fromEntries(
    known.map(({ key }) => {
      const { log, exitCode, imageDigest, files, notes } = factsOf(context, key);
      const facts = {
        log: logName(nodes, key),
        logDigest: `sha256:${tools.sha256(log)}`,
        files: files.map(({ name }) => name),
        notes,
      };
      return [
        key,
        {
          ...facts,
          ...(exitCode === undefined ? {} : { exitCode }),
          ...(imageDigest === undefined ? {} : { imageDigest }),
        },
      ];
    }),
  );
  const facts: RunFacts = {
    ...end,
    record: journal.order.record,
    nodes,
    statuses,
    changes: changes.ok ? changes.value : [],
    warnings: driver.warning === null ? [] : [driver.warning],
    steps,
    version: tools.version,
  };
  const statement = provenance(facts);
  return [
    { path: `${folder}/report.md`, content: completionReport(facts) },
    { path: `${folder}/run.json`, content: runJson(facts) },
    ...(statement === null ? [] : [{ path: `${folder}/provenance.json`, content: statement }]),
    ...(patch.ok && patch.value !== '' ? [{ path: `${folder}/diff.patch`, content: patch.value }] : []),
    ...known.map(({ key }) => ({ path: `${folder}/${logName(nodes, key)}`, content: factsOf(context, key).log })),
    ...known.flatMap(({ key }) =>
      factsOf(context, key).files.map(({ name, bytes }) => ({
        path: `${folder}/${logName(nodes, key).replace(/\.log$/, '')}/${name}`,
        content: bytes,
      })),
    ),
  ];
}
