import type { ModelFacts } from './agents/transcript.js';
import type { OrderRecord, RunRecord } from '../generated/types.js';
import type { Change } from './change.js';
import { refusedInWords, type Reaching } from './egress.js';
import type { Failure } from './failure.js';
import type { Node, Statuses } from './graph.js';
import { childLines, childNotes, childrenOf, type ChildReports } from './evidence-children.js';
import { diagnosisLines, isDiagnosis } from './diagnosis.js';
import { describeFailure } from './describe-failure.js';
import { isNothing, tokensOf, usageText, usedByRun } from './agents/usage.js';
import { lessonLines, type LandedLesson, type ReadIntoPrompt } from './knowledge/report.js';
import type { Minor } from './quiet.js';
import { rollbackLine, type Rollback } from './revert.js';
import { HOW_TO_SHIP, shippedLines } from './evidence-shipped.js';
import { reviewLines } from './review/report.js';
import { isNeeded, shipParents } from './merge.js';
import { plainText } from './template.js';

/** What is known of a run when it ends. */
export interface RunFacts {
  readonly record: OrderRecord & { readonly run: RunRecord };
  readonly nodes: readonly Node[];
  readonly statuses: Statuses;
  readonly outcome: string;
  readonly failure: Failure | null;
  readonly endedAt: string;
  readonly branch: string | null;
  readonly commit: string | null;
  /** What came of taking it back while it shipped. */
  readonly rollback?: Rollback;
  /** What the result is that was held back. */
  readonly heldBack?: Minor;
  readonly changes: readonly Change[];
  readonly warnings: readonly string[];
  /** The models, or commands, that its agents worked with, in words. */
  readonly models: readonly string[];
  readonly steps: Readonly<
    Record<
      string,
      {
        readonly log: string;
        readonly logDigest: string;
        /** What an agent was told and did. */
        readonly transcript?: string;
        readonly transcriptDigest?: string;
        /** The models that it worked with. */
        readonly models?: readonly ModelFacts[];
        readonly exitCode?: number | null;
        readonly imageDigest?: string | null;
        /** Names of the secrets that it was handed. */
        readonly secrets?: readonly string[];
        /** The tree of its snapshot. */
        readonly tree?: string;
        readonly read?: readonly ReadIntoPrompt[];
        readonly files: readonly string[];
        readonly notes: readonly string[];
        /** What it asked to reach, where it was held to a list of hosts. */
        readonly network?: Reaching;
      }
    >
  >;
  /** Of orders that it waited for. */
  readonly children: ChildReports;
  readonly version: string;
  /** What became of the lessons that its agents proposed. */
  readonly lessons?: readonly LandedLesson[];
}

/** The name of a step's log in the evidence: numbered in the formula's order. */
export function logName(nodes: readonly Node[], key: string): string {
  const index = nodes.findIndex((node) => node.key === key);
  return `steps/${String(index + 1).padStart(2, '0')}-${key}.log`;
}

/** The name of an agent's transcript in the evidence, beside the step's log. */
export const transcriptName = (nodes: readonly Node[], key: string): string =>
  logName(nodes, key).replace(/\.log$/, '.transcript.ndjson');

/** The completion report, as Markdown. Whatever came from outside stands in code spans or is made plain. */
export function completionReport(facts: RunFacts): string {
  const { record, outcome } = facts;
  const { run, order } = record;
  return [
    `# ${code(record.id)}: ${outcome}`,
    '',
    `> ${plainText(order.goal)}`,
    '',
    `Formula ${code(run.formula)}, run ${code(run.id)}, on ${startedFrom(run)}, in ${run.driver}. ${record.run.claimedAt} to ${facts.endedAt}.`,
    '',
    ...section('Shipped', shippedLines(facts, code)),
    ...orders(facts),
    ...diagnoses(facts),
    ...reviews(facts),
    ...section('Evidence', [...evidence(facts), ...modelUse(facts)]),
    ...networks(facts),
    ...section('Risk notes', risks(facts)),
    ...section('Follow-ups', followUps(facts)),
  ].join('\n');
}

function startedFrom(run: RunRecord): string {
  const short = (commit: string): string => code(commit.slice(0, 12));
  if (run.merge === undefined || !isNeeded(run)) return short(run.base);
  const { branch, head, incoming, conflicts } = run.merge;
  const count = conflicts.length === 0 ? 'nothing' : `${String(conflicts.length)} file(s)`;
  return `the merge of ${short(incoming)} into ${code(branch)} at ${short(head)} (${count} in conflict)`;
}

const section = (title: string, lines: readonly string[]): readonly string[] => [`## ${title}`, '', ...lines, ''];

/** The folder of the evidence lies this deep on the ops branch. */
const EVIDENCE_DEPTH = 5;

