import type { Project } from '../generated/types.js';
import type { Fault } from './fault.js';

/**
 * What is wrong with a project of the right shape. `checkCron` says what is wrong with a schedule in a time zone; null if
 * nothing is.
 */
export function checkProject(
  project: Project,
  checkCron: (expression: string, timezone: string) => string | null,
): Fault[] {
  const triggers = project.triggers ?? [];
  const faults = triggers.flatMap((trigger, index): Fault[] => {
    const path = ['triggers', index];
    const found: Fault[] = [];
    if (triggers.findIndex(({ id }) => id === trigger.id) < index) {
      found.push({
        path: [...path, 'id'],
        message: `another trigger is called \`${trigger.id}\``,
        hint: 'Give each trigger a name of its own: its orders are named after it.',
      });
    }
    if (trigger.cron === undefined && trigger.branch === undefined) {
      found.push({
        path,
        message: `trigger \`${trigger.id}\` never fires: it has neither \`cron\` nor \`branch\``,
        hint: 'Add one of them.',
      });
    }
    if (trigger.cron !== undefined && trigger.branch !== undefined) {
      found.push({
        path: [...path, 'branch'],
        message: `trigger \`${trigger.id}\` has both \`cron\` and \`branch\``,
        hint: 'Make it two triggers.',
      });
    }
    const wrong = trigger.cron === undefined ? null : checkCron(trigger.cron, trigger.timezone ?? 'UTC');
    if (wrong !== null)
      found.push({
        path: [...path, 'cron'],
        message: `not a schedule that can be followed: ${wrong}`,
        hint: 'Five fields (minute hour day month weekday), or `@daily` and the like.',
      });
    const useless =
      trigger.cron === undefined
        ? (['timezone', 'missed'] as const)
        : trigger.branch === undefined
          ? (['paths'] as const)
          : [];
    for (const key of useless) {
      if (trigger[key] === undefined) continue;
      found.push({
        path: [...path, key],
        message: `\`${key}\` has no effect without \`${key === 'paths' ? 'branch' : 'cron'}\``,
        hint: `Remove \`${key}\`.`,
      });
    }
    return found;
  });
  const ops = project.ops?.branch ?? 'ops';
  if (ops === (project.branch ?? 'main')) {
    faults.push({
      path: project.ops?.branch === undefined ? ['branch'] : ['ops', 'branch'],
      message: `the project and its orders cannot share the branch \`${ops}\``,
      hint: 'Give the ops branch a name of its own.',
    });
  }
  return faults;
}
