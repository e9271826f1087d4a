import type { Order, Project, TriggerRecord } from '../../generated/types.js';
import { durationMs, epochMs, instant, type Instant } from '../ids.js';
import { PROPOSALS } from '../record.js';

export type Trigger = NonNullable<Project['triggers']>[number];
export type { TriggerRecord };

/** What makes a trigger fire; a trigger has exactly one of these keys. */
export const KINDS = ['cron', 'branch', 'files', 'after', 'vault'] as const;
export type Kind = (typeof KINDS)[number];

export const kindOf = (trigger: Trigger): Kind => KINDS.find((kind) => trigger[kind] !== undefined) ?? 'cron';

/** Whether a branch comes and goes with the runner's own work: requests, and results of orders. */
export const isRunners = (branch: string): boolean =>
  branch.startsWith('vault/') || `refs/heads/${branch}`.startsWith(PROPOSALS);

/** The branches that triggers look at, by their short names, each once; none of them is one that the runner moves as it works. */
export function triggerBranches({ triggers = [], ops }: Pick<Project, 'triggers' | 'ops'>): readonly string[] {
  const names = new Set(triggers.flatMap(({ branch }) => branch ?? []));
  return [...names].filter((name) => name !== (ops?.branch ?? 'ops') && !isRunners(name));
}

type Sha256 = (text: string) => string;

/** The digest by which a changed trigger is known. The order of its keys says nothing. */
export const specDigest = (trigger: Trigger, sha256: Sha256): string => sha256(JSON.stringify(sorted(trigger)));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}

/** By how many milliseconds a trigger fires late: from 0 to its `jitter`, the same for all time. */
export function jitterOf(trigger: Trigger, project: string, sha256: Sha256): number {
  if (trigger.jitter === undefined) return 0;
  const seconds = Math.floor(durationMs(trigger.jitter) / 1000);
  return (parseInt(sha256(JSON.stringify([project, trigger.id])).slice(0, 12), 16) % (seconds + 1)) * 1000;
}

/** How old an instant may be when it fires, in milliseconds. */
export const deadlineOf = (trigger: Trigger): number =>
  trigger.deadline === undefined ? (trigger.missed === 'skip' ? 15 * 60_000 : Infinity) : durationMs(trigger.deadline);

/** Room for what tells a trigger's orders apart, and for the number of a run behind it. */
const LONGEST_STEM = 36;

/** `<trigger>-<what it fired for>`, a name that follows from both alone: whoever fires the same makes the same order. */
export function orderName(trigger: string, occasion: string, sha256: Sha256): string {
  const stem =
    trigger.length <= LONGEST_STEM
      ? trigger
      : `${trigger.slice(0, LONGEST_STEM - 7).replace(/-+$/, '')}-${sha256(trigger).slice(0, 6)}`;
  return `${stem}-${occasion}`;
}

/** An instant as it stands in a name: `20261120t030000z`. */
export const instantName = (at: Instant): string =>
  `${instant(epochMs(at)).slice(0, 19).replace(/[-:]/g, '').toLowerCase()}z`;

/** The order that a trigger makes. `dedupe` where each is a piece of work of its own. */
export function orderOf(trigger: Trigger, about: { readonly context?: string; readonly dedupe?: string }): Order {
  const { goal, formula, priority = 'background', risk, inputs, constraints, unblocks } = trigger.order;
  return {
    goal: goal ?? `Run ${formula}`,
    formula,
    priority,
    ...(risk === undefined ? {} : { risk }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(constraints === undefined ? {} : { constraints }),
    ...(unblocks === undefined ? {} : { unblocks }),
    ...about,
  };
}

export const actorOf = (trigger: string): string => `trigger ${trigger}`;

/** Where a trigger's record lies on the ops branch. */
export const triggerPath = (id: string): string => `triggers/${id}.yml`;

/** Folders and files at the top of the ops branch that are the runner's, or orders. */
const RUNNERS = new Set([
  ...['inbox', 'queue', 'active', 'waiting', 'done', 'failed', 'rejected', 'cancelled'],
  ...['vault', 'evidence', 'triggers', 'PAUSE'],
]);

/** What stands at the top of the ops branch that a glob looks into; null where that is not one name, or is the runner's. */
export function rootOf(glob: string): string | null {
  const [root = ''] = glob.split('/');
  return /^[A-Za-z0-9_][A-Za-z0-9._ -]*$/.test(root) && !RUNNERS.has(root) ? root : null;
}
