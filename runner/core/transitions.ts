import type { OrderState, StoredOrder } from './record.js';

/** What can happen to an order. Each is one kind of commit on the ops branch, named by its `PushPals-Event` trailer. */
export type OrderEvent =
  | 'accept'
  | 'reject'
  | 'file'
  | 'fire'
  | 'claim'
  | 'park'
  | 'release'
  | 'step'
  | 'resume'
  | 'finish'
  | 'ship'
  | 'integrate'
  | 'open'
  | 'deliver'
  | 'fail'
  | 'requeue'
  | 'cancel'
  | 'expire'
  | 'replace'
  | 'retry'
  | 'assign'
  | 'ask'
  | 'count'
  | 'refuse'
  | 'approve'
  | 'void'
  | 'decline'
  | 'resolve'
  | 'answer'
  | 'wake';

/** From where to where each event may lead; `none` is an order that the ops branch does not hold yet. */
export const TRANSITIONS: Readonly<
  Record<OrderEvent, readonly (readonly [from: OrderState | 'none', to: OrderState | 'rejected'])[]>
> = {
  accept: [['none', 'queue']],
  reject: [['none', 'rejected']],
  file: [['none', 'queue']],
  fire: [['none', 'queue']],
  claim: [
    ['queue', 'active'],
    ['waiting', 'active'],
  ],
  park: [
    ['queue', 'waiting'],
    ['active', 'waiting'],
    ['waiting', 'waiting'],
  ],
  release: [['waiting', 'queue']],
  step: [['active', 'active']],
  resume: [['active', 'active']],
  finish: [['active', 'done']],
  // The run is over, and its result is on its way into the target.
  ship: [['active', 'waiting']],
  integrate: [['waiting', 'active']],
  // The pull request of its result is there.
  open: [['waiting', 'waiting']],
  deliver: [
    ['waiting', 'done'],
    ['active', 'done'],
  ],
  fail: [['active', 'failed']],
  requeue: [
    ['active', 'queue'],
    ['waiting', 'queue'],
    ['queue', 'queue'],
  ],
  cancel: [
    ['queue', 'cancelled'],
    ['waiting', 'cancelled'],
    ['active', 'cancelled'],
  ],
  expire: [
    ['queue', 'cancelled'],
    ['waiting', 'cancelled'],
  ],
  replace: [
    ['queue', 'cancelled'],
    ['waiting', 'cancelled'],
  ],
  assign: [['waiting', 'queue']],
  ask: [
    ['queue', 'waiting'],
    ['waiting', 'waiting'],
    ['active', 'waiting'],
  ],
  // An approval that is not the last one needed, and what looks like one and is none.
  count: [['waiting', 'waiting']],
  refuse: [['waiting', 'waiting']],
  approve: [['waiting', 'active']],
  // The orders that its run waited for have ended.
  wake: [['waiting', 'active']],
  void: [['waiting', 'queue']],
  decline: [['waiting', 'cancelled']],
  answer: [
    ['waiting', 'queue'],
    ['waiting', 'cancelled'],
  ],
  resolve: [
    ['waiting', 'done'],
    ['waiting', 'queue'],
  ],
  retry: [
    ['failed', 'queue'],
    ['cancelled', 'queue'],
    ['waiting', 'queue'],
  ],
};

export function isLegal(event: OrderEvent, from: OrderState | 'none', to: OrderState | 'rejected'): boolean {
  return TRANSITIONS[event].some(([legalFrom, legalTo]) => legalFrom === from && legalTo === to);
}

/** The subject of a transition's commit, as a person reads it in `git log`. */
export function transitionSubject(event: OrderEvent, from: StoredOrder | null, to: StoredOrder): string {
  const head = `order ${to.record.id}: `;
  if (from === null)
    return `${head}${event === 'file' ? `filed by ${to.record.parent ?? 'a run'}` : 'accepted'} → ${to.state}`;
  if (from.state === to.state) return `${head}${SAME[event] ?? 'waits'}`;
  return `${head}${from.state} → ${to.state}${detail(to)}`;
}

const SAME: Partial<Readonly<Record<OrderEvent, string>>> = {
  resume: 'resumed',
  open: 'its pull request is open',
  requeue: 'starts anew',
  ask: 'asks anew',
  count: 'an approval counts, more are needed',
  refuse: 'an approval is refused',
};

function detail(to: StoredOrder): string {
  if (to.state === 'active' && to.record.run.integration !== undefined)
    return ` (merging into ${to.record.run.integration.into})`;
  if (to.state === 'active') return ` (attempt ${String(to.record.run.attempt)})`;
  if (to.state === 'waiting') return ` (${to.record.waiting.reason})`;
  if (to.state === 'done' || to.state === 'failed' || to.state === 'cancelled') {
    const { outcome, failure } = to.record.ended;
    return ` (${failure?.class ?? outcome})`;
  }
  return '';
}
