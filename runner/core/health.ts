import { modelHealth, type ModelFact } from './agents/health.js';
import { describeFailure } from './describe-failure.js';
import { enforcementHealth, type Enforcement } from './enforcement.js';
import type { Failure } from './failure.js';
import { forgeHealth, type ForgeFact } from './forge/health.js';
import { epochMs, type Instant } from './ids.js';
import { pauseStory, type Pause } from './pause.js';
import { staleLocks, type LockFile } from './locks.js';
import { sizeText } from './size-text.js';
import { secretHealth, type SecretFact } from './secrets/health.js';
import { mirrorHealth, type MirrorFact } from './mirrors.js';
import { span } from './span.js';
import { approvalHealth, type ApprovalFacts } from './vault/health.js';
import { triggerHealth, type TriggerFacts } from './triggers/health.js';
import { tickHealth, type TickFacts } from './tick-health.js';

/** What was found of one thing that work depends on, and the command that mends it. */
export interface Finding {
  readonly check: string;
  /** `warn`: work goes on, and somebody should look. */
  readonly state: 'ok' | 'warn' | 'fail';
  readonly found: string;
  readonly mend?: string;
}

/** Where the people's work tree of the ops branch stands. */
export type OpsTree = 'in-step' | 'behind' | 'missing' | 'elsewhere';

/** All that a verdict needs, gathered beforehand; null or absent where it could not be asked. */
export interface HealthFacts extends TickFacts, TriggerFacts {
  readonly nodeVersion: string;
  readonly gitVersion: string | null;
  /** Why there is no project that can be worked with; null if there is one. */
  readonly project: Failure | null;
  /** Problems that `validate` finds in what is committed. */
  readonly problems: number;
  readonly ops: {
    readonly branch: string;
    readonly worktree: string;
    readonly tree: OpsTree;
    /** Why the runner could not write there; null if it can. */
    readonly unwritable: string | null;
    readonly movedAt: Instant | null;
    readonly pause: Pause | null;
    /** Orders that could go on, but for a runner: queued, or active under a runner that is gone. */
    readonly idleOrders: number;
    /** Orders that waited too long for what a person has to mend or decide. */
    readonly stuck: readonly string[];
  } | null;
  /** Who could approve, and whether their approvals can be checked here. */
  readonly approvals: ApprovalFacts | null;
  readonly remote: {
    readonly name: string;
    readonly required: boolean;
    readonly problem: string | null;
    /** Why the runner could not share what it did the last time, and since when. */
    readonly failing: { readonly since: Instant; readonly why: string } | null;
  } | null;
  readonly mirrors: readonly MirrorFact[];
  readonly driver: {
    readonly name: string;
    readonly image: string | null;
    readonly failure: Failure | null;
    /** What to know of it though it answers. */
    readonly warning?: string;
  } | null;
  /** What the project's driver was found to enforce here; null where that could not be found out, or it isolates nothing. */
  readonly enforcement: Enforcement | null;
  /** Programs of the project's commands that its sandbox does not have; null where no sandbox could be opened. */
  readonly missingPrograms: readonly string[] | null;
  /** Every secret that is named in the project or its policy. */
  readonly secrets: readonly SecretFact[];
  /** Every model that is named in the project. */
  readonly models: readonly ModelFact[];
  /** The project's forge; null where it has none. */
  readonly forge: ForgeFact | null;
  /** When the newest commit says that it was made. */
  readonly newestCommitAt: Instant | null;
  readonly freeBytes: number;
  readonly locks: readonly LockFile[];
}

/** Below this no run starts: a full disk in the middle of one is worse than a late one. */
export const LEAST_FREE_BYTES = 200 * 1024 * 1024;
const LOW_FREE_BYTES = 2 * 1024 * 1024 * 1024;
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const FROZEN_MS = 3_600_000;
const LEAST_GIT = '2.38';
const LEAST_NODE = '20.19';

/** What keeps every run from starting while the disk is full; null while it is not. */
export function diskFull(freeBytes: number, driver: string): Failure | null {
  if (freeBytes >= LEAST_FREE_BYTES) return null;
  const why = `only ${sizeText(freeBytes)} of disk are free`;
  return { class: 'sandbox-unavailable', driver, why, mend: 'Free some space; see `pushpals doctor`.' };
}

