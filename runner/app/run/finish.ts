import type { OrderRecord } from '../../generated/types.js';
import type { Failure, Result } from '../../core/failure.js';
import { completionReport, logName, provenance, runJson, transcriptName, type RunFacts } from '../../core/evidence.js';
import { parkedRun } from '../../core/awaited.js';
import { childrenOf, listUnder, type ChildReports } from '../../core/evidence-children.js';
import type { Statuses } from '../../core/graph.js';
import type { ModelFacts, TranscriptEntry } from '../../core/agents/transcript.js';
import type { CommitId, Instant } from '../../core/ids.js';
import { isLanding } from '../../core/delivery.js';
import { evidencePath, type StoredOrder } from '../../core/record.js';
import { parseJson } from '../../core/parse-json.js';
import { asking } from '../../core/vault/plan.js';
import { goesOnByItself, lastSnapshot, orderAfter, paused, reopened, runEnd, type RunEnd } from '../../core/run-end.js';
import { readFile } from '../records.js';
import type { OpsCommit } from '../ports/ops.js';
import { isReaching } from '../../core/egress.js';
import { factsOf, type RunContext } from './context.js';
import { lastRequest } from '../vault/require.js';
import { askCommit, endFiles } from '../vault/write.js';
import { redacted } from '../redact.js';
import { landLessons } from './lessons.js';
import { isReadIntoPrompt } from '../../core/knowledge/report.js';
import { dropRefs, holdResult } from './start.js';

/** How a started order went: its last state, or why it is not this runner's any more. */
export type Executed =
  { readonly order: StoredOrder; readonly failure: Failure | null } | { readonly stopped: Stopped };

/** Why a run ended before its order did. What was only interrupted or paused goes on after its last snapshot. */
export type Stopped = Failure | 'interrupted' | 'paused';

const DIFF_BYTES = 1024 * 1024;

/** Whether the run is over, and its result on its way. */
const hasShipped = (order: StoredOrder): boolean => isLanding(order);

/** Commits the end of a run and its evidence in one commit. */
export async function finish(context: RunContext, statuses: Statuses): Promise<Executed> {
  const { tools, journal, nodes, loaded } = context;
  const { record } = journal.order;
  const end = runEnd(nodes, statuses);
  const at = tools.clock.now();
  const folder = evidencePath(record.run);
  const result = lastSnapshot(nodes, statuses) ?? context.base;
  const { outcome, failure, branch, commit } = end;
  const ended =
    outcome === 'waiting'
      ? parkedRun(record, nodes, statuses, at)
      : orderAfter(record, { ...end, outcome, at, evidence: folder }, loaded.formula);
  const asked =
    failure?.class === 'approval-needed'
      ? context.asks.request
      : ended.state === 'failed' && failure !== null
        ? await lastRequest(context, failure, result)
        : null;
  // A run that goes on has not learned all that it will.
  const { landed, files: lessons } =
    asked === null && (hasShipped(ended) || ended.state === 'done' || ended.state === 'failed')
      ? await landLessons(context, statuses, ended.state !== 'failed')
      : { landed: [], files: [] };
  const files = [
    ...(await evidenceFiles(context, statuses, { ...end, endedAt: at, result }, landed)),
    ...firedFiles(context, end.failure, at),
    ...lessons,
  ];
  const told: Failure | null = asked === null ? failure : { class: 'approval-needed', request: asked.id };
  let next: StoredOrder;
  let written: Result<CommitId | null>;
  if (asked !== null) {
    const { request: _, ...run } = record.run;
    const steps = { ...reopened(nodes, statuses) };
    const move = asking(journal.order, { ...record, run: { ...run, steps } }, asked, at, tools.sha256);
    next = move.to;
    written = await journal.end({ event: 'ask', to: next, files }, [askCommit(move.request, 'asked', tools)]);
  } else {
    next =
      failure?.class === 'outcome-unknown'
        ? unknownOutcome(record, failure, at)
        : goesOnByItself(failure)
          ? paused(ended, record, reopened(nodes, statuses), at)
          : ended;
    if (hasShipped(next)) await holdResult(tools, record.run, commit as CommitId);
    const event =
      next.state === 'done' ? 'finish' : next.state === 'failed' ? 'fail' : hasShipped(next) ? 'ship' : 'park';
    written = await journal.end({ event, to: next, files });
  }
  if (!written.ok) return { stopped: written.failure };
  // A shipped run's snapshots are in its commit; a failed run's are kept for whoever looks into it.
  if (next.state === 'done' || hasShipped(next)) await dropRefs(tools, record.run, Object.keys(statuses));
  tools.report({
    event: 'ended',
    order: record.id,
    outcome: next.state === 'waiting' ? 'waiting' : outcome,
    evidence: folder,
    ...(branch === null ? {} : { branch }),
    ...(commit === null ? {} : { commit }),
    ...(told === null ? {} : { failure: told }),
    ...(next.state === 'waiting' && next.record.waiting.on === 'time' && next.record.waiting.until !== undefined
      ? { retryAt: next.record.waiting.until as Instant }
      : {}),
  });
  return { order: next, failure: told };
}

