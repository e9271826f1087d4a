import type { OrderRecord, Policy, Subject, VaultRequest } from '../../generated/types.js';
import type { Instant } from '../ids.js';
import { judge, type ApprovalCommit } from './approval.js';
import { isOf, requestPath, unanswered, type RequestState } from './request.js';

interface Named {
  readonly name: string;
  readonly email: string;
}

/** A request as the ops branch has it now. */
export interface RequestView {
  /** Null: there is no such file any more. */
  readonly state: RequestState | null;
  /** Null where the file is gone, or cannot be read. */
  readonly request: VaultRequest | null;
  /** It says what was asked, by the digest in the order's record. */
  readonly asAsked: boolean;
  /** The branch that a person merges is there. */
  readonly hasBranch: boolean;
  /** Its pull request was closed on the forge without being merged. */
  readonly closed: { readonly url: string; readonly by: string | null } | null;
  /** Where it lies among the approved ones: how it came there. */
  readonly approval: ApprovalCommit | null;
  /** Where a person moved it to the rejected ones: who. */
  readonly movedBy: Named | null;
  /** Its digest is that of what it says, and it starts from a commit of the project. */
  readonly isSound: boolean;
  /** It was fired at some time, on whatever line of the history. */
  readonly wasFired: boolean;
  /** What an approval brought along, as it was before. */
  readonly restored: readonly Restored[];
}

export interface Restored {
  readonly path: string;
  /** Null: the file was not there. */
  readonly content: Uint8Array | null;
}

/** What becomes of a request, and of the order that waits for it. */
export type Settled =
  | { readonly is: 'waits'; readonly reason: string }
  /** Enough people approved it. */
  | { readonly is: 'go'; readonly request: VaultRequest }
  /** It is asked again: an approval counts and more are needed, or what looked like one is none. */
  | { readonly is: 'again'; readonly event: 'count' | 'refuse'; readonly request: VaultRequest; readonly why: string }
  | {
      readonly is: 'over';
      readonly outcome: 'rejected' | 'expired' | 'void';
      readonly reason: string;
      readonly by?: string;
    };

type Parts = Omit<Subject, 'digest'>;
/** What can change while a request waits, beside what the run itself made. */
const WATCHED = ['order', 'formula', 'policy', 'image', 'secrets'] as const satisfies readonly (keyof Parts)[];

/** Pure: equal views give equal ends. `now` is what the subject's parts would be if it were asked now. */
export function settle(
  view: RequestView,
  id: string,
  record: OrderRecord,
  parts: Pick<Parts, (typeof WATCHED)[number]>,
  policy: Policy,
  now: Instant,
  runner: Named,
): Settled {
  const { request } = view;
  if (view.state === 'rejected')
    return {
      is: 'over',
      outcome: 'rejected',
      reason: `${requestPath('rejected', id)} says no`,
      ...(view.movedBy === null ? {} : { by: view.movedBy.name }),
    };
  if (request === null || view.state === null || view.state === 'fired')
    return { is: 'over', outcome: 'void', reason: `the request ${id} is not there any more` };
  if (!isOf(request, record)) return { is: 'over', outcome: 'void', reason: `${id} is a request of something else` };
  if (!view.isSound)
    return {
      is: 'over',
      outcome: 'void',
      reason: 'its subject is not what it says, or no commit of the project is its base',
    };
  if (view.wasFired) return { is: 'over', outcome: 'void', reason: 'it was fired before, and is used once' };
  const changed = WATCHED.filter((part) => JSON.stringify(request.subject[part]) !== JSON.stringify(parts[part]));
  if (changed.length > 0)
    return { is: 'over', outcome: 'void', reason: `what it asked about changed: ${changed.join(', ')}` };
  if (request.expires <= now)
    return { is: 'over', outcome: 'expired', reason: `nobody approved it before ${request.expires}` };
  if (view.state === 'pending') {
    if (!view.asAsked) return { is: 'over', outcome: 'void', reason: `${requestPath('pending', id)} was changed` };
    if (view.closed !== null) {
      const { url, by } = view.closed;
      return { is: 'over', outcome: 'rejected', reason: `${url} was closed`, ...(by === null ? {} : { by }) };
    }
    if (!view.hasBranch) return { is: 'over', outcome: 'rejected', reason: `the branch vault/${id} was deleted` };
    return { is: 'waits', reason: waiting(request) };
  }
  const { approval } = view;
  if (approval === null) return { is: 'over', outcome: 'void', reason: 'nothing tells how it was approved' };
  if (!approval.asAsked)
    return { is: 'over', outcome: 'void', reason: 'what was approved is not, byte for byte, what was asked' };
  const judged = judge(request, approval, record, policy, runner);
  if (judged.counts === null) return { is: 'waits', reason: `${waiting(request)}; ${judged.why}` };
  if (!judged.counts) {
    const refused = [...(request.refused ?? []), { commit: approval.commit, at: now, why: judged.why }];
    return { is: 'again', event: 'refuse', request: { ...unanswered(request), refused }, why: judged.why };
  }
  const { by, forge } = judged;
  const said = forge === undefined ? {} : { forge };
  const approvals = [...(request.approvals ?? []), { by, commit: approval.commit, at: now, ...said }];
  const counted = { ...request, approvals };
  if (approvals.length >= request.needs.approvals) return { is: 'go', request: counted };
  return { is: 'again', event: 'count', request: unanswered(counted), why: `${by} approved` };
}

/** Why an order waits, for its record and the screens. */
export function waiting({ id, kind, grant, needs, approvals = [], refused = [] }: VaultRequest): string {
  const what = {
    start: 'may it run',
    merge: 'may it ship',
    step: 'may it go on',
    budget: grant === undefined ? 'may it take longer' : 'may it use more',
    task: 'a task for a person',
    question: 'what should become of it',
  }[kind];
  const who = needs.approvals === 1 ? '' : `; ${String(approvals.length)} of ${String(needs.approvals)} approved`;
  const last = refused.at(-1);
  return `${id}: ${what}?${who}${last === undefined ? '' : `; an approval was refused: ${last.why}`}`;
}