/** One function a check, or one for each of several things; null where it has nothing to look at. */
const CHECKS: readonly ((facts: HealthFacts) => Finding | readonly Finding[] | null)[] = [
  ({ gitVersion }) =>
    gitVersion === null
      ? { check: 'git', state: 'fail', found: 'git does not run', mend: 'sudo apt-get install git' }
      : atLeast(
          'git',
          gitVersion,
          LEAST_GIT,
          'Install a newer git, such as from backports: sudo apt-get install -t bookworm-backports git',
        ),
  ({ nodeVersion }) => atLeast('node', nodeVersion, LEAST_NODE, 'nvm install 22'),
  ({ project }) => (project === null ? null : failed('project', project)),
  ({ project, problems }) => {
    if (project !== null) return null;
    if (problems === 0) return { check: 'project', state: 'ok', found: 'pushpals.yml, formulas and policy are valid' };
    return {
      check: 'project',
      state: 'fail',
      found: `${String(problems)} problems in what is committed`,
      mend: 'pushpals validate --committed',
    };
  },
  ({ approvals }) => approvals && { check: 'approvals', ...approvalHealth(approvals) },
  opsTree,
  ({ ops }) =>
    ops?.unwritable == null
      ? null
      : {
          check: 'ops writable',
          state: 'fail',
          found: ops.unwritable,
          mend: 'Give the user that runs the ticks the right to write the repository.',
        },
  (facts) => {
    const found = triggerHealth(facts);
    return found && { check: 'triggers', ...found };
  },
  frozen,
  stuck,
  remote,
  mirrorHealth,
  ({ driver }) => {
    if (driver === null) return null;
    if (driver.failure !== null && driver.failure.class !== 'image-missing') return failed('driver', driver.failure);
    return {
      check: 'driver',
      state: driver.name === 'host' || driver.warning !== undefined ? 'warn' : 'ok',
      found: driver.name === 'host' ? 'host: nothing is isolated' : (driver.warning ?? `${driver.name} answers`),
    };
  },
  ({ driver }) => {
    if (driver?.image == null || (driver.failure !== null && driver.failure.class !== 'image-missing')) return null;
    if (driver.failure !== null) return failed('image', driver.failure);
    return { check: 'image', state: 'ok', found: `${driver.image} is there` };
  },
  ({ enforcement }) => enforcement && { check: 'isolation', ...enforcementHealth(enforcement) },
  ({ secrets }) => {
    const found = secretHealth(secrets);
    return found && { check: 'secrets', ...found };
  },
  ({ missingPrograms }) => {
    if (missingPrograms === null) return null;
    if (missingPrograms.length === 0)
      return { check: 'commands', state: 'ok', found: 'the sandbox has every program that they start with' };
    return {
      check: 'commands',
      state: 'fail',
      found: `the sandbox has no ${missingPrograms.join(', ')}`,
      mend: 'Name an image (docker) that has them in pushpals.yml, or install them (bubblewrap, host).',
    };
  },
  ({ models }) => modelHealth(models),
  ({ forge, now }) => forge && { check: 'forge', ...forgeHealth(forge, now) },
  clock,
  ({ freeBytes }) => {
    const found = `${sizeText(freeBytes)} free`;
    const mend = 'Free some space; `rm -rf .pushpals/pool` is safe while nothing runs.';
    if (freeBytes < LEAST_FREE_BYTES) return { check: 'disk', state: 'fail', found: `${found}; no run starts`, mend };
    if (freeBytes < LOW_FREE_BYTES) return { check: 'disk', state: 'warn', found, mend };
    return { check: 'disk', state: 'ok', found };
  },
  ({ locks }) => ({ check: 'locks', ...staleLocks(locks) }),
  lastTick,
];

/** The verdict on each thing that work depends on, in the order in which a person would mend them. */
export const examine = (facts: HealthFacts): readonly Finding[] => CHECKS.flatMap((check) => check(facts) ?? []);

