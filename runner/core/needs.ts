interface Needing {
  readonly id: string;
  readonly needs?: readonly string[];
}

/** For each id, everything that it needs, directly or not. Ids that do not exist need nothing. */
export function reachable(nodes: readonly Needing[]): ReadonlyMap<string, ReadonlySet<string>> {
  const needs = new Map(nodes.map((node) => [node.id, node.needs ?? []]));
  return new Map(
    nodes.map(({ id }) => {
      const found = new Set<string>();
      const open = [...(needs.get(id) ?? [])];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (found.has(next)) continue;
        found.add(next);
        open.push(...(needs.get(next) ?? []));
      }
      return [id, found];
    }),
  );
}

/**
 * One shortest cycle of each group of nodes that wait for each other, in the order of waiting: `[a, b]` means that `a` needs `b`
 * and `b` needs `a`.
 */
export function cycles(nodes: readonly Needing[]): readonly (readonly string[])[] {
  const reach = reachable(nodes);
  const needs = new Map(nodes.map((node) => [node.id, node.needs ?? []]));
  const told = new Set<string>();
  return nodes.flatMap(({ id }) => {
    if (told.has(id) || reach.get(id)?.has(id) !== true) return [];
    for (const other of reach.get(id) ?? []) if (reach.get(other)?.has(id) === true) told.add(other);
    return [shortestCycle(id, needs)];
  });
}

/** Breadth first from `start` back to it; there must be a way. */
function shortestCycle(start: string, needs: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const need of needs.get(way.at(-1) ?? '') ?? []) {
      if (need === start) return way;
      if (seen.has(need)) continue;
      seen.add(need);
      ways.push([...way, need]);
    }
  }
  throw new RangeError(`${start} is in no cycle`);
}
