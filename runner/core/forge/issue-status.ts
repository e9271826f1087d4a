import { describeFailure } from '../describe-failure.js';
import type { Failure } from '../failure.js';
import { copiedFrom } from '../outside/own-words.js';
import type { StoredOrder } from '../record.js';
import { shorten } from '../template.js';
import { codeBlock } from './outside-text.js';

/** What became of an issue. */
export interface IssueStory {
  /** The order that looks into it, and then those that came of it. */
  readonly orders: readonly StoredOrder[];
  /** Why it was not taken in: the file that says so, and what it says. Null where it was. */
  readonly rejected: { readonly path: string; readonly says: string } | null;
  /** It says something else by now. */
  readonly isEdited: boolean;
  /** Why it asks for nothing any more, in words; null where it does. */
  readonly gone: string | null;
  /** Where people answer a request, on the forge; null where they do not. */
  readonly requestUrl: (id: string) => string | null;
}

const MOST_ORDERS = 20;
const MOST_BLOCK = 2_000;

/**
 * What became of an issue, for whoever reads it there: the runner's words and names alone. What others may have had a hand in, such as why something
 * failed, stands in a block of code, where it mentions nobody; what the issue says itself is not repeated.
 */
export function issueStatus(story: IssueStory): string {
  const { orders, rejected, isEdited, gone } = story;
  const [root, ...others] = orders;
  const live = orders.filter(({ state }) => state === 'queue' || state === 'active' || state === 'waiting');
  const lines = orders.slice(0, MOST_ORDERS).map((order) => `- ${lineOf(order, order === root, story)}`);
  const paragraphs = [
    `This is PushPals, the runner of this project. ${headline(story, live)}`,
    ...(lines.length === 0 ? [] : [lines.join('\n')]),
    ...(orders.length > MOST_ORDERS ? [`… and ${String(orders.length - MOST_ORDERS)} more orders.`] : []),
    ...orders.flatMap((order) => why(order, root)),
    ...(rejected === null ? [] : [block(rejected.says), `(\`${rejected.path}\`)`]),
    ...(isEdited && live.length > 0
      ? ['It was edited after it was taken in. What was taken in runs; the new text is looked at when that has ended.']
      : []),
    ...(gone !== null && live.length > 0
      ? [
          `${sentence(gone)}; work had begun, and goes on. \`pushpals order cancel ${live[0]?.record.id ?? ''}\` ends it.`,
        ]
      : []),
    ...(live.length === 0 ? whatNext(rejected === null ? [...others, ...orders.slice(0, 1)] : null) : []),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function headline({ orders, rejected }: IssueStory, live: readonly StoredOrder[]): string {
  if (rejected !== null) return 'This issue was not taken in:';
  if (live.some(isAsking)) return 'A person is asked about this issue:';
  if (live.length > 0) return 'This issue is being worked on:';
  if (orders.some(({ state }) => state === 'failed')) return 'The work on this issue failed:';
  if (orders.some(({ state }) => state === 'cancelled')) return 'The work on this issue was cancelled:';
  return 'The work on this issue is done:';
}

const isAsking = ({ record }: StoredOrder): boolean => record.waiting?.request !== undefined;

function lineOf(order: StoredOrder, isRoot: boolean, { requestUrl }: IssueStory): string {
  return `\`${order.record.id}\`${isRoot ? ' looks into it' : ''}: ${stateOf(order, requestUrl)}`;
}

function stateOf(order: StoredOrder, requestUrl: IssueStory['requestUrl']): string {
  const { record } = order;
  switch (order.state) {
    case 'queue':
      return 'waits for its turn';
    case 'active': {
      const { integration } = order.record.run;
      return integration === undefined ? 'at work' : `its result is being merged into \`${integration.into}\``;
    }
    case 'waiting': {
      const { on, request } = order.record.waiting;
      if (request !== undefined)
        return `waits for a person: ${requestUrl(request) ?? `\`pushpals vault show ${request}\``}`;
      if (on === 'integration' && record.shipped !== undefined) {
        const { branch, into, pull } = record.shipped;
        return `its result is on its way into \`${into}\`: ${pull?.url ?? `\`${branch}\``}`;
      }
      if (on === 'order') return 'waits for other orders';
      if (on === 'time') return 'is tried again in a while';
      return `waits for the project’s people or machines (\`pushpals order show ${record.id}\`)`;
    }
    case 'done': {
      const { outcome, branch, commit, into } = order.record.ended;
      if (outcome === 'no-change') return 'done: nothing had to be changed';
      if (outcome === 'held-back') return 'done: the change was held back, and lies in its evidence';
      if (commit === undefined) return 'done';
      const where = into === undefined ? `on \`${branch ?? ''}\`` : `in \`${into}\``;
      return `done: ${commit} ${where}`;
    }
    case 'failed':
      return `failed${order.record.ended.failure === undefined ? '' : ` (${order.record.ended.failure.class})`}`;
    case 'cancelled':
      return order.record.ended.outcome;
  }
}

/** The words of its end, where it did not end well. */
function why({ record }: StoredOrder, root: StoredOrder | undefined): readonly string[] {
  const { failure, reason, outcome } = record.ended ?? {};
  const said =
    outcome === 'failed' && failure !== undefined
      ? wordsOf(failure as Failure)
      : outcome === 'cancelled'
        ? reason
        : undefined;
  const words = said ?? (outcome === 'withdrawn' ? reason : undefined);
  if (words === undefined) return [];
  const isTheirs = copiedFrom(words, root?.record.order.context ?? '') !== null;
  return [`\`${record.id}\`:`, isTheirs ? 'Its record says why.' : block(words)];
}

function wordsOf(failure: Failure): string {
  const { what, details, next } = describeFailure(failure);
  return [what, ...details.slice(0, 10).map((line) => `  ${line}`), ...next].join('\n');
}

/** How to go on, where nothing goes on by itself. Null: it was not taken in. */
function whatNext(ended: readonly StoredOrder[] | null): readonly string[] {
  if (ended === null) return ['Edit the issue, and it is looked at anew.'];
  const undone = ended.find(({ state }) => state !== 'done');
  if (undone === undefined) return [];
  const { id, ended: end } = undone.record;
  const again = `\`pushpals order retry ${id}\` has it tried again`;
  return end?.outcome === 'withdrawn'
    ? ['It goes on when the issue is open and has its label again.']
    : [`Edit the issue to have it looked at anew; ${again}.`];
}

const sentence = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

const block = (text: string): string => codeBlock(shorten(text, MOST_BLOCK).split('\n'));