function orders({ statuses }: RunFacts): readonly string[] {
  const lines = childLines(statuses, EVIDENCE_DEPTH);
  return lines.length === 0 ? [] : section('Orders', lines);
}

function diagnoses({ nodes, statuses }: RunFacts): readonly string[] {
  return nodes.flatMap(({ key, kind }) => {
    const status = statuses[key];
    if (kind !== 'diagnose' || status?.state !== 'succeeded' || !isDiagnosis(status.outputs)) return [];
    return section('Diagnosis', diagnosisLines(status.outputs, code));
  });
}

/** Every review, also those of rounds that are over. */
function reviews({ nodes, statuses, record }: RunFacts): readonly string[] {
  const lines = reviewLines(nodes, statuses, record.run.rounds ?? [], code);
  return lines.length === 0 ? [] : section('Review', lines);
}

function evidence({ nodes, statuses, steps }: RunFacts): readonly string[] {
  const rows = nodes.map(({ key, kind, step }) => {
    const status = statuses[key];
    const seconds = status !== undefined && 'durationMs' in status ? `${(status.durationMs / 1000).toFixed(1)} s` : '';
    const expected = step.expect === 'failure' ? ' (expected to fail)' : '';
    const note = status?.state === 'skipped' ? status.because : status?.state === 'failed' ? status.failure.class : '';
    const log = steps[key] === undefined ? '' : `[log](${logName(nodes, key)})`;
    return `| ${key} | ${kind}${expected} | ${status?.state ?? 'pending'} | ${seconds} | ${cell(note)} | ${log} |`;
  });
  return ['| step | kind | ended | took | note | log |', '|---|---|---|---|---|---|', ...rows];
}

/** What its agents used, and what they left where they could not come to their end. */
function modelUse({ record, models, statuses, nodes }: RunFacts): readonly string[] {
  const used = usedByRun(record);
  const by = models.length === 0 ? '' : ` of ${models.map(code).join(', ')}`;
  const partial = nodes.flatMap(({ key }) => {
    const status = statuses[key];
    if (status?.state !== 'failed' || status.partial === undefined) return [];
    const diff = `git diff ${record.run.base.slice(0, 12)}..${status.partial.slice(0, 12)}`;
    return [`Partial work of step ${code(key)}: ${code(status.partial)}, ${code(diff)}.`];
  });
  const total =
    record.spent === undefined || record.run.usedBefore === undefined
      ? ''
      : `, ${usageText(record.spent)} with the runs before`;
  const lines = isNothing(used) ? partial : [`Used ${usageText(used)}${by}${total}.`, ...partial];
  return lines.flatMap((line) => ['', line]);
}

/** What steps asked to reach, where something of it was refused; what was let through is in `run.json` alone. */
function networks({ nodes, steps }: RunFacts): readonly string[] {
  const lines = nodes.flatMap(({ key }) => {
    const network = steps[key]?.network;
    if (network === undefined) return [];
    const refused = refusedInWords(network);
    const more = network.more === 0 ? [] : [`and ${String(network.more)} connections to other hosts`];
    const shown = [
      ...refused.slice(0, 20),
      ...(refused.length > 20 ? ['and others; all are in `run.json`'] : []),
      ...more,
    ];
    return refused.length === 0 ? [] : shown.map((line) => `- Step ${code(key)}: ${code(line)}`);
  });
  return lines.length === 0 ? [] : section('Network', lines);
}

function risks({ branch, changes, warnings, failure, record, steps, children, rollback }: RunFacts): readonly string[] {
  const lines = warnings.map((warning) => `- ${warning}`);
  for (const [key, { secrets = [] }] of Object.entries(steps))
    if (secrets.length > 0) lines.push(`- Step ${code(key)} was handed the secrets ${secrets.map(code).join(', ')}.`);
  if (changes.some(({ binary }) => binary)) lines.push('- Binary files changed: look at them before you merge.');
  for (const { path, by, onto } of record.run.resolved ?? [])
    lines.push(
      `- ${code(path)} conflicted with ${code(onto.slice(0, 12))}, and ${by === 'union' ? 'has both sides, by `merge=union`' : 'was resolved as people did before'}.`,
    );
  const deleted = changes.filter(({ kind }) => kind === 'deleted').length;
  if (deleted > 0) lines.push(`- ${String(deleted)} file(s) deleted.`);
  lines.push(...childNotes(children, 'risks'));
  if (branch !== null) lines.push(rollbackLine(record.id, branch, rollback));
  else if (failure === null && children.size === 0) lines.push('- None: the repository is as it was.');
  else if (failure !== null)
    lines.push(
      `- The repository is as it was. What the steps did is kept under ${code(`refs/pushpals/runs/${record.run.id}/`)}.`,
    );
  return lines;
}

