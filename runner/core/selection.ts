import type { OrderRecord } from '../generated/types.js';

/** What an order is work on, the most pressing first. */
export const WORK = ['request', 'build', 'backlog', 'follow-up', 'friction'] as const;
export type Work = (typeof WORK)[number];

/** In words, as `plan` and `status` say it. */
export const WORK_IN_WORDS: Readonly<Record<Work, string>> = {
  request: 'asked for',
  build: 'broken build',
  backlog: 'labelled backlog',
  'follow-up': 'follow-up',
  friction: 'upkeep',
};

/** What the built-in formulas are for, where nobody asked for the order. */
const BY_FORMULA: Readonly<Record<string, Work>> = {
  'ci-medic': 'build',
  'conflict-resolver': 'follow-up',
  'follow-up': 'follow-up',
};

/**
 * What an order is work on: what whoever made it has written down, else that people ask for it, else what its formula is for. An order that a run filed
 * is work on what its parent is, so that no plan overtakes what it was made for. It says whose turn is first and nothing else.
 */
export function workOf({ accepted, formula }: Pick<OrderRecord, 'accepted' | 'formula'>): Work {
  if (accepted.work !== undefined) return accepted.work;
  const isAsked = !(accepted.onBehalfOf ?? accepted.actor).startsWith('trigger ');
  return isAsked ? 'request' : ((Object.hasOwn(BY_FORMULA, formula) ? BY_FORMULA[formula] : undefined) ?? 'friction');
}