/** What the evidence says already of steps that ran before the run waited for people. What cannot be read is left out, and no digest then covers it. */
async function earlierSteps({ tools, journal }: RunContext, folder: string): Promise<RunFacts['steps']> {
  if (journal.order.record.run.waitedMs === undefined) return {};
  const tip = await tools.ops.tip();
  const file = tip === null ? null : await readFile(tools, tip, `${folder}/run.json`);
  const value =
    file === null ? null : (parseJson(Buffer.from(file.bytes).toString('utf8')) as { steps?: unknown } | null);
  const steps: readonly unknown[] = Array.isArray(value?.steps) ? value.steps : [];
  return Object.fromEntries(
    steps.flatMap((step) => {
      const { key, log, logDigest, exitCode, imageDigest, network, secrets, tree, read } = step as Readonly<
        Record<string, unknown>
      >;
      const { transcript, transcriptDigest, models } = step as Readonly<Record<string, unknown>>;
      if (typeof key !== 'string' || typeof log !== 'string' || typeof logDigest !== 'string') return [];
      const facts = {
        log,
        logDigest,
        files: texts((step as { files?: unknown }).files),
        notes: texts((step as { notes?: unknown }).notes),
        ...(typeof transcript === 'string' && typeof transcriptDigest === 'string'
          ? { transcript, transcriptDigest }
          : {}),
        ...(Array.isArray(models) ? { models: models as readonly ModelFacts[] } : {}),
        ...(typeof exitCode === 'number' ? { exitCode } : {}),
        ...(typeof imageDigest === 'string' ? { imageDigest } : {}),
        ...(isReaching(network) ? { network } : {}),
        ...(secrets === undefined ? {} : { secrets: texts(secrets) }),
        ...(typeof tree === 'string' ? { tree } : {}),
        ...(isReadIntoPrompt(read) ? { read } : {}),
      };
      return [[key, facts]];
    }),
  );
}

