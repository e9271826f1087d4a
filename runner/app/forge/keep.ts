import { ok } from '../../core/failure.js';
import { forgeUses } from '../../core/forge/uses.js';
import { noted } from '../../core/forge/when.js';
import type { SeenOnForge } from '../../core/forge/seen.js';
import type { Desired } from '../desired.js';
import type { Tools } from '../tools.js';
import { keepRequests } from '../vault/pulls.js';

/** Has the forge show what stands here, after a look at it. What it does not do is noted, and done after the next look. */
export async function keepForge(
  tools: Tools,
  { project, policy }: Pick<Desired, 'project' | 'policy'>,
  seen: SeenOnForge | null,
): Promise<void> {
  if (seen === null) return;
  const { machine, clock, report } = tools;
  const uses = forgeUses(project, policy);
  const kept = uses.requests ? await keepRequests(tools, policy, seen.requests) : ok(null);
  if (kept.ok) return;
  await machine.noteForge(noted(await machine.forgeNote(), clock.now(), kept.failure));
  report({ event: 'trouble', failure: kept.failure });
}
