import type { Scope } from '../generated/types.js';
import type { Change } from './change.js';
import { matcher } from './glob.js';

export interface Breach {
  readonly path: string;
  readonly why: string;
}

/**
 * The changes that the scopes forbid. Every scope must allow a path (the formula's, the step's, the order's), so a
 * further scope only ever narrows. Paths are whole and relative; hidden files are matched like any other.
 */
export function breaches(
  changes: readonly Pick<Change, 'path'>[],
  scopes: readonly (Scope | undefined)[],
): readonly Breach[] {
  const checks = scopes.filter((scope) => scope !== undefined).map(scopeCheck);
  return changes.flatMap(({ path }) => {
    const why = checks.map((check) => check(path)).find((answer) => answer !== null);
    return why === undefined || why === null ? [] : [{ path, why }];
  });
}

function scopeCheck(scope: Scope): (path: string) => string | null {
  const mayWrite = scope.write === undefined ? () => true : matcher(scope.write);
  const never = matcher(scope.never ?? []);
  return (path) => {
    if (never(path)) return `matches \`never: ${JSON.stringify(scope.never)}\``;
    if (!mayWrite(path)) return `not in \`write: ${JSON.stringify(scope.write)}\``;
    return null;
  };
}
