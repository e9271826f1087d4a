import type { Formula, Policy, Project, Step } from '../generated/types.js';
import type { Fault } from './fault.js';
import { durationMs, sizeBytes } from './ids.js';
import { sizeText } from './size-text.js';

/** What a step may use. */
export interface StepLimits {
  readonly cpus: number;
  /** Temporary folders included. */
  readonly memoryBytes: number;
  /** Processes and threads at the same time. */
  readonly pids: number;
  /** What may be written to the work tree, its git directory and the outputs. */
  readonly diskBytes: number;
  readonly files: number;
  /** What one command may print. */
  readonly outputBytes: number;
}

/** A limit that a step was ended for. What takes too long is a `timeout`; who has few processors is slow. */
export type LimitName = 'memory' | 'pids' | 'disk' | 'files' | 'output';

/** A limit that was reached: how much there may be of it, and how much there was, where that is known. */
export interface Exceeded {
  readonly limit: LimitName;
  readonly most: number;
  readonly used: number | null;
}

type Written = NonNullable<Formula['limits']>;
type Asked = Pick<Step, 'limits' | 'timeout'>;

const DEFAULTS: Required<Written> = {
  cpus: 2,
  memory: '2GB',
  pids: 256,
  disk: '10GB',
  files: 500_000,
  output: '100MB',
};
const DEFAULT_TIMEOUT = '30m';

/** What the sandbox of a project gives a step that asks for nothing. */
export const sandboxLimits = ({ sandbox }: Project): StepLimits => least([{ ...DEFAULTS, ...sandbox }]);

/** What a step may use: the least that project, formula, step and policy say. */
export function stepLimits(
  step: Asked,
  formula: Pick<Formula, 'limits'>,
  project: Project,
  policy: Policy,
): StepLimits {
  const given = { ...DEFAULTS, ...project.sandbox };
  return least([given, formula.limits, step.limits, policy.limits?.step]);
}

/** How long a step may take, in milliseconds. */
export function stepTimeMs({ timeout }: Asked, { limits }: Policy): number {
  const most = limits?.step?.time;
  return Math.min(durationMs(timeout ?? DEFAULT_TIMEOUT), most === undefined ? Infinity : durationMs(most));
}

function least(all: readonly (Written | undefined)[]): StepLimits {
  const of = (take: (limits: Written) => number | undefined): number =>
    Math.min(...all.flatMap((limits) => (limits === undefined ? [] : (take(limits) ?? []))));
  const bytes = (size: string | undefined): number | undefined => (size === undefined ? undefined : sizeBytes(size));
  return {
    cpus: of(({ cpus }) => cpus),
    memoryBytes: of(({ memory }) => bytes(memory)),
    pids: of(({ pids }) => pids),
    diskBytes: of(({ disk }) => bytes(disk)),
    files: of(({ files }) => files),
    outputBytes: of(({ output }) => bytes(output)),
  };
}

/** Limits of a formula that are wider than its project's, and so would silently not be given. */
export function limitFaults(formula: Formula, sandbox: Project['sandbox']): Fault[] {
  const given = { ...DEFAULTS, ...sandbox };
  const wider = (limits: Written | undefined, path: Fault['path']): Fault[] =>
    (Object.keys(DEFAULTS) as (keyof Written)[])
      .filter((key) => amount(limits?.[key]) > amount(given[key]))
      .map((key) => ({
        path: [...path, 'limits', key],
        message: `it asks for ${String(limits?.[key])}, and \`sandbox.${key}\` in pushpals.yml gives ${String(given[key])}: a formula can only have less`,
        hint: `Raise \`sandbox.${key}\` there, or ask for less.`,
      }));
  return [
    ...wider(formula.limits, []),
    ...formula.steps.flatMap((step, index) => wider(step.limits, ['steps', index])),
  ];
}

const amount = (written: number | string | undefined): number =>
  written === undefined ? 0 : typeof written === 'number' ? written : sizeBytes(written);

/** A limit that was reached, in words: `memory, limit 512 MB, used 511 MB`. */
export function exceededText({ limit, most, used }: Exceeded): string {
  const isSize = limit !== 'pids' && limit !== 'files';
  const text = (amount: number): string => (isSize ? sizeText(amount) : amount.toLocaleString('en-US'));
  return `${NAMES[limit]}, limit ${text(most)}${used === null ? '' : `, used ${text(used)}`}`;
}

const NAMES: Readonly<Record<LimitName, string>> = {
  memory: 'memory',
  pids: 'processes',
  disk: 'disk',
  files: 'files written',
  output: 'output',
};

/** The key under `sandbox` in `pushpals.yml` that sets a limit. */
export const limitKey = (limit: LimitName): string => `sandbox.${limit}`;
