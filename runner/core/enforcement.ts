/** What a sandbox can be asked to hold, in the order in which people are told. */
export const ASPECTS = [
  'files',
  'processes',
  'network',
  'users',
  'privileges',
  'system calls',
  'memory',
  'cpu',
  'pids',
  'disk',
  'output',
  'time',
] as const;

export type Aspect = (typeof ASPECTS)[number];

/** Whether something is enforced on this machine, and how, or why not. */
export interface Enforced {
  readonly state: 'yes' | 'partly' | 'no';
  readonly how: string;
}

/** What a driver enforces on this machine. */
export type Enforcement = Readonly<Record<Aspect, Enforced>>;

export const yes = (how: string): Enforced => ({ state: 'yes', how });
export const partly = (how: string): Enforced => ({ state: 'partly', how });
export const no = (how: string): Enforced => ({ state: 'no', how });

/** What the runner itself watches, whatever the driver. */
export const WATCHED = {
  disk: 'looked at every second, and before anything is read',
  output: 'counted as it comes',
  time: 'a clock of the runner’s',
} as const;

/** What a process inside saw of itself, in `/proc/self/status`. */
export interface SeenInside {
  readonly capabilities: boolean;
  readonly newPrivileges: boolean;
  readonly filtered: boolean;
}

/** The lines of `/proc/self/status` that tell; null where they are not there. */
export function seenInside(status: string): SeenInside | null {
  const line = (name: string): string | undefined => new RegExp(`^${name}:\\s*(\\w+)$`, 'm').exec(status)?.[1];
  const sets = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].map(line);
  const [locked, seccomp] = [line('NoNewPrivs'), line('Seccomp')];
  if (sets.includes(undefined) || locked === undefined || seccomp === undefined) return null;
  return {
    capabilities: sets.some((set = '') => /[^0]/.test(set)),
    newPrivileges: locked !== '1',
    filtered: seccomp === '2',
  };
}

/** What was seen takes the place of what was said. */
export function confirmed(enforcement: Enforcement, seen: SeenInside | null): Enforcement {
  if (seen === null) return enforcement;
  const { capabilities, newPrivileges, filtered } = seen;
  const said = enforcement['system calls'];
  return {
    ...enforcement,
    privileges:
      capabilities || newPrivileges
        ? no(`a step was seen with ${capabilities ? 'capabilities' : 'a way to new privileges'}`)
        : enforcement.privileges,
    'system calls': said.state === 'yes' && !filtered ? no('a step was seen without any filter') : said,
  };
}

/** What `doctor` says of a driver that isolates: what does not hold here. Without what `privileges` says there is no isolation to speak of. */
export function enforcementHealth(enforcement: Enforcement): {
  readonly state: 'ok' | 'fail';
  readonly found: string;
  readonly mend?: string;
} {
  const { privileges } = enforcement;
  const mend = 'Use another driver: this one does not do here what it is made for.';
  if (privileges.state !== 'yes') return { state: 'fail', found: privileges.how, mend };
  const lacks = ASPECTS.filter((aspect) => enforcement[aspect].state !== 'yes').map(
    (aspect) => `${aspect} (${enforcement[aspect].state})`,
  );
  return {
    state: 'ok',
    found:
      lacks.length === 0 ? 'everything is enforced here' : `everything is enforced here, but for ${lacks.join(', ')}`,
  };
}
