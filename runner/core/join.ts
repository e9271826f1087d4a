/** The paths that one side changed since the sides parted, with what it has there now: a blob's id, or null where it removed the file. */
export type Side = ReadonlyMap<string, string | null>;

export interface Join {
  /** What our side adds to theirs. */
  readonly ours: Side;
  /** Orders that both sides went on with: theirs counts, and what we did is dropped as a whole. */
  readonly lost: readonly string[];
  /** Names that both sides gave to an order of their own; those of ours are not in the join. */
  readonly taken: readonly string[];
  /** People's files that both changed, and not alike. */
  readonly contested: readonly string[];
}

const RECORD = /^(?:queue|active|waiting|(?:done|failed|cancelled)\/\d{4}\/\d{2})\/([a-z0-9][a-z0-9-]*)\.yml$/;
const REJECTED = /^rejected\/\d{4}\/\d{2}\/([a-z0-9][a-z0-9-]*)\.(?:error\.md|[A-Za-z0-9]+)$/;
const REQUEST = /^vault\/\w+\/([a-z0-9][a-z0-9-]*)-[0-9a-f]{6}\.yml$/;
const EVIDENCE = /^evidence\/\d{4}\/\d{2}\/\d{2}\/([a-z0-9][a-z0-9-]*)-\d+\//;
const TRIGGER = /^triggers\/([a-z0-9][a-z0-9-]*)\.yml$/;
/** The name of a request holds this much of its order's. */
const STEM = 60;

/**
 * What becomes of two lines of the ops branch that parted while two machines wrote to it. The runner's own files go by the order that they belong
 * to, and never file by file, so that an order never stands in two states: what only one side went on with is taken, and of
 * what both did the shared line's counts, since everybody else has seen it. Pure.
 */
export function join(ours: Side, theirs: Side): Join {
  const [here, there] = [groups(ours), groups(theirs)];
  const added = new Map<string, string | null>();
  const [lost, taken, contested]: [Set<string>, Set<string>, string[]] = [new Set(), new Set(), []];
  for (const [group, paths] of here) {
    const other = there.get(group);
    const alike = (path: string): boolean => theirs.has(path) && theirs.get(path) === ours.get(path);
    if (other === undefined) {
      for (const path of paths) added.set(path, ours.get(path) ?? null);
    } else if (!paths.every(alike)) {
      if (group.startsWith('file ')) contested.push(...paths);
      for (const name of namesOf(paths))
        (isNew(ours, paths, name) && isNew(theirs, other, name) ? taken : lost).add(name);
    }
  }
  return { ours: added, lost: [...lost].sort(), taken: [...taken].sort(), contested: contested.sort() };
}

function groups(side: Side): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of side.keys()) {
    const group = groupOf(path);
    const paths = found.get(group);
    if (paths === undefined) found.set(group, [path]);
    else paths.push(path);
  }
  return found;
}

function groupOf(path: string): string {
  const order = (RECORD.exec(path) ?? REJECTED.exec(path) ?? REQUEST.exec(path) ?? EVIDENCE.exec(path))?.[1];
  if (order !== undefined) return `order ${order.slice(0, STEM)}`;
  const trigger = TRIGGER.exec(path)?.[1];
  return trigger === undefined ? `file ${path}` : `trigger ${trigger}`;
}

const nameOf = (path: string): string | undefined => (RECORD.exec(path) ?? REJECTED.exec(path))?.[1];

const namesOf = (paths: readonly string[]): ReadonlySet<string> => new Set(paths.flatMap((path) => nameOf(path) ?? []));

/** Whether an order came into being on that side: none of its files was there before, so none was taken away. */
const isNew = (side: Side, paths: readonly string[], name: string): boolean =>
  paths.some((path) => nameOf(path) === name && side.get(path) !== null) &&
  paths.every((path) => nameOf(path) !== name || side.get(path) !== null);