/** The trees of snapshots: they tell later what a step left, when the snapshots themselves are gone. */
async function treesOf({ tools, nodes }: RunContext, statuses: Statuses): Promise<ReadonlyMap<string, string>> {
  const trees = new Map<string, string>();
  for (const { key } of nodes) {
    const status = statuses[key];
    const tree = status?.state === 'succeeded' ? await tools.repository.tree(status.snapshot as CommitId) : null;
    if (tree !== null) trees.set(key, tree);
  }
  return trees;
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** What became of the request that the run went on with, where it was to do something. */
function firedFiles({ approved, tools }: RunContext, failure: Failure | null, at: Instant): OpsCommit['files'] {
  if (approved?.end?.outcome !== 'intended') return [];
  const outcome = failure === null ? 'done' : failure.class === 'outcome-unknown' ? 'unknown' : 'void';
  const end = { at, outcome, ...(failure === null ? {} : { reason: failure.class }) } as const;
  return endFiles({ request: { ...approved, end }, from: 'fired', to: 'fired' }, tools);
}

function unknownOutcome(
  record: OrderRecord,
  failure: Extract<Failure, { class: 'outcome-unknown' }>,
  at: Instant,
): StoredOrder {
  const reason = `nobody can tell whether ${failure.request} was done: pushpals vault resolve ${failure.request}`;
  return {
    state: 'waiting',
    record: { ...record, waiting: { since: at, on: 'person', request: failure.request, reason, failure } },
  };
}

/** What the reports of orders say that the run waited for. One that cannot be read says nothing. */
async function childReports(tools: RunContext['tools'], statuses: Statuses): Promise<ChildReports> {
  const tip = await tools.ops.tip();
  const read = childrenOf(statuses).map(async ({ id, evidence }) => {
    const file = tip === null || evidence === undefined ? null : await readFile(tools, tip, `${evidence}/report.md`);
    const text = file === null ? '' : Buffer.from(file.bytes).toString('utf8');
    return [id, { risks: listUnder(text, 'Risk notes'), followUps: listUnder(text, 'Follow-ups') }] as const;
  });
  return new Map(await Promise.all(read));
}

/** Whom the conversations of a transcript were with. */
function modelsIn(transcript: string): readonly string[] {
  return transcript.split('\n').flatMap((line) => {
    const entry = line.includes('"type":"begin"') ? (parseJson(line) as TranscriptEntry | null) : null;
    if (entry?.type !== 'begin') return [];
    return 'command' in entry.by ? [entry.by.command[0] ?? ''] : [`${entry.by.provider} ${entry.by.model}`];
  });
}

async function evidenceFiles(
  context: RunContext,
  statuses: Statuses,
  end: RunEnd & { endedAt: string; result: CommitId },
  lessons: RunFacts['lessons'] & {},
): Promise<OpsCommit['files']> {
  const { tools, nodes, base, driver, journal } = context;
  const target = (end.commit ?? end.result) as CommitId;
  const changes = await tools.repository.changes(base, target);
  const patch = await tools.repository.patch(base, target, DIFF_BYTES);
  const folder = evidencePath(journal.order.record.run);
  const known = nodes.filter(({ key }) => context.facts.has(key));
  const trees = await treesOf(context, statuses);
  const steps = {
    ...(await earlierSteps(context, folder)),
    ...Object.fromEntries(
      known.map(({ key }) => {
        const found = factsOf(context, key);
        const { log, transcript, models, exitCode, imageDigest, secrets, files, notes, network, read = [] } = found;
        const facts = {
          log: logName(nodes, key),
          logDigest: `sha256:${tools.sha256(log)}`,
          files: files.map(({ name }) => name),
          notes,
        };
        const tree = trees.get(key);
        return [
          key,
          {
            ...facts,
            ...(transcript === undefined
              ? {}
              : { transcript: transcriptName(nodes, key), transcriptDigest: `sha256:${tools.sha256(transcript)}` }),
            ...(models === undefined ? {} : { models }),
            ...(exitCode === undefined ? {} : { exitCode }),
            ...(imageDigest === undefined ? {} : { imageDigest }),
            ...(network.asked.length === 0 ? {} : { network }),
            ...(secrets === undefined ? {} : { secrets }),
            ...(tree === undefined ? {} : { tree }),
            ...(read.length === 0 ? {} : { read }),
          },
        ];
      }),
    ),
  };
  const facts: RunFacts = {
    ...end,
    record: journal.order.record,
    nodes,
    statuses,
    changes: changes.ok ? changes.value : [],
    warnings: driver.warning === null ? [] : [driver.warning],
    steps,
    children: await childReports(tools, statuses),
    models: [...new Set(known.flatMap(({ key }) => modelsIn(factsOf(context, key).transcript ?? '')))],
    version: tools.version,
    lessons,
  };
  const statement = provenance(facts);
  const [report, json] = await Promise.all([
    redacted(tools.scanner, 'report.md', completionReport(facts)),
    redacted(tools.scanner, 'run.json', runJson(facts)),
  ]);
  return [
    { path: `${folder}/report.md`, content: report },
    { path: `${folder}/run.json`, content: json },
    ...(statement === null ? [] : [{ path: `${folder}/provenance.json`, content: statement }]),
    ...(patch.ok && patch.value !== '' ? [{ path: `${folder}/diff.patch`, content: patch.value }] : []),
    ...known.map(({ key }) => ({ path: `${folder}/${logName(nodes, key)}`, content: factsOf(context, key).log })),
    ...known.flatMap(({ key }) => {
      const { transcript } = factsOf(context, key);
      return transcript === undefined ? [] : [{ path: `${folder}/${transcriptName(nodes, key)}`, content: transcript }];
    }),
    ...known.flatMap(({ key }) =>
      factsOf(context, key).files.map(({ name, bytes }) => ({
        path: `${folder}/${logName(nodes, key).replace(/\.log$/, '')}/${name}`,
        content: bytes,
      })),
    ),
  ];
}
