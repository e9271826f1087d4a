import type { Project } from '../../generated/types.js';
import { targetOf } from '../delivery.js';
import { codeBlock, codeSpan, quietTitle } from './outside-text.js';
import type { PullRequest } from './pull-request.js';

/** An integration branch, and the branch that people merge it into. */
export interface Rolling {
  readonly head: string;
  readonly base: string;
}

/** Null where the project has none that is to be a pull request. */
export function rollingOf(project: Project): Rolling | null {
  const { rolling, from } = project.integrate ?? {};
  const head = targetOf(project);
  return rolling === true && from !== undefined && from !== head ? { head, base: from } : null;
}

/** A commit that the integration branch has beyond its base; `order` is empty where no order's result is in it. */
export interface Ahead {
  readonly order: string;
  readonly subject: string;
}

/** By this the runner knows its own text; people do not see it. */
const MARK = '<!-- pushpals:rolling -->';
export const MOST_AHEAD = 200;

/** The pull request of an integration branch: which orders are in it, the newest last. Nothing in it changes but with them. */
export function rollingText(
  { head, base }: Rolling,
  commits: readonly Ahead[],
): { readonly title: string; readonly body: string } {
  const byOrder = new Map<string, string>();
  for (const { order, subject } of commits) if (order !== '' && !byOrder.has(order)) byOrder.set(order, subject);
  const orders = [...byOrder].map(([order, subject]) => `${order}: ${subject}`);
  const kept = `Merge ${base} into ${head}`;
  const others = commits.flatMap(({ order, subject }) => (order === '' && subject !== kept ? [subject] : []));
  const more = commits.length < MOST_AHEAD ? [] : ['', 'and what came before'];
  return {
    title: quietTitle(`${head} into ${base}: what agents did`, head),
    body: [
      `What is on ${codeSpan(head)} and not on ${codeSpan(base)} yet. **People merge this; the runner never does.** It is opened anew while there is more.`,
      '',
      codeBlock([
        ...(orders.length === 0 ? ['No order.'] : ['Orders:', ...orders.map((line) => `- ${line}`)]),
        ...(others.length === 0 ? [] : ['', 'Beside them:', ...others.map((line) => `- ${line}`)]),
        ...more,
      ]),
      '',
      MARK,
      '',
    ].join('\n'),
  };
}

/** Whether an open one says something else than it should. What people made of its text is theirs. */
export const isOutdated = ({ body }: Pick<PullRequest, 'body'>, wanted: string): boolean =>
  body.includes(MARK) && even(body) !== even(wanted);

/** Forges keep line ends, and what is at the end of a text, as they like. */
const even = (text: string): string => text.replace(/\r\n?/g, '\n').trim();
