import type { Formula, OrderRecord, Subject, VaultRequest } from '../../generated/types.js';
import type { Change } from '../change.js';
import { stepKind } from '../graph.js';
import { later, type Instant } from '../ids.js';
import type { Decision } from '../policy.js';
import { secretUses } from '../secrets/grants.js';
import { reachInWords } from '../reach.js';
import { plainText } from '../template.js';
import { visibleLine } from '../visible.js';

export type RequestKind = VaultRequest['kind'];
/** The folder of `ops/vault/` that a request's file lies in. */
export type RequestState = 'pending' | 'approved' | 'fired' | 'rejected';
export const REQUEST_STATES = ['pending', 'approved', 'fired', 'rejected'] as const;

export const requestPath = (state: RequestState, id: string): string => `vault/${state}/${id}.yml`;
/** The branch whose merge approves a request. */
export const vaultRef = (id: string): string => `refs/heads/vault/${id}`;

/** A name that no request had before, and that tells whose it is. */
export const requestId = (order: string, { digest }: Subject, now: Instant, sha256: (text: string) => string): string =>
  `${order.slice(0, 60)}-${sha256(`${digest} ${now}`).slice(0, 6)}`;

/** How long a request can be approved. */
const OPEN_MS = 14 * 86_400_000;
const MOST_LISTED = 100;

export type SubjectParts = Omit<Subject, 'digest'>;

/** Everything that a request asks about, under one digest: equal digests mean that the very same thing would happen. */
export function subjectOf(
  of: { readonly kind: RequestKind; readonly order: string; readonly run?: string; readonly step?: string },
  parts: SubjectParts,
  sha256: (text: string) => string,
): Subject {
  const { kind, order, run = null, step = null } = of;
  const fields = [
    kind,
    order,
    run,
    step,
    ...PARTS.map((part) => parts[part] ?? null),
    ...(parts.images === undefined ? [] : [parts.images]),
    ...(parts.orders === undefined ? [] : [['orders', parts.orders]]),
    ...(parts.into === undefined ? [] : [['into', parts.into]]),
  ];
  return { digest: `sha256:${sha256(JSON.stringify(fields))}`, ...parts };
}

const PARTS = [
  'order',
  'formula',
  'policy',
  'base',
  'tree',
  'diff',
  'image',
  'secrets',
] as const satisfies readonly (keyof SubjectParts)[];

/**
 * Whether an approval of one subject holds for another: they are the same, or only the base moved on, and with it the tree, while what is
 * changed stayed the same. Part by part: a digest that stands in a file is only what the file says.
 */
export function holdsFor(approved: Subject, now: Subject): boolean {
  if (approved.orders !== now.orders || approved.into !== now.into) return false;
  const differs = PARTS.filter((part) => JSON.stringify(approved[part]) !== JSON.stringify(now[part]));
  if (approved.diff === undefined) return differs.length === 0;
  return differs.every((part) => part === 'base' || part === 'tree');
}

/** Whether a request's digest is the digest of what it says that it asks about. */
export function isSound(request: VaultRequest, sha256: (text: string) => string): boolean {
  const { digest, ...parts } = request.subject;
  return subjectOf(request, parts, sha256).digest === digest;
}

/** Whether a request is one of that order, and of the run that it has. */
export const isOf = (request: VaultRequest, { id, run }: OrderRecord): boolean => {
  if (request.order !== id) return false;
  const needsNone = request.kind === 'start' || (request.kind === 'question' && run === undefined);
  return needsNone ? request.run === undefined : run !== undefined && request.run === run.id;
};

/** What was asked, without what became of it. */
export function asked({
  approvals: _,
  refused: __,
  end: ___,
  answer: ____,
  ...request
}: VaultRequest): Omit<VaultRequest, 'approvals' | 'refused' | 'end' | 'answer'> {
  return request;
}

/** A request as it lies among the pending ones: an answer is what an approval adds. */
export function unanswered({ answer: _, ...request }: VaultRequest): VaultRequest {
  return request;
}

