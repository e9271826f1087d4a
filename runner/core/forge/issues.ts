import type { Order, OrderRecord, Project } from '../../generated/types.js';
import { ok } from '../failure.js';
import type { FromForge, SeenOrders } from '../observed.js';
import { quarantined, type Keeper } from '../outside/quarantine.js';
import type { StoredOrder } from '../record.js';
import { plainText } from '../template.js';
import { asOnForge, type ForgeWord } from '../vault/forge-word.js';
import type { Issue } from './pull-request.js';
import type { GoneIssue, SeenIssues } from './seen.js';

/** What orders that were seen on the forge are made from, beside what was seen. */
export interface ForgeQuestions {
  readonly project: Project;
  readonly kind: ForgeWord['kind'];
  readonly live: readonly StoredOrder[];
  /** Whether an order has or had the name. */
  readonly taken: (name: string) => boolean;
  /** Who looks into what people outside say. */
  readonly keeper: Keeper['formula'];
  readonly sha256: (text: string) => string;
}

type Labels = NonNullable<Project['issues']>['labels'];

const NOTHING = { orders: [], held: [] };
const MOST = 10;
const MOST_TITLE = 1000;

/** `issue-812-0123456789ab`: it follows from the issue's number and what it says, so that each text becomes an order once. */
export const issueOrderName = (issue: Issue, sha256: (text: string) => string): string =>
  `issue-${String(issue.number)}-${digestOf(issue, sha256).slice(0, 12)}`;

const digestOf = ({ number, title, body }: Issue, sha256: (text: string) => string): string =>
  sha256(JSON.stringify([number, title, body]));

const NAME = /^(issue-(\d{1,15})-[0-9a-f]{12})(?:-|$)/;

/** The issue that an order comes from, by itself or by way of orders that runs filed, which are named after it; null for any other. */
export function issueOf({
  id,
  parent,
  accepted,
}: Pick<OrderRecord, 'id' | 'parent' | 'accepted'>): { readonly number: number; readonly root: string } | null {
  const [, root = '', number = ''] = NAME.exec(id) ?? [];
  if (root === '') return null;
  const isRoot = id === root && accepted.from === fromIssue(Number(number));
  const isBelow = parent !== undefined && (parent === root || parent.startsWith(`${root}-`));
  return isRoot || isBelow ? { number: Number(number), root } : null;
}

/** Where an order comes from, in words. */
export const fromIssue = (number: number): string => `issue #${String(number)}`;

/** The orders that labelled issues ask for: none for an issue of which an order has not ended, whatever it says by now. */
export function issueOrders(open: readonly Issue[], asked: ForgeQuestions): Pick<SeenOrders, 'orders' | 'held'> {
  const { issues } = asked.project;
  if (issues === undefined) return NOTHING;
  const busy = new Set(asked.live.flatMap(({ record }) => issueOf(record)?.number ?? []));
  const orders: FromForge[] = [];
  const left: number[] = [];
  const most = issues.most ?? MOST;
  for (const issue of open) {
    const rule = ruleOf(issue, issues.labels);
    if (rule === null || busy.has(issue.number)) continue;
    const name = issueOrderName(issue, asked.sha256);
    if (asked.taken(name)) continue;
    if (busy.size + orders.length >= most) left.push(issue.number);
    else orders.push(orderOf(issue, name, rule, asked));
  }
  const [first] = left;
  if (first === undefined) return { orders, held: [] };
  const from = `${fromIssue(first)}${left.length === 1 ? '' : ` and ${String(left.length - 1)} more`}`;
  return { orders, held: [{ from, why: `${String(most)} issues are being worked on; it follows when one has ended` }] };
}

/** Forges take labels for the same in any case. */
export const hasLabel = ({ labels }: Pick<Issue, 'labels'>, wanted: readonly string[]): boolean =>
  wanted.some((label) => labels.some((each) => each.toLowerCase() === label.toLowerCase()));

/** What the first label of the project says that an issue has; null where it has none of them. */
export const ruleOf = (issue: Pick<Issue, 'labels'>, rules: Labels): Labels[string] | null =>
  Object.entries(rules).find(([label]) => hasLabel(issue, [label]))?.[1] ?? null;

const GONE: Readonly<Record<GoneIssue, string>> = {
  closed: 'was closed',
  unlabelled: 'has no label any more that makes it an order',
  removed: 'is not there any more',
};

/** Why an issue asks for nothing any more, in words. */
export const goneWords = (number: number, gone: GoneIssue): string => `${fromIssue(number)} ${GONE[gone]}`;

/**
 * The orders that nobody wants any more before anything was done for them, each with why: their issue was closed, or its label taken away. Where work
 * has begun all of it goes on; to look into an issue, and to ask a person of it, is none.
 */
export function withdrawnOrders({ gone }: SeenIssues, live: readonly StoredOrder[]): ReadonlyMap<string, string> {
  const ofIssues = live.flatMap((order) => {
    const from = issueOf(order.record);
    return from === null ? [] : [{ order, ...from }];
  });
  const hasBegun = ({ order, root }: (typeof ofIssues)[number]): boolean =>
    order.record.id === root ? order.state === 'active' : order.record.run !== undefined;
  const begun = new Set(ofIssues.filter(hasBegun).map(({ root }) => root));
  return new Map(
    ofIssues.flatMap(({ order, number, root }): [string, string][] => {
      const became = gone.get(number);
      return became === undefined || begun.has(root) ? [] : [[order.record.id, goneWords(number, became)]];
    }),
  );
}

function orderOf(issue: Issue, name: string, rule: Labels[string], asked: ForgeQuestions): FromForge {
  const { number, url, title, body, author, authorMayWrite } = issue;
  const { kind, keeper, sha256 } = asked;
  const { formula, risk, priority } = rule;
  const said: Order = {
    goal: plainText(title).slice(0, MOST_TITLE),
    ...(body === '' ? {} : { context: readable(body) }),
    outside: /^[!-~]{1,300}$/.test(url) ? url : fromIssue(number).replace(' ', ''),
    dedupe: name,
    ...(risk === undefined ? {} : { risk }),
    ...(priority === undefined ? {} : { priority }),
  };
  const wanted = formula === undefined ? {} : { wanted: formula };
  return {
    name,
    work: 'backlog',
    path: fromIssue(number),
    digest: digestOf(issue, sha256),
    actor: asOnForge(kind, loginOf(author)),
    order: ok(
      quarantined(said, { formula: keeper, sha256, mayWrite: authorMayWrite && !othersRewrite(kind), ...wanted }),
    ),
  };
}

/** Where people who may not write to the repository can rewrite the issues of those who may, and nothing tells it: what it says need not be its author's. */
const othersRewrite = (kind: ForgeQuestions['kind']): boolean => kind !== 'github';

/** A login as it may stand in a record: nothing in it can be taken for an address, or for anything else. */
const loginOf = (login: string): string =>
  plainText(login)
    .replace(/[<>\s]/g, '')
    .slice(0, 100);

/** Text as lines, without what no file of text has. What nobody sees in it is shown to whoever reads it. */
const readable = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
    .replace(/\p{Surrogate}/gu, '\ufffd');