function atLeast(check: string, version: string, least: string, mend: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [leastMajor = 0, leastMinor = 0] = least.split('.').map(Number);
  const isEnough = major > leastMajor || (major === leastMajor && minor >= leastMinor);
  return isEnough
    ? { check, state: 'ok', found: version }
    : { check, state: 'fail', found: `${version}; at least ${least} is needed`, mend };
}

function failed(check: string, failure: Failure): Finding {
  const { what, details, next } = describeFailure(failure);
  return {
    check,
    state: 'fail',
    found: [what, ...details.slice(0, 3)].join('; '),
    mend: next[0] ?? `pushpals help ${failure.class}`,
  };
}

function opsTree({ ops }: HealthFacts): Finding | null {
  if (ops === null) return null;
  const { tree, worktree, branch } = ops;
  switch (tree) {
    case 'in-step':
      return { check: 'ops work tree', state: 'ok', found: `${worktree}/ is in step with ${branch}` };
    case 'behind':
      return {
        check: 'ops work tree',
        state: 'warn',
        found: `${worktree}/ is behind ${branch}; the next transition brings it along`,
        mend: `git -C ${worktree} status`,
      };
    case 'missing':
      return {
        check: 'ops work tree',
        state: 'fail',
        found: `${worktree}/ is not there, so nothing can be dropped into its inbox`,
        mend: 'pushpals init --yes',
      };
    case 'elsewhere':
      return {
        check: 'ops work tree',
        state: 'fail',
        found: `${worktree}/ has something else than ${branch} checked out`,
        mend: `git -C ${worktree} switch ${branch}`,
      };
  }
}

function frozen({ ops, now }: HealthFacts): Finding | null {
  if (ops === null) return null;
  if (ops.pause !== null)
    return {
      check: 'ops branch',
      state: 'warn',
      found: `paused${pauseStory(ops.pause)}; nothing starts`,
      mend: 'pushpals resume',
    };
  const ageMs = ops.movedAt === null ? 0 : epochMs(now) - epochMs(ops.movedAt);
  if (ops.idleOrders > 0 && ageMs > FROZEN_MS)
    return {
      check: 'ops branch',
      state: 'fail',
      found: `${String(ops.idleOrders)} orders could go on, and it has not moved for ${span(ageMs)}`,
      mend: 'pushpals tick',
    };
  return {
    check: 'ops branch',
    state: 'ok',
    found: ops.movedAt === null ? ops.branch : `${ops.branch}, moved ${span(ageMs)} ago`,
  };
}

function stuck({ ops }: HealthFacts): Finding | null {
  if (ops === null) return null;
  const [first, ...others] = ops.stuck;
  if (first === undefined) return { check: 'orders', state: 'ok', found: 'none is stuck' };
  const more = others.length === 0 ? '' : ` and ${String(others.length)} more`;
  return {
    check: 'orders',
    state: 'warn',
    found: `${first}${more}: stuck, until somebody mends or decides what they wait for`,
    mend: 'pushpals status',
  };
}

function remote({ remote: found }: HealthFacts): Finding | null {
  if (found === null) return null;
  const { name, required, failing } = found;
  const why =
    failing === null ? null : `it does not take what this runner pushes, since ${failing.since}: ${failing.why}`;
  const problem = found.problem ?? why;
  if (problem === null) return { check: 'remote', state: 'ok', found: `${name} can be reached and written` };
  return {
    check: 'remote',
    state: required ? 'fail' : 'warn',
    found: `${name}: ${problem}${required ? '' : ' (nothing here needs it yet)'}`,
    mend: `git push --dry-run ${name} HEAD`,
  };
}

function clock({ now, newestCommitAt }: HealthFacts): Finding {
  const behindMs = newestCommitAt === null ? 0 : epochMs(newestCommitAt) - epochMs(now);
  if (behindMs <= CLOCK_TOLERANCE_MS) return { check: 'clock', state: 'ok', found: now };
  return {
    check: 'clock',
    state: 'fail',
    found: `it says ${now}, ${span(behindMs)} before the newest commit`,
    mend: 'sudo timedatectl set-ntp true',
  };
}

function lastTick(facts: HealthFacts): Finding | null {
  return facts.ops === null ? null : { check: 'last tick', ...tickHealth(facts) };
}
