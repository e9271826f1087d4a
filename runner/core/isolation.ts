import type { Formula, Project, Step } from '../generated/types.js';
import type { Fault } from './fault.js';

/** How strictly a step is held apart from the machine: in a container, by namespaces of its own processes, or not at all. */
export type Isolation = NonNullable<Step['isolation']>;
type Driver = NonNullable<NonNullable<Project['sandbox']>['driver']>;

/** What each driver gives. */
export const ISOLATION: Readonly<Record<Driver, Isolation>> = {
  docker: 'container',
  bubblewrap: 'process',
  host: 'none',
};

const WEAKEST_FIRST: readonly Isolation[] = ['none', 'process', 'container'];

/** Whether what is given is as strict as what is asked for, or stricter. */
export const isEnough = (given: Isolation, asked: Isolation): boolean =>
  WEAKEST_FIRST.indexOf(given) >= WEAKEST_FIRST.indexOf(asked);

/** The strictest that project, formula or step ask for. */
export function askedIsolation(
  step: Pick<Step, 'isolation'>,
  formula: Pick<Formula, 'isolation'>,
  { sandbox }: Pick<Project, 'sandbox'>,
): Isolation {
  const asked = [step.isolation, formula.isolation, sandbox?.isolation];
  return WEAKEST_FIRST.findLast((each) => asked.includes(each)) ?? 'none';
}

/** Why a project asks for more than its own driver gives. */
export function projectIsolationFaults({ sandbox = {} }: Project): Fault[] {
  return sandbox.isolation === undefined ? [] : faults(sandbox.isolation, sandbox, ['sandbox', 'isolation']);
}

/** Where a formula or its steps ask for more than the project's driver gives. */
export function isolationFaults(formula: Formula, sandbox: Project['sandbox'] = {}): Fault[] {
  return [
    ...(formula.isolation === undefined ? [] : faults(formula.isolation, sandbox, ['isolation'])),
    ...formula.steps.flatMap(({ isolation }, index) =>
      isolation === undefined ? [] : faults(isolation, sandbox, ['steps', index, 'isolation']),
    ),
  ];
}

function faults(
  asked: Isolation,
  { driver = 'docker' }: NonNullable<Project['sandbox']>,
  path: Fault['path'],
): Fault[] {
  const given = ISOLATION[driver];
  if (isEnough(given, asked)) return [];
  const able = (Object.keys(ISOLATION) as Driver[]).filter((name) => isEnough(ISOLATION[name], asked));
  return [
    {
      path,
      message: `it asks for the isolation \`${asked}\`, and the driver \`${driver}\` gives \`${given}\``,
      hint: `Set \`sandbox.driver\` in pushpals.yml to ${able.join(' or ')}: nothing runs less isolated than it asks to.`,
    },
  ];
}
