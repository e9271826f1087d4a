import type { ForgeNote } from '../../core/forge/when.js';
import type { RemoteHealth } from '../../app/ports/remote.js';
import { epochMs, type Instant } from '../../core/ids.js';
import { span } from '../../core/span.js';
import { mirrorText, type MirrorNote } from '../../core/mirrors.js';
import type { Project } from '../../generated/types.js';
import { printable } from '../output.js';

/** What stands between this runner and the others; null where they are in step, or as far as is known. */
export function remoteLine(name: string, health: RemoteHealth | null, now: Instant, exact: boolean): string | null {
  if (health?.failing == null) return null;
  const { since, failure } = health.failing;
  const when = exact ? `since ${since}` : `for ${span(epochMs(now) - epochMs(since))}`;
  if (failure.class !== 'remote-unavailable') return `${name}: not in step with this runner ${when} (${failure.class})`;
  const why = printable(failure.why.split('\n')[0] ?? '');
  return failure.problem === 'unreachable'
    ? `${name} cannot be reached ${when} (${why}); what was done here waits`
    : `${name} does not take what this runner pushes ${when} (${why}); it waits here`;
}

/** The mirrors that do not hold what they should, each in a line. */
export function mirrorLines(
  notes: ReadonlyMap<string, MirrorNote>,
  { mirrors = [] }: Pick<Project, 'mirrors'>,
  now: Instant,
  exact: boolean,
): readonly string[] {
  return mirrors.flatMap(({ remote }) => {
    const failing = notes.get(remote)?.failing ?? null;
    if (failing === null) return [];
    const when = exact ? `since ${failing.since}` : `for ${span(epochMs(now) - epochMs(failing.since))}`;
    return [`${printable(mirrorText(remote, failing))}; so ${when}`];
  });
}

/** Since when the forge does not do what it is asked for; null where it does, or as far as is known. */
export function forgeLine(note: ForgeNote | null, now: Instant, exact: boolean): string | null {
  const failing = note?.failing ?? note?.keeping ?? null;
  if (failing === null) return null;
  const { since, failure } = failing;
  const when = exact ? `since ${since}` : `for ${span(epochMs(now) - epochMs(since))}`;
  return `${printable(failure.forge)}: ${failure.problem} ${when} (${printable(failure.why)}); ${note?.failing == null ? 'what is to be shown there is shown when it does that again' : 'what was decided there is taken in when it answers'}`;
}
