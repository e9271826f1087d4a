import type { StepStatus } from '../../generated/types.js';
import type { Node } from '../graph.js';

/** How a step ended, as far as two runs of it can be compared. Digests and ids are text; null says that it is not known. */
export interface Outcome {
  readonly status: StepStatus | null;
  readonly exitCode: number | null;
  /** The tree of its snapshot. */
  readonly tree: string | null;
  readonly logDigest: string | null;
  readonly imageDigest: string | null;
}

/** The first thing in which a step came out otherwise. */
export interface Difference {
  readonly step: string;
  readonly what: 'state' | 'failure' | 'exit code' | 'outputs' | 'tree' | 'conversation';
  readonly recorded: string;
  readonly replayed: string;
}

/** What became of one step. */
export interface Compared {
  readonly step: string;
  readonly is: 'same' | 'different' | 'taken';
  readonly difference: Difference | null;
  /** Why it was taken from the record, or what is worth knowing though it makes no difference. */
  readonly notes: readonly string[];
}

/** Steps in the formula's order, each compared. `talk` is where the conversation of a step first went another way; null where it did not. */
export function compareRuns(
  nodes: readonly Node[],
  taken: ReadonlyMap<string, string>,
  recorded: (key: string) => Outcome,
  replayed: (key: string) => Outcome,
  talk: (key: string) => Difference | null,
): readonly Compared[] {
  return nodes.map(({ key, kind }) => {
    const why = taken.get(key);
    if (why !== undefined) return { step: key, is: 'taken', difference: null, notes: [why] };
    const [before, now] = [recorded(key), replayed(key)];
    const difference = talk(key) ?? firstDifference(key, before, now, kind === 'review' ? ['reviewed'] : []);
    return { step: key, is: difference === null ? 'same' : 'different', difference, notes: notesOn(before, now) };
  });
}

/** `own`: keys of its outputs that no other run can have. */
function firstDifference(step: string, before: Outcome, now: Outcome, own: readonly string[]): Difference | null {
  const differs = (what: Difference['what'], recorded: string, replayed: string): Difference | null =>
    recorded === replayed ? null : { step, what, recorded, replayed };
  const [was, is] = [before.status, now.status];
  return (
    differs('state', stateOf(was), stateOf(is)) ??
    (before.exitCode === null || now.exitCode === null
      ? null
      : differs('exit code', String(before.exitCode), String(now.exitCode))) ??
    (was?.state === 'failed' && is?.state === 'failed'
      ? differs('failure', was.failure.class, is.failure.class)
      : null) ??
    (was?.state === 'succeeded' && is?.state === 'succeeded'
      ? differs('outputs', stable(without(was.outputs, own)), stable(without(is.outputs, own)))
      : null) ??
    (before.tree === null || now.tree === null ? null : differs('tree', before.tree, now.tree))
  );
}

const stateOf = (status: StepStatus | null): string => status?.state ?? 'pending';

function notesOn(before: Outcome, now: Outcome): readonly string[] {
  const differ = (one: string | null, other: string | null): boolean => one !== null && other !== null && one !== other;
  return [
    ...(differ(before.imageDigest, now.imageDigest) ? ['its image is another one by now'] : []),
    ...(differ(before.logDigest, now.logDigest) ? ['it printed something else'] : []),
    ...(before.status?.state === 'succeeded' && before.tree === null
      ? ['what it left is not in the record: not compared']
      : []),
  ];
}

const without = (value: unknown, keys: readonly string[]): unknown =>
  typeof value !== 'object' || value === null || keys.length === 0
    ? value
    : Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** A value as text that is the same for equal values, whatever the order of their keys. */
function stable(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'none';
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