function followUps({
  failure,
  branch,
  statuses,
  record,
  children,
  heldBack,
  lessons = [],
}: RunFacts): readonly string[] {
  const filed = Object.values(statuses).flatMap((status) =>
    status.state === 'succeeded' ? filedBy(status.outputs) : [],
  );
  const awaited = new Set(childrenOf(statuses).map(({ id }) => id));
  const lines = [
    ...filed.filter((id) => !awaited.has(id)).map((id) => `- Order ${code(id)} was filed.`),
    ...childNotes(children, 'followUps'),
  ];
  lines.push(...lessonLines(lessons, code));
  if (failure !== null) {
    const { what, details, next } = describeFailure(failure);
    lines.push(
      `- ${plainText(what)}`,
      ...details.map((detail) => `  - ${code(detail)}`),
      ...next.map((step) => `- ${step}`),
      ...(failure.class === 'budget-exhausted' ? [goOnWith(record.id, failure)] : []),
      `- Try again with \`pushpals order retry ${record.id}\`.`,
    );
  }
  if (heldBack !== undefined) lines.push(HOW_TO_SHIP);
  if (branch !== null) lines.push(`- Review and merge ${code(branch)}.`);
  return lines.length === 0 ? ['None.'] : lines;
}

const goOnWith = (order: string, { what, most }: Extract<Failure, { class: 'budget-exhausted' }>): string =>
  `- Go on where it stopped with \`pushpals order retry ${order} --grant ${what}=${String(most)}\`, where the policy has nobody approve that.`;

function filedBy(outputs: unknown): readonly string[] {
  if (outputs === null || typeof outputs !== 'object' || !('filed' in outputs) || !Array.isArray(outputs.filed))
    return [];
  return outputs.filed.map(String);
}

const code = (text: string): string => `\`${plainText(text).replaceAll('`', "'")}\``;
const cell = (text: string): string => plainText(text).replaceAll('|', '\\|');

/** The machine's record of a run, `run.json`. */
export function runJson(facts: RunFacts): string {
  const { record, statuses, steps, nodes } = facts;
  const used = usedByRun(record);
  const value = {
    order: record.id,
    run: record.run.id,
    attempt: record.run.attempt,
    outcome: facts.outcome,
    failure: facts.failure,
    formula: { name: record.run.formula, digest: `sha256:${record.run.formulaDigest}` },
    base: record.run.base,
    ...(record.run.merge === undefined ? {} : { merge: record.run.merge }),
    agent: record.run.agent ?? record.run.formula,
    branch: facts.branch,
    commit: facts.commit,
    ...(facts.rollback === undefined ? {} : { rollback: facts.rollback }),
    lines: facts.commit === null ? 0 : facts.changes.reduce((lines, { added, removed }) => lines + added + removed, 0),
    ...(record.run.rounds === undefined ? {} : { rounds: record.run.rounds }),
    ...(isNothing(used) ? {} : { tokens: tokensOf(used), cost: used.costUsd, usage: used, models: facts.models }),
    driver: record.run.driver,
    claimant: record.run.claimant,
    claimedAt: record.run.claimedAt,
    endedAt: facts.endedAt,
    runner: { version: facts.version },
    ...(facts.lessons === undefined || facts.lessons.length === 0 ? {} : { lessons: facts.lessons }),
    steps: nodes.map(({ key, kind }) => ({ key, kind, ...statuses[key], ...steps[key] })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * An in-toto statement with a SLSA provenance predicate (https://slsa.dev/spec/v1.0/provenance) whose subject is the shipped commit.
 * Null where nothing shipped.
 */
export function provenance({ record, branch, commit, steps, endedAt, version }: RunFacts): string | null {
  if (commit === null || branch === null) return null;
  const { run } = record;
  const images = [
    ...new Set(Object.values(steps).flatMap(({ imageDigest }) => (imageDigest == null ? [] : [imageDigest]))),
  ];
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: branch, digest: { gitCommit: commit } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://pushpals.invalid/run/v1',
        externalParameters: { order: record.id, formula: run.formula, inputs: record.order.inputs ?? {} },
        internalParameters: { driver: run.driver, attempt: run.attempt },
        resolvedDependencies: [
          ...shipParents(run).map((commit) => ({ uri: 'git:base', digest: { gitCommit: commit } })),
          { uri: `formula:${run.formula}`, digest: { sha256: run.formulaDigest } },
          ...images.map((image) => ({ uri: `image:${image}`, digest: { sha256: image.replace(/^.*sha256:/, '') } })),
        ],
      },
      runDetails: {
        builder: { id: 'https://pushpals.invalid/runner', version: { pushpals: version } },
        metadata: { invocationId: run.id, startedOn: run.claimedAt, finishedOn: endedAt },
      },
    },
  };
  return `${JSON.stringify(statement, null, 2)}\n`;
}