/** Whether a request asks for more than a yes. */
export const wantsAnswer = ({ kind }: Pick<VaultRequest, 'kind'>): boolean => kind === 'task' || kind === 'question';

/** What is wrong with an answer; null if it is one. */
export function badAnswer({ kind, answers = [] }: VaultRequest, answer: string | undefined): string | null {
  if (kind === 'task') return (answer ?? '').trim() === '' ? 'it does not say what was done' : null;
  if (kind === 'question') return answers.includes(answer ?? '') ? null : `its answer is none of ${answers.join(', ')}`;
  return answer === undefined ? null : 'it is answered, and was asked for a yes';
}

export interface Asking {
  readonly id: string;
  readonly record: OrderRecord;
  readonly formula: Formula;
  readonly decision: Decision;
  readonly subject: Subject;
  readonly now: Instant;
}

/** A proposal: nothing runs before it is approved. */
export function startRequest(asking: Asking): VaultRequest {
  const { record, formula } = asking;
  const plan = formula.steps.map((step) => {
    const command = step.run ?? step.check ?? step.diagnose;
    const what = typeof command === 'string' ? command : command === undefined ? '' : `the command ${command.command}`;
    const by = step.by === undefined ? '' : ` by ${step.by}`;
    const needs = step.needs === undefined || step.needs.length === 0 ? '' : ` (after ${step.needs.join(', ')})`;
    const { network } = step;
    const reach = network === undefined || network === 'none' ? '' : ` (reaches ${reachInWords(network)})`;
    return plainText(`${step.id}: ${stepKind(step)}${by} ${what}`.trim().slice(0, 500) + needs + reach.slice(0, 1000));
  });
  return {
    ...common(asking, 'start'),
    asks: {
      what: `May ${record.id} run ${formula.formula}?`,
      why: plainText(record.order.goal),
      plan,
      scope: formula.scope?.write ?? ['every file'],
      risks: [
        formula.description === undefined ? 'The formula has no description.' : plainText(formula.description),
        ...handed(formula),
      ],
      then: 'It runs once, on the base that is named here. What it changes is decided on again before it ships.',
      rollback: 'Nothing has run, so there is nothing to take back. What it ships is a branch.',
    },
  };
}

/** Who gets which secret, for people to see before they say yes. */
const handed = (formula: Formula): readonly string[] =>
  secretUses(formula).map(
    ({ secret, step, afterAgent }) =>
      `step ${step} gets the secret ${secret}${afterAgent ? ', and can run what an agent wrote' : ''}`,
  );

/** The result of a run, before it ships. */
export function mergeRequest(
  asking: Asking & {
    readonly run: string;
    readonly step: string;
    readonly changes: readonly Change[];
    readonly branch: string;
    /** What reviews found, in lines. */
    readonly reviews: readonly string[];
  },
): VaultRequest {
  const { record, changes, branch, subject } = asking;
  const { into } = subject;
  const dependencies = [...new Set(changes.flatMap((change) => change.dependencies ?? []))];
  const count = (kind: string, some: number): string[] => (some === 0 ? [] : [`${String(some)} ${kind}`]);
  return {
    ...common(asking, 'merge'),
    run: asking.run,
    step: asking.step,
    asks: {
      what: `May the result of ${record.id} ${into === undefined ? `ship to ${branch}` : `be merged into ${into}`}?`,
      why: plainText(record.order.goal),
      changes: listed(changes),
      risks: [
        ...count('binary file(s): look at them', changes.filter(({ binary }) => binary).length),
        ...count('file(s) deleted', changes.filter(({ kind }) => kind === 'deleted').length),
        ...(dependencies.length === 0 ? [] : [`new packages: ${plainText(dependencies.join(', '))}`]),
        ...asking.reviews.slice(0, MOST_LISTED).map((line) => plainText(line)),
      ],
      ...(into === undefined
        ? {
            then: `The branch ${branch} moves to a commit with exactly this tree. Nothing is merged into other branches.`,
            rollback: `git branch -D ${branch}`,
          }
        : {
            then: `The branch ${branch} moves to a commit with exactly this tree, and the runner merges exactly this change into ${into} once its checks pass on what comes of that.`,
            rollback: `git revert COMMIT, on ${into}, with the commit that the order's record names.`,
          }),
    },
  };
}

