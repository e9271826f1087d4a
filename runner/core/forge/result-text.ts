import type { Change } from '../change.js';
import type { LandingOrder } from '../delivery.js';
import type { Reason } from '../failure.js';
import type { Node } from '../graph.js';
import { evidencePath } from '../record.js';
import { rollbackLine, isRollback, type Rollback } from '../revert.js';
import { reviewLines } from '../review/report.js';
import { shorten } from '../template.js';
import { codeBlock, codeSpan, quietTitle } from './outside-text.js';

/** What is known of a result when its pull request is opened. */
export interface ResultFacts {
  readonly record: LandingOrder['record'];
  /** The message of its commit. */
  readonly message: string;
  /** The formula's graph; null where the formula is another one by now. */
  readonly nodes: readonly Node[] | null;
  readonly changes: readonly Change[];
  /** Why its tier is what it is. */
  readonly reasons: readonly Reason[];
  readonly approvedBy: readonly string[];
  /** The branch of the orders. */
  readonly ops: string;
  /** Who merges it. */
  readonly merges: 'people' | 'runner' | 'nobody-yet';
}

/** By this the runner knows its own pull requests of results; people do not see it. */
export const RESULT_MARK = '<!-- pushpals:result -->';

const MOST_LISTED = 100;
const MOST_GOAL = 2_000;
const TRAILER = /^(PushPals-[A-Za-z]+|Co-authored-by): /;

/** What a pull request says of a result, in lines that others had a hand in: what and why, what was checked, found and decided, and how it goes back. */
export function resultLines(facts: ResultFacts): readonly string[] {
  const { record, message, nodes, changes, reasons, approvedBy } = facts;
  const { id, order, formula, run, shipped } = record;
  const [title = '', ...rest] = message.split('\n');
  const body = rest
    .filter((line) => !TRAILER.test(line))
    .join('\n')
    .trim();
  const list = (name: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : ['', `${name}:`, ...lines];
  const shown = changes.slice(0, MOST_LISTED).map(changeLine);
  const more = changes.length > MOST_LISTED ? [`- and ${String(changes.length - MOST_LISTED)} more`] : [];
  const plain = (text: string): string => text;
  return [
    title,
    ...(body === '' ? [] : ['', ...body.split('\n')]),
    '',
    `Why: ${shorten(order.goal, MOST_GOAL)}`,
    `Formula: ${formula}`,
    `Tier: ${shipped.tier ?? 'not known'}`,
    ...reasons.map(({ rule, because }) => `- ${rule}: ${because}`),
    `Approved by: ${approvedBy.length === 0 ? 'nobody; the policy lets it come this far by itself' : approvedBy.join(', ')}`,
    ...list('Checks', checkLines(nodes ?? [], run.steps)),
    ...list('Review', reviewLines(nodes ?? [], run.steps, run.rounds ?? [], plain)),
    ...list('Changes', [...shown, ...more]),
    '',
    rollbackLine(id, shipped.branch, rollbackOf(run.steps))
      .replace(/^- /, '')
      .replace(`\`git branch -D ${shipped.branch}\` takes it back`, 'closing this takes it back'),
  ];
}

const changeLine = ({ path, kind, added, removed, binary }: Change): string =>
  `- ${path} ${kind}${binary ? ', binary' : `, +${String(added)} −${String(removed)}`}`;

function checkLines(nodes: readonly Node[], steps: ResultFacts['record']['run']['steps']): readonly string[] {
  return nodes.flatMap(({ key, kind, step }) => {
    const state = kind === 'check' ? steps[key]?.state : undefined;
    if (state === undefined) return [];
    const came = state === 'succeeded' ? (step.expect === 'failure' ? 'failed, as it should' : 'passed') : state;
    return [`- ${key}: ${came}`];
  });
}

/** What came of taking it back while it shipped, as the outputs of its step have it. */
function rollbackOf(steps: ResultFacts['record']['run']['steps']): Rollback | undefined {
  return Object.values(steps)
    .map((status) =>
      status.state === 'succeeded' ? (status.outputs as { rollback?: unknown } | null)?.rollback : null,
    )
    .find(isRollback);
}

export const resultTitle = ({ record, message }: Pick<ResultFacts, 'record' | 'message'>): string =>
  quietTitle(message.split('\n', 1)[0] ?? '', record.id);

const MERGES: Readonly<Record<ResultFacts['merges'], string>> = {
  people: 'Merge it, and it is delivered; close it, and the order is cancelled.',
  runner:
    'The runner merges it once its checks have passed, while it is exactly this commit. Close it, and the order is cancelled.',
  'nobody-yet':
    'It is a proposal: mark it ready and merge it, and it is delivered; close it, and the order is cancelled.',
};

/** The text of a result's pull request around what others had a hand in. */
export function resultBody({ record, merges, ops }: ResultFacts, lines: readonly string[]): string {
  const { id, run, shipped } = record;
  return [
    `The result of order ${codeSpan(id)}. **${MERGES[merges]}**`,
    '',
    codeBlock(lines),
    '',
    `- Order: ${codeSpan(id)}`,
    `- Run: ${codeSpan(run.id)}`,
    `- Commit: ${codeSpan(shipped.commit)}; what is said above is of this one, and of none that came after it`,
    `- Evidence: ${codeSpan(`${evidencePath(run)}/report.md`)} on the branch ${codeSpan(ops)}`,
    '',
    RESULT_MARK,
    '',
  ].join('\n');
}
