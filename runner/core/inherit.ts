import type { Order, Tier } from '../generated/types.js';
import { fail, ok, type Result } from './failure.js';
import { durationMs } from './ids.js';

type Constraints = NonNullable<Order['constraints']>;

const TIERS: readonly Tier[] = ['low', 'medium', 'high'];
/** As long as an order's background may be. */
const MOST_CONTEXT = 200_000;
const PRIORITIES = ['interactive', 'normal', 'background'] as const;

/**
 * An order that a run files, within the limits of its parent: never a lower tier than that was started with, more time, a wider scope or a more urgent
 * place. A failure says which of its wishes does not show to lie within them.
 */
export function inherit(parent: Order, tier: Tier, child: Order): Result<Order, string> {
  const outside = widest(parent.constraints?.only, child.constraints?.only);
  if (outside !== null)
    return fail(
      `\`constraints.only: ${JSON.stringify(outside)}\` does not lie within what its parent may change (${(parent.constraints?.only ?? []).join(', ')})`,
    );
  const constraints = narrowed(parent.constraints ?? {}, child.constraints ?? {});
  const checks = [...new Set([...(parent.checks ?? []), ...(child.checks ?? [])])];
  const { risk: _, checks: _____, priority: __, expires: ___, constraints: ____, outside: ______, ...own } = child;
  const least = later(TIERS, parent.risk, tier);
  const risk = later(TIERS, least === 'low' ? undefined : least, child.risk);
  const priority = later(PRIORITIES, parent.priority ?? (child.priority && 'normal'), child.priority);
  const expires = [parent.expires, child.expires].filter((at) => at !== undefined).sort()[0];
  return ok({
    ...own,
    ...said(parent, child),
    ...(risk === undefined ? {} : { risk }),
    ...(priority === undefined ? {} : { priority }),
    ...(checks.length === 0 ? {} : { checks }),
    ...(expires === undefined ? {} : { expires }),
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
  });
}

/** What led to it from outside goes with it as background, in the words in which it was said. */
function said({ outside, context = '' }: Order, child: Order): Partial<Order> {
  if (outside === undefined) return {};
  const own = child.context === undefined ? '' : `${child.context}\n\n`;
  return { outside, context: `${own}${context.slice(0, MOST_CONTEXT - own.length)}` };
}

function narrowed(parent: Constraints, child: Constraints): Constraints {
  const avoid = [...new Set([...(parent.avoid ?? []), ...(child.avoid ?? [])])];
  const only = child.only ?? parent.only;
  const times = [parent.time, child.time].filter((time) => time !== undefined);
  const [time] = times.sort((a, b) => durationMs(a) - durationMs(b));
  const notes = [...new Set([parent.notes, child.notes].filter((text) => text !== undefined))].join('\n\n');
  return {
    ...(avoid.length === 0 ? {} : { avoid }),
    ...(only === undefined ? {} : { only }),
    ...(time === undefined ? {} : { time }),
    ...(notes === '' ? {} : { notes }),
  };
}

/** The first glob of a child that may match more than its parent's do; null if none does. */
function widest(parent: readonly string[] | undefined, child: readonly string[] | undefined): string | null {
  if (parent === undefined || child === undefined) return null;
  return child.find((glob) => !parent.some((within) => liesWithin(glob, within))) ?? null;
}

/** Whether all that one glob matches another does, where that shows by their texts: they are the same, or the other is all of a folder. */
export function liesWithin(glob: string, within: string): boolean {
  if (glob === within || within === '**') return true;
  const folder = within.endsWith('/**') ? within.slice(0, -2) : null;
  return folder !== null && !/[*?[\]{}\\]/.test(folder) && glob.startsWith(folder) && glob.length > folder.length;
}

/** The one further along the list. */
function later<T>(order: readonly T[], a: T | undefined, b: T | undefined): T | undefined {
  const rank = (value: T | undefined): number => (value === undefined ? -1 : order.indexOf(value));
  return rank(a) >= rank(b) ? a : b;
}