/** Something to do outside of the project. */
export function taskRequest(
  asking: Asking & { readonly run: string; readonly step: string; readonly task: string },
): VaultRequest {
  return {
    ...common(asking, 'task'),
    run: asking.run,
    step: asking.step,
    asks: {
      what: plainText(asking.task),
      why: plainText(asking.record.order.goal),
      then: `The run goes on with the steps that need ${asking.step}, and hands them what you report.`,
      rollback: 'Nothing has shipped. Rejecting the request cancels the order.',
    },
  };
}

/** Answers with a meaning of their own. */
export const RETRY = 'retry';
export const CANCEL = 'cancel';

/** What should become of an order that cannot go on by itself: its run failed for a reason that is not its own, or nothing says how to do it. */
export function questionRequest(
  asking: Omit<Asking, 'formula'> & {
    readonly run?: string;
    readonly what: string;
    readonly details: readonly string[];
    readonly answers: readonly string[];
  },
): VaultRequest {
  return {
    ...common(asking, 'question'),
    ...(asking.run === undefined ? {} : { run: asking.run }),
    answers: [...asking.answers],
    asks: {
      what: plainText(`${asking.what}?`),
      why: plainText(asking.record.order.goal),
      risks: asking.details.slice(0, MOST_LISTED).map((line) => plainText(line)),
      then: `\`${CANCEL}\` ends the order; with any other answer it goes back to the queue, and starts from the project as it is then.`,
      rollback: 'Nothing has shipped.',
    },
  };
}

/** An `approve` step: the run goes on when somebody says yes. */
export function stepRequest(
  asking: Asking & {
    readonly run: string;
    readonly step: string;
    readonly question: string;
    readonly changes: readonly Change[];
    /** The orders that the run would file then, a line each. */
    readonly orders: readonly string[];
  },
): VaultRequest {
  return {
    ...common(asking, 'step'),
    run: asking.run,
    step: asking.step,
    asks: {
      what: plainText(asking.question),
      why: plainText(asking.record.order.goal),
      ...(asking.orders.length === 0 ? {} : { plan: asking.orders.map(wholeLine) }),
      changes: listed(asking.changes),
      then: `The run goes on with the steps that need ${asking.step}.`,
      rollback: 'Nothing has shipped. Rejecting the request cancels the order.',
    },
  };
}

const MOST_OF_ORDER = 20_000;

/** An order as somebody is asked about it: with what hides in it, and with a word where there is more than anybody would read. */
function wholeLine(line: string): string {
  const cut = line.length - MOST_OF_ORDER;
  const shown = visibleLine(line.slice(0, MOST_OF_ORDER));
  return cut > 0 ? `NOT SHOWN are ${String(cut)} more characters of this order: ${shown}` : shown;
}

/** What every request says. */
export function common(
  { id, record, decision, subject, now }: Omit<Asking, 'formula'>,
  kind: RequestKind,
): Omit<VaultRequest, 'asks'> {
  const { count, from } = decision.approval;
  const { expires } = record.order;
  const latest = later(now, OPEN_MS);
  return {
    id,
    kind,
    order: record.id,
    tier: decision.tier,
    reasons: decision.reasons.map(({ rule, tier, because }) => ({ rule, tier, because: plainText(because) })),
    subject,
    needs: { approvals: count, ...(from.length === 0 ? {} : { from: [...from] }) },
    at: now,
    expires: expires !== undefined && expires < latest ? expires : latest,
  };
}

function listed(changes: readonly Change[]): string[] {
  const lines = changes
    .slice(0, MOST_LISTED)
    .map(({ path, kind, added, removed, binary }) =>
      plainText(`${path} ${kind}${binary ? ', binary' : `, +${String(added)} -${String(removed)}`}`),
    );
  return changes.length <= MOST_LISTED ? lines : [...lines, `and ${String(changes.length - MOST_LISTED)} more`];
}
