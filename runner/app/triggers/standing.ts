import type { Project } from '../../generated/types.js';
import type { Schedule } from '../../core/triggers/schedule.js';
import { standings, type Standing } from '../../core/triggers/standing.js';
import type { OpsView } from '../observe.js';
import type { Tools } from '../tools.js';

/** Where the triggers of the project stand. */
export async function readStandings(
  { formats, clock, sha256 }: Pick<Tools, 'formats' | 'clock' | 'sha256'>,
  project: Project,
  { triggers, pause }: Pick<OpsView, 'triggers' | 'pause'>,
): Promise<readonly Standing[]> {
  if ((project.triggers ?? []).length === 0) return [];
  const cron = (project.triggers ?? []).some((trigger) => trigger.cron !== undefined) ? await formats.cron() : null;
  return standings({
    project,
    records: triggers,
    schedule: (trigger): Schedule | null =>
      trigger.cron === undefined || cron === null ? null : cron.schedule(trigger.cron, trigger.timezone ?? 'UTC'),
    now: clock.now(),
    paused: pause !== null,
    sha256,
  });
}
