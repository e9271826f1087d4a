import type { Finding, Round, Tier } from '../../generated/types.js';
import type { Reason } from '../failure.js';
import type { Node, Statuses } from '../graph.js';
import { plainText, shorten } from '../template.js';

/** What a `review` step leaves as its outputs. */
export interface Review {
  readonly verdict: 'passed' | 'blocked';
  /** The commit that was looked at. */
  readonly reviewed: string;
  /** How often this review had sent the run back before. */
  readonly rounds: number;
  readonly summary: string;
  /** The tier that the reviewer asks for. */
  readonly tier?: Tier;
  readonly findings: readonly Finding[];
}

export type Severity = Finding['severity'];
export type Blocks = 'high' | 'medium' | 'low';

const SEVERITIES = ['high', 'medium', 'low', 'note'] as const satisfies readonly Severity[];
const MOST_FINDINGS = 50;
const LENGTHS = { title: 300, detail: 2000, suggestion: 2000 } as const;

/** What a reviewer must answer with, as JSON Schema. */
export const REVIEW_RETURNS: Readonly<Record<string, unknown>> = {
  type: 'object',
  additionalProperties: false,
  required: ['verdict', 'findings'],
  properties: {
    verdict: { type: 'string', enum: ['pass', 'block'] },
    summary: { type: 'string', maxLength: 2000 },
    tier: { type: 'string', enum: ['low', 'medium', 'high'] },
    findings: {
      type: 'array',
      maxItems: MOST_FINDINGS,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['severity', 'title'],
        properties: {
          severity: { type: 'string', enum: [...SEVERITIES] },
          file: { type: 'string', maxLength: 1000 },
          line: { type: 'integer', minimum: 1 },
          title: { type: 'string', minLength: 1, maxLength: LENGTHS.title },
          detail: { type: 'string', maxLength: LENGTHS.detail },
          suggestion: { type: 'string', maxLength: LENGTHS.suggestion },
        },
      },
    },
  },
};

/** An answer of the form of `REVIEW_RETURNS`. */
export interface ReviewAnswer {
  readonly verdict: 'pass' | 'block';
  readonly summary?: string;
  readonly tier?: Tier;
  readonly findings: readonly Omit<Finding, 'from' | 'doubt'>[];
}

/** Whether a finding of that severity holds a change up. */
export const isBlocking = (blocks: Blocks, { severity }: Pick<Finding, 'severity'>): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(blocks);

/**
 * A review of what an agent answered and what was computed. What was computed stays, whatever the agent says. An agent that blocks and names nothing that
 * does has that as a finding. `lines`: how many lines each named file has, null for one that is not there.
 */
export function reviewOf(
  answer: ReviewAnswer,
  computed: readonly Finding[],
  at: { readonly reviewed: string; readonly rounds: number; readonly blocks: Blocks },
  lines: ReadonlyMap<string, number | null>,
): Review {
  const { reviewed, rounds, blocks } = at;
  const summary = plain(answer.summary ?? '', 2000);
  const said = answer.findings.slice(0, MOST_FINDINGS).map((finding): Finding => checked(finding, lines));
  const unnamed: readonly Finding[] =
    answer.verdict === 'block' && !said.some((finding) => isBlocking(blocks, finding))
      ? [{ severity: blocks, from: 'reviewer', title: shorten(summary || 'The reviewer does not let it pass', 300) }]
      : [];
  const findings = [...computed, ...unnamed, ...said].toSorted(
    (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
  );
  return {
    verdict: findings.some((finding) => isBlocking(blocks, finding)) ? 'blocked' : 'passed',
    reviewed,
    rounds,
    summary,
    ...(answer.tier === undefined ? {} : { tier: answer.tier }),
    findings,
  };
}

/** A finding with its place looked up: one whose file is not there is kept, and says so. */
function checked(finding: ReviewAnswer['findings'][number], lines: ReadonlyMap<string, number | null>): Finding {
  const { severity, title, detail, suggestion, file, line } = finding;
  const length = file === undefined ? undefined : (lines.get(file) ?? null);
  const doubt =
    length === null
      ? 'the file is not there'
      : length !== undefined && line !== undefined && line > length
        ? `the file has ${String(length)} lines`
        : null;
  return {
    severity,
    from: 'reviewer',
    title: shorten(plainText(title), LENGTHS.title) || '(without a title)',
    ...(detail === undefined ? {} : { detail: plain(detail, LENGTHS.detail) }),
    ...(suggestion === undefined ? {} : { suggestion: plain(suggestion, LENGTHS.suggestion) }),
    ...(file === undefined ? {} : { file: plainText(file).slice(0, 1000) }),
    ...(line === undefined ? {} : { line }),
    ...(doubt === null ? {} : { doubt }),
  };
}

const plain = (text: string, max: number): string => shorten(text.split('\n').map(plainText).join('\n').trim(), max);

/** Whether a step's outputs are those of a review; a record can be anybody's. */
export function isReview(outputs: unknown): outputs is Review {
  return (
    typeof outputs === 'object' &&
    outputs !== null &&
    'verdict' in outputs &&
    'reviewed' in outputs &&
    'findings' in outputs &&
    Array.isArray(outputs.findings)
  );
}

/** The reviews of a run as they stand, by their steps. */
export const reviewsIn = (nodes: readonly Node[], statuses: Statuses): readonly (readonly [string, Review])[] =>
  nodes.flatMap(({ key, kind }) => {
    const status = statuses[key];
    return kind === 'review' && status?.state === 'succeeded' && isReview(status.outputs)
      ? [[key, status.outputs] as const]
      : [];
  });

/** Why reviews raise the tier of what ships: somebody asked for a higher one, also in an earlier round, or a finding that blocks is left. */
export function reviewReasons(
  nodes: readonly Node[],
  statuses: Statuses,
  rounds: readonly Round[] = [],
): readonly Reason[] {
  const asked = [...rounds.map(({ review, tier }) => [review, { tier }] as const), ...reviewsIn(nodes, statuses)];
  const tiers = asked.flatMap(([step, { tier }]): readonly Reason[] =>
    tier === undefined ? [] : [{ rule: 'review', tier, because: `the review ${step} asks for ${tier}` }],
  );
  const open = reviewsIn(nodes, statuses).flatMap(([step, review]): readonly Reason[] =>
    review.verdict === 'blocked' ? [openReason(step, review.findings)] : [],
  );
  return [...new Map([...tiers, ...open].map((reason) => [JSON.stringify(reason), reason])).values()];
}

export const openReason = (step: string, findings: readonly Finding[]): Reason => ({
  rule: 'review',
  tier: 'high',
  because: `the review ${step} holds it up: ${findings[0]?.title ?? 'it does not say why'}`,
});

/** A finding in a line: severity, place, title. */
export function findingLine({ severity, file, line, title, from, doubt }: Finding): string {
  const place = file === undefined ? '' : ` ${file}${line === undefined ? '' : `:${String(line)}`}`;
  const notes = [from === 'runner' ? 'computed' : null, doubt ?? null].filter((note) => note !== null);
  return plainText(`${severity}${place}: ${title}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`);
}

/** Findings for an agent to read. */
export const findingsText = (findings: readonly Finding[]): string =>
  findings
    .map((finding) => [findingLine(finding), finding.detail, finding.suggestion].filter((text) => text !== undefined))
    .map((lines) => lines.join('\n  '))
    .join('\n');
