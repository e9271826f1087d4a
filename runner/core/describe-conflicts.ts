import type { Description } from './description.js';
import type { Failure } from './failure.js';
import { shellWord } from './shell-word.js';
import { visibleLine } from './visible.js';

type Conflict = Extract<Failure, { class: 'merge-conflict' }>;

/** A merge that did not come about by itself: each place with what either side has there. */
export function describeConflicts(
  paths: readonly string[],
  { branch, into, places, count, reverts }: NonNullable<Conflict['sides']>,
  unresolved?: Conflict['unresolved'],
): Description {
  const side = (name: string, line: string): string => (line === '' ? `${name} has nothing` : `${name} has “${line}”`);
  const found = places.map(({ path, kind, lines: at, ours = '', theirs = '' }) =>
    at === undefined
      ? `${path}: ${kind}`
      : `${path}:${String(at[0])}-${String(at[1])}: ${side(branch, ours)}, ${side(into, theirs)}`,
  );
  const shown = (found.length > 0 ? found : paths.slice(0, 20)).map(visibleLine);
  const more = count - shown.length;
  const details = [...shown, ...(more > 0 ? [`and ${String(more)} more`] : [])];
  if (reverts !== undefined) {
    const commit = reverts.commit.slice(0, 12);
    const words = paths.filter((path) => path === visibleLine(path)).slice(0, 3);
    return {
      what: `${reverts.order} cannot be taken back by itself: later work on ${branch} changed the same lines, in ${String(count)} ${count === 1 ? 'place' : 'places'}`,
      details,
      next: [
        `See what came later: \`git log --oneline ${commit}..${branch} -- ${words.map(shellWord).join(' ')}\`. Where that was an order as well, take that back first.`,
        `Or take it back by hand: \`git revert ${commit}\`.`,
      ],
    };
  }
  if (unresolved !== undefined) {
    const { by, why } = unresolved;
    const [order] = /[^/]*$/.exec(branch) ?? [];
    return {
      what: `${branch} and ${into} conflict in ${String(count)} ${count === 1 ? 'place' : 'places'}`,
      details: [...details, ...(why === undefined ? [] : [`not resolved by another order: ${visibleLine(why)}`])],
      next: [
        ...(by === undefined ? [] : [`\`pushpals order show ${by}\` tells what ${by} came to.`]),
        `Have it made anew on what ${into} is now: \`pushpals order retry ${order ?? ''}\`. Or merge ${branch} into ${into} by hand.`,
      ],
    };
  }
  return {
    what: `${visibleLine(branch)} and ${into} conflict in ${String(count)} ${count === 1 ? 'place' : 'places'}`,
    details,
    next: [
      `Resolve them by hand: on the branch, run \`git merge ${into}\`; its files have the same lines.`,
      'With `git config rerere.enabled true` git remembers how, and the next order resolves the same conflict by itself.',
    ],
  };
}
