import type { Project } from '../../generated/types.js';
import type { Fault } from '../fault.js';
import { KINDS, isRunners, rootOf, type Trigger } from './trigger.js';

/** Keys that belong to one kind alone. */
const BELONG = {
  cron: ['timezone', 'missed', 'jitter', 'deadline'],
  branch: ['paths'],
} as const;

/** What is wrong with the triggers of a project. `checkCron` says what is wrong with a schedule in a time zone; null if nothing is. */
export function triggerFaults(
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
    const kinds = KINDS.filter((kind) => trigger[kind] !== undefined);
    const [kind, other] = kinds;
    if (kind === undefined) {
      found.push({
        path,
        message: `trigger \`${trigger.id}\` never fires: it has none of ${quoted(KINDS, ', ')}`,
        hint: 'Add one of them.',
      });
    }
    if (other !== undefined) {
      found.push({
        path: [...path, other],
        message: `trigger \`${trigger.id}\` has ${kinds.length === 2 ? 'both ' : ''}${quoted(kinds, ' and ')}`,
        hint: `Make it ${kinds.length === 2 ? 'two' : String(kinds.length)} triggers.`,
      });
    }
    return [...found, ...scheduleFaults(trigger, path, checkCron), ...sourceFaults(trigger, path, project)].concat(
      useless(trigger, path),
    );
  });
  return [...faults, ...loops(triggers)];
}

const quoted = (names: readonly string[], between: string): string => names.map((name) => `\`${name}\``).join(between);

function scheduleFaults(
  { cron, timezone = 'UTC' }: Trigger,
  path: Fault['path'],
  checkCron: (expression: string, timezone: string) => string | null,
): Fault[] {
  const wrong = cron === undefined ? null : checkCron(cron, timezone);
  if (wrong === null) return [];
  return [
    {
      path: [...path, 'cron'],
      message: `not a schedule that can be followed: ${wrong}`,
      hint: 'Five fields (minute hour day month weekday), or `@daily` and the like.',
    },
  ];
}

function sourceFaults({ branch, files = [] }: Trigger, path: Fault['path'], project: Project): Fault[] {
  const found: Fault[] = [];
  if (branch !== undefined && branch === (project.ops?.branch ?? 'ops')) {
    found.push({
      path: [...path, 'branch'],
      message: `\`${branch}\` is the ops branch, which has a new tip whenever the runner does anything`,
      hint: 'Name the files that matter with `files: [knowledge/**]`.',
    });
  }
  if (branch !== undefined && isRunners(branch)) {
    found.push({
      path: [...path, 'branch'],
      message: `\`${branch}\` is the runner's own, and comes and goes with ${branch.startsWith('vault/') ? 'a request' : 'the result of an order'}`,
      hint: branch.startsWith('vault/')
        ? 'Wait for decisions with `vault: { on: approved }`.'
        : 'Wait for the end of orders with `after: { formula: NAME }`.',
    });
  }
  for (const [index, glob] of files.entries()) {
    if (rootOf(glob) !== null) continue;
    found.push({
      path: [...path, 'files', index],
      message: `\`${glob}\` does not begin with the name of a folder or file of the ops branch that is the people's`,
      hint: 'Such as `knowledge/**`, `sprints/*.md` or `RESOURCES.md`; the runner changes its own folders all the time.',
    });
  }
  return found;
}

function useless(trigger: Trigger, path: Fault['path']): Fault[] {
  return Object.entries(BELONG).flatMap(([kind, keys]) =>
    keys.flatMap((key): Fault[] =>
      trigger[key] === undefined || trigger[kind as keyof typeof BELONG] !== undefined
        ? []
        : [
            {
              path: [...path, key],
              message: `\`${key}\` has no effect without \`${kind}\``,
              hint: `Remove \`${key}\`.`,
            },
          ],
    ),
  );
}

/** Triggers that would fire one another for ever: each by the end of the order that the one before makes. */
function loops(triggers: readonly Trigger[]): Fault[] {
  const leads = (from: string): readonly Trigger[] => triggers.filter(({ after }) => after?.formula === from);
  return triggers.flatMap((trigger, index): Fault[] => {
    if (trigger.after === undefined) return [];
    const way = wayBack(trigger, leads);
    // Each loop is told once, at the first of its triggers.
    if (way === null || way.some((other) => triggers.indexOf(other) < index)) return [];
    return [
      {
        path: ['triggers', index, 'after'],
        message: `a loop that never ends: ${[trigger.after.formula, ...way.map(({ order }) => order.formula)].join(' → ')}`,
        hint: 'Let the last of them run a formula that none of these triggers waits for.',
      },
    ];
  });
}

/** The triggers from this one's order back to the formula that it waits for; null if there is no such way. */
function wayBack(start: Trigger, leads: (formula: string) => readonly Trigger[]): readonly Trigger[] | null {
  const seen = new Set<string>();
  const ways: (readonly Trigger[])[] = [[start]];
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const { formula } = (way[way.length - 1] ?? start).order;
    if (formula === start.after?.formula) return way;
    if (seen.has(formula)) continue;
    seen.add(formula);
    for (const next of leads(formula)) ways.push([...way, next]);
  }
  return null;
}
